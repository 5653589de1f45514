"""A labelled set for matching: works of the demo library, as a careless collection would have them.

A case is what the library knows of a work, spoilt in one way, and which work it is; or that the provider has none. The
provider is the library itself: its search gives twenty, in short, and a work as a whole when asked for. Works that
share title, or title and year, with another one are added, as remakes and namesakes are in the world.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from mediamgr.library import Library
from mediamgr.providers.facts import WorkFacts
from mediamgr.providers.matching import Wanted

__all__ = ["KINDS", "MISSING", "Case", "NoisyProvider", "make_cases"]

_FOUND = 20
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = {" II": " 2", " III": " 3", " 2": " II", " 3": " III"}
_TWO_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ü": "Ue", "Ä": "Ae", "Ö": "Oe", "å": "aa", "ø": "oe"}
_CYRILLIC = dict(zip("абвгдезийклмнопрстуфыэя", "a b v g d e z i y k l m n o p r s t u f y e ya".split(), strict=True))
_CYRILLIC |= {"ч": "ch", "ж": "zh", "ш": "sh", "ё": "e", "ь": "", "ю": "yu", "х": "kh", "ц": "ts"}
_EDITIONS = ("Director's Cut", "Extended Edition", "(Unrated)", "Remastered", "- Special Edition", "[Theatrical Cut]")


@dataclass(frozen=True, slots=True)
class Case:
    """An item to match, and the answer.

    Attributes:
        kind: Of what was done to it.
        wanted: The item.
        right: Id of the work at the provider; None when it has none.
    """

    kind: str
    wanted: Wanted
    right: str | None


class NoisyProvider:
    """The works of a library, as a provider would tell them, without those that `make_cases` took away."""

    def __init__(self, lib: Library) -> None:
        self._items = lib.items
        self.works = {work.id: work for work in _works(lib)}
        self.hidden: set[str] = set()
        self.namesakes: dict[str, list[WorkFacts]] = defaultdict(list)
        self.asked_for_whole = 0
        self._copies = {str(copy): str(first) for first, copy in _first_copies(lib)}

    def search(self, title: str, media_type: str) -> list[WorkFacts]:
        """The twenty best, in short: no runtime, no ids, no episodes."""
        found = self._items.search(title, limit=2 * _FOUND, media_type=media_type)["id"].to_list()
        ids = dict.fromkeys(self._copies[str(each)] for each in found)
        works = [work for each in ids for work in self._called_so(each)]
        return [_in_short(work) for work in works if work.id not in self.hidden][:_FOUND]

    def _called_so(self, work_id: str) -> list[WorkFacts]:
        """It and its namesakes; those of odd works come first."""
        return sorted(
            (self.works[work_id], *self.namesakes[work_id]), key=lambda each: each.id, reverse=int(work_id) % 2 == 1
        )

    def get(self, work_id: str) -> WorkFacts:
        """All that is known of one."""
        self.asked_for_whole += 1
        if work_id in self.works:
            return self.works[work_id]
        return next(each for each in self.namesakes[work_id.split("-")[0]] if each.id == work_id)


def make_cases(provider: NoisyProvider, count: int, seed: int = 11) -> list[Case]:
    """So many cases, no work twice. Of what they allow, the usual kinds come more often."""
    rng = random.Random(seed)
    works = list(provider.works.values())
    rng.shuffle(works)
    # there are few shows: all of them first
    works.sort(key=lambda work: work.media_type != "show")
    return [_case(provider, rng, work) for work in works[:count]]


def _case(provider: NoisyProvider, rng: random.Random, work: WorkFacts) -> Case:
    # in an order in which the usual ones come first more often
    order = {kind: rng.random() ** (1 / weight) for kind, (weight, _) in KINDS.items()}
    for kind in sorted(order, key=lambda kind: -order[kind]):
        spoilt = KINDS[kind][1](rng, _clean(work))
        if spoilt is None:
            continue
        if kind in _WITH_NAMESAKES:
            provider.namesakes[work.id].append(_namesake(rng, work, same_year="namesake" in kind))
        if kind in MISSING:
            provider.hidden.add(work.id)
        if kind == "translated title":
            provider.works[work.id] = replace(work, title=work.fields["original_title"], other_titles=(work.title,))
        # a collection that is told by the names of its files knows one title
        return Case(kind, replace(spoilt, original_title=None), None if kind in MISSING else work.id)
    raise AssertionError(f"{work.title} has no kind")


def _works(lib: Library) -> Iterator[WorkFacts]:
    firsts = [first for first, copy in _first_copies(lib) if first == copy]
    episodes = _episodes(lib, firsts)
    for row in lib.items.get_many(firsts).iter_rows(named=True):
        fields = {name: row[name] for name in ("original_title", "year", "runtime_minutes") if row[name] is not None}
        parts = tuple(episodes[row["id"]])
        yield WorkFacts(
            "demo", str(row["id"]), row["media_type"], row["title"], fields, {"demo": str(row["id"])},
            parts=parts, is_whole=True,
        )  # fmt: skip


def _first_copies(lib: Library) -> list[tuple[int, int]]:
    """(the first, a copy) of each film and show; the first is a copy of itself."""
    ids = [
        each for kind in ("movie", "show") for each in lib.items.get_all(None, media_type=kind)["id"].sort().to_list()
    ]
    firsts: dict[int, int] = {}
    for asked, copy in lib.items.copies(ids).iter_rows():
        firsts[asked] = min(copy, firsts.get(asked, copy))
    return [(first, copy) for copy, first in firsts.items()]


def _episodes(lib: Library, ids: list[int]) -> dict[int, list[WorkFacts]]:
    found: dict[int, list[WorkFacts]] = defaultdict(list)
    for row in lib.items.parts(ids).filter(media_type="episode").iter_rows(named=True):
        fields = {name: row[name] for name in ("season_number", "episode_number")}
        found[row["show_id"]].append(WorkFacts("demo", "", "episode", "", fields))
    return found


def _in_short(work: WorkFacts) -> WorkFacts:
    fields = {name: value for name, value in work.fields.items() if name != "runtime_minutes"}
    return replace(work, fields=fields, parts=(), other_titles=(), is_whole=False)


def _namesake(rng: random.Random, work: WorkFacts, *, same_year: bool) -> WorkFacts:
    """Another work of that title: of the same year, or made again."""
    away = 0 if same_year else rng.choice((-1, 1)) * rng.randint(8, 45)
    minutes = (work.runtime_minutes or 95) + rng.choice((-1, 1)) * rng.randint(3, 30)
    fields: dict[str, Any] = {**work.fields, "year": (work.year or 1990) + away, "runtime_minutes": max(minutes, 5)}
    return replace(work, id=f"{work.id}-2", fields=fields, ids={"demo": f"{work.id}-2"}, parts=work.parts[:6])


def _clean(work: WorkFacts) -> Wanted:
    episodes: dict[int, set[int]] = defaultdict(set)
    for each in work.parts:
        episodes[each.fields["season_number"] or 0].add(each.fields["episode_number"] or 0)
    return Wanted(
        int(work.id), work.media_type, work.title, work.fields.get("original_title"), (), work.year,
        work.runtime_minutes,
        episodes={season: frozenset(numbers) for season, numbers in episodes.items()},
    )  # fmt: skip


def _same(rng: random.Random, wanted: Wanted) -> Wanted:
    return wanted


def _typo(rng: random.Random, wanted: Wanted) -> Wanted | None:
    places = [place for place, letter in enumerate(wanted.title) if letter.isalpha()]
    if len(places) < 4:
        return None
    at = rng.choice(places[1:])
    before, letter, after = wanted.title[:at], wanted.title[at], wanted.title[at + 1 :]
    spoilt = rng.choice((before + after, before + letter * 2 + after, before + rng.choice(_LETTERS) + after))
    return replace(wanted, title=spoilt)


def _two_typos(rng: random.Random, wanted: Wanted) -> Wanted | None:
    once = _typo(rng, wanted) if len(wanted.title) >= 12 else None
    return _typo(rng, once) if once else None


def _no_year(rng: random.Random, wanted: Wanted) -> Wanted:
    return replace(wanted, year=None)


def _year_off(rng: random.Random, wanted: Wanted) -> Wanted | None:
    return replace(wanted, year=wanted.year + rng.choice((-1, 1))) if wanted.year else None


def _no_runtime(rng: random.Random, wanted: Wanted) -> Wanted:
    return replace(wanted, runtime_minutes=None)


def _other_cut(rng: random.Random, wanted: Wanted) -> Wanted | None:
    minutes = wanted.runtime_minutes
    return replace(wanted, runtime_minutes=round(minutes * rng.uniform(1.05, 1.25))) if minutes else None


def _typo_and_year_off(rng: random.Random, wanted: Wanted) -> Wanted | None:
    spoilt = _typo(rng, wanted)
    return _year_off(rng, spoilt) if spoilt else None


def _titled(change: Callable[[random.Random, str], str]) -> Callable[[random.Random, Wanted], Wanted | None]:
    """The title changed; None when the change does not do anything to it."""

    def spoil(rng: random.Random, wanted: Wanted) -> Wanted | None:
        title = change(rng, wanted.title)
        return replace(wanted, title=title) if title != wanted.title and title.strip() else None

    return spoil


def _unaccented(rng: random.Random, title: str) -> str:
    plain = unicodedata.normalize("NFKD", title)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _transliterated(rng: random.Random, title: str) -> str:
    found = title
    for letter, written in (_TWO_LETTERS | _CYRILLIC).items():
        found = found.replace(letter, written).replace(letter.upper(), written.title())
    return found


def _numeral(rng: random.Random, title: str) -> str:
    return next((title.removesuffix(end) + other for end, other in _ROMAN.items() if title.endswith(end)), title)


def _conjunction(rng: random.Random, title: str) -> str:
    return title.replace("&", "and") if "&" in title else title.replace(" and ", " & ")


def _as_a_file(rng: random.Random, title: str) -> str:
    return re.sub(r"[^\w]+", " ", title.replace("'", "")).strip().lower()


def _called_by_original(rng: random.Random, wanted: Wanted) -> Wanted | None:
    return replace(wanted, title=wanted.original_title) if wanted.original_title else None


def _foreign(rng: random.Random, wanted: Wanted) -> Wanted | None:
    return wanted if wanted.original_title else None


_LEADING = r"^(The|A|Der|Die|La|El|Le|Les|Il|Den|O) "
KINDS: dict[str, tuple[float, Callable[[random.Random, Wanted], Wanted | None]]] = {
    "as it is": (16, _same),
    "typing error": (8, _typo),
    "two typing errors": (3, _two_typos),
    "year missing": (6, _no_year),
    "year one off": (8, _year_off),
    "typing error, year one off": (3, _typo_and_year_off),
    "article moved": (20, _titled(lambda rng, title: re.sub(_LEADING + "(.+)$", r"\2, \1", title))),
    "article lost": (9, _titled(lambda rng, title: re.sub(_LEADING, "", title))),
    "accents dropped": (20, _titled(_unaccented)),
    "transliterated": (20, _titled(_transliterated)),
    "subtitle lost": (20, _titled(lambda rng, title: title.split(": ")[0])),
    "subtitle added": (3, _titled(lambda rng, title: title + rng.choice((": The Untold Story", " - Das Geheimnis")))),
    "and for &": (15, _titled(_conjunction)),
    "roman or arabic": (20, _titled(_numeral)),
    "original title": (12, _called_by_original),
    "translated title": (10, _foreign),
    "words of an edition": (3, _titled(lambda rng, title: f"{title} {rng.choice(_EDITIONS)}")),
    "as a file is called": (8, _titled(_as_a_file)),
    "year left over": (3, lambda rng, each: replace(each, title=f"{each.title} {each.year}") if each.year else None),
    "runtime unknown": (8, _no_runtime),
    "another cut": (5, _other_cut),
    "remade": (3, _same),
    "remade, year missing": (1, _no_year),
    "remade, year one off": (2, _year_off),
    "namesake of that year": (1, _same),
    "namesake of that year, runtime unknown": (1, _no_runtime),
    "not there": (6, _same),
    "not there, typing error": (3, _typo),
    "not there but a remake": (3, _same),
    "not there but a namesake of that year": (0.4, _same),
}
"""Ways to spoil an item: how usual each is, and what it does; None where the item does not allow that."""
MISSING = frozenset(kind for kind in KINDS if kind.startswith("not there"))
"""Those of which the provider has none."""
_WITH_NAMESAKES = frozenset(kind for kind in KINDS if "namesake" in kind or "rema" in kind)

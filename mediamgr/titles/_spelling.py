"""Owns the spellings of a title that count as the same: articles, “and”, numerals, words of an edition, a subtitle.

Built on how search sees text (`mediamgr.search`): case, accents and punctuation never matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from mediamgr.search import normalise_series

__all__ = ["AND", "ARTICLES", "EDITION_WORDS", "PART", "ROMAN", "SPOKEN", "Spelling", "search_texts", "spellings"]

# Those that lead titles in any language: two titles that differ by them alone are the same.
ARTICLES: Final = frozenset(
    "the a an le la les un une der die das ein eine el los las una il lo gli de het een den det en ett o os as".split()
)
AND: Final = frozenset("and und et och og y e и".split())
PART: Final = frozenset("part pt vol volume chapter episode teil partie parte del no number nº".split())
ROMAN: Final = {
    word: str(number)
    for number, word in enumerate("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(), 1)
}
SPOKEN: Final = {
    word: str(number)
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(), 1
    )
}
EDITION_WORDS: Final = (
    r"(?:the )?(?:\d+th anniversary|collector'?s|criterion|director'?s|extended|final|imax|limited|redux|remastered"
    r"|special|theatrical|ultimate|uncut|unrated)(?: (?:collection|cut|edition|version))*"
)
_EDITION: Final = re.compile(rf" {EDITION_WORDS}$")
# what follows a colon, or a dash between blanks, is a subtitle
_SUBTITLE: Final = re.compile(r":\s+|\s+[-–—]\s+|(?<=\S)：")
_MOVED: Final = re.compile(rf"^(.+), ({'|'.join(sorted(ARTICLES, key=len, reverse=True))})$", re.IGNORECASE)
_DRESS: Final = re.compile(rf"(?:[\s(\[-]+(?:19|20)\d\d[)\]]?|[\s(\[-]+{EDITION_WORDS}[)\]]?)+$", re.IGNORECASE)
_TWO_LETTERS: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"} | {"Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe"}
)
_CYRILLIC: Final = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way to write a title, in the words that count.

    Attributes:
        title: As it was given.
        key: The words that count, separated by one blank.
        numbers: Those among the words of the whole title, in order.
        is_cut: Whether a subtitle is left out.
    """

    title: str
    key: str
    numbers: tuple[str, ...]
    is_cut: bool = False


def spellings(titles: Iterable[str]) -> dict[str, tuple[Spelling, ...]]:
    """Each title's spellings, the fullest first; all are normalised at once, which costs as much as one."""
    variants = {title: list(_variants(title)) for title in dict.fromkeys(titles)}
    texts = [text for several in variants.values() for text, _ in several]
    keys = iter(normalise_series(pl.Series(texts, dtype=pl.String)).to_list())
    return {
        title: _distinct(title, [(next(keys), is_cut) for _, is_cut in several]) for title, several in variants.items()
    }


def search_texts(titles: Iterable[str]) -> tuple[str, ...]:
    """What to search for a work of these titles, one after the other until something is found; at most 4.

    All of them with the article in its place, then without a year and words of an edition at the end, then
    without a subtitle.
    """
    placed = [_MOVED.sub(r"\2 \1", title) for title in titles]
    bare = [_undressed(title) for title in placed]
    heads = [head for title in bare for head in _heads(title)]
    return tuple(dict.fromkeys(text for text in (*placed, *bare, *heads) if text))[:4]


def _undressed(title: str) -> str:
    """Without what the name of a file adds."""
    bare = _DRESS.sub("", title).strip(" :-–—([")
    return bare or title


def _variants(title: str) -> Iterator[tuple[str, bool]]:
    """Ways to write it before normalising, and whether a subtitle is left out."""
    yield title, False
    for letters in (_TWO_LETTERS, _CYRILLIC):
        other = title.translate(letters) if letters is _TWO_LETTERS else title.lower().translate(letters)
        if other not in (title, title.lower()):
            yield other, False
    for head in _heads(title):
        yield head, True


def _heads(title: str) -> list[str]:
    """The title up to each of its subtitles, the fullest first."""
    heads = [title[: found.start()].strip() for found in _SUBTITLE.finditer(title)]
    return [head for head in reversed(heads) if head]


def _distinct(title: str, keys: Sequence[tuple[str, bool]]) -> tuple[Spelling, ...]:
    """Those that differ; one without the words of an edition besides, where there are such words."""
    found: dict[str, Spelling] = {}
    numbers: tuple[str, ...] | None = None
    for key, is_cut in keys:
        for text in (key, _EDITION.sub("", key)):
            words = _words(text)
            if numbers is None or not is_cut:
                numbers = tuple(word for word in words if word.isdecimal())
            found.setdefault(" ".join(words), Spelling(title, " ".join(words), numbers, is_cut))
    return tuple(found.values())


def _words(key: str) -> list[str]:
    """The words that count; of a title that has none, all."""
    words = key.split()
    # between others only: "WALL·E" ends with a letter
    plain = [word for place, word in enumerate(words) if word not in AND or place in (0, len(words) - 1)]
    if len(plain) > 1 and plain[0] in ARTICLES:
        plain = plain[1:]
    elif len(plain) > 1 and plain[-1] in ARTICLES:
        plain = plain[:-1]
    return _counted(plain)


def _counted(words: list[str]) -> list[str]:
    """Numbers as digits: "rocky ii" and "rocky part two" are "rocky 2"."""
    # a title may begin with a word that only looks like a numeral: "I, Robot", "V for Vendetta"
    figures = [SPOKEN.get(word) or (ROMAN.get(word) if place else None) or word for place, word in enumerate(words)]
    return [
        word
        for place, word in enumerate(figures)
        if not (word in PART and place and place + 1 < len(figures) and figures[place + 1].isdecimal())
    ]

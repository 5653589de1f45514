"""Owns the quick reading of well-formed file names. It says nothing rather than something doubtful.

The families: `Title (2001) ...`, `Show - S01E02 - Name ...`, the scene's `Words.2001.1080p.x264-GROUP` and
`Show.S01E02.Words.720p-GROUP`, and `[Group] Show - 012 [1080p]`. Every word of a name must be understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from mediamgr.ingest.names._codes import CODE, DAY, OVERALL, read_day, read_episodes, read_overall
from mediamgr.ingest.names._counting import Counted, renumbered
from mediamgr.ingest.names._facts import NameFacts
from mediamgr.ingest.names._folders import NamedPath
from mediamgr.ingest.names._versions import read_version
from mediamgr.ingest.names._words import DOUBTFUL, compare_key, holds_release_word, read_token

__all__ = ["read_fast", "read_stated_title"]

_TIDY_MOVIE: Final = re.compile(r"(?P<title>.*[^ ]) \((?P<year>(?:18[789]|19\d|20\d)\d)\)")
_TIDY_SHOW: Final = re.compile(r"(?P<title>.+?)(?: \((?P<year>(?:19\d|20\d)\d)\))?")
_YEAR: Final = re.compile(r"(?<=[._ ])(?:19[2-9]\d|20[0-3]\d)(?=[._ ])")
_ABSOLUTE: Final = re.compile(
    r"\[(?P<group>[^\[\]]+)\] (?P<title>[^\[\](){}]+?) - (?P<number>\d{2,4})(?:v\d)?(?P<tail>(?: ?[\[(].*)?)"
)
_CHECKSUM: Final = re.compile(r" ?[\[(][0-9A-Fa-f]{8}[\])]$")
_GROUP: Final = re.compile(r"[A-Za-z0-9]+")
_PLAIN: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]{1,2})?")
_SURE_SIGNS: Final = frozenset({"screen_size", "video_codec"})
_ARTICLE_LAST: Final = re.compile(r", (?:the|an?|l[ae]s?|el|los|il|der|die|das)$", re.IGNORECASE)
_BETWEEN: Final = " ._-[](){}"


@dataclass(frozen=True, slots=True)
class _Numbers:
    season: int | None
    episodes: tuple[int, ...]
    aired_on: date | None
    start: int
    end: int


def read_fast(named: NamedPath, counted: Counted | None = None) -> NameFacts | None:
    """What the path says, when it is of a well-formed family and nothing in it is doubtful; else None."""
    if named.is_named_by_folder:
        return _read_by_folder(named)
    if counted is not None:
        return _read_counted(named, counted)
    numbers = _find_numbers(named)
    if numbers is not None:
        return _read_episode(named, numbers)
    if named.in_season:
        return _read_special(named)
    if DAY.search(named.stem) or CODE.search(named.stem):
        return None
    if named.stem.startswith("["):
        return _read_absolute(named)
    return _read_movie(named)


def read_stated_title(stem: str) -> str | None:
    """The title of a file name in tidy form, `Title (2001)...` or `Show - S02E03...`; else None."""
    if match := CODE.search(stem):
        show = _TIDY_SHOW.fullmatch(stem[: match.start() - 3]) if stem[: match.start()].endswith(" - ") else None
        return show["title"] if show and " [" not in show["title"] and stem[0] != "[" else None
    movie = _TIDY_MOVIE.match(stem)
    return movie["title"] if movie and stem[0] != "[" else None


def _read_by_folder(named: NamedPath) -> NameFacts | None:
    if named.title is not None:
        return _facts(named, named.title, named.year, quality_source=named.disc_source)
    if named.owner is None:
        return None
    return read_fast(replace(named, stem=named.owner, is_named_by_folder=False))


def _read_special(named: NamedPath) -> NameFacts | None:
    if named.season != 0 or named.title is None or not _is_plain(named.stem):
        return None
    return _facts(named, named.title, named.year, season=0, episode_title=named.stem)


def _facts(named: NamedPath, title: str, year: int | None, **found: Any) -> NameFacts:
    is_episode = named.in_season or "episodes" in found or "absolute" in found
    edition = {"edition": named.edition} if named.edition else {}
    return NameFacts(
        **{
            "media_type": "episode" if is_episode else "movie",
            "season": named.season,
            "part_number": None if is_episode else named.part_number,
            "container": named.container,
            "file_role": named.file_role,
            **found,
            **edition,
        },
        title=title,
        year=year,
    )


def _find_numbers(named: NamedPath) -> _Numbers | None:
    stem = named.stem
    found = list(CODE.finditer(stem))
    if len(found) == 1:
        numbers = read_episodes(found[0])
        return numbers and _Numbers(numbers[0], numbers[1], None, *found[0].span())
    if found:
        return None
    if (match := DAY.search(stem)) and (day := read_day(match)):
        return _Numbers(None, (), day, *match.span())
    return None


def _read_episode(named: NamedPath, numbers: _Numbers) -> NameFacts | None:
    if numbers.season is not None and named.season not in (None, numbers.season):
        return None
    before, after = named.stem[: numbers.start], named.stem[numbers.end :]
    tidy = before == "" or before.endswith(" - ")
    separator = " " if tidy else before[-1]
    if separator not in "._ ":
        return None
    show = _read_show(named, before.removesuffix(" - ") if tidy else before[:-1], separator)
    overall: tuple[int, ...] | None = ()
    if tidy and (match := OVERALL.match(after)):
        overall, after = read_overall(match, len(numbers.episodes)), after[match.end() :]
    rest = _read_tidy_rest(after, named.title is not None) if tidy else _read_scene_rest(after, separator)
    if show is None or rest is None or overall is None:
        return None
    season = named.season if numbers.season is None else numbers.season
    return _facts(
        named, *show, season=season, episodes=numbers.episodes, aired_on=numbers.aired_on, absolute=overall, **rest
    )


def _read_counted(named: NamedPath, counted: Counted) -> NameFacts | None:
    """A name with a bare number, or with one that is a part of its title."""
    bare = counted.bare
    facts: NameFacts | None = None
    if counted.film is not None:
        facts = NameFacts("movie", counted.film)
    elif named.stem.startswith("["):
        facts = _read_absolute(named)
    else:
        before, after = named.stem[: bare.start], named.stem[bare.end :]
        is_tidy = bare.is_first or bare.is_dashed or after.startswith(" - ")
        separator = " " if is_tidy else before[-1]
        show = _read_show(named, before.removesuffix(" - ") if bare.is_dashed else before[:-1], separator)
        is_sure = named.title is not None or named.owner == bare.title
        rest = _read_tidy_rest(after, is_sure) if is_tidy else _read_scene_rest(after, separator)
        if show is not None and rest is not None:
            facts = _facts(named, *show, absolute=(), **rest)
    return facts and renumbered(facts, named, counted)


def _read_show(named: NamedPath, text: str, separator: str) -> tuple[str, int | None] | None:
    if separator != " ":
        text = text.replace(separator, " ")
    if not text:
        known = named.title or (named.owner if _is_plain(named.owner or "") else None)
        return None if known is None else (known, named.year)
    match = _TIDY_SHOW.fullmatch(text)
    if match is None:
        return None
    title, year = match["title"], int(match["year"]) if match["year"] else None
    if named.year is not None and year not in (None, named.year):
        return None
    known = _known_title(named, title)
    return None if known is None else (known, named.year or year)


def _known_title(named: NamedPath, title: str) -> str | None:
    """The title as the folder spells it, when the file says the same; a plain one where no folder speaks."""
    if named.title is not None:
        return named.title if compare_key(named.title) == compare_key(title) else None
    return title if named.owner == title or _is_plain(title) else None


def _read_tidy_rest(after: str, is_sure: bool) -> dict[str, Any] | None:
    """What follows the numbers. `is_sure`: the folder names the show too, so that text here is a title."""
    if not after.startswith(" - "):
        return _read_tail(after, 0)
    text = after[3:]
    start = min((i for i in (text.find(" ["), text.find(" {"), text.find(" (")) if i >= 0), default=len(text))
    tail = _read_tail(text, start)
    return None if tail is None else _split_words(text[:start], " ", tail, is_sure)


def _read_scene_rest(after: str, separator: str) -> dict[str, Any] | None:
    if after and after[0] != separator:
        return None
    return _split_words(after[1:], separator, {}, False)


def _split_words(text: str, separator: str, tail: dict[str, Any], is_sure: bool) -> dict[str, Any] | None:
    """Episode title, then release words: the longest run of them that ends the text."""
    for start in _word_starts(text, separator):
        first = read_token(text, start)
        found = first and _read_tail(text, start)
        if first is None or found is None:
            continue
        if first[0] == "audio_codec" or not found.keys() & _SURE_SIGNS:
            # "The Opus 720p", "Caught in the Web", "Remastered": the word may as well be one of the title.
            return None
        words = text[: max(0, start - 1)].replace(separator, " ")
        return _with_episode_title(words, found | tail, is_sure)
    return _with_episode_title(text.replace(separator, " "), tail, is_sure)


def _with_episode_title(words: str, tail: dict[str, Any], is_sure: bool) -> dict[str, Any] | None:
    if not words:
        return None if "edition" in tail else tail
    fits = _is_title_in_place(words) if is_sure else _is_plain(words)
    return {**tail, "episode_title": words} if fits else None


def _read_movie(named: NamedPath) -> NameFacts | None:
    stem = named.stem
    if match := _TIDY_MOVIE.match(stem):
        title, year, tail = match["title"], int(match["year"]), _read_tail(stem, match.end())
        if tail is None:
            return _read_version(named)
    else:
        years = list(_YEAR.finditer(stem + "."))
        if len(years) != 1:
            return _read_movie_of_folder(named)
        start, year = years[0].start(), int(years[0].group())
        title, tail = stem[: start - 1].replace(stem[start - 1], " ").rstrip(","), _read_tail(stem, years[0].end())
    if tail is None or not title or named.year not in (None, year):
        return None
    known = _known_title(named, title)
    return None if known is None else _facts(named, known, year, **tail)


def _read_version(named: NamedPath) -> NameFacts | None:
    version = read_version(named)
    if version is None or version.title is None or not version.is_plain:
        return None
    found = {**version.facts, "edition": version.edition}
    known = _known_title(named, version.title)
    return None if known is None else _facts(named, known, version.year, **found)


def _read_movie_of_folder(named: NamedPath) -> NameFacts | None:
    if named.title is None or compare_key(named.stem) not in (
        compare_key(named.title),
        "movie",
        "film",
        "video",
    ):
        return None
    return _facts(named, named.title, named.year)


def _read_absolute(named: NamedPath) -> NameFacts | None:
    match = _ABSOLUTE.fullmatch(_CHECKSUM.sub("", named.stem))
    tail = match and _read_tail(match["tail"], 0)
    if match is None or tail is None or "release_group" in tail:
        return None
    known = _known_title(named, match["title"])
    numbers = {"absolute": (int(match["number"]),), "release_group": match["group"]}
    return None if known is None else _facts(named, known, named.year, **numbers, **tail)


def _read_tail(text: str, start: int) -> dict[str, Any] | None:
    """The facts of release words from `start` on; None when a word is not one, or two disagree."""
    found: dict[str, Any] = {}
    position, any_word = start, False
    while position < len(text):
        if text[position] in _BETWEEN:
            position += 1
        elif (token := read_token(text, position)) is not None:
            field, term, position = token
            any_word = True
            if field and not _agrees(found, field, term):
                return None
        elif any_word and text[position - 1] == "-" and _GROUP.fullmatch(text, position):
            return {**found, "release_group": text[position:]}
        else:
            return None
    return found


def _agrees(found: dict[str, Any], field: str, term: str) -> bool:
    seen = found.get(field)
    if seen is None:
        found[field] = term
        return True
    if field == "quality_source":
        # A source said twice ("Caught.in.the.Web.1080p.WEB"): the first may be a word of the title.
        found[field] = "Remux"
        return {seen, term} == {"Bluray", "Remux"}
    return bool(seen == term)


def _word_starts(text: str, separator: str) -> Iterator[int]:
    yield 0
    position = text.find(separator)
    while position >= 0:
        yield position + 1
        position = text.find(separator, position + 1)


def _is_plain(title: str) -> bool:
    """Whether no word of `title` could be anything else than a word of a title."""
    if holds_release_word(title) or _ARTICLE_LAST.search(title):
        return False
    words = [word.strip(",!?:.&") for word in title.split(" ")]
    return all(not w or (_PLAIN.fullmatch(w) and w.lower() not in DOUBTFUL) for w in words) and any(words)


def _is_title_in_place(text: str) -> bool:
    """Whether `text`, standing where a title stands, holds and ends in no words about the release."""
    if holds_release_word(text, only_sure=True):
        return False
    last = text.rpartition(" - ")[2].split()
    return not all(w.lower() in DOUBTFUL for w in last) and not any(w.lower() in DOUBTFUL and w.isupper() for w in last)

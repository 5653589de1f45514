"""Owns what tells versions of one film apart: the label of `Title (2001) - Label`, as media servers have it.

A file named as its film's folder is a version of that film whatever the label says; never an episode.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from mediamgr.ingest.names._codes import CODE, DAY
from mediamgr.ingest.names._folders import NamedPath
from mediamgr.ingest.names._words import DOUBTFUL, compare_key, read_token

__all__ = ["Version", "names_edition", "read_version"]

_TIDY: Final = re.compile(r"(?P<title>.*[^ ]) \((?P<year>(?:18[789]|19\d|20\d)\d)\)")
_EDITION: Final = re.compile(
    r"(?:(?:[^\W\d_]+['\u2019]?[^\W\d_]*|\d+th)[ ._]){1,3}(?:Cut|Edition|Version)"
    r"|Final[ ._]Cut|Redux|Despecialized|Open[ ._]Matte|Version[ ._]\d+",
    re.IGNORECASE,
)
_SCENE: Final = re.compile(
    rf"(?<=[._ (])(?:19[2-9]|20[0-3])\d\)?[ ._]+(?P<label>{_EDITION.pattern})(?=$|[ ._])", re.IGNORECASE
)
_TECHNICAL: Final = re.compile(
    r"(?:U|F)?HD|SD|8K|\d{2,3}fps|DoVi|Dolby|Vision|(?:480|576|720|1080|2160)|Hi10P?|[hx]26[45]|REPACK\d?",
    re.IGNORECASE,
)
_SPELLED: Final = frozenset(
    "anniversary chrome classic collector collector's collectors complete cut deluxe edition extended fan festival"
    " final international limited redux restored special theatrical tv ultimate uncensored uncut unrated"
    " version".split()
)
_WORD: Final = re.compile(r"[^ ._\[\](){}]+")
_GROUP: Final = re.compile(r"-([A-Za-z0-9]+)")
_EDGES: Final = " ._-[](){}"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a film.

    Attributes:
        title: Of the film, as its folder or else its file spells it; None when the name says it in another way.
        year: Of the film.
        edition: What its label says besides technical facts.
        facts: The technical facts of the label, by field of `NameFacts`.
        is_plain: Whether no word of the label could be a language or another fact.
    """

    title: str | None
    year: int | None
    edition: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    is_plain: bool = False


def read_version(named: NamedPath) -> Version | None:
    """The version of a film that a file name with a label says; None for every other name."""
    stem = named.stem
    if named.in_season or named.is_named_by_folder or CODE.search(stem) or DAY.search(stem):
        return None
    match = _TIDY.match(stem)
    if match is None:
        return _of_folder(named) or _of_scene(stem)
    title, year, label = match["title"], int(match["year"]), stem[match.end() :].strip(_EDGES)
    if not label or stem[0] == "[":
        return None
    is_folders = named.year == year and compare_key(named.title or "") == compare_key(title)
    if is_folders and stem.startswith(" - ", match.end()):
        return _labelled(named.title, year, label)
    if _EDITION.fullmatch(_without_facts(label)):
        return _labelled(named.title or title, named.year or year, label)
    return Version(named.title, year) if is_folders else None


def names_edition(label: str) -> bool:
    """Whether a label holds a word that says which edition it is, not only a language or a source."""
    return any(word.lower() in _SPELLED for word in label.split())


def _of_folder(named: NamedPath) -> Version | None:
    """`Title - Label` in the folder `Title (2001)`, where the label is known for one."""
    if named.title is None or named.year is None:
        return None
    title, _, label = named.stem.rpartition(" - ")
    if compare_key(title) != compare_key(named.title) or not _EDITION.fullmatch(_without_facts(label)):
        return None
    return _labelled(named.title, named.year, label)


def _of_scene(stem: str) -> Version | None:
    match = _SCENE.search(stem)
    return Version(None, None, _bare_label(re.sub(r"[._ ]+", " ", match["label"]))) if match else None


def _labelled(title: str | None, year: int, label: str) -> Version:
    words, facts, terms = _take_facts(label)
    edition = terms[0] if len(terms) == 1 == len(words) else _bare_label(" ".join(words)) or None
    is_plain = all(w.lower() in _SPELLED or w.lower() not in DOUBTFUL for word in words for w in word.split())
    return Version(title, year, edition, facts, is_plain)


def _bare_label(label: str) -> str:
    """`Final Cut` of "The Final Cut"."""
    return label[4:] if label[:4].lower() == "the " and _EDITION.fullmatch(label[4:]) else label


def _without_facts(label: str) -> str:
    return " ".join(_take_facts(label)[0])


def _take_facts(label: str) -> tuple[list[str], dict[str, Any], list[str]]:
    """The words of the label as written but for technical ones, what those say, and the editions it names."""
    words: list[str] = []
    terms: list[str] = []
    facts: dict[str, Any] = {}
    position = 0
    while position < len(label):
        if (token := read_token(label, position)) is not None:
            name, term, end = token
            if name == "edition":
                words.append(label[position:end].strip())
                terms.append(term)
            elif name:
                facts.setdefault(name, term)
            position = end
        elif label[position] == "-" and facts:
            if not read_token(label, position + 1) and (group := _GROUP.fullmatch(label, position)):
                return words, facts | {"release_group": group[1]}, terms
            position += 1
        elif (word := _WORD.match(label, position)) is not None:
            position = word.end()
            if word.group().strip("-") and not _TECHNICAL.fullmatch(word.group().strip("-")):
                words.append(word.group().strip("-,"))
        else:
            position += 1
    return words, facts, terms

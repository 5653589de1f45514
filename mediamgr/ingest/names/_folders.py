"""Owns what the folders of a path say: which film or show, which season, and the role of the file.

A folder is trusted as a title when it is written as one: `Title (2001)`, or a name above a season folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from mediamgr.ingest.names._words import (
    EXTRAS_FOLDERS,
    GENERIC_FOLDERS,
    SHELVES,
    VIDEO_CONTAINERS,
    compare_key,
    holds_release_word,
)

__all__ = ["NamedPath", "ids_in", "is_inner_folder", "is_titled", "read_path"]

_SEASON: Final = re.compile(
    r"(?:(?P<show>.+?)[ ._]+(?:- )?)?"
    r"(?:Season|Series|Staffel|Saison|Temporada|Stagione|Seizoen|Säsong|Sesong)"
    r"[ ._]?(?P<number>\d{1,4})(?: ?[\[(].*)?|S(?P<short>\d{1,4})",
    re.IGNORECASE,
)
_SPECIALS: Final = frozenset({"specials", "special", "season specials"})
_DISC_FOLDERS: Final = {"video_ts": "DVD", "bdmv": "Bluray", "stream": "Bluray", "hvdvd_ts": "HDDVD"}
_PART_FOLDER: Final = re.compile(r"(?:cd|dis[ck]|dvd)[ ._-]?(\d{1,2})", re.IGNORECASE)
_ACRONYM: Final = re.compile(r"(?:\w\.)+\w?")
_IDS: Final = re.compile(r" ?(?:\{(?:imdb|tmdb|tvdb)-[^{}]*\}|\[(?:imdb|tmdb|tvdb)(?:id)?[-=][^\[\]]*\])")
_ID: Final = re.compile(r"[{\[](imdb|tmdb|tvdb)(?:id)?[-=](tt\d+|\d+)[}\]]")
_EDITION: Final = re.compile(r" ?\{edition-([^{}]+)\}", re.IGNORECASE)
_TIDY: Final = re.compile(r"(?P<title>.*[^ ]) \((?P<year>(?:18[789]|19\d|20\d)\d)\)")
_STACK: Final = re.compile(
    r"(?:[ ._-]+(?:cd|dis[ck]|dvd)[ ._-]?(?P<disc>\d{1,2})"
    r"|(?<=\))[ ._-]+(?:part|pt)[ ._]?(?P<after_year>\d{1,2})"
    r"|[ ._-]+(?:part|pt)(?P<part>\d{1,2}))",
    re.IGNORECASE,
)
_SUFFIX: Final = re.compile(
    r"(?:(?:^|[-._]|(?<=\)) - |(?<=\)) )(?P<known>trailer|sample)"
    r"|-(?P<extra>behindthescenes|clip|deleted|deletedscene|extra|featurette|interview|other|scene|short))\d{0,2}",
    re.IGNORECASE,
)
_THEME: Final = re.compile(r"(?<![^\W_])(?:NC(?:OP|ED)|Creditless)(?![^\W\d_])", re.IGNORECASE)
_PREFIX: Final = re.compile(r"sample-", re.IGNORECASE)
_TAIL: Final = 24


@dataclass(frozen=True, slots=True)
class NamedPath:
    """A path taken apart.

    Attributes:
        stem: The file name without extension, ids, `{edition-...}`, part and role suffixes.
        container: The extension in lower case; None when it is not one of a video.
        owner: The folder of the film or show as written, without ids; None when there is none.
        title: What the owner says, None unless it can be trusted.
        year: Year of the owner.
        season: From the season folder.
        in_season: Whether there is a season folder, so that the file belongs to a show.
        file_role: "main", "extra", "trailer" or "sample".
        is_named_by_folder: Whether the file name is not one of the owner: an extra, or a disc's inner file.
        part_number: From a suffix or a CD folder.
        edition: The text of `{edition-...}`.
        disc_source: What disc the folders are a copy of: "DVD", "Bluray" or "HDDVD".
        shelf: "films" or "shows" when a folder that sorts the library says so.
    """

    stem: str
    container: str | None = None
    owner: str | None = None
    title: str | None = None
    year: int | None = None
    season: int | None = None
    in_season: bool = False
    file_role: str = "main"
    is_named_by_folder: bool = False
    part_number: int | None = None
    edition: str | None = None
    disc_source: str | None = None
    shelf: str | None = None


def read_path(relative_path: str) -> NamedPath:
    """Take a path apart; '/' separates folders. Never fails, whatever the name holds."""
    *folders, name = relative_path.split("/")
    shelf = next((SHELVES[folder.lower()] for folder in folders if folder.lower() in SHELVES), None)
    stem, container = _split_extension(name)
    stem, edition = _take_edition(_IDS.sub("", stem))
    stem, file_role = _take_role(stem)
    stem, part_number = _take_part(stem)
    disc_source, part_number = _leave_disc(folders, part_number)
    folder_role = _leave_extras(folders)
    in_season, season = _leave_season(folders)
    owner, folder_edition = _take_edition(_IDS.sub("", folders[-1])) if folders else ("", None)
    tidy = _TIDY.fullmatch(owner)
    title = tidy["title"] if tidy else owner if in_season and _is_title(owner) else None
    return NamedPath(
        stem=stem,
        container=container,
        owner=None if owner.lower() in GENERIC_FOLDERS or len(owner.strip()) < 2 else owner,
        title=title,
        year=int(tidy["year"]) if tidy else None,
        season=season,
        in_season=in_season,
        file_role=file_role if file_role != "main" else folder_role,
        is_named_by_folder=disc_source is not None or (folder_role != "main" and bool(owner)),
        part_number=part_number,
        edition=edition or folder_edition,
        disc_source=disc_source,
        shelf=shelf,
    )


def is_titled(folder: str) -> bool:
    """Whether a folder name is the title of a film or show by its form alone: `Title (2001)`."""
    return _TIDY.fullmatch(_take_edition(_IDS.sub("", folder))[0]) is not None


def is_inner_folder(folder: str) -> bool:
    """Whether a folder name says that it is a part of the film or show above: a season, extras, a disc."""
    name = folder.lower()
    return (
        name in _SPECIALS
        or name in EXTRAS_FOLDERS
        or name in _DISC_FOLDERS
        or _PART_FOLDER.fullmatch(name) is not None
        or _SEASON.fullmatch(name) is not None
    )


def _split_extension(name: str) -> tuple[str, str | None]:
    stem, dot, extension = name.rpartition(".")
    if dot and extension.lower() in VIDEO_CONTAINERS:
        return stem, extension.lower()
    return name, None


def _take_edition(text: str) -> tuple[str, str | None]:
    match = _EDITION.search(text)
    if match is None:
        return text, None
    return text[: match.start()] + text[match.end() :], match[1].strip() or None


def _take_role(stem: str) -> tuple[str, str]:
    if prefix := _PREFIX.match(stem):
        return stem[prefix.end() :], "sample"
    for match in _SUFFIX.finditer(stem, max(0, len(stem) - _TAIL)):
        if match.end() == len(stem):
            return stem[: match.start()], (match["known"] or "extra").lower()
    return stem, "extra" if _THEME.search(stem) else "main"


def _take_part(stem: str) -> tuple[str, int | None]:
    for match in _STACK.finditer(stem, max(0, len(stem) - _TAIL)):
        if match.end() == len(stem):
            number = int(match["disc"] or match["after_year"] or match["part"])
            return stem[: match.start()], number or None
    return stem, None


def _leave_disc(folders: list[str], part_number: int | None) -> tuple[str | None, int | None]:
    disc_source = None
    while folders and (source := _DISC_FOLDERS.get(folders[-1].lower())):
        folders.pop()
        disc_source = source
    if folders and (match := _PART_FOLDER.fullmatch(folders[-1])):
        folders.pop()
        part_number = part_number or int(match[1]) or None
    return disc_source, part_number


def _leave_extras(folders: list[str]) -> str:
    if len(folders) < 2 or folders[-2].lower() in GENERIC_FOLDERS:
        return "main"
    role = EXTRAS_FOLDERS.get(folders[-1].lower(), "main")
    if role != "main":
        folders.pop()
    return role


def _leave_season(folders: list[str]) -> tuple[bool, int | None]:
    if not folders:
        return False, None
    if len(folders) > 1 and folders[-1].lower() in _SPECIALS:
        folders.pop()
        return True, 0
    match = _SEASON.fullmatch(folders[-1])
    if match is None:
        return False, None
    season = folders.pop()
    show = match["show"]
    if show and not (folders and compare_key(folders[-1]).startswith(compare_key(show))):
        folders.append(show)
    return bool(season), int(match["number"] or match["short"])


def _is_title(owner: str) -> bool:
    return (
        owner.lower() not in GENERIC_FOLDERS
        and not holds_release_word(owner)
        and (" " in owner or not any(c in owner for c in "._") or _ACRONYM.fullmatch(owner) is not None)
        and bool(compare_key(owner))
    )


def ids_in(name: str) -> tuple[tuple[str, str], ...]:
    """(source, external id) that a file or folder name gives as media servers do: {imdb-tt0120338}, [tmdbid-597]."""
    return tuple((source, value) for source, value in _ID.findall(name) if value.startswith("tt") == (source == "imdb"))

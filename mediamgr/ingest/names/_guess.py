"""Owns the reading of file names by guessit, and its translation into the field's terms.

guessit is imported on first use: it is slow to import and slow to run (some ten milliseconds a name).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from mediamgr.ingest.names._codes import CODE, OVERALL, read_episodes, read_overall
from mediamgr.ingest.names._facts import NameFacts
from mediamgr.ingest.names._fast import read_stated_title
from mediamgr.ingest.names._folders import NamedPath
from mediamgr.ingest.names._versions import Version, names_edition, read_version
from mediamgr.ingest.names._words import DOUBTFUL, compare_key

__all__ = ["facts_of_guess", "name_only", "read_guess"]

_SOURCES: Final = {
    "Blu-ray": "Bluray",
    "Ultra HD Blu-ray": "Bluray",
    "HD-DVD": "HDDVD",
    "DVD": "DVD",
    "HDTV": "HDTV",
    "Ultra HDTV": "HDTV",
    "Digital TV": "SDTV",
    "TV": "SDTV",
    "Satellite": "SDTV",
    "Analog HDTV": "HDTV",
    "Camera": "CAM",
    "HD Camera": "CAM",
    "Telesync": "TELESYNC",
    "HD Telesync": "TELESYNC",
    "Telecine": "TELECINE",
    "HD Telecine": "TELECINE",
    "Workprint": "WORKPRINT",
    "VHS": "VHS",
}
_VIDEO: Final = {
    "H.264": "h264",
    "H.265": "hevc",
    "AV1": "av1",
    "VP9": "vp9",
    "Xvid": "mpeg4",
    "DivX": "mpeg4",
    "VC-1": "vc1",
    "MPEG-2": "mpeg2video",
}
_AUDIO: Final = {
    "AAC": "aac",
    "Dolby Digital": "ac3",
    "Dolby Digital Plus": "eac3",
    "Dolby TrueHD": "truehd",
    "DTS": "dts",
    "DTS-HD": "dts-hd",
    "DTS:X": "dts-hd ma",
    "FLAC": "flac",
    "Opus": "opus",
    "PCM": "pcm",
    "LPCM": "pcm",
    "MP3": "mp3",
    "Vorbis": "vorbis",
}
_PART_OF_TITLE: Final = re.compile(
    r"(?:part|vol(?:ume)?|chapter)[\W_]+(?:\d{1,2}|[ivx]{1,4}|one|two|three|four|five)"
    r"(?=[\W_]+(?:19|20)\d\d)",
    re.IGNORECASE,
)
# guessit 4.4 takes seconds on dozens of numbers, which it weighs in pairs. Real names hold a dozen.
_MOST_NUMBERS: Final = 32
_LONGEST: Final = 180
_HIGHEST: Final = 99_999
_DIGITS: Final = re.compile(r"\d{1,8}")
# guessit 4.4 does not know AV1 as a codec and reads "AV1-GROUP" and "AV1]-GROUP" as the group.
_AV1_IN_GROUP: Final = re.compile(r"\W*AV1\W*", re.IGNORECASE)
_NOT_WORDS: Final = re.compile(r"[\W_]+")
_LISTED: Final = re.compile(r"\d{1,2}(?: - |\. )(?=\S)")
_LISTED_FILM: Final = re.compile(
    r"(?:\[[^\[\]]*\] ?)?(?P<title>(?P<series>.*?[ -])?(?:Movie|Film) \d{1,2}(?: - [^\[\](){}]+)?)(?=$| ?[\[({])",
    re.IGNORECASE,
)
_OVERALL_FIRST: Final = re.compile(r"\d{3,4}(?:-\d{3,4})? - ")


def read_guess(relative_path: str, named: NamedPath) -> NameFacts:
    """What guessit makes of the path, corrected by what the folders say.

    Raises:
        Exception: What guessit raises, and ValueError for names of so many numbers that it would take long.
    """
    from guessit import guessit

    text = "/".join(part[-_LONGEST:] for part in relative_path.split("/")[-3:])
    if len(_DIGITS.findall(text)) > _MOST_NUMBERS:
        raise ValueError("too many numbers to make sense of")
    version = read_version(named)
    is_numbered = named.in_season or CODE.search(named.stem)
    listed = None if is_numbered else _LISTED_FILM.match(named.stem)
    is_film = version or listed or named.shelf == "films"
    guess = guessit(text, {"type": "episode"} if is_numbered else {"type": "movie"} if is_film else {})
    facts = facts_of_guess(guess, named)
    if listed is not None and named.title is None:
        series = "" if listed["series"] or not named.owner else f"{named.owner} "
        return replace(facts, title=series + listed["title"].strip(), edition=named.edition)
    return facts if version is None else _with_version(facts, version, named)


def _with_version(facts: NameFacts, version: Version, named: NamedPath) -> NameFacts:
    """The film with what the label of its version says, unless that is no more than guessit took for a fact."""
    edition = version.edition or facts.edition
    words = (version.edition or "").lower().split()
    is_fact = bool(facts.languages or facts.quality_source) and all(word in DOUBTFUL for word in words)
    if words and is_fact and not names_edition(version.edition or ""):
        edition = facts.edition
    label = {name: value for name, value in version.facts.items() if getattr(facts, name) is None}
    return replace(facts, edition=named.edition or edition, **label)


def name_only(relative_path: str, named: NamedPath) -> NameFacts:
    """The least that can be said of a path: its folder's title, else the file name as it is."""
    numbers = _numbers(named, {})
    return NameFacts(
        media_type="episode" if numbers["episodes"] or named.in_season else "movie",
        title=_own_title(named, {}, relative_path),
        year=named.year,
        season=numbers["season"],
        episodes=numbers["episodes"],
        container=named.container,
        file_role=named.file_role,
        rules="guessit",
    )


def facts_of_guess(guess: Mapping[str, Any], named: NamedPath) -> NameFacts:
    """A guess in the field's terms. Folders are trusted above the file name, that above the guess."""
    numbers = _numbers(named, guess)
    is_episode = guess.get("type") == "episode" or named.in_season or "date" in guess
    year = _first(guess.get("year"))
    title = _own_title(named, guess, named.stem)
    video_codec, release_group = _video_and_group(guess)
    return NameFacts(
        media_type="episode" if is_episode else "movie",
        title=title,
        year=named.year if named.title is not None and named.year else year,
        **(numbers if is_episode else {}),
        episode_title=_episode_title(guess, named) if is_episode else None,
        aired_on=_day(guess) if is_episode else None,
        part_number=None if is_episode else named.part_number or _first(guess.get("cd")),
        edition=named.edition or _text(guess.get("edition")),
        quality_source=_source(guess),
        screen_size=_text(guess.get("screen_size")),
        video_codec=video_codec,
        audio_codec=_audio(guess),
        release_group=release_group,
        container=named.container,
        languages=_languages(guess, title),
        file_role=_role(named, guess),
        rules="guessit",
    )


def _own_title(named: NamedPath, guess: Mapping[str, Any], otherwise: str) -> str:
    if found := (named.title or _unlisted(read_stated_title(named.stem) or "", named)).strip():
        return found
    guessed = _with_part(" ".join(map(str, _all(guess.get("title")))).strip(), named.stem)
    if named.owner and " " in named.owner and compare_key(guessed) == compare_key(named.owner):
        return named.owner
    choices = (guessed, named.owner or "", named.stem, otherwise)
    return next((choice.strip(" /") for choice in choices if choice.strip(" /")), "Untitled")


def _unlisted(title: str, named: NamedPath) -> str:
    """The title without the number that puts it in order in the folder of a film series."""
    return _LISTED.sub("", title) if named.owner and not CODE.search(named.stem) else title


def _with_part(title: str, stem: str) -> str:
    """The title with the "Part 2" that stands between it and the year, which guessit keeps apart."""
    match = _PART_OF_TITLE.search(stem)
    if match is None or not title or compare_key(stem[: match.start()]) != compare_key(title):
        return title
    return f"{title} {' '.join(_NOT_WORDS.split(match.group()))}"


def _numbers(named: NamedPath, guess: Mapping[str, Any]) -> dict[str, Any]:
    found = list(CODE.finditer(named.stem))
    if len(found) == 1 and (code := read_episodes(found[0])):
        absolute = _whole(guess.get("absolute_episode"))
        if match := OVERALL.match(named.stem, found[0].end()):
            absolute = read_overall(match, len(code[1])) or absolute
        return {"season": code[0], "episodes": code[1], "absolute": absolute}
    season = _whole(guess.get("season"))
    episodes = _whole(guess.get("episode"))
    chosen = named.season if named.season is not None else season[-1] if season else None
    if chosen is None and not guess.get("season_count"):
        return {"season": None, "episodes": (), "absolute": episodes}
    return {"season": chosen, "episodes": episodes, "absolute": _whole(guess.get("absolute_episode"))}


def _episode_title(guess: Mapping[str, Any], named: NamedPath) -> str | None:
    if named.season == 0 and not CODE.search(named.stem) and "episode" not in guess:
        return named.stem.strip() or None
    words = [str(value) for value in _all(guess.get("episode_title"))]
    words += [f"Part {value}" for value in _all(guess.get("part"))]
    return _OVERALL_FIRST.sub("", " ".join(words).strip()) or None


def _source(guess: Mapping[str, Any]) -> str | None:
    other = {str(value) for value in _all(guess.get("other"))}
    if "Remux" in other:
        return "Remux"
    sources = [str(value) for value in _all(guess.get("source"))]
    if not sources:
        return None
    if sources[0] == "Web":
        return "WEBRip" if "Rip" in other else "WEBDL"
    return _SOURCES.get(sources[0], sources[0])


def _audio(guess: Mapping[str, Any]) -> str | None:
    codecs = [str(value) for value in _all(guess.get("audio_codec")) if str(value) != "Dolby Atmos"]
    if not codecs:
        return None
    if codecs[0] == "DTS-HD" and "Master Audio" in map(str, _all(guess.get("audio_profile"))):
        return "dts-hd ma"
    return _AUDIO.get(codecs[0], codecs[0].lower())


def _video_and_group(guess: Mapping[str, Any]) -> tuple[str | None, str | None]:
    codec, group = _text(guess.get("video_codec")), _text(guess.get("release_group"))
    if codec is None and group is not None and (match := _AV1_IN_GROUP.match(group)):
        return "av1", group[match.end() :] or None
    return None if codec is None else _VIDEO.get(codec, codec.lower()), group


def _languages(guess: Mapping[str, Any], title: str) -> tuple[str, ...]:
    guessed = _text(guess.get("title")) or ""
    if compare_key(guessed) != compare_key(title) and any(w in DOUBTFUL for w in title.lower().split()):
        return ()  # the language was a word of the title
    found = (str(value) for value in _all(guess.get("language")))
    return tuple(dict.fromkeys(value for value in found if value not in ("mul", "und")))


def _role(named: NamedPath, guess: Mapping[str, Any]) -> str:
    if named.file_role != "main":
        return named.file_role
    other = {str(value) for value in _all(guess.get("other"))}
    return "sample" if "Sample" in other else "trailer" if "Trailer" in other else "main"


def _day(guess: Mapping[str, Any]) -> date | None:
    value = _first_of(guess.get("date"))
    return value if isinstance(value, date) else None


def _all(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _first_of(value: Any) -> Any:
    return next(iter(_all(value)), None)


def _first(value: Any) -> int | None:
    found = _first_of(value)
    return found if isinstance(found, int) else None


def _whole(value: Any) -> tuple[int, ...]:
    return tuple(sorted({found for found in _all(value) if isinstance(found, int) and 0 <= found <= _HIGHEST}))


def _text(value: Any) -> str | None:
    found = _first_of(value)
    return None if found is None else str(found).strip() or None

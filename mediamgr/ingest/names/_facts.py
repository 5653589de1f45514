"""Owns the record of what a file name says. Values are the field's terms, whoever read the name.

A record goes into the store's cache of understood names and comes back equal; what is unset is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any

__all__ = ["NameFacts"]


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What the name of one media file says. `None` and `()` mean: the name does not say.

    Attributes:
        media_type: "movie" or "episode".
        title: Of the film, or of the show an episode belongs to; never empty.
        year: Of the film's release, or of the show's start.
        season: 0 is the season of specials.
        episodes: Numbers within the season, ascending; several for a multi-episode file.
        absolute: Numbers across seasons, as anime is numbered.
        episode_title: As written, without quality words.
        aired_on: The air date of a date-named episode.
        part_number: 1, 2, ... of a film in several files (cd1, part2).
        edition: "Director's Cut", "Extended", ...; the text of `{edition-...}` as written.
        quality_source: "Remux", "Bluray", "WEBDL", "WEBRip", "HDTV", "SDTV", "DVD", "CAM", ...
        screen_size: "480p" to "2160p"; interlaced ones end in "i".
        video_codec: "h264", "hevc", "av1", "vp9", "mpeg4", "mpeg2video", "vc1".
        audio_codec: "aac", "ac3", "eac3", "truehd", "dts", "dts-hd ma", "flac", "opus", "mp3", "pcm".
        release_group: Who made the file, as written.
        container: The file extension in lower case, without its dot.
        languages: BCP 47, as far as the name says.
        file_role: "main", "extra", "trailer" or "sample".
        rules: Who read it: "fast" or "guessit".
    """

    media_type: str
    title: str
    year: int | None = None
    season: int | None = None
    episodes: tuple[int, ...] = ()
    absolute: tuple[int, ...] = ()
    episode_title: str | None = None
    aired_on: date | None = None
    part_number: int | None = None
    edition: str | None = None
    quality_source: str | None = None
    screen_size: str | None = None
    video_codec: str | None = None
    audio_codec: str | None = None
    release_group: str | None = None
    container: str | None = None
    languages: tuple[str, ...] = ()
    file_role: str = "main"
    rules: str = "fast"

    def to_dict(self) -> dict[str, Any]:
        """A small dict that JSON can hold: unset values left out, dates as ISO text, tuples as lists."""
        found: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value == field.default and field.default is not MISSING:
                continue
            found[field.name] = _plain(value)
        return found

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> NameFacts:
        """The record that `to_dict` wrote. Unknown keys are ignored; KeyError without type or title."""
        values = {f.name: found[f.name] for f in fields(cls) if f.name in found}
        for name in ("episodes", "absolute", "languages"):
            values[name] = tuple(values.get(name, ()))
        if values.get("aired_on") is not None:
            values["aired_on"] = date.fromisoformat(values["aired_on"])
        return cls(media_type=values.pop("media_type"), title=values.pop("title"), **values)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value

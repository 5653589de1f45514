"""Owns all there is to say about one item, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from mediamgr.languages import language_name
from mediamgr.repository import MediaItem
from mediamgr.wording import human_bytes

if TYPE_CHECKING:
    from mediamgr.browser._library import BrowsedLibrary

__all__ = ["details"]

_ADDRESSES: Final[Mapping[tuple[str, str], str]] = {
    ("imdb", ""): "https://www.imdb.com/title/{}/",
    ("tmdb", "movie"): "https://www.themoviedb.org/movie/{}",
    ("tmdb", "tv"): "https://www.themoviedb.org/tv/{}",
    ("tmdb", "show"): "https://www.themoviedb.org/tv/{}",
    ("tvmaze", "show"): "https://www.tvmaze.com/shows/{}",
    ("wikidata", ""): "https://www.wikidata.org/wiki/{}",
}
_MOST_GAPS: Final = 200
_KINDS: Final = {"movie": "Film", "show": "Show", "season": "Season", "episode": "Episode"}


def details(lib: BrowsedLibrary, item_id: int) -> dict[str, Any]:
    """Facts, files, people, ids, subtitles, history and the tree of an item. Raises `ItemNotFound`."""
    item = lib.items.get(item_id)
    history = lib.history.of_items(item_id)
    people = lib.people.cast(item_id)
    is_cast = pl.col("department") == "cast"
    return {
        "title": item.title,
        "year": item.year,
        "subtitle": _subtitle(item),
        "tagline": item.tagline,
        "plot": item.plot,
        "facts": [{"label": label, "value": value} for label, value in _facts(item) if value],
        "files": _files(lib, item_id),
        "cast": people.filter(is_cast).select("person_id", "name", "role", "character").to_dicts(),
        "crew": people.filter(~is_cast).select("person_id", "name", "role").to_dicts(),
        "ids": [_identity(*row) for row in lib.items.external_ids(item_id).select(pl.exclude("media_item_id")).rows()],
        "subtitles": [_subtitled(row) for row in lib.subtitles.of_items(item_id).to_dicts()],
        "history": [_event(row) for row in history.head(50).to_dicts()],
        "tree": _tree(item, lib.items.tree(item_id)) if item.media_type != "movie" else [],
        "user_rating": item.user_rating,
        "tags": item.tags or [],
        "watched": "played" in history["event_type"],
    }


def _subtitle(item: MediaItem) -> str:
    number = ""
    if item.season_number is not None and item.media_type == "episode":
        number = f"S{item.season_number:02}" + (f"E{item.episode_number:02}" if item.episode_number is not None else "")
    return " · ".join(filter(None, [_KINDS[item.media_type], item.show_title, number, str(item.year or "")]))


def _facts(item: MediaItem) -> list[tuple[str, str]]:
    def joined(values: list[str] | None) -> str:
        return ", ".join(values or [])

    def day(value: date | datetime | None) -> str:
        return f"{value:%Y-%m-%d}" if value else ""

    votes = f" ({item.votes:,} votes)" if item.votes else ""
    return [
        ("Original title", item.original_title or ""),
        ("Rating", f"{item.rating:.1f}{votes}" if item.rating is not None else ""),
        ("Genres", joined(item.genres)),
        ("Runtime", f"{item.runtime_minutes} min" if item.runtime_minutes else ""),
        ("Released", day(item.premiered_on)),
        ("Certificate", item.content_rating or ""),
        ("Countries", joined(item.countries)),
        ("Studios", joined(item.studios)),
        ("Language", (language_name(item.original_language) or "") if item.original_language else ""),
        ("Collection", item.collection or ""),
        ("Status", (item.series_status or "").capitalize()),
        ("Added", day(item.added_at)),
    ]


def _files(lib: BrowsedLibrary, item_id: int) -> list[dict[str, Any]]:
    files = lib.files.of_items(item_id)
    streams = lib.files.streams(files["id"].to_list()).partition_by("media_file_id", as_dict=True)
    return [
        {
            "path": file["path"],
            "facts": _file_facts(file),
            "missing": file["missing_since"] is not None,
            "streams": [
                {"type": stream["stream_type"], "text": _stream(stream)}
                for stream in streams.get((file["id"],), pl.DataFrame()).to_dicts()
            ],
        }
        for file in files.to_dicts()
    ]


def _file_facts(file: Mapping[str, Any]) -> list[str]:
    seconds, size = file["duration_seconds"], file["size_bytes"]
    told = [
        human_bytes(size) if size is not None else None,
        file["container"],
        f"{seconds // 3600:.0f} h {seconds % 3600 // 60:02.0f} min" if seconds else None,
        file["edition"],
        file["quality_source"],
        None if file["file_role"] == "main" else file["file_role"],
        file["problem"],
    ]
    return [str(each) for each in told if each]


def _stream(stream: Mapping[str, Any]) -> str:
    size = f"{stream['width']} × {stream['height']}" if stream["width"] and stream["height"] else None
    language = stream["language"] and (language_name(stream["language"]) or stream["language"])
    marks = [name for name in ("default", "forced", "hearing_impaired") if stream[f"is_{name}"]]
    told = [
        stream["codec"], stream["profile"], size, stream["hdr_format"],
        f"{stream['channels']} channels" if stream["channels"] else None,
        f"{stream['bitrate_kbps']:,} kb/s" if stream["bitrate_kbps"] else None,
        language, stream["title"], *(mark.replace("_", " ") for mark in marks),
    ]  # fmt: skip
    return " · ".join(str(each) for each in told if each)


def _identity(source: str, space: str, value: str) -> dict[str, str | None]:
    address = _ADDRESSES.get((source, space)) or _ADDRESSES.get((source, ""))
    is_plain = value.replace("-", "").isalnum() and value.isascii()
    return {"source": source, "value": value, "url": address.format(value) if address and is_plain else None}


def _subtitled(row: Mapping[str, Any]) -> str:
    language = row["language"] and (language_name(row["language"]) or row["language"])
    marks = [name for name in ("forced", "hearing_impaired") if row[f"is_{name}"]]
    told = [language or row["language_raw"] or "unknown language", row["format"], *marks, row["path"] or row["url"]]
    return " · ".join(str(each).replace("_", " ") for each in told if each)


def _event(row: Mapping[str, Any]) -> dict[str, str]:
    what = row["event_type"] + (f" {row['value']:g}" if row["event_type"] == "rated" and row["value"] else "")
    who = "" if row["user_name"] == "me" else f" by {row['user_name']}"
    return {"when": f"{row['occurred_at']:%Y-%m-%d %H:%M}", "what": f"{what}{who}"}


def _tree(item: MediaItem, parts: pl.DataFrame) -> list[dict[str, Any]]:
    """Seasons with their episodes; of an episode or a season its whole show. Numbers that nobody has are marked."""
    rows = parts.to_dicts()
    seasons = [row for row in rows if row["media_type"] == "season"]
    known = {row["id"] for row in seasons}
    loose = [row for row in rows if row["media_type"] == "episode" and row["parent_id"] not in known]
    return [_season(row, [each for each in rows if each["parent_id"] == row["id"]]) for row in seasons] + [
        _episode(row) for row in loose
    ]


def _season(season: Mapping[str, Any], episodes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    numbers = {row["episode_number"] for row in episodes if row["episode_number"] is not None}
    # a season that is numbered across seasons does not begin at 1
    first = 1 if numbers and min(numbers) <= len(numbers) else min(numbers, default=1)
    gaps = [n for n in range(first, max(numbers, default=0)) if n not in numbers][:_MOST_GAPS]
    absent = [{"episode_number": n, "title": "", "id": None, "is_missing": True, "is_watched": False} for n in gaps]
    if season["season_number"] == 0:
        absent = []
    children = sorted([*episodes, *absent], key=lambda row: (row["episode_number"] is None, row["episode_number"] or 0))
    return {
        **_node(season, season["title"], season["season_number"]),
        "missing": bool(episodes) and all(row["is_missing"] for row in episodes),
        "watched": bool(episodes) and all(row["is_watched"] for row in episodes),
        "children": [_episode(row) for row in children],
    }


def _episode(row: Mapping[str, Any]) -> dict[str, Any]:
    return _node(row, row["title"] or "not in the library", row["episode_number"])


def _node(row: Mapping[str, Any], label: str, number: int | None) -> dict[str, Any]:
    return {
        "id": row["id"],
        "label": label,
        "number": number,
        "missing": bool(row["is_missing"]),
        "watched": bool(row["is_watched"]),
        "children": [],
    }

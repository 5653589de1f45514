"""Owns reading what hangs on items: files and streams, artwork, subtitles, history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

import polars as pl

from mediamgr.repository import _values
from mediamgr.repository._filters import ItemFilters, chosen, page_bounds, takes_filters
from mediamgr.repository._reading import Repository

__all__ = ["ArtworkRepository", "FileRepository", "HistoryRepository", "SubtitleRepository"]

EVENT_TYPES = ("played", "added", "rated", "paused", "watchlisted")
_USUAL_PICTURES = ("poster", "backdrop", "logo")


class FileRepository(Repository):
    """Reads files and their streams."""

    _name = "lib.files"

    @takes_filters
    def technical(self, *, limit: int | None = None, offset: int = 0, **filters: Unpack[ItemFilters]) -> pl.DataFrame:
        """One wide row a file: codec, resolution, bitrate, GB per hour, HDR, languages, size, ...

        `limit`: None gives all. Columns and units are in `sql/queries/files/technical.sql`.
        """
        return self._database.query("files/technical", chosen(filters), **page_bounds(limit, offset))

    def of_items(self, item_ids: int | Iterable[int]) -> pl.DataFrame:
        """The files of items; an episode that shares a file with another gets that file."""
        return self._database.query("files/of_items", item_ids=_values.ids("item_ids", item_ids))

    def streams(self, file_ids: int | Iterable[int]) -> pl.DataFrame:
        """The video, audio and subtitle streams of files, by file and index."""
        return self._database.query("files/streams", file_ids=_values.ids("file_ids", file_ids))


class ArtworkRepository(Repository):
    """Reads pictures."""

    _name = "lib.artwork"

    def of_items(self, item_ids: int | Iterable[int]) -> pl.DataFrame:
        """The pictures of items."""
        return self._database.query("artwork/of_items", item_ids=_values.ids("item_ids", item_ids))

    def posters(self, item_ids: int | Iterable[int]) -> pl.DataFrame:
        """The picture on disk that stands for each item, its own or that of its show: media_item_id, path."""
        return self._database.query("artwork/posters", item_ids=_values.ids("item_ids", item_ids))

    def known(self, urls: str | Iterable[str]) -> pl.DataFrame:
        """Pictures that were downloaded, or failed to be, by address: url, path, width, height, download_status."""
        return self._database.query("artwork/known", urls=_values.words("urls", urls))

    def pending(
        self,
        types: str | Iterable[str] | None = None,
        *,
        sources: str | Iterable[str] | None = None,
        retry_failed: bool = False,
        limit: int | None = None,
    ) -> pl.DataFrame:
        """Pictures to download: url, artwork_type, source, media_item_id; the first of a type an item has none of.

        `types`: None is poster, backdrop and logo.
        """
        return self._database.query(
            "artwork/pending",
            types=_values.words("types", _USUAL_PICTURES if types is None else types),
            sources=None if sources is None else _values.words("sources", sources),
            statuses=["pending", "failed"] if retry_failed else ["pending"],
            limit=page_bounds(limit, 0)["limit"],
        )


class SubtitleRepository(Repository):
    """Reads subtitles that lie beside files."""

    _name = "lib.subtitles"

    def of_items(self, item_ids: int | Iterable[int]) -> pl.DataFrame:
        """The subtitles of items."""
        return self._database.query("subtitles/of_items", item_ids=_values.ids("item_ids", item_ids))


class HistoryRepository(Repository):
    """Reads what was played, rated and added."""

    _name = "lib.history"

    def of_items(self, item_ids: int | Iterable[int]) -> pl.DataFrame:
        """What happened to items, newest first."""
        return self._database.query("history/of_items", item_ids=_values.ids("item_ids", item_ids))

    def played_among(self, item_ids: int | Iterable[int]) -> set[int]:
        """Which of these items somebody played."""
        return set(self._database.query("history/played_among", item_ids=_values.ids("item_ids", item_ids)).to_series())

    def people(self) -> list[str]:
        """Who the history knows, sorted."""
        return self._database.query("history/people")["user_name"].to_list()

    def timezones(self) -> list[str]:
        """The names of the time zones that times can be shown in, sorted."""
        return self._database.query("history/timezones")["name"].to_list()

    def recent(self, event_type: str = "played", *, limit: int | None = 100, offset: int = 0) -> pl.DataFrame:
        """The newest events of a kind (played, added, rated, paused, watchlisted), with the titles."""
        kind = _values.one_of("event_type", event_type, EVENT_TYPES)
        return self._database.query("history/recent", event_type=kind, **page_bounds(limit, offset))

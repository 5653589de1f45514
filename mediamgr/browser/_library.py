"""Owns what the browser needs of a library; `mediamgr.Library` has it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from mediamgr.repository import (
    ArtworkRepository,
    FileRepository,
    HistoryRepository,
    MediaItemRepository,
    PersonRepository,
    SubtitleRepository,
)
from mediamgr.store.edits import Edit

__all__ = ["BrowsedLibrary"]


class BrowsedLibrary(Protocol):
    """A library that is browsed."""

    @property
    def path(self) -> Path: ...
    @property
    def items(self) -> MediaItemRepository: ...
    @property
    def people(self) -> PersonRepository: ...
    @property
    def files(self) -> FileRepository: ...
    @property
    def artwork(self) -> ArtworkRepository: ...
    @property
    def subtitles(self) -> SubtitleRepository: ...
    @property
    def history(self) -> HistoryRepository: ...
    def edit(self, item_ids: Iterable[int], **fields: object) -> Edit: ...
    def tag(self, item_ids: Iterable[int], *tags: str, remove: Iterable[str] = ()) -> Edit: ...
    def mark_watched(self, item_ids: Iterable[int], watched: bool = True) -> Edit: ...
    def undo(self, edit: Edit) -> None: ...

"""Owns what is known of an item before anybody was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mediamgr.providers.facts import MediaType

__all__ = ["Wanted"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A film or show of the library that is to be matched.

    Attributes:
        item_id: media_item.id.
        media_type: movie or show.
        title: As the library has it.
        original_title: In the original language.
        other_titles: More names, such as that of its folder.
        year: Of the first release or broadcast.
        runtime_minutes: Of the film, or of a usual episode.
        ids: What others call it, by source: {"imdb": "tt0133093"}.
        episodes: Of a show, the numbers of the episodes that are there, by season; 0 is for specials.
    """

    item_id: int
    media_type: MediaType
    title: str
    original_title: str | None = None
    other_titles: tuple[str, ...] = ()
    year: int | None = None
    runtime_minutes: int | None = None
    ids: Mapping[str, str] = field(default_factory=dict)
    episodes: Mapping[int, frozenset[int]] = field(default_factory=dict)

    @property
    def titles(self) -> tuple[str, ...]:
        """All of its names, the one it is shown by first; that one always."""
        others = (each for each in (self.original_title, *self.other_titles) if each)
        return tuple(dict.fromkeys((self.title, *others)))

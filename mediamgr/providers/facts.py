"""Owns what a provider says of a work, in the library's words: every client ends here, whatever its site calls things.

Ids are (source, external id) as the site itself writes them; a film, a show and a person have separate spaces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

__all__ = ["FIELDS", "ROLES", "CreditFacts", "MediaType", "PictureFacts", "WorkFacts"]

MediaType = Literal["movie", "show", "season", "episode"]

FIELDS: Final = (
    "original_title", "year", "season_number", "episode_number", "absolute_number", "premiered_on", "runtime_minutes",
    "rating", "votes", "content_rating", "tagline", "plot", "genres", "countries", "studios", "original_language",
    "collection", "series_status",
)  # fmt: skip
"""Columns of media_item that a provider may know, besides the title."""
ROLES: Final = {
    "actor": "cast", "guest_star": "cast", "director": "directing", "writer": "writing", "creator": "writing",
    "producer": "production", "composer": "sound", "cinematographer": "crew", "editor": "crew",
}  # fmt: skip
"""What people do, and the department that it belongs to."""


@dataclass(frozen=True, slots=True)
class CreditFacts:
    """Who did what in a work.

    Attributes:
        name: The person's.
        role: One of `ROLES`.
        department: Of that role: cast, directing, writing, production, sound or crew.
        character: Who an actor plays.
        position: Billing order within the role, from 0.
        ids: The person's, by source: {"tmdb": "6384"}.
    """

    name: str
    role: str
    department: str
    character: str | None = None
    position: int | None = None
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A picture, by its address.

    Attributes:
        artwork_type: poster, backdrop, banner, logo, clearart, thumb, still, disc or profile.
        url: Where it can be had, in the size one wants to keep.
        width: Pixels, of the picture as it is at `url`; None when the site does not say.
        height: Pixels.
        language: Of the words in it, BCP 47; None when there are none, or unknown.
    """

    artwork_type: str
    url: str
    width: int | None = None
    height: int | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """A film, show, season or episode, as far as a provider told of it.

    Attributes:
        provider: Who says so: "tmdb".
        id: What the provider calls it: "603". Of seasons and episodes too, where it numbers them; else "".
        media_type: What it is.
        title: Its name in the language asked for.
        fields: Columns of media_item (`FIELDS`) to what they are, in their units; what is not known is left out.
        ids: What others call it, by source, its own id included: {"tmdb": "603", "imdb": "tt0133093"}.
        other_titles: More names it goes by, the original one included.
        credits: People, in billing order.
        pictures: The best of each type first.
        parts: Of a show its seasons, of a season its episodes; as far as they were asked for.
        is_whole: Whether this is all the provider knows, and not what a list of results says.
    """

    provider: str
    id: str
    media_type: MediaType
    title: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    other_titles: tuple[str, ...] = ()
    credits: tuple[CreditFacts, ...] = ()
    pictures: tuple[PictureFacts, ...] = ()
    parts: tuple[WorkFacts, ...] = ()
    is_whole: bool = False

    @property
    def year(self) -> int | None:
        """Of the first release or broadcast."""
        year: int | None = self.fields.get("year")
        return year

    @property
    def runtime_minutes(self) -> int | None:
        """Of the film, or of a usual episode."""
        minutes: int | None = self.fields.get("runtime_minutes")
        return minutes

    def episodes(self) -> Iterator[WorkFacts]:
        """All episodes below it, in the order told."""
        for part in self.parts:
            if part.media_type == "episode":
                yield part
            yield from part.episodes()

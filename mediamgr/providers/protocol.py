"""Owns what every metadata provider offers, so that matching and enriching know none of them by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from mediamgr.providers.facts import MediaType, PictureFacts, WorkFacts
from mediamgr.providers.http import Site

__all__ = ["Capabilities", "Provider", "Terms"]


@dataclass(frozen=True, slots=True)
class Terms:
    """On what conditions a provider may be used.

    Attributes:
        credit: What must be said where its data is shown.
        licence: Of the data, as the provider names it.
        url: Where the conditions are.
        key_url: Where a key can be had; "" when none is needed.
    """

    credit: str
    licence: str
    url: str
    key_url: str = ""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a provider can be asked.

    Attributes:
        media_types: What it can be searched for: movie, show.
        ids: Sources of external ids by which it finds a work, its own first.
        fields: Columns of media_item that it knows.
        has_credits: Whether it knows people.
        has_pictures: Whether it knows pictures.
        has_episodes: Whether it lists the episodes of shows.
        narrows_by_year: Whether a search with a year finds other works than one without.
    """

    media_types: frozenset[MediaType]
    ids: tuple[str, ...]
    fields: frozenset[str]
    has_credits: bool = False
    has_pictures: bool = False
    has_episodes: bool = False
    narrows_by_year: bool = False


class Provider(Protocol):
    """A metadata provider. All of it may be called by many threads.

    Each question may raise `ProviderError`: that it cannot be reached, is used up, refuses the key, or is wrong.

    Attributes:
        name: As in settings, in the cache and in sources of fields: "tmdb".
        site: How it is asked.
        capabilities: What it can be asked.
        terms: On what conditions.
    """

    name: str
    site: Site
    capabilities: Capabilities
    terms: Terms

    def search(self, title: str, media_type: MediaType, *, year: int | None = None) -> list[WorkFacts]:
        """Films or shows of about that title, as the provider ranks them; in short. `year` narrows where it can."""

    def identify(self, media_type: MediaType, ids: Mapping[str, str]) -> str | None:
        """The provider's own id of a film or show that others call so; None when it knows none of them.

        An own id among `ids` is given back unasked.
        """

    def get(self, media_type: MediaType, id: str, *, seasons: frozenset[int] | None = None) -> WorkFacts | None:
        """All it knows of a film or show, None when there is none of that id.

        `seasons`: of which the episodes are wanted; None: of all, an empty set: of none.
        """

    def images(self, media_type: MediaType, id: str) -> tuple[PictureFacts, ...]:
        """Pictures of a film or show, the best of each type first."""

    def page(self, media_type: MediaType, id: str) -> str:
        """The address of the page where people read about a film or show."""

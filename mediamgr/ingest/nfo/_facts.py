"""Owns the record of what an NFO file says of one film, show or episode, in the field's terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

__all__ = ["NfoArt", "NfoCredit", "NfoFacts"]


@dataclass(frozen=True, slots=True)
class NfoCredit:
    """One person's part.

    Attributes:
        name: As written.
        department: cast, directing, writing, production or sound.
        role: actor, guest_star, director, writer, producer, creator or composer.
        character: Who is played; of the cast only.
        position: Billing order within the role, from 0.
        ids: (source, id) pairs of the person.
    """

    name: str
    department: str
    role: str
    character: str | None
    position: int
    ids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NfoArt:
    """A picture known by its address; `season` is set for a season's own."""

    artwork_type: str
    url: str
    season: int | None = None


@dataclass(frozen=True, slots=True)
class NfoFacts:
    """What one root element says. None and () mean: it does not say.

    Attributes:
        kind: movie, show or episode; None for a file that holds nothing but addresses.
        show_title: The show of an episode.
        premiered_on: Release of a film, first aired of a show or episode.
        rating: 0 to 10, whatever the scale in the file.
        user_rating: 0 to 10.
        external_ids: (source, id) pairs, one a source.
        play_count: Times played; 0 when not.
        last_played: As written, without a zone.
        notes: What could not be used, for the scan's summary.
    """

    kind: str | None
    title: str | None = None
    sort_title: str | None = None
    original_title: str | None = None
    show_title: str | None = None
    year: int | None = None
    season_number: int | None = None
    episode_number: int | None = None
    premiered_on: date | None = None
    runtime_minutes: int | None = None
    rating: float | None = None
    votes: int | None = None
    user_rating: float | None = None
    content_rating: str | None = None
    tagline: str | None = None
    plot: str | None = None
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    studios: tuple[str, ...] = ()
    collection: str | None = None
    series_status: str | None = None
    edition: str | None = None
    external_ids: tuple[tuple[str, str], ...] = ()
    people: tuple[NfoCredit, ...] = ()
    artwork: tuple[NfoArt, ...] = ()
    play_count: int | None = None
    last_played: datetime | None = None
    notes: tuple[str, ...] = ()

"""Owns the fields a table may fill for each kind of import, and the column names they are known by.

A name is compared without case, blanks and punctuation: "IMDb ID", "imdb_id" and "imdbId" are one.
Of several columns for a field the one whose name comes first here is taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["CREW", "FIELDS", "KINDS", "Field", "plain"]

KINDS = ("items", "people", "credits", "history")

_WORDS: Mapping[str, Mapping[str, str]] = {
    "media_type": {
        "movie": "movie, movies, film, feature, feature film, tv movie, short, short film, tv short, video,"
        " documentary, tv special, tv pilot",
        "show": "show, shows, series, tv series, tv show, tv, tv mini series, mini series, limited series,"
        " documentary series, docuseries, anime series, web series",
        "season": "season, tv season",
        "episode": "episode, tv episode, episode details",
    },
    "event_type": {
        "played": "played, play, watched, watch, seen, scrobble, scrobbled, view, viewed, checkin, stop",
        "added": "added, add, collected, collect",
        "rated": "rated, rate, rating",
        "paused": "paused, pause",
        "watchlisted": "watchlisted, watchlist",
    },
    "series_status": {
        "continuing": "continuing, returning series, returning, running, in production",
        "ended": "ended, completed, finished",
        "canceled": "canceled, cancelled",
        "upcoming": "upcoming, planned, to be determined",
    },
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a table can say.

    Attributes:
        name: As our tables call it.
        kind: How its values are read: text, year, whole, number, minutes, date, time, word, language, tt, nm,
            digits, list or people.
        aliases: Column names it is known by, its own first, as `plain` makes them.
        low: Least value of a number.
        high: Greatest value of a number.
        words: For kind word, what is written (as `plain` makes it) to what is meant.
    """

    name: str
    kind: str
    aliases: tuple[str, ...]
    low: int = 0
    high: int = 2**31 - 1
    words: Mapping[str, str] | None = None


def plain(name: str) -> str:
    """A name as it is compared: lower case letters and digits only."""
    return re.sub(r"[\W_]+", "", name).lower()


def _field(name: str, kind: str, aliases: str = "", low: int = 0, high: int = 2**31 - 1) -> Field:
    known = (name, *(alias for alias in aliases.split(",") if alias))
    words = {plain(word): meaning for meaning, text in _WORDS.get(name, {}).items() for word in text.split(",")}
    return Field(name, kind, tuple(dict.fromkeys(map(plain, known))), low, high, words or None)


_TITLE = "primary title, name, movie title, film title, movie name, movie, film, series name, episode title"
_REFERENCE = (
    _field("item_key", "text"),
    _field("title", "text", f"{_TITLE}, movie.title, episode.title"),
    _field("year", "year", "start year, release year, year of release, released year, title year, movie year,"
           " movie.year", 1870, 2200),
    _field("media_type", "word", "type, title type, kind, item type"),
    _field("imdb_id", "tt", "imdb, tconst, const, imdb title id, title id, imdb tt, movie.ids.imdb, ids.imdb,"
           " movie imdb id"),
    _field("tmdb_id", "digits", "tmdb, tmdb movie id, movie.ids.tmdb, ids.tmdb"),
    _field("tvdb_id", "digits", "tvdb, thetvdb id, ids.tvdb"),
    _field("show_title", "text", "show, show name, series, series title, show.title, tv show title"),
    _field("show_year", "year", "series year, show.year", 1870, 2200),
    _field("show_imdb_id", "tt", "series imdb id, parent tconst, show.ids.imdb"),
    _field("show_tmdb_id", "digits", "series tmdb id, show.ids.tmdb"),
    _field("show_tvdb_id", "digits", "series tvdb id, show.ids.tvdb"),
    _field("season_number", "whole", "season, season no, episode.season", 0, 9999),
    _field("episode_number", "whole", "episode, episode no, episode.number", 0, 99999),
)  # fmt: skip
CREW = {
    "cast": ("cast", "actor", "actors, actor, starring, stars, star, top cast, cast members"),
    "directors": ("directing", "director", "director, directed by, director name"),
    "writers": ("writing", "writer", "writer, written by, screenplay, screenwriter, screenwriters"),
    "creators": ("writing", "creator", "creator, created by"),
    "producers": ("production", "producer", "producer, produced by"),
    "composers": ("sound", "composer", "composer, music, music by"),
}
"""Columns of people to department, role, and the names they go by."""
_ITEM = (
    _field("original_title", "text"),
    _field("sort_title", "text"),
    _field("premiered_on", "date", "premiered, release date, released, first aired, first air date, air date,"
           " aired, date published, date released"),
    _field("runtime_minutes", "minutes", "runtime, runtime mins, running time, running time min, duration,"
           " length, minutes"),
    _field("user_rating", "number", "your rating, my rating, personal rating", 0, 10),
    _field("rating", "number", "imdb rating, average rating, vote average, avg vote, imdb score,"
           " community rating, score", 0, 10),
    _field("votes", "whole", "imdb votes, num votes, number of votes, vote count, num voted users", 0, 2**62),
    _field("content_rating", "text", "mpaa rating, mpaa, certificate, certification, rated, age rating"),
    _field("tagline", "text"),
    _field("plot", "text", "overview, extract, description, synopsis, summary, storyline"),
    _field("genres", "list", "genre, major genre, listed in"),
    _field("tags", "list", "tag, keywords, labels"),
    _field("countries", "list", "country, production countries, country of origin, origin country"),
    _field("studios", "list", "studio, production companies, production company, network, networks"),
    _field("original_language", "language", "language"),
    _field("collection", "text", "set, franchise, belongs to collection name, belongs to collection.name"),
    _field("series_status", "word", "status"),
    _field("absolute_number", "whole", "", 0, 99999),
    _field("added_at", "time", "date added, added, created"),
    *(_field(name, "people", aliases) for name, (_, _, aliases) in CREW.items()),
)  # fmt: skip
_PERSON = (
    _field("name", "text", "person, person name, primary name, actor, actor name, full name"),
    _field("person_key", "text"),
)
_CREDIT = (
    _field("person_imdb_id", "nm", "nconst, name id, imdb name id, person id, imdb person id"),
    _field("department", "text"),
    _field("role", "text", "job, category"),
    _field("character", "text", "characters, character name, as"),
    _field("position", "whole", "order, ordering, billing, cast order"),
)
_HISTORY = (
    _field("event_type", "word", "event, action"),
    _field("occurred_at", "time", "watched date, watched at, played at, last watched at, date watched,"
           " date rated, rated at, watched on, collected at, last collected at, listed at, paused at, timestamp, date,"
           " day"),
    _field("user_name", "text", "user, username, account, profile name, viewer"),
    _field("value", "number", "progress", 0, 10),
    _field("rating", "number", "your rating, my rating, user rating, score", 0, 10),
)  # fmt: skip


def _without(fields: tuple[Field, ...], **taken: tuple[str, ...]) -> tuple[Field, ...]:
    """The fields, some without the aliases that mean something else here."""
    return tuple(
        Field(
            f.name,
            f.kind,
            tuple(a for a in f.aliases if a not in taken.get(f.name, ())),
            f.low,
            f.high,
            f.words,
        )
        for f in fields
    )


FIELDS: Mapping[str, Mapping[str, Field]] = {
    kind: {field.name: field for field in fields}
    for kind, fields in {
        "items": _REFERENCE + _ITEM,
        "people": (
            *_PERSON,
            _field("imdb_id", "nm", "imdb, nconst, const, name id, imdb name id"),
            _field("tmdb_id", "digits", "tmdb, tmdb person id"),
        ),
        "credits": _without(_REFERENCE, title=("name",)) + _PERSON + _CREDIT,
        "history": _REFERENCE + _HISTORY,
    }.items()
}
"""Kind to field name to field."""

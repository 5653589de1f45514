"""A film and a show as a provider tells of them, written out by hand; and telling a library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from mediamgr.library import Library
from mediamgr.providers.facts import CreditFacts, PictureFacts, WorkFacts
from mediamgr.providers.writing import Told, Written, written

__all__ = ["FILM", "LATER", "NOW", "SHOW", "by", "episode", "item", "key_to_id", "season", "sources", "tell"]

NOW, LATER = datetime(2026, 3, 4, 5, 6), datetime(2026, 4, 5, 6, 7)

FILM = WorkFacts(
    provider="tmdb",
    id="78",
    media_type="movie",
    title="Blade Runner (Final Cut)",
    fields={
        "original_title": "Blade Runner",
        "year": 1983,
        "runtime_minutes": 117,
        "rating": 7.9,
        "votes": 13_000,
        "plot": "A blade runner hunts replicants.",
        "tagline": "",
        "genres": ("Science Fiction",),
        "countries": ("US", "HK"),
        "premiered_on": date(1982, 6, 25),
        "original_language": "en",
    },
    ids={"tmdb": "78", "imdb": "tt0083658", "wikidata": "Q184843"},
    credits=(
        CreditFacts("Harrison Ford", "actor", "cast", "Rick Deckard", 0, {"tmdb": "3", "imdb": "nm1"}),
        CreditFacts("Sean Young", "actor", "cast", "Rachael", 1, {"tmdb": "586"}),
        CreditFacts("Vangelis", "composer", "sound"),
    ),
    pictures=tuple(
        PictureFacts(kind, f"https://images.example.org/{kind}{number}.jpg", 1000, 1500, "en")
        for kind in ("poster", "backdrop")
        for number in range(1, 6)
    ),
    is_whole=True,
)


def episode(season: int | None, number: int | None, title: str, **more: Any) -> WorkFacts:
    """An episode, without number in a season that is None."""
    known = {"season_number": season, "episode_number": number, **more}
    id = f"{season}{number}{more.get('absolute_number', '')}"
    return WorkFacts(
        "tmdb", id, "episode", title, {name: value for name, value in known.items() if value is not None}, {"tmdb": id}
    )


def season(number: int, *episodes: WorkFacts, title: str = "") -> WorkFacts:
    """A season and its episodes."""
    id = f"s{number}"
    name = title or f"Season {number}"
    return WorkFacts(
        "tmdb", id, "season", name, {"season_number": number, "plot": f"Year {number}."}, {"tmdb": id}, parts=episodes
    )


SHOW = WorkFacts(
    "tmdb",
    "9",
    "show",
    "The Harbour",
    {"year": 2001, "series_status": "ended"},
    {"tmdb": "9"},
    parts=(
        season(0, episode(0, 1, "Making of"), title="Extras"),
        season(
            1,
            episode(1, 1, "Ebb", plot="The tide goes.", premiered_on=date(2001, 1, 1), absolute_number=1),
            episode(1, 2, "Flow", premiered_on=date(2001, 1, 8), absolute_number=2),
            episode(1, 3, "Storm", premiered_on=date(2001, 1, 15), absolute_number=3, runtime_minutes=50),
        ),
    ),
)


def tell(lib: Library, key: str, facts: WorkFacts, now: datetime = NOW, *, dry_run: bool = False) -> Written:
    """Write what is told of the item of that key."""
    told = [Told(key_to_id(lib, key), facts)]
    return written(lib._open, told, facts.provider, clock=lambda: now, dry_run=dry_run)


def by(provider: str, facts: WorkFacts, **changes: Any) -> WorkFacts:
    """The same, as another provider says it."""
    return replace(facts, provider=provider, parts=tuple(by(provider, part) for part in facts.parts), **changes)


def key_to_id(lib: Library, key: str) -> int:
    """The id of an item."""
    return int(lib.sql(f"select id from media_item where item_key = '{key}'").item())


def item(lib: Library, key: str) -> dict[str, Any]:
    """An item's columns."""
    return lib.sql(f"select * from media_item where item_key = '{key}'").row(0, named=True)


def sources(lib: Library, key: str) -> dict[str, str]:
    """Field to who filled it."""
    fields = "select field_name, source from field_source where field_name not like 'id:%'"
    sql = f"{fields} and media_item_id = {key_to_id(lib, key)}"
    return dict(lib.sql(sql).iter_rows())

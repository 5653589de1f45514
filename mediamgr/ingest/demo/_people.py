"""Owns the demo library's people and credits: a few names everywhere, most of them once.

People are numbers in pools by language and profession. How often one is drawn falls with the rank in the pool
like rank to the power -2/3, a heavy tail, flattened at the head so that nobody is in every film.
Some share a name though not an id, some are known by name only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import polars as pl

from mediamgr.ingest.demo._dice import below, bits, chance, lookup, pick, scatter, unit
from mediamgr.ingest.demo._grammar import build_grammar
from mediamgr.ingest.demo._names import CHARACTERS, NAME_WORDS, NAMES
from mediamgr.ingest.demo._world import World
from mediamgr.search import normalise_expr
from mediamgr.store.records import TABLES

__all__ = ["People"]

_NAMES = build_grammar(NAMES, NAME_WORDS)
_CHARACTERS = build_grammar(CHARACTERS, NAME_WORDS)
# the busiest of 10,000 items' people have 1/0.06 times the usual credits; in larger libraries more
_HEAD = 0.06
_LANGUAGE_SHARE = (0.48, 0.08, 0.06, 0.06, 0.05, 0.13, 0.04, 0.03, 0.03, 0.02, 0.01, 0.01)
_POOL_SHARE = (0.58, 0.16, 0.20, 0.06)


@dataclass(frozen=True, slots=True)
class _Role:
    """What a person can be in a work, the pool they come from, and how many a work has."""

    name: str
    department: str
    pool: int
    counts: tuple[int, ...]


_ACTORS, _DIRECTORS, _WRITERS, _COMPOSERS = range(4)
_ROLES = {
    "movie": (
        _Role("actor", "cast", _ACTORS, (3, 3, 4, 4, 4, 5, 6)),
        _Role("director", "directing", _DIRECTORS, (1,) * 15 + (2,)),
        _Role("writer", "writing", _WRITERS, (0, 1, 1, 1, 2)),
        _Role("composer", "sound", _COMPOSERS, (0, 1)),
        _Role("producer", "production", _WRITERS, (0, 0, 1)),
    ),
    "show": (
        _Role("actor", "cast", _ACTORS, (4, 5, 6, 7)),
        _Role("creator", "writing", _WRITERS, (1, 1, 2)),
        _Role("composer", "sound", _COMPOSERS, (0, 1)),
    ),
    "episode": (
        _Role("guest_star", "cast", _ACTORS, (0, 0, 0, 1, 2)),
        _Role("director", "directing", _DIRECTORS, (0, 1, 1, 1, 1)),
        _Role("writer", "writing", _WRITERS, (0, 1, 1, 1)),
    ),
}


class People:
    """The people of one demo, met batch by batch: each is told of once, in the first batch that has them."""

    def __init__(self, world: World) -> None:
        """Nobody met yet; keeps one truth value a person."""
        self._world = world
        self._sizes = _pool_sizes(world)
        self._head = _HEAD / max(math.sqrt(math.sqrt(world.items / 10_000)), 1.0)
        self._met = pl.repeat(False, sum(self._sizes), eager=True)

    def frames(self, items: pl.DataFrame) -> dict[str, pl.DataFrame]:
        """The credit frame of item rows, and the person and external_id frames of people not met before."""
        credits = pl.concat(
            _of_role(items.filter(pl.col("media_type") == media_type), role, self._sizes, self._head)
            for media_type, roles in _ROLES.items()
            for role in roles
        )
        persons = _persons(self._world, credits.select("person", "culture").unique(maintain_order=True))
        credits = (
            credits.join(persons.select("person", "person_key"), on="person", how="left", maintain_order="left")
            .unique(["item_key", "person_key", "role"], keep="first", maintain_order=True)
            .select(*TABLES["credit"].columns)
        )
        fresh = persons.filter(~lookup(pl.col("person"), self._met))
        self._met = self._met.scatter(fresh["person"], True)
        return {
            "person": fresh.select(*TABLES["person"].columns).unique("person_key", keep="first", maintain_order=True),
            "credit": credits,
            "external_id": _ids(self._world, fresh),
        }


def _of_role(items: pl.DataFrame, role: _Role, sizes: list[int], head: float) -> pl.DataFrame:
    """Credits of one role: who, as whom, in which place."""
    many = pick(pl.col("work"), f"{role.name}.many", pl.Series(role.counts, dtype=pl.Int32))
    frame = items.select(
        "item_key", "work", "cast", "lang", "genres", pl.int_ranges(0, many, dtype=pl.Int32).alias("position")
    ).explode("position", empty_as_null=False)
    lead = (pl.col("position") < 2) & (role.name == "actor")
    slot = pl.col("position").cast(pl.UInt64)
    draws = "crew" if role.name in ("director", "writer") else role.name
    frame = frame.with_columns(key=bits(pl.when(lead).then("cast").otherwise("work") + slot, f"credit.{draws}"))
    foreign = chance(pl.col("key"), "foreign", 0.12)
    frame = frame.with_columns(
        culture=pl.when(foreign).then(below(pl.col("key"), "culture", 12).cast(pl.UInt32)).otherwise(pl.col("lang"))
    )
    return frame.select(
        "item_key",
        _person(role.pool, sizes, head).alias("person"),
        "culture",
        pl.lit(role.department).alias("department"),
        pl.lit(role.name).alias("role"),
        _character(role.name).alias("character"),
        "position",
        pl.lit("demo").alias("source"),
    )


def _person(pool: int, sizes: list[int], head: float) -> pl.Expr:
    """The number of a person of this pool; one writer in three is drawn as the director is."""
    key = pl.col("key")
    both = chance(key, "both", 0.35) if pool == _WRITERS else pl.lit(False)
    cell = pl.col("culture") * 4 + pl.when(both).then(_DIRECTORS).otherwise(pool).cast(pl.UInt32)
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    luck = unit(key, "rank")
    share = luck * head + luck * luck * luck * (1.0 - head)
    rank = (share * lookup(cell, pl.Series(sizes, dtype=pl.Float64))).floor().cast(pl.UInt64)
    return lookup(cell, pl.Series(starts, dtype=pl.UInt64)) + rank


def _pool_sizes(world: World) -> list[int]:
    people = max(world.items // 2, 600)
    return [max(int(people * language * pool), 4) for language in _LANGUAGE_SHARE for pool in _POOL_SHARE]


def _character(role: str) -> pl.Expr:
    if role not in ("actor", "guest_star"):
        return pl.lit(None, dtype=pl.String)
    factual = pl.col("genres").list.contains("Documentary").fill_null(False)
    told = pick(pl.col("key"), "self", ["Self", "Self", "Self (archive footage)", "Narrator"])
    named = pl.when(~chance(pl.col("key"), "uncredited", 0.06)).then(
        _CHARACTERS.text(pl.col("key"), "as", pl.col("lang"))
    )
    return pl.when(factual).then(told).otherwise(named)


def _persons(world: World, people: pl.DataFrame) -> pl.DataFrame:
    """Key and name of people by number."""
    frame = people.with_columns(own=world.key(pl.col("person"), "person"))
    frame = frame.with_columns(name=_NAMES.text(pl.col("own"), "name", pl.col("culture")))
    number = scatter(pl.col("person"), world.id_width, "imdb.person").cast(pl.String).str.zfill(7)
    frame = frame.with_columns(imdb=pl.concat_str(pl.lit("nm"), number), by_name=chance(pl.col("own"), "by_name", 0.06))
    by_name = pl.concat_str(pl.lit("name:"), normalise_expr(pl.col("name")))
    by_id = pl.concat_str(pl.lit("imdb:"), pl.col("imdb"))
    return frame.with_columns(person_key=pl.when(pl.col("by_name")).then(by_name).otherwise(by_id))


def _ids(world: World, persons: pl.DataFrame) -> pl.DataFrame:
    known = persons.filter(~pl.col("by_name"))
    tmdb = scatter(pl.col("person"), world.id_width, "tmdb.person").cast(pl.String)
    rows = [
        known.select("person_key", pl.lit("imdb").alias("source"), pl.col("imdb").alias("external_id")),
        known.filter(chance(pl.col("own"), "tmdb", 0.7)).select(
            "person_key", pl.lit("tmdb").alias("source"), tmdb.alias("external_id")
        ),
    ]
    return pl.concat(rows).select(
        pl.lit(None, dtype=pl.String).alias("item_key"),
        "person_key",
        "source",
        pl.lit("person").alias("id_space"),
        "external_id",
    )

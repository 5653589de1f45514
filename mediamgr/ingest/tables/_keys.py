"""Owns the natural keys of what a table names: the same that a scan gives, so that an import enriches it.

An item that the library knows by one of the ids keeps its key, and so does a film or show known by its type,
title and year, or by a title that only one has where either side does not say the year. A new one with an IMDb
id is "imdb:tt...". An episode or season is its place in the show. A person is "imdb:nm..." or "name:" and the name.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from mediamgr.search import normalise_expr

__all__ = ["REFERENCE", "KnownKeys", "with_item_keys", "with_person_keys"]

REFERENCE = {
    "item_key": pl.String, "title": pl.String, "year": pl.Int16, "media_type": pl.String,
    "imdb_id": pl.String, "tmdb_id": pl.String, "tvdb_id": pl.String, "show_title": pl.String,
    "show_year": pl.Int16, "show_imdb_id": pl.String, "show_tmdb_id": pl.String, "show_tvdb_id": pl.String,
    "season_number": pl.Int32, "episode_number": pl.Int32, "absolute_number": pl.Int32,
}  # fmt: skip
"""What names an item, and its types."""


_SOURCES = ("imdb", "tmdb", "tvdb")
_ID_COLUMNS = [f"{source}_id" for source in _SOURCES]
_ITEMS = pl.Schema({"item_key": pl.String, "media_type": pl.String, "title_key": pl.String, "year": pl.Int16})
_IDS = pl.Schema({"source": pl.String, "id_space": pl.String, "external_id": pl.String, "item_key": pl.String})


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """The items a library holds.

    Attributes:
        items: Their natural keys, and what films and shows are called: item_key, media_type, title_key, year.
        ids: What others call them: source, id_space, external_id, item_key.
    """

    items: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_ITEMS))
    ids: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_IDS))


def with_item_keys(rows: pl.DataFrame, known: KnownKeys) -> pl.DataFrame:
    """Rows with `item_key`, `media_type` and, for parts of shows, `show_key`; titles of parts filled in.

    A row that says too little to name an item has a null `item_key`.
    """
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in REFERENCE.items() if name not in rows.columns]
    rows = rows.with_columns(absent)
    is_of_show = pl.any_horizontal(pl.col("show_title", *(f"show_{name}" for name in _ID_COLUMNS)).is_not_null())
    numbered = pl.any_horizontal(pl.col("season_number", "episode_number").is_not_null())
    guess = pl.when(is_of_show & numbered).then(pl.lit("episode")).otherwise(pl.lit("movie"))
    rows = rows.with_columns(pl.coalesce("media_type", _type_by_id(rows, known), guess).alias("media_type"))
    is_part = is_of_show & pl.col("media_type").is_in(["season", "episode"])
    in_season = is_part & pl.col("episode_number").is_not_null()
    rows = rows.with_columns(
        season_number=pl.when(in_season).then(pl.col("season_number").fill_null(1)).otherwise("season_number"),
        _show=pl.when(is_part).then(pl.lit("show")),
    )
    shows = rows.select(
        media_type="_show",
        title="show_title",
        year="show_year",
        **{f"{source}_id": f"show_{source}_id" for source in _SOURCES},
    )
    rows = rows.with_columns(show_key=_whole_keys(shows, _with_told(shows, rows, known))).drop("_show")
    rows = rows.with_columns(pl.col("title").fill_null(_part_title()))
    place = pl.format("{}/{}", "show_key", _place())
    by_id = _known_by_id(rows.select("media_type", *_ID_COLUMNS), known)
    whole = _whole_keys(rows.select("media_type", "title", "year", *_ID_COLUMNS), known)
    return rows.with_columns(by_id.alias("_by_id"), whole.alias("_whole")).with_columns(
        item_key=pl.coalesce("item_key", "_by_id", place, "_whole")
    ).drop("_by_id", "_whole")  # fmt: skip


def _with_told(shows: pl.DataFrame, rows: pl.DataFrame, known: KnownKeys) -> KnownKeys:
    """What is known, and the shows of these rows that have a row or an id: others may name them by their title."""
    told = shows.drop_nulls("media_type").filter(pl.any_horizontal(pl.col(*_ID_COLUMNS).is_not_null()))
    told = pl.concat([told, rows.filter(media_type="show").select(shows.columns)])
    told = told.with_columns(_whole_keys(told, known).alias("item_key"), title_key=normalise_expr(pl.col("title")))
    told = told.unique("item_key", keep="first", maintain_order=True)
    told = told.join(known.items, on="item_key", how="anti", maintain_order="left")
    ids = [
        told.drop_nulls(f"{source}_id").select(
            source=pl.lit(source), id_space="media_type", external_id=f"{source}_id", item_key="item_key"
        )
        for source in _SOURCES
    ]
    return KnownKeys(pl.concat([known.items, told.select(_ITEMS.names())]), pl.concat([known.ids, *ids]))


def _whole_keys(named: pl.DataFrame, known: KnownKeys) -> pl.Series:
    """The key of each film or show, null where nothing is named.

    `named`: media_type, title, year and a column of ids for each source.
    """
    named = named.with_columns(title_key=normalise_expr(pl.col("title")))
    keys = (_known_by_id(named, known), _known_by_title(named, known))
    return named.select(
        pl.coalesce(*keys, pl.format("imdb:{}", "imdb_id"), _titled())
    ).to_series()  # fmt: skip


def _known_by_id(rows: pl.DataFrame, known: KnownKeys) -> pl.Series:
    """The key of the item with one of the row's ids."""
    found = []
    for source in _SOURCES:
        held = known.ids.filter(pl.col("source") == source).unique(["id_space", "external_id"], keep="first")
        held = held.select("id_space", "external_id", key="item_key")
        keys = ["media_type", f"{source}_id"]
        joined = rows.select(keys).join(
            held, left_on=keys, right_on=["id_space", "external_id"], how="left", maintain_order="left"
        )
        found.append(joined["key"])
    return pl.select(pl.coalesce(found)).to_series()


def _type_by_id(rows: pl.DataFrame, known: KnownKeys) -> pl.Series:
    """What the item with the row's IMDb id is: of such ids there is one space for all types."""
    held = known.ids.filter((pl.col("source") == "imdb") & pl.col("item_key").is_not_null())
    held = held.unique("external_id", keep="first").select(imdb_id="external_id", held="id_space")
    held = held.filter(pl.col("held").is_in(["movie", "show", "season", "episode"]))
    return rows.select("imdb_id").join(held, on="imdb_id", how="left", maintain_order="left")["held"]


def _known_by_title(named: pl.DataFrame, known: KnownKeys) -> pl.Series:
    """The key of the item of that title and year; or of the only one of that title, where one side lacks the year.

    An item that an id of the same source says to be another is none.
    """
    name = ["media_type", "title_key"]
    rows = named.with_row_index("n")
    held = known.items.filter(pl.col("title_key").is_not_null()).select(*name, "item_key", held_year="year")
    pairs = rows.join(held, on=name)
    for source in _SOURCES:
        ids = known.ids.filter(pl.col("source") == source).select("item_key", theirs="external_id")
        ids = ids.unique("item_key", keep="first")
        pairs = pairs.join(ids, on="item_key", how="left").filter(
            pl.col("theirs").is_null() | pl.col(f"{source}_id").is_null() | (pl.col("theirs") == pl.col(f"{source}_id"))
        ).drop("theirs")  # fmt: skip
    pairs = pairs.with_columns(is_exact=pl.col("year").eq_missing(pl.col("held_year")))
    exact = pairs.filter("is_exact")
    exact = exact.filter((pl.len().over("n") == 1) | (pl.col("item_key") == _titled()))
    lacking = pl.col("year").is_null() | pl.col("held_year").is_null()
    near = pairs.filter((pl.len().over("n") == 1) & lacking & ~pl.col("is_exact"))
    # an item without a year is one of two works of that title, and nobody can say which
    near = near.filter(pl.col("year").n_unique().over("item_key") == 1)
    found = pl.concat([exact, near]).select("n", key="item_key")
    return rows.select("n").join(found, on="n", how="left", maintain_order="left")["key"]


def with_person_keys(rows: pl.DataFrame, id_column: str = "imdb_id") -> pl.DataFrame:
    """Rows with `person_key`, null where neither an id nor a name is known."""
    names = ("person_key", "name", id_column)
    rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in names if name not in rows.columns)
    by_name = pl.format("name:{}", normalise_expr(pl.col("name")))
    return rows.with_columns(person_key=pl.coalesce("person_key", pl.format("imdb:{}", id_column), by_name))


def _titled() -> pl.Expr:
    """The key that a scan gives a film or show of that name."""
    return pl.format("{}:{}:{}", "media_type", "title_key", pl.col("year").cast(pl.String).fill_null(""))


def _two(number: str) -> pl.Expr:
    return pl.col(number).cast(pl.String).str.zfill(2)


def _place() -> pl.Expr:
    """What stands after the show in the key of an episode or season."""
    numbered = pl.format("s{}e{}", _two("season_number"), _two("episode_number"))
    absolute = pl.format("e{}", pl.col("absolute_number").cast(pl.String).str.zfill(3))
    is_season = pl.col("media_type") == "season"
    episode = pl.coalesce(numbered, absolute, normalise_expr(pl.col("title")))
    return pl.when(is_season).then(pl.format("s{}", _two("season_number"))).otherwise(episode)


def _part_title() -> pl.Expr:
    """The title of an episode or season that has none."""
    season = pl.when(pl.col("season_number") == 0).then(pl.lit("Specials")).otherwise(
        pl.format("Season {}", "season_number")
    )  # fmt: skip
    episode = pl.format("S{}E{}", _two("season_number"), _two("episode_number"))
    known = pl.when(pl.col("media_type") == "season").then(season).when(pl.col("media_type") == "episode").then(episode)
    return pl.when(pl.col("show_key").is_not_null()).then(known)

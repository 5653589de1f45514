"""Owns the record frames of a table's rows, in batches that hold all children of their items.

Rows come in keyed and clean; nothing is refused here. Parents of episodes come in the same batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from mediamgr.ingest.tables._fields import CREW
from mediamgr.ingest.tables._keys import REFERENCE, with_person_keys
from mediamgr.ingest.tables._rejects import ROW
from mediamgr.store.records import TABLES, Records

__all__ = ["BATCH", "credit_batches", "history_batches", "item_batches", "person_batches"]

BATCH = 50_000
"""Most items, people or events in one batch."""
_ROLES = {
    "actor": "cast", "guest_star": "cast", "self": "cast", "narrator": "cast", "voice": "cast",
    "director": "directing", "writer": "writing", "screenplay": "writing", "creator": "writing",
    "novel": "writing", "story": "writing", "producer": "production", "executive_producer": "production",
    "composer": "sound", "original_music_composer": "sound", "cinematographer": "camera",
    "director_of_photography": "camera", "editor": "editing", "production_designer": "art",
}  # fmt: skip
_MAIN_ROLES = {"cast": "actor", "directing": "director", "writing": "writer", "production": "producer"}
_DEPARTMENTS = {"acting": "cast", "actors": "cast", "direction": "directing", "screenplay": "writing"}


def item_batches(
    rows: pl.DataFrame, people: Mapping[str, pl.DataFrame], library: str, source: str
) -> Iterator[Records]:
    """Items with their people: `people` is field name to list rows."""
    credits = _crew(rows, people) if people else None
    for start in range(0, rows.height, BATCH):
        batch = rows.slice(start, BATCH)
        frames = _items(batch)
        if credits is not None:
            held = credits.join(batch.select("item_key"), on="item_key", how="semi", maintain_order="left")
            frames = _with_people(frames, held)
        yield Records(library, frames, source=source)


def person_batches(rows: pl.DataFrame, library: str, source: str) -> Iterator[Records]:
    """People alone."""
    for start in range(0, rows.height, BATCH):
        batch = rows.slice(start, BATCH)
        frames = {"person": batch.select("person_key", "name")}
        if (ids := _ids(batch, "person")) is not None:
            frames["external_id"] = ids
        yield Records(library, frames, source=source)


def credit_batches(rows: pl.DataFrame, library: str, source: str) -> Iterator[Records]:
    """Credits, all of an item in one batch, and the items and people whose title or name is known."""
    told = _roles(rows)
    counted = pl.int_range(pl.len(), dtype=pl.Int32).over("item_key", "role")
    told = told.with_columns(pl.col("position").fill_null(counted))
    items = rows.select("item_key").unique(maintain_order=True)
    for start in range(0, items.height, BATCH):
        held = told.join(items.slice(start, BATCH), on="item_key", how="semi", maintain_order="left")
        yield Records(library, _with_people(_items(_firsts(held)), held), source=source)


def history_batches(rows: pl.DataFrame, library: str, source: str) -> Iterator[Records]:
    """Events, and the items whose title is known."""
    names = [name for name in TABLES["history_event"].columns if name != "source"]
    for start in range(0, rows.height, BATCH):
        batch = rows.slice(start, BATCH)
        frames = _items(_firsts(batch)) | {"history_event": batch.select(names)}
        yield Records(library, frames, source=source)


def _firsts(rows: pl.DataFrame) -> pl.DataFrame:
    """The first row of each item that has a title, with what names the item and no more."""
    named = rows.filter(pl.col("title").is_not_null()).unique("item_key", keep="first", maintain_order=True)
    return named.select(name for name in (*REFERENCE, "show_key") if name in rows.columns)


def _items(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """media_item and external_id frames of rows with one item each, parents included."""
    if rows.is_empty():
        return {}
    parent = pl.when(pl.col("media_type") == "season").then("show_key").otherwise(
        pl.coalesce(_season_key(), "show_key")
    )  # fmt: skip
    rows = rows.with_columns(parent_key=parent)
    items = rows.select(name for name in TABLES["media_item"].columns if name in rows.columns)
    parents = _parents(rows).join(items, on="item_key", how="anti", maintain_order="left")
    frames = {"media_item": pl.concat([parents, items], how="diagonal") if parents.height else items}
    found = [ids for part in (rows, _shows(rows)) if (ids := _ids(part, "item")) is not None]
    if found:
        frames["external_id"] = pl.concat(found).unique(["item_key", "source"], keep="first", maintain_order=True)
    return frames


def _shows(rows: pl.DataFrame) -> pl.DataFrame:
    """What rows say of the shows they belong to: a row a show, as `_ids` wants it."""
    of_show = [name for name in ("show_imdb_id", "show_tmdb_id", "show_tvdb_id") if name in rows.columns]
    parts = rows.filter(pl.col("show_key").is_not_null())
    told = parts.group_by("show_key", maintain_order=True).agg(pl.col(of_show).drop_nulls().first())
    return told.select(
        pl.col(of_show).name.replace("^show_", ""), item_key="show_key", media_type=pl.lit("show", pl.String)
    )


def _season_key() -> pl.Expr:
    return pl.format("{}/s{}", "show_key", pl.col("season_number").cast(pl.String).str.zfill(2))


def _parents(rows: pl.DataFrame) -> pl.DataFrame:
    """Shows and seasons that rows belong to, as items that hold little more than their name."""
    parts = rows.filter(pl.col("show_key").is_not_null())
    shows = parts.select(item_key="show_key", media_type=pl.lit("show"), title="show_title", year="show_year")
    # a show that rows name by its id alone is in the library, or they are refused
    shows = shows.filter(pl.col("title").is_not_null()).unique("item_key", keep="first", maintain_order=True)
    number = pl.col("season_number")
    seasons = parts.filter((pl.col("media_type") == "episode") & number.is_not_null()).select(
        item_key=_season_key(),
        media_type=pl.lit("season"),
        parent_key="show_key",
        title=pl.when(number == 0).then(pl.lit("Specials")).otherwise(pl.format("Season {}", number)),
        season_number=number,
    )  # fmt: skip
    seasons = seasons.unique("item_key", keep="first", maintain_order=True)
    return pl.concat([shows, seasons], how="diagonal")


def _ids(rows: pl.DataFrame, owner: str) -> pl.DataFrame | None:
    """external_id rows of the id columns; None when there are none."""
    sources = [name for name in ("imdb", "tmdb", "tvdb") if f"{name}_id" in rows.columns]
    if not sources:
        return None
    nothing = pl.lit(None, pl.String)
    ids = pl.concat(
        rows.filter(pl.col(f"{name}_id").is_not_null()).select(
            item_key=nothing if owner == "person" else "item_key",
            person_key="person_key" if owner == "person" else nothing,
            source=pl.lit(name),
            id_space=pl.lit("person") if owner == "person" else "media_type",
            external_id=f"{name}_id",
        )
        for name in sources
    )
    return None if ids.is_empty() else ids


def _crew(rows: pl.DataFrame, people: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Credits of all rows, in order of role, row and position; people keyed."""
    parts = []
    for field, named in people.items():
        department, role, _ = CREW[field]
        parts.append(
            named.join(rows.select(ROW, "item_key"), on=ROW, maintain_order="left").with_columns(
                department=pl.lit(department), role=pl.lit(role)
            )
        )
    return with_person_keys(pl.concat(parts)).rename({"imdb_id": "person_imdb_id"})


def _with_people(frames: dict[str, pl.DataFrame], credits: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The frames with those of credits, of the people in them and of their ids."""
    people = credits.unique("person_key", keep="first", maintain_order=True)
    ids = _ids(people.select("person_key", imdb_id="person_imdb_id"), "person")
    known = [frame for frame in (frames.get("external_id"), ids) if frame is not None]
    names = [name for name in TABLES["credit"].columns if name != "source"]
    return frames | ({"external_id": pl.concat(known)} if known else {}) | {
        "person": people.filter(pl.col("name").is_not_null()).select("person_key", "name"),
        "credit": credits.select(names).unique(
            ["item_key", "person_key", "role", "character"], keep="first", maintain_order=True
        ),
    }  # fmt: skip


def _roles(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with role and department in our words, each told by the other where absent; else an actor."""
    columns = {"role": pl.String, "department": pl.String, "character": pl.String, "position": pl.Int32}
    rows = rows.with_columns(pl.lit(None, t).alias(name) for name, t in columns.items() if name not in rows.columns)
    role, department = (_word(pl.col(name)) for name in ("role", "department"))
    department = department.replace(_DEPARTMENTS)
    role = pl.when(role == "actress").then(pl.lit("actor")).otherwise(role)
    role = role.fill_null(department.replace_strict(_MAIN_ROLES, default=department)).fill_null("actor")
    # IMDb lists characters as JSON: ["Deckard","Narrator"]
    character = pl.col("character").str.replace(r'^\["(.*)"\]$', "$1").str.replace_all('","', " / ", literal=True)
    return rows.with_columns(
        role=role,
        department=role.replace_strict(_ROLES, default=department).fill_null("crew"),
        character=character,
    )


def _word(text: pl.Expr) -> pl.Expr:
    word = text.str.to_lowercase().str.replace_all(r"[\W_]+", "_").str.strip_chars("_")
    return pl.when(word != "").then(word)

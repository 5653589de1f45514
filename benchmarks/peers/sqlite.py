"""The same rows in SQLite with composite indexes, asked through SQLAlchemy with LIMIT and OFFSET, as media servers do.

The indexes are those of the access patterns; titles are searched with LIKE, since none of them serves that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import sqlalchemy as sa

from benchmarks.questions import Chosen
from mediamgr.search import normalise

__all__ = ["answers", "build"]

_BATCH = 200_000
_ITEM = (
    "id", "library_id", "media_type", "parent_id", "shared_file_item_id", "title", "title_key", "search_text", "year",
    "season_number", "episode_number", "rating", "runtime_minutes", "genres", "added_at",
)  # fmt: skip
_TABLES = {
    "media_item": _ITEM,
    "person": ("id", "name", "name_key"),
    "credit": ("media_item_id", "person_id", "department", "role", "character", "position"),
}
_INDEXES = {
    "media_item": ("library_id, title", "library_id, year", "library_id, media_type", "title, year",
                   "season_number, episode_number", "parent_id", "library_id, rating"),
    "credit": ("media_item_id, role", "person_id, role"),
    "person": ("name",),
}  # fmt: skip


def build(path: Path, library: Path) -> Path:
    """Copy what the questions read from a library into a SQLite file at `path`, unless it is there."""
    if path.exists():
        return path
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    with duckdb.connect(str(library), read_only=True) as source, sqlite3.connect(partial) as target:
        target.execute("pragma journal_mode = off")
        target.execute("pragma synchronous = off")
        for table, columns in _TABLES.items():
            _copy(source, target, table, columns)
            for number, indexed in enumerate(_INDEXES[table]):
                target.execute(f"create index {table}_{number} on {table} ({indexed})")
        target.execute("analyze")
        target.commit()
    partial.rename(path)
    return path


def _copy(source: duckdb.DuckDBPyConnection, target: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
    typed = ", ".join(f'"{name}"{" integer primary key" if name == "id" else ""}' for name in columns)
    target.execute(f"create table {table} ({typed})")
    selected = ", ".join(
        {"genres": "array_to_string(genres, '|')", "added_at": "cast(added_at as varchar)"}.get(name, f'"{name}"')
        for name in columns
    )
    rows = source.execute(f"select {selected} from {table}")
    insert = f"insert into {table} values ({', '.join('?' * len(columns))})"
    while batch := rows.fetchmany(_BATCH):
        target.executemany(insert, batch)


def answers(path: Path, about: Chosen) -> dict[str, Callable[[], Sequence[Any]]]:
    """Question to what answers it."""
    engine = sa.create_engine(f"sqlite:///{path}")
    meta = sa.MetaData()
    meta.reflect(engine)
    item, person, credit = (meta.tables[name] for name in _TABLES)
    parent, grandparent = item.alias(), item.alias()
    shown = [item.c[name] for name in _ITEM if name not in ("title_key", "search_text", "shared_file_item_id")]
    rows = (
        sa.select(*shown, sa.func.coalesce(grandparent.c.title, parent.c.title))
        .outerjoin(parent, parent.c.id == item.c.parent_id)
        .outerjoin(grandparent, grandparent.c.id == parent.c.parent_id)
    )
    connection = engine.connect()

    def ask(statement: sa.Select[Any]) -> Callable[[], Sequence[Any]]:
        return lambda: connection.execute(statement).fetchall()

    def page(order: Sequence[Any], skip: int = 0, of: Sequence[Any] = ()) -> Callable[[], Sequence[Any]]:
        where = of or [item.c.library_id == about.library_id]
        return ask(rows.where(*where).order_by(*order).limit(100).offset(skip))

    def search(text: str) -> Callable[[], Sequence[Any]]:
        key = normalise(text)
        kind = sa.case((item.c.title_key == key, 0), (item.c.title_key.like(f"{key}%"), 1), else_=2)
        matching = [item.c.search_text.like(f"% {word}%") for word in key.split()]
        return ask(rows.where(*matching).order_by(kind, item.c.rating.desc(), item.c.id).limit(100))

    def filmography(person_id: int, *narrowed: Any) -> Callable[[], Sequence[Any]]:
        worked = sa.select(credit.c.role, credit.c.character, item.c.id, item.c.title, item.c.year, item.c.rating)
        return ask(
            worked.join(item, item.c.id == credit.c.media_item_id)
            .where(credit.c.person_id == person_id, *narrowed)
            .order_by(item.c.year.desc())
        )

    named = sa.select(person.c.id).where(
        *[person.c.name_key.like(f"%{word}%") for word in normalise(about.person).split()]
    )
    by_person = sa.select(credit.c.media_item_id).where(credit.c.person_id.in_(named))
    count = sa.select(sa.func.count()).select_from(item)
    nineties = [item.c.media_type == "movie", item.c.year.between(1990, 1999)]
    by_title, by_rating = [item.c.title], [item.c.rating.desc(), item.c.id.desc()]
    return {
        "search, rarest word": search(about.rare),
        "search, commonest word": search(about.common),
        "search, two words": search(about.pair),
        "search, words cut short": search(about.cut),
        "search, typing error": search(about.misspelt),
        "search, no hit": search(about.absent),
        "search, a person": ask(rows.where(item.c.id.in_(by_person)).order_by(item.c.rating.desc()).limit(100)),
        "first page": page(by_title),
        "page in the middle": page(by_title, about.items // 2),
        "last page": page(by_title, about.items - 100),
        "page in the middle, sorted by rating": page(by_rating, about.items // 2),
        "page of a decade of films": page(by_title, 100, nineties),
        "filmography": filmography(about.person_id),
        "filmography of the busiest": filmography(about.busiest_id),
        "works in one role": filmography(about.person_id, credit.c.role == about.role),
        "cast": ask(
            sa.select(credit.c.role, credit.c.character, credit.c.position, person.c.name)
            .join(person, person.c.id == credit.c.person_id)
            .where(credit.c.media_item_id == about.item_id)
            .order_by(credit.c.position)
        ),
        "count of all": ask(count),
        "count, narrowed": ask(count.where(*nineties)),
        "count by library": ask(
            sa.select(item.c.library_id, item.c.media_type, sa.func.count()).group_by(
                item.c.library_id, item.c.media_type
            )
        ),
        "facet of genres": ask(sa.select(item.c.genres, sa.func.count()).group_by(item.c.genres)),
    }

"""Owns what people change by hand: fields, tags, whether something was watched; and taking that back.

A field filled by hand is locked (field_source): no scan or import overwrites it. Only the rating of one's own
is not, for the one given last counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import duckdb
import polars as pl

from mediamgr.errors import QueryError
from mediamgr.store.guard import nearest
from mediamgr.store.inherited import inherit
from mediamgr.store.records import TABLES
from mediamgr.store.titles import sorted_anew, with_search_text
from mediamgr.store.transaction import transaction

__all__ = ["EDITABLE", "Edit", "change", "tag", "undo", "watch"]

EDITABLE: Final = (
    "title", "sort_title", "original_title", "year", "premiered_on", "runtime_minutes", "rating", "user_rating",
    "content_rating", "tagline", "plot", "genres", "tags", "countries", "studios", "original_language", "collection",
    "series_status",
)  # fmt: skip
"""Columns of media_item that may be changed by hand."""
_LONGEST_TAG: Final = 100
_MOST_STARS: Final = 10
_RATINGS: Final = ("rating", "user_rating")
_NOT_LOCKED: Final = ("user_rating",)
_TITLES: Final = ("title", "sort_title", "original_title", "original_language")
_NOW: Final = "cast(now() at time zone 'UTC' as timestamp)"
_SOURCES: Final = "media_item_id, field_name, source, set_at, is_locked"
_IS_NAMED: Final = "(s.media_item_id, s.field_name) in (select (media_item_id, field_name) from incoming)"
_PLAYS: Final = 'media_item_id, event_type, user_name, occurred_at, "value", source'
_SAME_PLAY: Final = (
    "p.media_item_id = h.media_item_id and p.event_type = h.event_type and p.user_name = h.user_name"
    " and p.occurred_at = h.occurred_at"
)
_PLAYABLE: Final = """
with recursive part as (
    select i.id, i.media_type from media_item i where i.id in (select id from incoming)
    union
    select i.id, i.media_type from media_item i join part p on i.parent_id = p.id
)
select id from part where media_type in ('movie', 'episode')
"""


@dataclass(frozen=True, slots=True, repr=False)
class Edit:
    """What was changed, and how it was before.

    Attributes:
        item_ids: The items that were there to be changed.
        fields: id, and the fields that were changed, as they were; no columns when none was.
        given: The same, as they were made.
        sources: What field_source had of these.
        plays_added: Plays that are there now.
        plays_removed: Plays that were there.
    """

    item_ids: tuple[int, ...]
    fields: pl.DataFrame = field(default_factory=pl.DataFrame)
    given: pl.DataFrame = field(default_factory=pl.DataFrame)
    sources: pl.DataFrame = field(default_factory=pl.DataFrame)
    plays_added: pl.DataFrame = field(default_factory=pl.DataFrame)
    plays_removed: pl.DataFrame = field(default_factory=pl.DataFrame)

    def __repr__(self) -> str:
        plays = self.plays_added.height + self.plays_removed.height
        what = [*self.fields.columns[1:], *([f"{plays} plays"] if plays else [])]
        return f"Edit({', '.join(what) or 'nothing'} of {len(self.item_ids):,} items)"


def change(connection: duckdb.DuckDBPyConnection, item_ids: Sequence[int], fields: Mapping[str, object]) -> Edit:
    """Give fields of items the same values; None empties one.

    Raises `QueryError` for a field that is not edited by hand, for a value it cannot have, and when no item is there.
    """
    values = [_read(name, value) for name, value in fields.items()]
    ids = _there(connection, item_ids)
    return _change(connection, ids.with_columns(pl.lit(value).first().alias(value.name) for value in values))


def tag(
    connection: duckdb.DuckDBPyConnection,
    item_ids: Sequence[int],
    *,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
) -> Edit:
    """Add tags to items, and take tags away, whatever others each has."""
    added, removed = _tags(add), _tags(remove)
    ids = _there(connection, item_ids)
    before = _kept(connection, ids, "tags")
    tags = pl.col("tags").fill_null([]).list.concat(pl.lit(added, pl.List(pl.String)).first())
    rest = tags.list.eval(pl.element().filter(~pl.element().is_in(removed))).list.unique(maintain_order=True)
    changed = before.with_columns(pl.when(rest.list.len() > 0).then(rest).alias("tags"))
    return _change(connection, changed)


def _tags(given: Iterable[str]) -> list[str]:
    tags = [given] if isinstance(given, str) else list(given)
    for each in tags:
        if not isinstance(each, str) or not each.strip() or len(each) > _LONGEST_TAG:
            raise QueryError(f"A tag is text of 1 to {_LONGEST_TAG} letters, not {each!r:.60}.")
    return [each.strip() for each in tags]


def watch(connection: duckdb.DuckDBPyConnection, item_ids: Sequence[int], *, watched: bool) -> Edit:
    """Say that films and episodes were watched, just now, or were not; of a show or season all its episodes.

    What was watched before is left as it is; not watched means that no play of it is kept.
    """
    ids = _there(connection, item_ids)
    with transaction(connection), _incoming(connection, ids):
        connection.execute(f"create or replace temp table playable as {_PLAYABLE}").fetchall()
        plays = "from history_event where event_type = 'played' and media_item_id in (select id from playable)"
        before = connection.sql(f"select {_PLAYS} {plays}").pl()
        if not watched:
            connection.execute(f"delete {plays}").fetchall()
            return Edit(tuple(ids["id"]), plays_removed=before)
        added: pl.DataFrame = connection.sql(
            f"insert into history_event ({_PLAYS}) select id, 'played', 'me', {_NOW}, null, 'user' from playable"
            f" where id not in (select media_item_id {plays}) returning {_PLAYS}"
        ).pl()
        return Edit(tuple(ids["id"]), plays_added=added)


def undo(connection: duckdb.DuckDBPyConnection, edit: Edit) -> None:
    """Make all as it was before an edit; what was changed again since then, and what is gone, stays as it is."""
    with transaction(connection):
        for name in edit.fields.columns[1:]:
            _undo_field(connection, edit, name)
        if edit.plays_added.height:
            with _incoming(connection, edit.plays_added):
                connection.execute(
                    f"delete from history_event h where exists (from incoming p where {_SAME_PLAY})"
                ).fetchall()
        if edit.plays_removed.height:
            with _incoming(connection, edit.plays_removed):
                connection.execute(
                    f"insert into history_event ({_PLAYS}) select {_PLAYS} from incoming p"
                    " where p.media_item_id in (select id from media_item)"
                    f" and not exists (from history_event h where {_SAME_PLAY})"
                ).fetchall()


def _undo_field(connection: duckdb.DuckDBPyConnection, edit: Edit, name: str) -> None:
    """In the items that have it as the edit left it."""
    now = dict(_kept(connection, edit.fields.select("id"), name).iter_rows())
    given = edit.given.select("id", name).iter_rows()
    ours = [item for item, value in given if item in now and now[item] == value]
    back = edit.fields.select("id", name).filter(pl.col("id").is_in(ours))
    _write(connection, back)
    _forget_sources(connection, back)
    is_of_these = (pl.col("field_name") == name) & pl.col("media_item_id").is_in(ours)
    _insert(connection, "field_source", _SOURCES, edit.sources.filter(is_of_these))


def _read(name: str, value: object) -> pl.Series:
    """One value as its column has it."""
    if name not in EDITABLE:
        raise QueryError(f"{name!r} is not edited by hand; {nearest(name, list(EDITABLE))}")
    if value is None and name != "title":
        return pl.Series(name, [None], TABLES["media_item"].columns[name])
    kind = TABLES["media_item"].columns[name]
    if isinstance(value, bool) or (isinstance(value, list) and None in value):
        raise QueryError(f"{name} cannot be {value!r}.")
    if name in _RATINGS and not (isinstance(value, int | float) and 0 <= value <= _MOST_STARS):
        raise QueryError(f"{name} is a number from 0 to {_MOST_STARS}, not {value!r}.")
    try:
        if kind == pl.Date and isinstance(value, str):
            value = date.fromisoformat(value)
        if kind == pl.List(pl.String) and isinstance(value, str):
            value = [value]
        read = pl.Series(name, [value], kind, strict=True)
    except (TypeError, ValueError, OverflowError, pl.exceptions.PolarsError):
        raise QueryError(f"{name} cannot be {value!r}.") from None
    if name == "title" and not str(value or "").strip():
        raise QueryError("A title cannot be empty.")
    return read


def _change(connection: duckdb.DuckDBPyConnection, changed: pl.DataFrame) -> Edit:
    names = changed.columns[1:]
    with transaction(connection):
        before = _kept(connection, changed.select("id"), *names)
        with _incoming(connection, _named(changed)):
            sources = connection.sql(f"select {_SOURCES} from field_source s where {_IS_NAMED}").pl()
        given = changed.filter(pl.col("id").is_in(before["id"].implode()))
        _write(connection, given)
        _forget_sources(connection, before)
        with _incoming(connection, _named(before).with_columns(is_locked=~pl.col("field_name").is_in(_NOT_LOCKED))):
            connection.execute(
                f"insert into field_source ({_SOURCES}) select media_item_id, field_name, 'user', {_NOW}, is_locked"
                " from incoming"
            ).fetchall()
    return Edit(tuple(before["id"]), before, given, sources)


def _there(connection: duckdb.DuckDBPyConnection, item_ids: Sequence[int]) -> pl.DataFrame:
    """Those of the items that are there: id. Raises `QueryError` when none of them is."""
    found = _kept(connection, pl.DataFrame({"id": list(item_ids)}, schema={"id": pl.Int64}))
    if item_ids and found.is_empty():
        what = f"item {item_ids[0]}" if len(item_ids) == 1 else f"any of these {len(item_ids):,} items"
        raise QueryError(f"The library does not have {what}; it may have gone since, so look for it again.")
    return found


def _kept(connection: duckdb.DuckDBPyConnection, ids: pl.DataFrame, *names: str) -> pl.DataFrame:
    with _incoming(connection, ids):
        shown = "".join(f', i."{name}"' for name in names)
        found: pl.DataFrame = connection.sql(
            f"select i.id{shown} from media_item i where i.id in (select id from incoming) order by i.id"
        ).pl()
    return found


def _write(connection: duckdb.DuckDBPyConnection, values: pl.DataFrame) -> None:
    """Write fields and what is derived from them."""
    names = values.columns[1:]
    titled = [name for name in names if name in _TITLES]
    sets = [f'"{name}" = n."{name}"' for name in names]
    if titled:
        others = [name for name in ("title", "original_title") if name not in names]
        values = with_search_text(values.join(_kept(connection, values.select("id"), *others), on="id"))
        sets += ["title_key = n.title_key", "search_text = n.search_text"]
        sets += [*sorted_anew({name: f"n.{name}" for name in names}, "i"), "is_in_snapshot = false"]
    with _incoming(connection, values):
        try:
            connection.execute(
                f"update media_item i set {', '.join(sets)}, is_indexed = false, updated_at = {_NOW}"
                " from incoming n where n.id = i.id"
            ).fetchall()
        except duckdb.ConstraintException as error:
            told = ", ".join(
                f"{name}={value!r}" for name, value in zip(names, values.select(names).row(0), strict=True)
            )
            raise QueryError(
                f"That cannot be: {told:.200}; see lib.tables('media_item') for what each field holds."
            ) from error
        if titled:
            inherit(connection, "select id from incoming", with_parts=True)


def _named(fields: pl.DataFrame) -> pl.DataFrame:
    """Each field of each item, as field_source names them."""
    return fields.select(media_item_id="id").join(pl.DataFrame({"field_name": fields.columns[1:]}), how="cross")


def _forget_sources(connection: duckdb.DuckDBPyConnection, fields: pl.DataFrame) -> None:
    with _incoming(connection, _named(fields)):
        connection.execute(f"delete from field_source s where {_IS_NAMED}").fetchall()


def _insert(connection: duckdb.DuckDBPyConnection, table: str, columns: str, rows: pl.DataFrame) -> None:
    if rows.height:
        with _incoming(connection, rows):
            connection.execute(f"insert into {table} ({columns}) select {columns} from incoming").fetchall()


@contextmanager
def _incoming(connection: duckdb.DuckDBPyConnection, frame: pl.DataFrame) -> Iterator[Any]:
    """The frame as the view `incoming`."""
    connection.register("incoming", frame)
    try:
        yield
    finally:
        # after a statement that failed nothing can be asked until the transaction is over; the next one takes its place
        with suppress(duckdb.TransactionException):
            connection.unregister("incoming")

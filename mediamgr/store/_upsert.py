"""Owns the statements of the loader: staging, resolving natural keys to ids, inserting and updating.

Names of tables and columns come from `TABLES` and the catalog alone; values travel as frames or parameters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import duckdb
import polars as pl

from mediamgr.store import snapshots
from mediamgr.store._prepare import REJECT_SCHEMA
from mediamgr.store.inherited import inherit
from mediamgr.store.records import TABLES, Records, TableSpec
from mediamgr.store.titles import sort_key, sorted_anew

__all__ = ["Batch"]

# tables with ids of their own -> their natural key, and whether that is unique within a library only
_NATURAL_KEYS = {
    "media_item": ("item_key", True),
    "media_file": ("path", True),
    "person": ("person_key", False),
}
_DERIVED_FROM = {"title": ("title_key", "search_text"), "original_title": ("search_text",)}


class Batch:
    """One batch on its way into the tables. The caller holds the transaction.

    Attributes:
        inserted: Rows inserted so far, by table.
        updated: Rows changed so far, by table.
        removed: Children that their source does not name any more, by table.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, records: Records) -> None:
        self._connection = connection
        self._source = records.source
        self._library_id = self._library(records.library)
        self._staged: dict[str, tuple[str, ...]] = {}
        self.inserted: Counter[str] = Counter()
        self.updated: Counter[str] = Counter()
        self.removed: Counter[str] = Counter()
        self._run('create or replace temp table reject ("table" varchar, row bigint, key varchar, reason varchar)')
        for table in _NATURAL_KEYS:
            self._run(f"create or replace temp table known_{table} (key varchar, id bigint, is_new boolean)")
        self._run("create or replace temp table former_owner (id bigint)")

    def stage(self, spec: TableSpec, frame: pl.DataFrame) -> None:
        """Put a prepared frame where SQL reaches it, minus the rows that break a CHECK of their table.

        The stage is a view of the frame itself: a copy is made only when rows have to be set aside.
        """
        self._connection.register(f"incoming_{spec.name}", frame)
        self._staged[spec.name] = tuple(name for name in frame.columns if name != "source_row")
        checks = self._checks(spec)
        self._run(
            f"create or replace temp view stage_{spec.name} as"
            f" select *{self._stand_ins(spec, checks)} from incoming_{spec.name}"
        )
        for expression in checks:
            text = expression.replace("'", "''")
            self._set_aside(spec.name, f"not ({expression})", f"'breaks the rule {text}'")
        if spec.name in _NATURAL_KEYS:
            self._give_ids(spec.name)

    def write(self, spec: TableSpec) -> None:
        """Move what was staged into the table."""
        if spec.owner:
            self._replace_children(spec)
            return
        if not self._is_closed(spec):
            self._resolve_all(spec)
        if spec.name in _NATURAL_KEYS:
            self._write_keyed(spec)
        else:
            self._merge(spec)

    def finish(self) -> pl.DataFrame:
        """Drop what was staged; return the rows set aside on the way."""
        self._inherit()
        self._mark_changed_credits()
        self._mark_for_snapshot()
        rejects: pl.DataFrame = self._connection.sql('from reject order by "table", row').pl()
        for name in self._staged:
            self._run(f"drop view stage_{name}")
            self._run(f"drop table if exists kept_{name}")
            self._connection.unregister(f"incoming_{name}")
        self._run("drop table reject")
        self._run("drop table former_owner")
        return rejects.cast(REJECT_SCHEMA)

    def _inherit(self) -> None:
        if {"media_item", "media_file"} & set(self._staged):
            written = "select id from known_media_item union select id from former_owner"
            inherit(self._connection, written, with_parts=self.updated["media_item"] > 0)

    def _mark_changed_credits(self) -> None:
        """Items that were there and whose people changed are to be brought over (store.search_index)."""
        if any(counts["credit"] for counts in (self.inserted, self.updated, self.removed)):
            self._run(
                "update media_item set is_indexed = false"
                " where id in (select id from known_media_item where not is_new) and is_indexed"
            )

    def _mark_for_snapshot(self) -> None:
        """Items that were there, and that the batch says something new of, or of their files."""
        changed = self.inserted + self.updated + self.removed
        if any(changed[table] for table in ("media_item", "media_file", "media_stream")):
            snapshots.mark(
                self._connection,
                "select id from known_media_item where not is_new union select id from former_owner union"
                " select media_item_id from media_file where id in (select id from known_media_file)",
            )

    def _library(self, name: str) -> int:
        rows = self._run("select id from library where name = ?", [name])
        rows = rows or self._run("insert into library (name) values (?) returning id", [name])
        return int(rows[0][0])

    def _run(self, sql: str, parameters: object = None) -> list[tuple[Any, ...]]:
        # duckdb 2.0: a result that is not fetched to its end blocks the connection
        return self._connection.execute(sql, parameters).fetchall()

    def _count(self, sql: str) -> int:
        return int(self._run(sql)[0][0])

    def _set_aside(self, table: str, condition: str, reason: str) -> None:
        """Move staged rows to the rejects; the caller's condition comes first, so usually nothing is written."""
        if not self._count(f"select count(*) from stage_{table} s where {condition}"):
            return
        key = next(name for name in TABLES[table].key if name in self._staged[table])
        self._run(
            f"insert into reject select '{table}', source_row, cast({key} as varchar), {reason}"
            f" from stage_{table} s where {condition}"
        )
        self._run(f"create or replace temp table kept_{table} as from stage_{table} s where ({condition}) is not true")
        self._run(f"create or replace temp view stage_{table} as from kept_{table}")
        if table in _NATURAL_KEYS:
            own, _ = _NATURAL_KEYS[table]
            self._run(f"delete from known_{table} where is_new and key not in (select {own} from stage_{table})")

    def _checks(self, spec: TableSpec) -> dict[str, list[str]]:
        """CHECK expression of the table -> the columns it reads."""
        rows = self._run(
            "select expression, constraint_column_names from duckdb_constraints()"
            " where table_name = ? and constraint_type = 'CHECK' order by constraint_index",
            [spec.name],
        )
        return {str(expression): columns for expression, columns in rows}

    def _stand_ins(self, spec: TableSpec, checks: dict[str, list[str]]) -> str:
        """Columns that checks read and the frame lacks: the key for the id it becomes, else null."""
        keys = {identity: column for column, (_, identity) in spec.references.items()}
        staged = self._staged[spec.name]
        absent = sorted({name for columns in checks.values() for name in columns} - set(staged))
        return "".join(f", {keys[name] if keys.get(name) in staged else 'null'} as {name}" for name in absent)

    def _give_ids(self, table: str) -> None:
        key, in_library = _NATURAL_KEYS[table]
        scope = f"and e.library_id = {self._library_id}" if in_library else ""
        self._run(
            f"""
            create or replace temp table known_{table} as
            with matched as (
                select s.{key} as key, s.source_row, e.id
                from stage_{table} s left join {table} e on e.{key} = s.{key} {scope}
            ),
            fresh as (
                select key, source_row, row_number() over (order by source_row) as n from matched where id is null
            ),
            given as (
                select id, row_number() over (order by id) as n
                from (select nextval('{table}_id') as id from range((select count(*) from fresh)))
            )
            select key, id, false as is_new from matched where id is not null
            union all
            select fresh.key, given.id, true from fresh join given using (n)
            """
        )

    def _is_closed(self, spec: TableSpec) -> bool:
        """Whether every key that the rows name is known already; one look at all of them, for it is the usual case."""
        used = [(c, target) for c, (target, _) in spec.references.items() if c in self._staged[spec.name]]
        if not used:
            return True
        joins = " ".join(
            f"left join known_{target} k{number} on k{number}.key = s.{column}"
            for number, (column, target) in enumerate(used)
        )
        missing = " or ".join(
            f"(s.{column} is not null and k{number}.key is null)" for number, (column, _) in enumerate(used)
        )
        return not self._count(f"select count(*) from stage_{spec.name} s {joins} where {missing}")

    def _resolve_all(self, spec: TableSpec) -> None:
        for column, (target, _) in spec.references.items():
            if column in self._staged[spec.name]:
                self._resolve(spec, column, target)

    def _resolve(self, spec: TableSpec, column: str, target: str) -> None:
        """Make `known_<target>` hold every key that `column` names; set aside rows that name nothing.

        A row set aside may be the parent of another, so a table that names itself is looked at until all is well.
        """
        missing = f"s.{column} is not null and not exists (select 1 from known_{target} k where k.key = s.{column})"
        if not self._count(f"select count(*) from stage_{spec.name} s where {missing}"):
            return
        key, in_library = _NATURAL_KEYS[target]
        scope = f"and e.library_id = {self._library_id}" if in_library else ""
        self._run(
            f"""
            insert into known_{target}
            select e.{key}, e.id, false from {target} e
            where e.{key} in (select s.{column} from stage_{spec.name} s where {missing}) {scope}
            """
        )
        self._set_aside(spec.name, missing, f"'{column} names no {target}: ' || {column}")
        if target == spec.name and self._count(f"select count(*) from stage_{spec.name} s where {missing}"):
            self._resolve(spec, column, target)

    def _select(self, spec: TableSpec, columns: tuple[str, ...]) -> tuple[list[str], list[str], str]:
        """(columns of the table, expressions over stage `s`, joins) for the staged columns given."""
        names, values, joins = [], [], []
        for number, column in enumerate(columns):
            if column in spec.references:
                target, identity = spec.references[column]
                names.append(identity)
                values.append(f"k{number}.id")
                joins.append(f"left join known_{target} k{number} on k{number}.key = s.{column}")
            else:
                names.append(column)
                values.append(f"s.{column}")
        return names, values, "\n".join(joins)

    def _write_keyed(self, spec: TableSpec) -> None:
        names, values, joins = self._select(spec, self._staged[spec.name])
        key, in_library = _NATURAL_KEYS[spec.name]
        own = f"join known_{spec.name} own on own.key = s.{key}"
        self._update_keyed(spec, names, values, f"{own}\n{joins}")
        extra = {"library_id": str(self._library_id)} if in_library else {}
        now = "cast(now() at time zone 'UTC' as timestamp)"
        if in_library:
            given = dict(zip(names, values, strict=True))
            extra["added_at"] = f"coalesce({given['added_at']}, {now})" if "added_at" in given else now
        if spec.name == "media_item":
            extra["updated_at"] = now
            extra["sort_key"] = sort_key(dict(zip(names, values, strict=True)), "null")
        kept = [(n, v) for n, v in zip(names, values, strict=True) if n not in extra]
        columns = ["id", *(n for n, _ in kept), *extra]
        expressions = ["own.id", *(self._or_default(spec, n, v) for n, v in kept), *extra.values()]
        self.inserted[spec.name] += self._count(
            f"insert into {spec.name} ({', '.join(columns)})\nselect {', '.join(expressions)}\n"
            f"from stage_{spec.name} s\n{own}\n{joins}\nwhere own.is_new order by own.id"
        )

    def _update_keyed(self, spec: TableSpec, names: list[str], values: list[str], joins: str) -> None:
        if not self._count(f"select count(*) from known_{spec.name} where not is_new"):
            return
        key, _ = _NATURAL_KEYS[spec.name]
        pairs = [(n, v) for n, v in zip(names, values, strict=True) if n not in (key, "added_at")]
        if not pairs:
            return
        # most rows of a second load say nothing new: only those that do are copied
        self._run(
            f"create or replace temp table change as select own.id, {', '.join(f'{v} as {n}' for n, v in pairs)}"
            f" from stage_{spec.name} s\n{joins}\njoin {spec.name} t on t.id = own.id"
            f"\nwhere not own.is_new and ({' or '.join(f'{v} is distinct from t.{n}' for n, v in pairs)})"
        )
        columns = [n for n, _ in pairs]
        if spec.name == "media_item":
            self._keep_locked(columns)
            self._keep_original_words(columns)
        if spec.name == "media_file":
            self._run("insert into former_owner select t.media_item_id from change c join media_file t on t.id = c.id")
        rule = "coalesce(c.{0}, t.{0})" if spec.keeps_known else "c.{0}"
        sets = [f"{n} = {self._or_default(spec, n, rule.format(n))}" for n in columns]
        if spec.name == "media_item":
            sets.append("updated_at = cast(now() at time zone 'UTC' as timestamp)")
            sets += sorted_anew({n: rule.format(n) for n in columns}, "t")
        if spec.name in ("media_item", "person"):
            sets.append("is_indexed = false")
        differs = " or ".join(f"{self._or_default(spec, n, rule.format(n))} is distinct from t.{n}" for n in columns)
        self.updated[spec.name] += self._count(
            f"update {spec.name} t set {', '.join(sets)} from change c where t.id = c.id and ({differs})"
        )
        self._run("drop table change")

    def _keep_locked(self, columns: list[str]) -> None:
        """A locked field keeps its value, and so does what is derived from it."""
        locked = self._run(
            "select distinct field_name from field_source where is_locked and media_item_id in (select id from change)"
        )
        for (name,) in locked:
            for column in (name, *_DERIVED_FROM.get(name, ())):
                if column in columns:
                    self._run(
                        f"update change c set {column} = null from field_source f"
                        " where f.media_item_id = c.id and f.is_locked and f.field_name = ?",
                        [name],
                    )

    def _keep_original_words(self, columns: list[str]) -> None:
        """An original title that is not said again is still there, and found by its words."""
        if "search_text" in columns:
            unsaid = "and c.original_title is null" if "original_title" in columns else ""
            self._run(
                "update change c set search_text = c.search_text || ' | ' || split_part(t.search_text, ' | ', 2)"
                f" from media_item t where t.id = c.id and t.original_title is not null {unsaid}"
                " and contains(t.search_text, ' | ')"
            )

    def _or_default(self, spec: TableSpec, column: str, expression: str) -> str:
        """Null in a column that has a default means the default."""
        defaults = {"file_role": "'main'", "user_name": "'me'"}
        if column.startswith("is_"):
            return f"coalesce({expression}, false)"
        return f"coalesce({expression}, {defaults[column]})" if column in defaults else expression

    def _insert_children(self, spec: TableSpec, where: str) -> int:
        """Insert the staged rows whose keys are all known and for which `where` holds; how many those were."""
        names, values, joins = self._select(spec, self._staged[spec.name])
        expressions = [self._or_default(spec, n, v) for n, v in zip(names, values, strict=True)]
        known = " and ".join(
            f"k{number}.id is not null" for number, c in enumerate(self._staged[spec.name]) if c in spec.references
        )
        count = self._count(
            f"insert into {spec.name} ({', '.join(names)})\nselect {', '.join(expressions)}\n"
            f"from stage_{spec.name} s\n{joins}\nwhere {known} and {where} order by {values[0]}, s.source_row"
        )
        self.inserted[spec.name] += count
        return count

    def _replace_children(self, spec: TableSpec) -> None:
        """Rows of new owners go straight in; of owners that were there, what `source` says no more goes first."""
        target, identity = spec.references[spec.owner]
        held = f"select id from known_{target} where not is_new"
        if not self._count(f"select count(*) from ({held})"):
            staged = self._count(f"select count(*) from stage_{spec.name}")
            if self._insert_children(spec, "true") == staged:
                return
        self._resolve_all(spec)
        changed = self._delete_outdated(spec, f"t.{identity} in ({held})")
        others = " and ".join(self._equals(spec, spec.key))
        self._insert_children(spec, f"not exists (select 1 from {spec.name} t where {others})")
        self.inserted[spec.name] -= changed
        self.updated[spec.name] += changed

    def _delete_outdated(self, spec: TableSpec, is_held: str) -> int:
        """Delete what the same source said of these owners and does not say now; how many are said otherwise.

        Rows that are said again as they are stay where they lie.
        """
        _, _, joins = self._select(spec, self._staged[spec.name])
        said = f"exists (select 1 from stage_{spec.name} s\n{joins}\nwhere {{}})"
        alike, same = (" and ".join(self._equals(spec, names)) for names in (spec.key, self._staged[spec.name]))
        which, given = f"{is_held} and not {said.format(same)}", []
        if "source" in spec.columns:
            which += f" and (t.source = ? or {self._is_spoken_of(spec)})"
            given = [self._source]
        self._run(
            f"create or replace temp table outdated as select t.rowid as place, {said.format(alike)} as stays"
            f" from {spec.name} t where {which}",
            given,
        )
        self._run(f"delete from {spec.name} where rowid in (select place from outdated)")
        changed = self._count("select count(*) filter (stays) from outdated")
        self.removed[spec.name] += self._count("select count(*) from outdated") - changed
        return changed

    def _is_spoken_of(self, spec: TableSpec) -> str:
        """Whether the source of row `t` says anything now of its owner: a child of this table, or a field."""
        target, identity = spec.references[spec.owner]
        return " or ".join(
            f"exists (select 1 from stage_{told} s join known_{target} k on k.key = s.{spec.owner}"
            f" where k.id = t.{identity} and s.source = t.source)"
            for told in dict.fromkeys((spec.name, "field_source"))
            if told in self._staged
        )

    def _equals(self, spec: TableSpec, wanted: Iterable[str]) -> list[str]:
        """Null-safe comparisons of columns of the table `t` with those of the staged row `s`."""
        columns = self._staged[spec.name]
        names, values, _ = self._select(spec, columns)
        by_name = dict(zip(columns, zip(names, values, strict=True), strict=True))
        pairs = [by_name[column] for column in wanted if column in by_name]
        return [f"t.{n} is not distinct from {self._or_default(spec, n, v)}" for n, v in pairs]

    def _merge(self, spec: TableSpec) -> None:
        """Rows whose key is there take the new values, the others are inserted; locked ones stay."""
        names, values, joins = self._select(spec, self._staged[spec.name])
        expressions = [self._or_default(spec, n, v) for n, v in zip(names, values, strict=True)]
        self._run(
            f"create or replace temp table change as select s.source_row, "
            f"{', '.join(f'{e} as {n}' for n, e in zip(names, expressions, strict=True))}"
            f" from stage_{spec.name} s\n{joins}"
        )
        key = [spec.references[c][1] if c in spec.references else c for c in spec.key]
        on = " and ".join(f"t.{n} is not distinct from c.{n}" for n in key if n in names)
        rest = [n for n in names if n not in key]
        free = "and not t.is_locked" if spec.name == "field_source" else ""
        if rest:
            differs = " or ".join(f"t.{n} is distinct from c.{n}" for n in rest)
            self.updated[spec.name] += self._count(
                f"update {spec.name} t set {', '.join(f'{n} = c.{n}' for n in rest)}"
                f" from change c where {on} and ({differs}) {free}"
            )
        self.inserted[spec.name] += self._count(
            f"insert into {spec.name} ({', '.join(names)}) select {', '.join(f'c.{n}' for n in names)}"
            f" from change c where not exists (select 1 from {spec.name} t where {on}) order by c.source_row"
        )
        self._run("drop table change")

"""Claim: every access pattern has the structure that serves it best for its bytes; docs/indexes.md gives the evidence.

Each pattern is asked three ways of the same rows: with the structure the library has, without it, and with the other
that could serve. Where the structure is a scan of columns, "without" is the same question in SQLite, which has
the same rows whole, without an index. What a structure costs is measured by building it: bytes of file, seconds.
Plans are told by what DuckDB counted: how a table was scanned, and how many rows.

Run: make indexes (MEDIAMGR_BENCH_SIZES names sizes, see benchmarks/libraries.py)
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from benchmarks.libraries import ALL_SIZES, demo_library, folder

ROOT = Path(__file__).parents[1]
ROUNDS = 5
_CONFIG = {"dynamic_or_filter_threshold": "500"}


@dataclass(frozen=True, slots=True)
class Way:
    """A way to serve a pattern.

    Attributes:
        what: The structure, in words.
        make: Statements that build it in a database of its own, from the library `lib`; none when it is the bare table.
        ask: The statement; {x} are facts of the library.
        is_of_rows: Asked of SQLite.
    """

    what: str
    make: tuple[str, ...]
    ask: str
    is_of_rows: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """An access pattern.

    Attributes:
        name: As in the design.
        ways: The one chosen, then without it, then the other candidate, where there is one.
        why: What the figures say.
    """

    name: str
    ways: tuple[Way, ...]
    why: str


def clustered(table: str, order: str, columns: str = "*") -> tuple[str, ...]:
    """A copy in an order."""
    return (f"create table t as select {columns} from lib.{table} order by {order}",)


def shuffled(table: str, columns: str = "*") -> tuple[str, ...]:
    """A copy in no order."""
    return clustered(table, "hash(rowid)", columns)


def indexed(table: str, column: str, order: str, columns: str = "*") -> tuple[str, ...]:
    """A copy with an ART index."""
    return (*clustered(table, order, columns), f"create index i on t ({column})")


def of_item(name: str, table: str, more: str) -> Pattern:
    """Rows of one item, which lie together."""
    ask = f"select * from t where media_item_id = {{item}} and {more}"
    art = "with c as materialized (select * from t where media_item_id = {item}) select * from c where " + more
    return Pattern(
        name,
        (
            Way("physical order by item", clustered(table, "media_item_id"), ask),
            Way("no order", shuffled(table), ask),
            Way("ART on the item", indexed(table, "media_item_id", "hash(rowid)"), art),
        ),
        "Zone maps lead to one row group; an index would cost room and time at every load.",
    )


def by_scan(name: str, table: str, columns: str, ask: str, art: str) -> Pattern:
    """Many rows each time: nothing beats reading the columns."""
    return Pattern(
        name,
        (
            Way("columnar scan", clustered(table, "rowid", columns), ask),
            Way("whole rows (SQLite)", clustered(table, "rowid", columns), ask, is_of_rows=True),
            Way(f"ART on {art}", indexed(table, art, "rowid", columns), ask),
        ),
        "So many rows match that an index is not used, or does not help.",
    )


_ITEM = "id, library_id, media_type, year, season_number, episode_number, parent_id, title_rank, sort_key"
_BY_ID = "select * from t where id in (select unnest({ids}))"
_BY_EXTERNAL_ID = "select * from t where external_id = '{external}' and source = 'imdb'"
_BY_PERSON = "select * from t where person_id = {person} and role = 'actor'"
_OF_SEASON = "select id from t where parent_id = {season} order by season_number, episode_number"
_WITH_WORD = "select media_item_id from t where word_id = {word}"
PATTERNS = (
    Pattern(
        "an item by id",
        (
            Way(
                "ART of the primary key",
                (
                    "create table t (id bigint primary key, title varchar)",
                    "insert into t select id, title from lib.media_item",
                ),
                _BY_ID,
            ),
            Way("zone maps alone", clustered("media_item", "id", "id, title"), _BY_ID),
        ),
        "A hundred rows of a page are looked up where they lie.",
    ),
    Pattern(
        "library, title",
        (
            Way(
                "rank column",
                clustered("media_item", "id", _ITEM),
                "select id from t where library_id = {library} order by title_rank limit 100",
            ),
            Way(
                "sort key of the title",
                clustered("media_item", "id", _ITEM),
                "select id from t where library_id = {library} order by sort_key, id limit 100",
            ),
            Way(
                "physical order by rank",
                clustered("media_item", "title_rank", _ITEM),
                "select id from t where library_id = {library} order by title_rank limit 100",
            ),
        ),
        "A number sorts faster than text; whole orders are kept as ids, so that pages need no physical order.",
    ),
    by_scan(
        "library, year",
        "media_item",
        _ITEM,
        "select count(*) from t where library_id = {library} and year = 1999",
        "year",
    ),
    by_scan(
        "library, media type",
        "media_item",
        _ITEM,
        "select count(*) from t where library_id = {library} and media_type = 'movie'",
        "media_type",
    ),
    Pattern(
        "title, year",
        (
            Way("words, then the items", clustered("item_word", "word_id"), _WITH_WORD),
            Way(
                "looking through titles",
                clustered("media_item", "id", "id, search_text, year"),
                "select id from t where contains(search_text, ' {text}')",
            ),
            Way("ART on the word", indexed("item_word", "word_id", "hash(rowid)"), _WITH_WORD),
        ),
        "Postings that lie together by word are found by zone maps.",
    ),
    Pattern(
        "season, episode",
        (
            Way(
                "physical order by id: episodes follow their season",
                clustered("media_item", "id", _ITEM),
                _OF_SEASON,
            ),
            Way(
                "no order",
                shuffled("media_item", _ITEM),
                _OF_SEASON,
            ),
            Way(
                "ART on the parent",
                indexed("media_item", "parent_id", "hash(rowid)", _ITEM),
                _OF_SEASON,
            ),
        ),
        "What is loaded together has ids that follow one another.",
    ),
    of_item("item, role", "credit", "role = 'actor'"),
    Pattern(
        "person, role",
        (
            Way(
                "the credits once more, by person",
                clustered("credit", "person_id, media_item_id"),
                _BY_PERSON,
            ),
            Way(
                "credits by item",
                clustered("credit", "media_item_id"),
                _BY_PERSON,
            ),
            Way(
                "ART on the person",
                indexed("credit", "person_id", "media_item_id"),
                "with c as materialized (select * from t where person_id = {person})"
                " select * from c where role = 'actor'",
            ),
        ),
        "As quick as an index, for a part of the room and the time.",
    ),
    Pattern(
        "source, external id",
        (
            Way(
                "ART on the id",
                indexed("external_id", "external_id", "media_item_id nulls last"),
                "with c as materialized (select * from t where external_id = '{external}')"
                " select * from c where source = 'imdb'",
            ),
            Way(
                "no index",
                clustered("external_id", "media_item_id nulls last"),
                _BY_EXTERNAL_ID,
            ),
            Way(
                "physical order by id",
                clustered("external_id", "external_id"),
                _BY_EXTERNAL_ID,
            ),
        ),
        "One row of all, asked for by every scan and import; the order is that of the items, for what belongs to them.",
    ),
    of_item("item, artwork type", "artwork", "artwork_type = 'poster'"),
    by_scan(
        "download status, artwork type",
        "artwork",
        "*",
        "select count(*) from t where download_status = 'pending' and artwork_type = 'poster'",
        "download_status",
    ),
    of_item("item, subtitle language", "subtitle", "language = 'en'"),
    by_scan(
        "download status, language",
        "subtitle",
        "*",
        "select count(*) from t where download_status = 'pending' and language = 'en'",
        "download_status",
    ),
    of_item("item, event type", "history_event", "event_type = 'played'"),
    by_scan(
        "event type, time",
        "history_event",
        "*",
        "select * from t where event_type = 'played' order by occurred_at desc limit 100",
        "event_type",
    ),
    by_scan(
        "library, status of jobs",
        "job_run",
        "*",
        "select * from t where library_id = 1 and status = 'failed'",
        "library_id",
    ),
    by_scan(
        "job type, status", "job_run", "*", "select * from t where job_type = 'scan' and status = 'failed'", "job_type"
    ),
)


def facts(library: Path) -> dict[str, Any]:
    """What the statements are about."""
    with duckdb.connect(str(library), read_only=True) as connection:

        def one(sql: str) -> Any:
            return connection.execute(sql).fetchall()[0][0]

        items = one("select count(*) from media_item")
        words = connection.execute("select id from word where items > 0 order by items, id").fetchall()
        (word,) = words[len(words) // 2]
        return {
            "ids": [n * items // 100 + 1 for n in range(100)],
            "library": one("select library_id from media_item group by all order by count(*) desc, 1 limit 1"),
            "item": one("select media_item_id from history_event where event_type = 'played' order by 1 limit 1"),
            "person": one(
                "select person_id from person_credit group by person_id having count(*) > 20 order by 1 limit 1"
            ),
            "external": one(
                "select external_id from external_id where source = 'imdb' order by hash(external_id) limit 1"
            ),
            "season": one("select parent_id from media_item where media_type = 'episode' order by hash(id) limit 1"),
            "word": word,
            "text": one(f"select word from word where id = {word}"),
        }


@dataclass(frozen=True, slots=True)
class Measured:
    """What a way costs and gives.

    Attributes:
        milliseconds: Median of the rounds.
        plan: How tables were scanned, and rows.
        megabytes: Of the file with it, beside an empty one.
        seconds: To build it.
    """

    milliseconds: float
    plan: str
    megabytes: float
    seconds: float


def measure(library: Path, way: Way, about: dict[str, Any]) -> Measured | None:
    """Build it in a database of its own, then ask."""
    if not way.ask:
        return None
    with TemporaryDirectory(dir=folder()) as place:
        file = Path(place, "way.duckdb")
        with duckdb.connect(str(file), config=_CONFIG) as connection:
            connection.execute(f"attach '{library}' as lib (read_only)").fetchall()
            began = time.perf_counter()
            for statement in (*way.make, "checkpoint"):
                connection.execute(statement).fetchall()
            seconds = time.perf_counter() - began
            connection.execute("detach lib").fetchall()
            if way.is_of_rows:
                return _of_rows(connection, Path(place, "way.sqlite"), way.ask.format(**about))
        with duckdb.connect(str(file), read_only=True, config=_CONFIG) as connection:
            sql = way.ask.format(**about)
            taken = list(_times(connection, sql))
            return Measured(median(taken), _plan(connection, sql), file.stat().st_size / 1e6, seconds)


def _of_rows(source: duckdb.DuckDBPyConnection, file: Path, sql: str) -> Measured:
    """The same rows in SQLite, without an index."""
    described = source.execute("describe t").fetchall()
    plain = ("BIGINT", "INTEGER", "SMALLINT", "DOUBLE", "FLOAT", "VARCHAR", "BLOB")
    selected = ", ".join(name if kind in plain else f"cast({name} as varchar)" for name, kind, *_ in described)
    began = time.perf_counter()
    with closing(sqlite3.connect(file)) as target:
        target.execute("pragma journal_mode = off")
        target.execute(f"create table t ({', '.join(name for name, *_ in described)})")
        rows = source.execute(f"select {selected} from t")
        while batch := rows.fetchmany(200_000):
            target.executemany(f"insert into t values ({', '.join('?' * len(described))})", batch)
        target.commit()
        seconds = time.perf_counter() - began
        taken = list(_times(target, sql))
        plan = " ".join(row[-1] for row in target.execute(f"explain query plan {sql}"))
    return Measured(median(taken), plan, file.stat().st_size / 1e6, seconds)


def _times(connection: duckdb.DuckDBPyConnection | sqlite3.Connection, sql: str) -> Iterator[float]:
    connection.execute(sql).fetchall()
    for _ in range(ROUNDS):
        began = time.perf_counter()
        connection.execute(sql).fetchall()
        yield (time.perf_counter() - began) * 1000


def _plan(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    ((_, told),) = connection.execute(f"explain (analyze, format json) {sql}").fetchall()
    found: list[str] = []

    def walk(operator: dict[str, Any]) -> None:
        if "Table" in operator.get("extra_info", {}):
            kind = "index" if operator["extra_info"].get("Type") == "Index Scan" else "scan"
            found.append(f"{kind} of {operator.get('rows_scanned', 0):,} rows")
        for child in operator.get("children", []):
            walk(child)

    for operator in json.loads(told)["operator"]:
        walk(operator)
    return ", ".join(found)


def shown(milliseconds: float) -> str:
    """Of a time."""
    return f"{milliseconds:.{int(milliseconds < 100)}f}"


def cost(measured: Measured | None) -> tuple[str, str]:
    """Megabytes, seconds."""
    return (f"{measured.megabytes:.0f}", f"{measured.seconds:.1f} s") if measured else ("", "")


def section(items: int) -> str:
    """All patterns at one size, as Markdown."""
    library = demo_library(items)
    about = facts(library)
    lines = [
        f"## {items:,} items",
        "",
        "| pattern | served by | ms | plan | MB | built in | without | ms | instead | ms | MB | built in |",
        "|---|---|---:|---|---:|---:|---|---:|---|---:|---:|---:|",
    ]
    for pattern in PATTERNS:
        ways = [*pattern.ways, Way("", (), "")][:3]
        chosen, without, instead = (measure(library, way, about) for way in ways)
        assert chosen
        cells = [pattern.name, ways[0].what, shown(chosen.milliseconds), chosen.plan, *cost(chosen)]
        cells += [ways[1].what, shown(without.milliseconds) if without else ""]
        cells += [ways[2].what, shown(instead.milliseconds) if instead else "", *cost(instead)]
        lines.append(f"| {' | '.join(cells)} |")
        print(lines[-1], flush=True)
    return "\n".join(lines)


def write(sections: list[str]) -> None:
    """The page."""
    reasons = "\n".join(f"- *{pattern.name}*: {pattern.why}" for pattern in PATTERNS)
    head = f"""# Which structure serves which access pattern

Written by `make indexes`; not to be edited. DuckDB {duckdb.__version__}.

For every pattern: the structure the library has, what the same question costs without it, and with the other structure
that could serve. For a scan of columns "without" is SQLite, where rows lie whole, without an index. MB is the file of
that one table with its structure; "built in" is what it takes to write and index it. Times are medians of {ROUNDS},
of a file that is in memory.

{reasons}
"""
    (ROOT / "docs" / "indexes.md").write_text("\n\n".join([head.rstrip(), *sections]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write([section(size) for size in ALL_SIZES])

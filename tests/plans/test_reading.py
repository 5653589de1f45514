"""Plans are read from what DuckDB really gives."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from mediamgr.errors import InputError
from mediamgr.plans import Operator, Plan, read_plan

JOIN = """
    select f.name, count(*) as seen from film f join play p on p.film_id = f.id
    where f.name like '%a%' and p.minute > 10 group by f.name order by seen desc, f.name limit 5
"""


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A thousand films, of which each was played a hundred times."""
    with duckdb.connect() as opened:
        opened.execute("create table film as select i as id, 'a film ' || i as name from range(1, 1001) as r(i)")
        opened.execute("create table play as select i % 1000 + 1 as film_id, i % 90 as minute from range(100_000) r(i)")
        opened.execute("create unique index film_by_id on film (id)")
        yield opened


def planned(connection: duckdb.DuckDBPyConnection, sql: str) -> Plan:
    """By EXPLAIN."""
    ((_, told),) = connection.execute(f"explain (format json) {sql}").fetchall()
    return read_plan(told, sql)


def profiled(connection: duckdb.DuckDBPyConnection, sql: str) -> Plan:
    """By running it."""
    cursor = connection.cursor()
    cursor.execute("pragma enable_profiling = 'no_output'")
    cursor.execute(sql).fetchall()
    return read_plan(cursor.get_profiling_information(), sql)


def named(plan: Plan, name: str) -> Operator:
    """The one operator of that name."""
    (found,) = [each for each in plan.operators() if each.name == name]
    return found


class TestPlanned:
    """EXPLAIN (FORMAT json)."""

    def test_nothing_is_measured(self, connection: duckdb.DuckDBPyConnection) -> None:
        """There are no rows and no times, but there are estimates."""
        plan = planned(connection, JOIN)
        assert (plan.sql, plan.is_measured, plan.total_seconds, plan.working_seconds) == (JOIN, False, None, None)
        assert all((each.rows, each.seconds, each.rows_scanned) == (None, None, None) for each in plan.operators())
        assert plan.root.estimated_rows == 5

    def test_each_step_says_what_it_does(self, connection: duckdb.DuckDBPyConnection) -> None:
        """The table, the conditions, what is joined, grouped and sorted by."""
        plan = planned(connection, JOIN)
        assert plan.root.name == "TOP_N"
        assert plan.root.does == "first 5 by seen DESC, name ASC"
        assert plan.root.keys == ("seen DESC", "name ASC")
        assert named(plan, "HASH_JOIN").does == "INNER on film_id = id"
        assert named(plan, "HASH_GROUP_BY").does == "by name: count_star()"
        does = {each.table: each.does for each in plan.operators() if each.table}
        assert does == {"film": "film where contains(name, 'a')", "play": "play where minute > 10"}

    def test_patterns_are_said_as_they_are_typed(self, connection: duckdb.DuckDBPyConnection) -> None:
        """DuckDB writes them as operators; in text they stay."""
        scan = named(planned(connection, "select id from film where name ilike '% ~~ x'"), "SEQ_SCAN")
        assert (scan.does, scan.conditions) == ("film where name ilike '% ~~ x'", ("name ~~* '% ~~ x'",))

    def test_a_place_is_named(self, connection: duckdb.DuckDBPyConnection) -> None:
        """DuckDB sorts by "#1"; which column that is is found further down."""
        assert planned(connection, "select id from film order by name desc").root.children[0].keys == ("name DESC",)


class TestMeasured:
    """A profile, and EXPLAIN (ANALYZE, FORMAT json)."""

    def test_rows_and_times_are_those_of_the_run(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Of each step and of the whole."""
        plan = profiled(connection, JOIN)
        assert plan.is_measured
        assert (plan.root.name, plan.root.rows, plan.root.does) == ("RESULT_COLLECTOR", 5, "hands over the answer")
        assert plan.rows_scanned == 101_000
        assert plan.row_groups_scanned == plan.row_groups == 2
        scans = {each.table: each for each in plan.operators() if each.table}
        assert (scans["play"].rows_scanned, scans["play"].rows) == (100_000, 87_769)
        assert plan.total_seconds is not None
        assert plan.planning_seconds is not None
        assert plan.total_seconds > plan.planning_seconds > 0
        assert plan.working_seconds == pytest.approx(sum(each.seconds or 0 for each in plan.operators()))
        assert plan.working_seconds > 0
        assert plan.bytes_spilled == 0
        assert plan.peak_memory_bytes is not None
        assert plan.peak_memory_bytes > 1_000

    def test_both_ways_give_the_same_tree(self, connection: duckdb.DuckDBPyConnection) -> None:
        """The step that only explains is left out."""
        ((_, told),) = connection.execute(f"explain (analyze, format json) {JOIN}").fetchall()
        by_explain, by_profile = read_plan(told, JOIN), profiled(connection, JOIN)
        steps = [[(each.name, each.does, each.rows) for each in plan.operators()] for plan in (by_explain, by_profile)]
        assert steps[0] == steps[1]

    def test_a_scan_by_an_index_is_called_so(self, connection: duckdb.DuckDBPyConnection) -> None:
        """One row is read, and no row group gone through."""
        scan = named(profiled(connection, "select name from film where id = 7"), "INDEX_SCAN")
        assert (scan.table, scan.conditions, scan.rows_scanned, scan.row_groups_scanned) == (
            "film",
            ("id = 7",),
            1,
            0,
        )

    def test_a_cte_is_named_where_it_is_read(self, connection: duckdb.DuckDBPyConnection) -> None:
        """DuckDB says only its number there."""
        plan = profiled(connection, "with seen as materialized (from play) select * from seen a, seen b limit 1")
        assert {each.does for each in plan.operators() if each.name == "CTE_SCAN"} == {"seen"}

    def test_what_passes_through_is_counted(self, connection: duckdb.DuckDBPyConnection) -> None:
        """DuckDB says 0 of a union and of a CTE."""
        union = profiled(connection, "select id from film union all select film_id from play")
        assert named(union, "UNION").rows == 101_000
        cte = profiled(connection, "with seen as materialized (from film) select * from seen a, seen b")
        assert named(cte, "CTE").rows == 1_000_000

    def test_hints_are_no_conditions(self, connection: duckdb.DuckDBPyConnection) -> None:
        """What only spares reading is asked again by a filter above, and stands among what DuckDB told."""
        scan = named(profiled(connection, "select * from film where id in (3, 5)"), "INDEX_SCAN")
        assert scan.conditions == ()
        assert dict(scan.told)["Filters"] == "optional: (id IN (3, 5))"

    def test_strange_names_are_read(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Quotes and dots in the name of a table."""
        connection.execute('create or replace table "a.b""c" as select 1 as x')
        assert named(profiled(connection, 'from "a.b""c"'), "SEQ_SCAN").table == 'a.b"c'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"result": "disabled"}', id="profiling was off"),
        pytest.param("", id="nothing"),
        pytest.param("[]", id="an empty list"),
        pytest.param('{"operator": []}', id="no operator"),
        pytest.param('[{"name": "SEQ_SCAN"}]', id="half of one"),
        pytest.param("7", id="a number"),
    ],
)
def test_what_is_no_plan_is_said(text: str) -> None:
    """As an error of the caller's."""
    with pytest.raises(InputError, match="no plan"):
        read_plan(text, "select 1")

"""Advice about real plans of a real library: what is said helps, and where nothing helps nothing is said."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import polars as pl
import pytest

from mediamgr.library import Library
from mediamgr.plans import Advice, Explained, Plan, Structure, Table, advise, read_plan
from mediamgr.store.plans import structure
from tests.plans.made import plan, step

BESIDE = "select x.source, x.media_item_id from external_id x where external_id = '{imdb}' and source = 'imdb'"
AMONG = "select * from external_id where external_id in ('{imdb}', 'tt1') and source = 'imdb'"
JOINED = """
    with wanted as (select 'imdb' as source) -- from external_id
    select i.title from wanted join external_id using (source) join media_item i on i.id = external_id.media_item_id
    where external_id.external_id = '{imdb}' and id_space = 'movie'
"""
LOWER = "select * from external_id where lower(external_id) = '{imdb}'"
CAST = "select id, title from media_item where id::varchar = '150000'"
CAST_ORDER = "select media_item_id, character from credit where media_item_id::varchar = '5000'"
THROUGH = "select role from credit where hex(media_item_id) in ('1388', '1389')"
OR_LIST = "select * from external_id where external_id = '{imdb}' or external_id = 'tt1'"
OR_TWIN = "select role, media_item_id, person_id from credit where media_item_id = 5000 or person_id = 1000"
TWIN = "select credit.role, c.name from credit join (select 'x' as name) c on true where credit.person_id = 1000"
TWIN_JOIN = """
    select p.name, count(*) as credits from credit c join person p on p.id = c.person_id
    where p.name ilike 'makoto f%' group by p.name
"""
LIKE = "select title from media_item where title ilike '%desert%'"
REGEXP = "select title from media_item where regexp_matches(original_title, 'h[ae]rbour')"
LOWER_TITLE = "select id from media_item where lower(title) = 'desert'"
SORT = "select i.title from media_item i order by i.title"
DEEP = "select id, title, year, rating from media_item order by title limit 100 offset 150000"
CROSS = "select count(*) from person p, (select id from media_item limit 200) i"
NESTED = """
    select count(*) from person p join (select title, original_title from media_item limit 20) i
    on p.name = i.title or p.name = i.original_title
"""
RANGE = """
    select count(*) from person p join (select id, title, original_title from media_item limit 20) i
    on p.id > i.id and (p.name = i.title or p.name = i.original_title)
"""
MISJUDGED = (
    "select f.path, s.codec from media_stream s join media_file f on f.id = s.media_file_id where s.language = 'en'"
)


@pytest.fixture(scope="module")
def asked(large: Library) -> Callable[[str], str]:
    """Fills an id that is there into a statement."""
    imdb = large.sql(
        "select external_id from external_id where source = 'imdb' and id_space = 'movie' order by all"
    ).item(500, 0)
    return lambda sql: sql.replace("{imdb}", imdb)


def rules(explained: Explained) -> list[str]:
    """What is said, by rule."""
    return [advice.rule for advice in explained.advice]


def said(explained: Explained, rule: str) -> Advice:
    """The one advice of a rule."""
    (found,) = [advice for advice in explained.advice if advice.rule == rule]
    return found


def rows(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows in an order of their own."""
    return frame.sort(pl.all(), nulls_last=True)


POSITIVE = [
    pytest.param(BESIDE, "index unused", "external_id", id="an index beside another condition"),
    pytest.param(AMONG, "index unused", "external_id", id="a list beside another condition"),
    pytest.param(JOINED, "index unused", "external_id", id="an index in a join, below a CTE"),
    pytest.param(LOWER, "filter hides column", "external_id", id="a function over an index"),
    pytest.param(CAST, "filter hides column", "media_item", id="a cast of the key"),
    pytest.param(CAST_ORDER, "filter hides column", "credit", id="a cast of what rows lie by"),
    pytest.param(THROUGH, "filter hides column", "credit", id="a function over what rows lie by"),
    pytest.param(OR_LIST, "or", "external_id", id="or instead of a list"),
    pytest.param(OR_TWIN, "or", "credit", id="or of two orders"),
    pytest.param(TWIN, "other order", "credit", id="credits of a person"),
    pytest.param(LIKE, "search", "media_item", id="like"),
    pytest.param(REGEXP, "search", "media_item", id="a pattern"),
    pytest.param(LOWER_TITLE, "search", "media_item", id="a title in lower case"),
    pytest.param(SORT, "rank", None, id="a sort by title"),
    pytest.param(DEEP, "deep offset", None, id="a page far behind"),
    pytest.param(CROSS, "cross join", None, id="a cross join"),
    pytest.param(NESTED, "nested loop", None, id="a join by or"),
    pytest.param(RANGE, "nested loop", None, id="a join by what is greater, and or"),
]
MEASURED = [
    *POSITIVE,
    pytest.param(TWIN_JOIN, "other order", "credit", id="credits of some people"),
    pytest.param(MISJUDGED, "estimate", None, id="a side that was misjudged"),
]
BETTER = [
    pytest.param(BESIDE, "index unused", id="an index beside another condition"),
    pytest.param(AMONG, "index unused", id="a list beside another condition"),
    pytest.param(JOINED, "index unused", id="an index in a join, below a CTE"),
    pytest.param(CAST, "filter hides column", id="a cast of the key"),
    pytest.param(CAST_ORDER, "filter hides column", id="a cast of what rows lie by"),
    pytest.param(OR_LIST, "or", id="or instead of a list"),
    pytest.param(OR_TWIN, "or", id="or of two orders"),
    pytest.param(TWIN, "other order", id="credits of a person"),
    pytest.param(SORT, "rank", id="a sort by title"),
]


class TestSaid:
    """What is said where something would help."""

    @pytest.mark.parametrize(("sql", "rule", "table"), MEASURED)
    def test_measured(
        self, large: Library, asked: Callable[[str], str], sql: str, rule: str, table: str | None
    ) -> None:
        """Of the step that it is about, with what it may save."""
        explained = large.explain(asked(sql))
        assert rules(explained) == [rule]
        advice = explained.advice[0]
        assert advice.operator in set(explained.plan.operators())
        assert advice.operator.table == table
        assert advice.saved_seconds is not None
        assert 0 < advice.saved_seconds < (explained.plan.total_seconds or 0)

    @pytest.mark.parametrize(("sql", "rule", "table"), POSITIVE)
    def test_planned(self, large: Library, asked: Callable[[str], str], sql: str, rule: str, table: str | None) -> None:
        """The same is seen before it is run."""
        explained = large.explain(asked(sql), analyze=False)
        assert rules(explained) == [rule]
        assert explained.advice[0].operator.table == table
        assert explained.advice[0].saved_seconds is None

    @pytest.mark.parametrize(("sql", "rule"), [*BETTER, pytest.param(TWIN_JOIN, "other order", id="credits of some")])
    def test_the_better_statement_is_better(
        self, large: Library, asked: Callable[[str], str], sql: str, rule: str
    ) -> None:
        """It gives the same rows, and nothing is said of it any more."""
        better = said(large.explain(asked(sql)), rule).better
        assert better is not None
        answer = large.sql(asked(sql))
        assert answer.height > 0
        assert rows(large.sql(better)).equals(rows(answer))
        assert rules(large.explain(better)) == []
        assert rules(large.explain(better, analyze=False)) == []

    @pytest.mark.parametrize(("sql", "rule"), BETTER)
    def test_it_is_known_before_it_is_run(
        self, large: Library, asked: Callable[[str], str], sql: str, rule: str
    ) -> None:
        """The same statement."""
        measured, planned = (said(large.explain(asked(sql), analyze=analyze), rule) for analyze in (True, False))
        assert measured.better == planned.better

    def test_a_page_far_behind_is_that_of_the_order(self, large: Library) -> None:
        """Its ids first, then their rows, in the order of titles that the library knows."""
        better = said(large.explain(DEEP), "deep offset").better
        assert better is not None
        with large.items.ordering(sort="title") as ordering:
            assert large.sql(better)["id"].to_list() == ordering[150_000:150_100]["id"].to_list()
        assert rules(large.explain(better)) == []

    def test_search_is_named_as_it_is_called(self, large: Library) -> None:
        """With the word that was looked for."""
        assert "lib.search('desert') looks words up" in said(large.explain(LIKE), "search").remedy
        assert "lib.people.search('harbour lane')" in advice_of_names(large, "%harbour_lane%").remedy

    def test_what_cannot_be_said_better_is_not(self, large: Library, asked: Callable[[str], str]) -> None:
        """A function may change the value; a table that is read twice would be narrowed twice."""
        assert said(large.explain(asked(LOWER)), "filter hides column").better is None
        twice = "select * from external_id a, external_id b where a.external_id = '{imdb}' and a.source = 'imdb' and b.media_item_id = 7"
        assert said(large.explain(asked(twice)), "index unused").better is None

    def test_what_saves_most_comes_first(self, large: Library, asked: Callable[[str], str]) -> None:
        """Of a statement with two things the matter."""
        both = f"select (select count(*) from ({asked(BESIDE)})) as found, title from media_item order by title"
        assert rules(large.explain(both)) == ["rank", "index unused"]


def advice_of_names(large: Library, pattern: str) -> Advice:
    """What is said of a pattern of names, of which there are too few in this library to matter."""
    looked = step("SEQ_SCAN", rows=1, table="person", conditions=(f"name ~~ '{pattern}'",), rows_scanned=5_000_000)
    return advise(plan(looked), structure(large._open))[0]


NOTHING = [
    pytest.param("select * from external_id where external_id = '{imdb}'", id="an index by itself"),
    pytest.param("select * from external_id where external_id in ('{imdb}', 'tt1')", id="a list by itself"),
    pytest.param("select * from media_item where id = 150000 and media_type = 'movie'", id="the key beside another, in order"),
    pytest.param("select id from media_item where id = 5 or id = 150000", id="or of what rows lie by"),
    pytest.param("select * from credit where media_item_id = 5000 and role = 'actor'", id="credits of an item"),
    pytest.param("select * from person_credit where person_id = 1000 and role = 'actor'", id="credits of a person, by person"),
    pytest.param("select count(*) from credit where person_id > 10", id="most rows are wanted"),
    pytest.param("select id from media_item where title like 'Desert%'", id="how titles begin"),
    pytest.param("select id from media_item where plot ilike '%harbour%'", id="what search does not know"),
    pytest.param("select * from person where name = 'Makoto Fujishita'", id="a table of a row group"),
    pytest.param("select * from library where lower(name) = 'films' or id = 7", id="a small table"),
    pytest.param("select year, count(*), avg(rating) from media_item group by year order by year", id="an aggregate over all"),
    pytest.param("select id from media_item where id % 20000 = 7", id="rows from everywhere"),
    pytest.param("select fingerprint from media_file where fingerprint = 'x'", id="what nothing leads to"),
    pytest.param("select title from media_item order by title limit 100", id="the first of an order"),
    pytest.param("select id from media_item order by title_rank", id="a sort by rank"),
    pytest.param("select title from media_item where year = 1999 order by title", id="a sort of a few"),
    pytest.param("select id, rating, year from media_item order by rating desc limit 100 offset 500", id="a page not far behind"),
    pytest.param("select id, title from media_item limit 100 offset 150000", id="a page in no order"),
    pytest.param("select count(*) from person p, library l", id="a cross join of a few"),
    pytest.param("select count(*) from media_item i, (select max(year) as y from media_item) m where i.year = m.y", id="one row meets all"),
    pytest.param("select count(*) from person p join library l on p.name like l.name || '%'", id="a few compared with many"),
    pytest.param("select count(*) from media_stream s join media_file f on f.id = s.media_file_id where s.language = 'de'", id="an estimate that does no harm"),
    pytest.param("select c.* from credit c join media_item i on i.id = c.media_item_id where i.id = 5000", id="a join by what rows lie by"),
    pytest.param("select 1", id="no table"),
]  # fmt: skip


class TestNotSaid:
    """Where nothing would help, or nothing is the matter."""

    @pytest.mark.parametrize("analyze", [True, False])
    @pytest.mark.parametrize("sql", NOTHING)
    def test_a_statement_that_is_right(
        self, large: Library, asked: Callable[[str], str], sql: str, analyze: bool
    ) -> None:
        """As it was run, and as it is planned."""
        assert rules(large.explain(asked(sql), analyze=analyze)) == []

    def test_most_titles_match(self, large: Library) -> None:
        """Which is known only when it was run."""
        many = "select count(*) from media_item where title ilike '%e%'"
        assert [rules(large.explain(many, analyze=analyze)) for analyze in (True, False)] == [[], ["search"]]

    def test_a_twin_that_is_not_up_to_date(self, large: Library) -> None:
        """Is not known, and so not advised."""
        known = structure(large._open)
        outdated = Structure(tuple(Table(each.name, each.rows, ordered_by=each.ordered_by) for each in known.tables))
        assert advise(large.explain(TWIN).plan, outdated) == ()

    def test_the_statements_of_the_program(self, large: Library) -> None:
        """Those behind a page, a person and a search are right as they are."""
        browsed = large.browse(sort="rating").sql
        assert rules(large.explain(browsed)) == []


class TestMemory:
    """What did not fit."""

    SQL = """
        select media_file_id, codec, language, row_number() over (order by codec, media_file_id desc) as n
        from media_stream qualify n = 700000
    """

    @pytest.mark.parametrize(("limit", "found"), [("60MB", ["spill"]), ("1GB", [])])
    def test_a_spill_is_told(
        self, large: Library, tmp_path_factory: pytest.TempPathFactory, limit: str, found: list[str]
    ) -> None:
        """Of the step that held most, where there was one."""
        ran = self.run(large, str(tmp_path_factory.mktemp("spill")), limit)
        advice = advise(ran, structure(large._open))
        assert [each.rule for each in advice] == found
        assert [each.operator.name for each in advice] == ["WINDOW"] * len(found)

    def run(self, large: Library, folder: str, limit: str) -> Plan:
        """On one thread and so much memory."""
        with large._open.files() as (file, _), duckdb.connect() as connection:
            connection.execute(f"set temp_directory = '{folder}'; set memory_limit = '{limit}'; set threads = 1")
            connection.execute(f"attach '{file}' as films (read_only); use films")
            connection.execute("pragma enable_profiling = 'no_output'")
            connection.execute(self.SQL).fetchall()
            return read_plan(connection.get_profiling_information(), self.SQL)


def test_rows_that_no_longer_lie_together() -> None:
    """Compacting brings them back; a few row groups are right."""
    library = Structure((Table("credit", 5_000_000, ordered_by="media_item_id"),))
    facts = {"table": "credit", "conditions": ("media_item_id = 7",), "rows_scanned": 4_000_000, "row_groups": 41}
    worn = advise(plan(step("SEQ_SCAN", row_groups_scanned=33, **facts)), library)
    assert [each.rule for each in worn] == ["out of order"]
    assert "lib.compact()" in worn[0].remedy
    assert advise(plan(step("SEQ_SCAN", row_groups_scanned=20, **facts)), library) == ()


@pytest.mark.parametrize(
    ("expected", "other", "found"),
    [
        pytest.param(30_000, 100_000, ["estimate"], id="the wrong side"),
        pytest.param(30_000, 250_000, [], id="the other is about as large"),
        pytest.param(100_000, 100_000, [], id="about as expected"),
    ],
)
def test_a_side_that_was_misjudged(expected: int, other: int, found: list[str]) -> None:
    """Matters when the other one would have been far smaller."""
    kept = step("SEQ_SCAN", rows=300_000, estimated_rows=expected)
    joined = plan(step("HASH_JOIN", "", step("SEQ_SCAN", rows=other), kept, seconds=0.01))
    assert [each.rule for each in advise(joined, Structure())] == found

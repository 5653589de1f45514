"""A statement is said better only where it is certain what its text means."""

from __future__ import annotations

import pytest

from mediamgr.plans._rewriting import from_twin, paged_by_rank, sorted_by_rank, with_table_first

ROWS = "select * from main.credit where x = 1"


class TestWithTableFirst:
    """with_table_first()."""

    def test_before_the_statement(self) -> None:
        """A CTE of that name stands in for the table."""
        assert with_table_first("  select * from credit c where c.y = 2 ", "credit", ROWS) == (
            "with credit as materialized (\n    select * from main.credit where x = 1\n)\nselect * from credit c where c.y = 2"
        )

    @pytest.mark.parametrize("start", ["with", "with recursive", "WITH"])
    def test_before_other_ctes(self, start: str) -> None:
        """It comes first, for they may read it."""
        better = with_table_first(f"{start} a as (from credit) from a", "credit", ROWS)
        assert better == f"{start} credit as materialized (\n    {ROWS}\n), a as (from credit) from a"

    def test_quoted_and_commented_names_are_not_the_table(self) -> None:
        """What stands in text or in a comment does not count."""
        sql = "select 'from credit', $$ from credit $$ from credit -- from credit\n/* from credit */ where note = 'from credit'"
        assert str(with_table_first(sql, "credit", ROWS)).endswith(sql)

    @pytest.mark.parametrize(
        "sql",
        [
            pytest.param("select * from credit a join credit b using (x)", id="twice"),
            pytest.param("select * from person, credit", id="in a list"),
            pytest.param("select * from main.credit", id="qualified"),
            pytest.param("select * from films", id="through a view"),
            pytest.param("with credit as (select 1 as x) select * from credit", id="a CTE of that name"),
            pytest.param("with credit as materialized (select 1 as x) select * from credit", id="one that is kept"),
        ],
    )
    def test_not_where_it_might_mean_something_else(self, sql: str) -> None:
        """Nothing is better than wrong."""
        assert with_table_first(sql, "credit", ROWS) is None
        assert from_twin(sql, "credit", "person_credit") is None


def test_a_twin_takes_the_place_and_the_name() -> None:
    """Where the table is read, and where columns are named by it; not in text."""
    sql = "select credit.role, 'credit.role', x.credit from Credit join x on x.id = credit.person_id"
    assert from_twin(sql, "credit", "twin") == (
        "select twin.role, 'credit.role', x.credit from twin join x on x.id = twin.person_id"
    )


@pytest.mark.parametrize(
    ("sql", "better"),
    [
        ("from film order by title", "from film order by rank"),
        ("from film i ORDER BY i.title desc limit 5;", "from film i ORDER BY i.rank desc limit 5;"),
        ("select * from (from film order by title)", "select * from (from film order by rank)"),
        ("from film order by lower(title)", None),
        ("from film order by title || 'x'", None),
        ("from film order by year", None),
        ("select row_number() over (order by title) from film order by title", None),
        ("select * from film", None),
        ("from film order by", None),
    ],
)
def test_a_sort_by_rank(sql: str, better: str | None) -> None:
    """Only the key changes."""
    assert sorted_by_rank(sql, "title", "rank") == better


def test_a_page_by_rank() -> None:
    """Ids first; what narrows them goes along. Of more than one table nothing is said."""
    sql = "select id, title\nfrom film where year = 1999 order by title desc limit 100 offset 20000;"
    assert paged_by_rank(sql, "film", "id", "rank") == (
        "select id, title from film\nwhere id in (\n"
        "    select id from film where year = 1999 order by rank desc limit 100 offset 20000\n)\norder by rank desc"
    )
    assert paged_by_rank(sql.replace("from film", "from film join x using (id)"), "film", "id", "rank") is None
    assert paged_by_rank(sql.replace("limit 100", "limit $n"), "film", "id", "rank") is None

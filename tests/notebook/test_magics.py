"""%%sql asks the library that was opened last, and shows rows and plan."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from mediamgr.library import Library
from tests.builders import library_of
from tests.notebook.conftest import Shell


class TestSql:
    """%%sql and %sql."""

    def test_gives_the_frame_and_its_plan(self, shell: Shell, lib: Library) -> None:
        """The frame is `_` afterwards."""
        ran = shell.run("%%sql\nselect count(*) as films\nfrom media_item where year > 1900")
        assert "films" in ran.shown[0]["text/html"]
        assert "COLUMN_DATA_SCAN" in ran.shown[1]["text/html"]
        assert isinstance(shell.ip.user_ns["_"], pl.DataFrame)
        assert "1 statement" in ran.line

    def test_keeps_the_frame_under_a_name(self, shell: Shell, lib: Library) -> None:
        """-o."""
        shell.run("%%sql -o counted --no-plan\nselect count(*) as films from media_item")
        assert shell.ip.user_ns["counted"].item() == 10

    def test_asks_the_library_that_is_named(self, shell: Shell, lib: Library, tmp_path: Path) -> None:
        """Else the one opened last."""
        with library_of(tmp_path / "none.duckdb") as empty:
            shell.run("%%sql -o last\nselect count(*) from media_item")
            shell.run("%%sql -o named lib\nselect count(*) from media_item")
            assert (shell.ip.user_ns["last"].item(), shell.ip.user_ns["named"].item()) == (0, 10)
            empty.close()
            shell.run("%%sql -o left\nselect count(*) from media_item")
            assert shell.ip.user_ns["left"].item() == 10

    def test_is_a_line_as_well(self, shell: Shell, lib: Library) -> None:
        """%sql."""
        assert shell.run("%sql select 42 as answer").result.item() == 42
        shell.run("answer = %sql select 43 as answer")
        assert shell.ip.user_ns["answer"].item() == 43

    def test_a_statement_in_a_line_stays_as_it_was_typed(self, shell: Shell, lib: Library) -> None:
        """Braces and dollars are SQL's own."""
        shell.ip.user_ns["title"] = "not this"
        shell.run(r"kept = %sql select regexp_matches('1999', '^\d{4}$') as year, '{title}' as title, '$title' as name")
        assert shell.ip.user_ns["kept"].row(0) == (True, "{title}", "$title")

    @pytest.mark.parametrize(
        ("cell", "said"),
        [
            ("%%sql\ndelete from media_item", "DELETE is not allowed"),
            ("%%sql\nselect titel from media_item", "title"),
            ("%%sql films\nselect 1", "films is no library"),
            ("%sql", "holds 0"),
        ],
    )
    def test_says_what_is_wrong_in_a_line(self, shell: Shell, lib: Library, cell: str, said: str) -> None:
        """As `lib.sql` does, without a traceback."""
        error = shell.run(cell).error
        assert type(error).__name__ == "UsageError"
        assert said in str(error)

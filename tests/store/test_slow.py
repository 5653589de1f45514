"""Statements that took long are written down, by whoever asked, within bounds, and in nobody's way."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import mediamgr
from mediamgr.settings import get_settings
from mediamgr.store import slow
from mediamgr.store.slow import SlowStatement, forget_slow_statements, is_slow, remember, slow_statements
from tests.builders import films, library_of
from tests.parts import without_rights

NOTED = SlowStatement(
    at="2026-01-02T03:04:05+00:00", seconds=0.7, statement="items/page", sql="select 1", parameters={"a": "1"}, rows=3,
    library="films.duckdb", line="film.py:12", plan=None, process=42,
)  # fmt: skip

NOTES_MANY = """
import sys
import threading
from pathlib import Path
from mediamgr.store import slow
for n in range(300):
    slow.remember(
        seconds=1, statement=sys.argv[1], sql="select 1", parameters={}, rows=n, library=Path("x"), line=None, plan=None
    )
"""
DROPS_SLOWLY = """
from pathlib import Path
from mediamgr.store import slow
replace = slow.whole_file
def slowly(*args, **options):
    print("dropping", flush=True)
    input()
    return replace(*args, **options)
slow.whole_file, slow._MOST_BYTES = slowly, 600
slow.remember(
    seconds=1, statement="x", sql="select 'theirs'", parameters={}, rows=0, library=Path("x"), line=None, plan="p" * 300
)
"""


def note(sql: str = "select 1", *, library: str = "films.duckdb", **parameters: object) -> SlowStatement:
    """Write one down."""
    return remember(
        seconds=0.7, statement="items/page", sql=sql, parameters=parameters, rows=3, library=Path(library),
        line=("film.py", 12), plan=None,
    )  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where they are written down."""
    (tmp_path / "log").mkdir()
    return tmp_path / "log" / "slow.jsonl"


class TestWritingDown:
    """remember() and slow_statements()."""

    def test_what_was_noted_is_read_again(self) -> None:
        """In the order in which it happened, with all there is to know."""
        noted = [note(), note(" select 2\n", name="Amélie")]
        assert slow_statements() == noted
        assert (noted[1].sql, noted[1].parameters, noted[1].line) == ("select 2", {"name": "'Amélie'"}, "film.py:12")

    def test_long_values_are_cut(self) -> None:
        """A list of a million ids would fill the file alone."""
        note(ids=list(range(100_000)))
        (told,) = slow_statements()
        assert (len(told.parameters["ids"]), told.parameters["ids"][-1]) == (2_000, "…")

    @pytest.mark.parametrize("text", ["a\u2028b", "a\x85b", "a\nb", "a\x1cb", "a\udce9b"])
    def test_any_text_stays_in_its_line(self, text: str) -> None:
        """Also what Python takes for a line's end, and names of files that are no UTF-8."""
        note(f"select '{text}'", library=text)
        assert [(each.sql, each.library) for each in slow_statements()] == [(f"select '{text}'", text)]

    def test_forgetting_begins_anew(self) -> None:
        """And forgetting nothing is fine."""
        forget_slow_statements()
        note()
        forget_slow_statements()
        assert slow_statements() == []

    def test_only_the_user_may_read_them(self, file: Path) -> None:
        """Parameters may be titles that are nobody's business."""
        note()
        assert file.stat().st_mode & 0o777 == 0o600


class TestBounds:
    """The file does not grow for ever."""

    def test_the_oldest_go(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Half of the room is filled by the newest then; the file is never larger than its bound."""
        monkeypatch.setattr(slow, "_MOST_BYTES", 10_000)
        for number in range(200):
            note(f"select {number}")
            assert file.stat().st_size <= 10_000
        told = [int(each.sql.removeprefix("select ")) for each in slow_statements()]
        assert told == list(range(told[0], 200))
        assert len(told) > 15

    def test_one_that_is_too_long_goes_with_the_next(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """It does not stay for ever because it is the only one."""
        monkeypatch.setattr(slow, "_MOST_BYTES", 10_000)
        note("select 1 -- " + "x" * 20_000)
        note("select 2")
        assert [each.sql for each in slow_statements()] == ["select 2"]

    def test_processes_write_one_after_the_other(self, file: Path) -> None:
        """Two at the same time: each line is whole and there."""
        running = [
            subprocess.Popen([sys.executable, "-c", NOTES_MANY, name], stderr=subprocess.DEVNULL)
            for name in ("one", "two")
        ]
        assert [each.wait(120) for each in running] == [0, 0]
        told = slow_statements()
        assert len(file.read_text().splitlines()) == len(told)
        for name in ("one", "two"):
            assert [each.rows for each in told if each.statement == name] == list(range(300))

    def test_what_is_noted_while_another_process_drops_the_oldest_stays(self, file: Path) -> None:
        """It waits for that one: else its line would go with what is replaced."""
        note("select 'old'")
        with subprocess.Popen(
            [sys.executable, "-c", DROPS_SLOWLY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdin is not None
            assert other.stdout is not None
            assert other.stdout.readline() == "dropping\n"
            writer = threading.Thread(target=note, args=("select 'mine'",))
            writer.start()
            writer.join(0.5)
            other.stdin.write("go on\n")
            other.stdin.close()
            writer.join(60)
        assert {each.sql for each in slow_statements()} >= {"select 'mine'", "select 'theirs'"}


class TestWhatIsBroken:
    """Nobody fails for it."""

    def test_damaged_lines_are_left_out(self, file: Path) -> None:
        """What is no JSON, no statement, or holds what it cannot hold; the others are read."""
        good = json.dumps({name: getattr(NOTED, name) for name in NOTED.__slots__})
        wrong = [
            "", "{", "3", "[]", '"x"', "{}", "\x00\x00", good[:-10], good.replace("0.7", '"long"'),
            good.replace('{"a": "1"}', "null"), good.replace("2026-01-02", "yesterday"), good.replace(": 3,", ': "3",'),
            good.replace('"select 1"', "1"), good[:-1] + ', "more": 1}',
        ]  # fmt: skip
        file.write_bytes(b"\xff\xfe\n" + "\n".join([good, *wrong, good]).encode() + b"\n")
        assert slow_statements() == [NOTED, NOTED]

    def test_a_line_that_was_cut_short_spoils_no_other(self, file: Path) -> None:
        """As a full disk leaves it."""
        file.write_text('{"at": "2026')
        note()
        assert [each.sql for each in slow_statements()] == ["select 1"]

    def test_a_folder_that_cannot_be_written(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        """It is logged, and the statement is answered."""
        (tmp_path / "log").mkdir(mode=0o555)
        with caplog.at_level(logging.WARNING, "mediamgr.slow"), without_rights():
            note()
        assert "slow statements cannot be written down (" in caplog.text
        assert slow_statements() == []

    def test_a_setting_that_is_wrong(self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
        """The same."""
        monkeypatch.setenv("MEDIAMGR_LOG_DIR", " ")
        note()
        assert "MEDIAMGR_LOG_DIR: must be a path" in caplog.text


class TestThreshold:
    """is_slow()."""

    @pytest.mark.parametrize(
        ("most", "seconds", "is_it"),
        [
            (500, 0.499, False),
            (500, 0.5, True),
            (1, 0.001, True),
            (1, 0.0009, False),
            (0, 1e9, False),
            (5, 0.006, True),
        ],
    )
    def test_follows_the_setting(self, most: int, seconds: float, is_it: bool) -> None:
        """To the millisecond; 0 is never."""
        get_settings().set_slow_statement_ms(most)
        assert is_slow(seconds) is is_it

    def test_a_wrong_setting_fails_no_statement(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """It is said once, with what to do, and the default holds."""
        monkeypatch.setenv("MEDIAMGR_SLOW_STATEMENT_MS", f"half a second, {tmp_path}")
        with library_of(tmp_path / "films.duckdb", films()) as lib:
            asked = "select count(*) as pairs from range(3000) a, range(3000) b where a.range * b.range % 7 = 1"
            assert [lib.sql(asked).height for _ in range(2)] == [1, 1]
        assert (is_slow(0.499), is_slow(0.5)) == (False, True)
        (said,) = [each for each in caplog.messages if "MEDIAMGR_SLOW_STATEMENT_MS" in each]
        assert "correct or remove it" in said

    def test_a_slow_statement_of_a_library_is_noted_with_its_plan(self, tmp_path: Path) -> None:
        """Its SQL, its rows, the file, the line that asked; below the threshold nothing is."""
        library_of(tmp_path / "films.duckdb", films()).close()
        asked = "select count(*) as pairs from range(3000) a, range(3000) b where a.range * b.range % 7 = 1"
        with mediamgr.open(tmp_path / "films.duckdb") as lib:
            get_settings().set_slow_statement_ms(0)
            lib.sql(asked)
            assert slow_statements() == []
            get_settings().set_slow_statement_ms(1)
            lib.sql(asked)
        told = [each for each in slow_statements() if "pairs" in each.sql]
        assert len(told) == 1
        assert (told[0].statement, told[0].rows, told[0].library) == ("sql", 1, str(tmp_path / "films.duckdb"))
        assert (told[0].line or "").startswith(f"{__file__}:")
        assert "range" in (told[0].plan or "").lower()

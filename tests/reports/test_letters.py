"""Letters that would end the whole process where a chart is drawn do not reach that place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import polars as pl

from mediamgr.reports import QUESTIONS
from mediamgr.reports.charts import has_chart
from mediamgr.reports.charts.letters import drawable

BAD: Final = "bell\x07 null\x00 delete\x7f next\x85 \ufffe\uffff"
GOOD: Final = "bell\ufffd null\ufffd delete\ufffd next\ufffd \ufffd\ufffd"
DRAW_ALL: Final = """
import sys
from pathlib import Path
from mediamgr.reports import QUESTIONS
from mediamgr.reports.charts import has_chart
from mediamgr.reports.charts.drawing import svg
from tests.reports.libraries import hard_library

with hard_library("hostile words", Path(sys.argv[1])) as lib:
    for question in QUESTIONS:
        answer = getattr(lib.reports, question.name)()
        if has_chart(question.name):
            assert "<svg" in svg(answer.chart())
            print(question.name, flush=True)
"""


def test_every_chart_of_hostile_words_is_drawn(tmp_path: Path) -> None:
    """Really converted, in a process of its own, which lives to name the last one."""
    done = subprocess.run(
        [sys.executable, "-c", DRAW_ALL, str(tmp_path / "l.duckdb")], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [each.name for each in QUESTIONS if has_chart(each.name)]


def test_letters_are_replaced_however_deep() -> None:
    """In texts, categories, lists, structs and lists of them; numbers, nulls and what was asked for stay what they are."""
    frame = pl.DataFrame(
        {
            "text": [BAD, None],
            "kind": pl.Series([BAD, None], dtype=pl.Categorical),
            "words": [[BAD, None], None],
            "fact": [{"name": BAD, "size": 1}, None],
            "facts": [[{"name": BAD, "sizes": [1]}], []],
            "size": [1, None],
        }
    )
    rows, given = drawable(frame, {"library": BAD, "languages": [BAD], "rows": 3})
    assert rows.row(0) == (GOOD, GOOD, [GOOD, None], {"name": GOOD, "size": 1}, [{"name": GOOD, "sizes": [1]}], 1)
    assert rows["text"][1] is rows["words"][1] is rows["size"][1] is None
    assert given == {"library": GOOD, "languages": [GOOD], "rows": 3}


def test_drawing_lives(tmp_path: Path) -> None:
    """A title of such letters on its way through a whole chart."""
    code = (
        "import sys, polars as pl; from mediamgr.reports.charts import drawn; from mediamgr.reports.charts.drawing import svg;"
        "bad = '\\x07\\x00\\x7f\\x85\\ufffe\\uffff';"
        "frame = pl.DataFrame({'item': [bad], 'size_bytes': [1]});"
        "print('<svg' in svg(drawn('storage_largest', frame, {'by': bad})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr

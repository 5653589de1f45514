"""Owns how times grow with a library: a small chart for each question, a line for each who answers it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from mediamgr.benchmarking.results import Results
from mediamgr.errors import MissingPart, SourceError
from mediamgr.whole_files import whole_file

try:
    import altair as alt
    import vl_convert  # noqa: F401 - what altair draws pictures with
except ModuleNotFoundError as absent:
    raise MissingPart("To draw charts, install altair and vl-convert: pip install 'mediamgr[lab]'.") from absent

__all__ = ["draw_growth", "growth"]

_COLUMNS = 4
_SCHEMA = {"question": pl.String, "who": pl.String, "items": pl.Int64, "milliseconds": pl.Float64}


def growth(runs: Iterable[Results]) -> pl.DataFrame:
    """Medians of what was measured at two sizes or more: question, who, items, milliseconds.

    Where runs hold the same benchmark, the last of them counts.

    Raises:
        SourceError: Nothing was measured at two sizes.
    """
    medians = {
        (timing.question, timing.who, timing.items): timing.median * 1000
        for run in runs
        for timing in run.timings.values()
        if timing.items is not None
    }
    measured = pl.DataFrame([(*key, median) for key, median in medians.items()], schema=_SCHEMA, orient="row")
    growing = measured.filter(pl.len().over("question", "who") > 1)
    if growing.is_empty():
        raise SourceError(
            "Nothing in these results was measured at two sizes;"
            " measure with: pytest -m benchmark benchmarks --benchmark-autosave --items 10000 --items 100000"
        )
    return growing


def draw_growth(measured: pl.DataFrame, path: Path) -> Path:
    """Draw question, who, items, milliseconds into an SVG file, both axes by powers of ten; no network is needed.

    Questions and who answers them come in the order of the frame.
    """
    questions, who = (measured[name].unique(maintain_order=True).to_list() for name in ("question", "who"))
    chart = (
        alt.Chart(measured)
        .mark_line(point=True)
        .encode(
            x=alt.X(
                "items:Q", scale=alt.Scale(type="log"), axis=alt.Axis(format="~s", values=_powers(measured["items"]))
            ),
            y=alt.Y(
                "milliseconds:Q",
                scale=alt.Scale(type="log"),
                title="ms",
                axis=alt.Axis(values=_powers(measured["milliseconds"])),
            ),
            color=alt.Color("who:N", title=None, sort=who),
        )
        .properties(width=190, height=120)
        .facet(alt.Facet("question:N", title=None, sort=questions), columns=_COLUMNS)
    )
    with whole_file(path) as partial:
        chart.save(str(partial), format="svg")
    return path


def _powers(values: pl.Series) -> list[float]:
    """Powers of ten around values, for an axis."""
    powers = [math.log10(value) for value in values]
    return [10.0**power for power in range(math.floor(min(powers)), math.ceil(max(powers)) + 1)]

"""Owns what title, year, runtime and ids of two works say together: a table of rules, and words for it.

Certain is nothing that rests on titles alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from mediamgr.reports.duplicates._certainty import DOUBTFUL, LIKELY
from mediamgr.reports.duplicates._ids import agreement
from mediamgr.titles import Spelling, liken, spellings

__all__ = ["RULES", "judged"]

RULES: Final = pl.DataFrame(
    [
        ("same", "same year", "same runtime", LIKELY),
        ("same", "same year", "runtime unknown", LIKELY),
        ("same", "same year", "runtime a little off", DOUBTFUL),
        ("same", "a year apart", "same runtime", LIKELY),
        ("same", "a year apart", "runtime unknown", DOUBTFUL),
        ("same", "year unknown", "same runtime", DOUBTFUL),
        ("same", "year unknown", "runtime unknown", DOUBTFUL),
        ("alike", "same year", "same runtime", LIKELY),
        ("alike", "same year", "runtime unknown", DOUBTFUL),
        ("alike", "a year apart", "same runtime", DOUBTFUL),
        ("cut", "same year", "same runtime", LIKELY),
        ("cut", "same year", "runtime unknown", DOUBTFUL),
        ("cut", "a year apart", "same runtime", DOUBTFUL),
        ("within", "same year", "same runtime", DOUBTFUL),
    ],
    schema=["title", "year", "runtime", "certainty"],
    orient="row",
)
"""How sure two works are one; what is not here is another work: a remake, a sequel, a plural."""

_WORDS: Final = {
    "same": "same title",
    "alike": "nearly the same title",
    "cut": "same title but for a subtitle",
    "within": "one title is part of the other",
}
_LEAST_ALIKE: Final = 88.0
_SAME_MINUTES, _SAME_SHARE = 3, 0.04
_NEAR_MINUTES, _NEAR_SHARE = 10, 0.15


def judged(pairs: pl.DataFrame, works: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """What is left of pairs of works: a, b, certainty, reason.

    Args:
        pairs: a, b, numbers of works of one type.
        works: work, media_type, title, original_title, title_key, year, runtime_minutes.
        ids: As `long_ids` gives them.
    """
    met = pairs.join(works, left_on="a", right_on="work").join(works, left_on="b", right_on="work", suffix="_b")
    met = met.with_columns(year_said=_year(), runtime_said=_runtime()).filter(
        pl.col("year_said").is_in(RULES["year"].implode()), pl.col("runtime_said").is_in(RULES["runtime"].implode())
    )
    met = met.with_columns(title_said=_titles(met)).join(
        RULES.rename({name: f"{name}_said" for name in ("title", "year", "runtime")}),
        on=["title_said", "year_said", "runtime_said"],
    )
    met = met.join(agreement(met, ids), on=["a", "b"], how="left")
    return _by_ids(met).select("a", "b", "certainty", "reason").sort("a", "b")


def _year() -> pl.Expr:
    apart = (pl.col("year") - pl.col("year_b")).abs()
    return (
        pl.when(apart.is_null())
        .then(pl.lit("year unknown"))
        .when(apart == 0)
        .then(pl.lit("same year"))
        .when(apart == 1)
        .then(pl.lit("a year apart"))
    )


def _runtime() -> pl.Expr:
    ours, theirs = pl.col("runtime_minutes"), pl.col("runtime_minutes_b")
    apart, longer = (ours - theirs).abs(), pl.max_horizontal(ours, theirs)
    same = apart <= pl.max_horizontal(pl.lit(_SAME_MINUTES), longer * _SAME_SHARE)
    near = apart <= pl.max_horizontal(pl.lit(_NEAR_MINUTES), longer * _NEAR_SHARE)
    # of a show it is that of some episode
    unknown = apart.is_null() | (pl.col("media_type") == "show")
    return (
        pl.when(unknown)
        .then(pl.lit("runtime unknown"))
        .when(same)
        .then(pl.lit("same runtime"))
        .when(near)
        .then(pl.lit("runtime a little off"))
    )


def _titles(met: pl.DataFrame) -> pl.Series:
    """How their titles compare: words of `RULES`; others where they are of different works."""
    is_same = met["title_key"] == met["title_key_b"]
    asked = ["title", "original_title", "year", "title_b", "original_title_b", "year_b"]
    rest = met.filter(~is_same).select(asked).unique(maintain_order=True)
    rest = rest.with_columns(said=pl.Series(_likened(rest), dtype=pl.String))
    said = met.select(asked).join(rest, on=asked, how="left", nulls_equal=True, maintain_order="left")["said"]
    return pl.select(pl.when(is_same).then(pl.lit("same")).otherwise(said)).to_series()


def _likened(rest: pl.DataFrame) -> list[str]:
    columns = ("title", "original_title", "title_b", "original_title_b")
    known = spellings(pl.concat([rest[name] for name in columns]).drop_nulls().to_list())

    def of(titles: Iterable[str | None]) -> list[Spelling]:
        return [each for title in titles if title for each in known[title]]

    said: list[str] = []
    for title, original, year, title_b, original_b, year_b in rest.iter_rows():
        found = liken(of((title, original)), of((title_b, original_b)), frozenset((str(year), str(year_b))))
        is_little = found.kind == "alike" and found.percent < _LEAST_ALIKE
        said.append("other" if is_little else found.kind)
    return said


def _by_ids(met: pl.DataFrame) -> pl.DataFrame:
    """Ids that differ leave a doubt of what all else says is the same, and nothing of what is only alike."""
    differ = pl.col("differing").is_not_null()
    same = (pl.col("title_said") == "same") & (pl.col("year_said") == "same year")
    is_same = same & (pl.col("runtime_said") != "runtime a little off")
    words = pl.concat_str(pl.col("title_said").replace(_WORDS), pl.lit(", "), "year_said", pl.lit(", "), "runtime_said")
    doubt = pl.concat_str(words, pl.lit("; but their ids differ: "), "differing")
    return met.filter(~differ | is_same).with_columns(
        certainty=pl.when(differ).then(DOUBTFUL).otherwise("certainty"),
        reason=pl.when(differ).then(doubt).otherwise(words),
    )

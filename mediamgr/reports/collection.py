"""Owns the report of the collection's shape: what it is made of, what comes together, and what stands apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

import polars as pl

from mediamgr.countries import country_name
from mediamgr.languages import language_name
from mediamgr.reports._asker import Asker
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports._question import Given, Question, Report

__all__ = ["COLLECTION", "CollectionQuestions"]

By = Literal[
    "decade", "country", "language", "genre", "rating", "user_rating", "runtime", "content_rating", "studio", "tag",
    "type", "library",
]  # fmt: skip
Property = Literal["genre", "country", "language", "decade"]

_NAMES: Final[Mapping[str, Callable[[str], str | None]]] = {"country": country_name, "language": language_name}
_FILTERS: Final = {
    "decade": "decade", "country": "country", "genre": "genre", "rating": "rating", "type": "media_type",
    "library": "library",
}  # fmt: skip
"""Property -> the filter of items that says the same."""


def _opened_by_property(row: Mapping[str, Any]) -> dict[str, Any] | None:
    name = _FILTERS.get(row["property"])
    if name is None or row["value"] is None:
        return None
    narrowed = {"library": row["library"]} if row["library"] else {}
    return {"media_type": ["movie", "show"], "missing": False, **narrowed, name: row["value"]}


def _in_words(column: str, kind: str) -> pl.Expr:
    """A column of codes as names, where `kind` has such; a code without a name stays."""
    if kind not in _NAMES:
        return pl.col(column)
    return pl.col(column).map_batches(lambda codes: _names_of(codes, _NAMES[kind]), return_dtype=pl.String)


def _names_of(codes: pl.Series, name: Callable[[str], str | None]) -> pl.Series:
    words = {code: name(code) or code for code in codes.unique().drop_nulls()}
    return codes.replace_strict(words, default=None, return_dtype=pl.String)


def _values_named(rows: pl.DataFrame, given: Given) -> pl.DataFrame:
    return rows.with_columns(_in_words("value", given["by"]).alias("name"))


def _pairs_named(rows: pl.DataFrame, given: Given) -> pl.DataFrame:
    name, other_name = _in_words("value", given["one"]), _in_words("other_value", given["other"])
    return rows.with_columns(name.alias("name"), other_name.alias("other_name"))


def _reasons_named(rows: pl.DataFrame, given: Given) -> pl.DataFrame:
    why = pl.col("why")
    for kind in _NAMES:
        named = pl.col("why").str.strip_suffix(pl.col("of")) + _in_words("of", kind)
        why = pl.when(pl.col("reason") == kind).then(named).otherwise(why)
    return rows.with_columns(why.alias("why"))


_BY: Final = Question(
    "collection",
    "What it is made of",
    "Where the bars are short is what to look out for, if you want it; a low mean of one's own rating beside a high "
    "share is what one keeps and does not like. What is not known stands last.",
    finish=_values_named,
    opens=_opened_by_property,
)
_OVERLAPS: Final = Question(
    "collection_overlaps",
    "What comes together",
    "A lift of 2 comes together twice as often as by chance, one of 0.5 half as often. Pairs of few expected titles "
    "swing widely: look at those with many.",
    finish=_pairs_named,
    opens=lambda row: None,
)
_RATINGS: Final = Question(
    "collection_ratings",
    "How it is rated",
    "Own ratings spread wider than those of many people together; where yours lie far to the right, you keep what you "
    "like.",
    opens=lambda row: None,
)
_UNUSUAL: Final = Question(
    "collection_unusual",
    "What is unusual here",
    "Look at runtimes first: a film of seven minutes or of seven hours is often a sample, an episode or a wrong match.",
    finish=_reasons_named,
)
COLLECTION: Final = Report(
    "collection",
    "Collection",
    "Decades, countries, languages, genres, ratings, runtimes; what comes together, and what stands apart.",
    (_BY, _OVERLAPS, _RATINGS, _UNUSUAL),
)


class CollectionQuestions(Asker):
    """Asks them."""

    def collection(self, by: By = "decade", *, library: str | None = None) -> ReportFrame:
        """What the collection is made of, by one property; see `sql/reports/collection.sql` for columns and units.

        Args:
            by: What makes a row.
            library: Only of this one; None: of all.
        """
        return self._ask(_BY, by=by, library=library)

    def collection_overlaps(
        self,
        one: Property = "genre",
        other: Property = "genre",
        *,
        top: int = 12,
        at_least: int = 0,
        library: str | None = None,
    ) -> ReportFrame:
        """What comes together more often than by chance, or less; see `sql/reports/collection_overlaps.sql`.

        Args:
            one: A property.
            other: Another, or the same.
            top: Only the values of each that most titles have.
            at_least: Only pairs that so many titles have; 0: also those that never come together.
            library: Only of this one; None: of all.
        """
        return self._ask(_OVERLAPS, one=one, other=other, top=top, at_least=at_least, library=library)

    def collection_ratings(self, *, genre: str | None = None, library: str | None = None) -> ReportFrame:
        """How ratings are spread, the community's against one's own; see `sql/reports/collection_ratings.sql`.

        Args:
            genre: Only of this one, as written; None: of all.
            library: Only of this one; None: of all.
        """
        return self._ask(_RATINGS, genre=genre, library=library)

    def collection_unusual(
        self, *, from_strength: float = 2.5, at_least: int = 10, each: int = 5, library: str | None = None
    ) -> ReportFrame:
        """What stands apart from the rest, and why; see `sql/reports/collection_unusual.sql` for what strength is.

        Args:
            from_strength: Only what is so far out.
            at_least: Titles something must have to be compared with.
            each: How many of each reason, above and below the middle.
            library: Only of this one; None: of all.
        """
        return self._ask(_UNUSUAL, from_strength=from_strength, at_least=at_least, each=each, library=library)

"""Owns what each kind of import needs: which rows go in, under which keys, and why the others do not.

A row without what its kind needs is set aside; a row without an optional value goes in without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from mediamgr.errors import InputError
from mediamgr.ingest.tables._columns import is_watchlist
from mediamgr.ingest.tables._episodes import homeless, with_shows_of_titles
from mediamgr.ingest.tables._fields import plain
from mediamgr.ingest.tables._keys import KnownKeys, with_item_keys, with_person_keys
from mediamgr.ingest.tables._rejects import REJECTED, ROW, SHOWN, WITHOUT, as_rejected, gathered

__all__ = ["Rows", "keyed"]

# a value of these that is not understood would put the row under a wrong key
_STRICT = ("media_type", "event_type", "season_number", "episode_number", "occurred_at")
_EVENTS = {"collected": "added", "listed": "watchlisted", "paused": "paused"}
_ITEM = ("title", "item_key", "imdb_id", "show_title")
_NEEDS = {
    "items": (("title", "show_title"),),
    "people": (("name",),),
    "credits": (_ITEM, ("name", "person_imdb_id", "person_key")),
    "history": (_ITEM, ("occurred_at",)),
}
_ALONE = "is {} of no show; name the show in a column show_title, or import a list with the show in it first"


@dataclass(frozen=True, slots=True)
class Rows:
    """The typed rows of a file.

    Attributes:
        frame: `ROW` and fields.
        columns: Field to column of the file.
        in_stars: Whether ratings go to five.
        file: The file's name.
        known: What the library holds.
    """

    frame: pl.DataFrame
    columns: Mapping[str, str]
    in_stars: bool
    file: str
    known: KnownKeys

    @property
    def default_event(self) -> str:
        """What a row tells of that does not say it: by the time it gives, else something was watched."""
        if is_watchlist(self.file):
            return "watchlisted"
        when = plain(self.column("occurred_at"))
        return next((event for word, event in _EVENTS.items() if word in when), "played")

    @property
    def is_of_ratings(self) -> bool:
        """Whether the rows tell of ratings alone: no column says that anything was watched."""
        when = plain(self.column("occurred_at"))
        if "rating" not in self.columns or self.default_event != "played":
            return False
        return not any(word in when for word in ("watch", "play", "seen", "view"))

    def column(self, *fields: str) -> str:
        """The column of the first of these fields that has one, else the first field's own name."""
        return next((self.columns[field] for field in fields if field in self.columns), fields[0])


def keyed(kind: str, rows: Rows, problems: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(rows that go in, with their keys; everything set aside, as in `REJECTED`).

    `problems` are the values that were not understood.

    Raises:
        InputError: The file has no column for what the kind needs.
    """
    for choice in _NEEDS[kind]:
        if not any(field in rows.columns for field in choice):
            raise InputError(
                f"{rows.file} has no column for {' or '.join(choice)} of {kind}; name one: --map COLUMN={choice[0]}."
            )
    needed = (*_STRICT, "rating") if kind == "history" and rows.is_of_ratings else _STRICT
    strict = [rows.columns[name] for name in needed if name in rows.columns]
    fatal = problems.filter(pl.col("column").is_in(strict))
    mild = problems.filter(~pl.col("column").is_in(strict))
    frame = rows.frame.join(fatal.select(pl.col("row").alias(ROW)), on=ROW, how="anti", maintain_order="left")
    good, refused = {"items": _items, "people": _people, "credits": _credits, "history": _history}[kind](rows, frame)
    goes_in = pl.col("row").is_in(good[ROW].unique().implode())
    mild = mild.with_columns(pl.when(goes_in).then(pl.col("reason") + WITHOUT).otherwise("reason"))
    return good, gathered([fatal, mild, *refused])


_Kept = tuple[pl.DataFrame, list[pl.DataFrame]]


def _items(rows: Rows, frame: pl.DataFrame) -> _Kept:
    frame = _dated(frame)
    if rows.in_stars and "user_rating" in frame.columns:
        frame = frame.with_columns(pl.col("user_rating") * 2)
    frame, alone = _in_shows(rows, with_item_keys(with_shows_of_titles(frame, rows.known), rows.known))
    frame, nameless = _required(frame, "title", rows.column("title", "show_title"), "is missing")
    frame, again = _first_of("item_key", "item", frame, rows.column("title", "show_title"), "title")
    return frame, [alone, nameless, again]


def _in_shows(rows: Rows, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows without the episodes and seasons of which nobody knows the show."""
    is_known = pl.col("item_key").is_in(rows.known.items["item_key"].implode())
    frame = frame.with_columns(is_known=is_known.fill_null(False))
    alone = frame.filter(homeless() & pl.col("item_key").is_not_null())
    reasons = alone.select(
        row=ROW,
        column=pl.lit(rows.column("title", "imdb_id")),
        value=pl.col("title").str.slice(0, SHOWN),
        reason=pl.when(pl.col("media_type") == "season").then(pl.lit(_ALONE.format("a season")))
        .otherwise(pl.lit(_ALONE.format("an episode"))),
    )  # fmt: skip
    return frame.join(alone.select(ROW), on=ROW, how="anti", maintain_order="left").drop("is_known"), reasons


def _dated(frame: pl.DataFrame) -> pl.DataFrame:
    """A year for rows that have only a date."""
    known = [pl.col("year")] if "year" in frame.columns else []
    if "premiered_on" in frame.columns:
        known += [pl.col("premiered_on").dt.year().cast(pl.Int16), pl.col("premiered_year")]
        in_range = [pl.when(year.is_between(1870, 2200)).then(year) for year in known]
        return frame.with_columns(year=pl.coalesce(in_range)).drop("premiered_year")
    return frame


def _people(rows: Rows, frame: pl.DataFrame) -> _Kept:
    frame = with_person_keys(frame)
    frame, nameless = _required(frame, "name", rows.column("name"), "is missing")
    frame, again = _first_of("person_key", "person", frame, rows.column("name"), "name")
    return frame, [nameless, again]


def _credits(rows: Rows, frame: pl.DataFrame) -> _Kept:
    frame, alone, unnamed = _with_items(rows, frame)
    frame = with_person_keys(frame, "person_imdb_id")
    column = rows.column("name", "person_imdb_id")
    frame, nobody = _required(frame, "person_key", column, "is missing: no name and no id of a person")
    return frame, [alone, unnamed, nobody]


def _with_items(rows: Rows, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    frame, alone = _in_shows(rows, with_item_keys(with_shows_of_titles(frame, rows.known), rows.known))
    column = rows.column("title", "imdb_id", "item_key")
    frame, unnamed = _required(frame, "item_key", column, "is missing: no title and no id of an item")
    return frame, alone, unnamed


def _history(rows: Rows, frame: pl.DataFrame) -> _Kept:
    frame, alone, unnamed = _with_items(rows, frame)
    frame, undated = _required(frame, "occurred_at", rows.column("occurred_at"), "is missing")
    events, refused = _events(rows, frame)
    return events, [alone, unnamed, undated, *refused]


def _events(rows: Rows, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Rows as events: what they say they are, else played; ratings, of what was watched, are events too."""
    types = {"event_type": pl.String, "user_name": pl.String, "value": pl.Float64, "rating": pl.Float64}
    frame = frame.with_columns(pl.lit(None, t).alias(n) for n, t in types.items() if n not in frame.columns)
    rating = pl.col("rating") * 2 if rows.in_stars else pl.col("rating")
    said = frame.filter(pl.col("event_type").is_not_null())
    said = said.with_columns(
        value=pl.when(pl.col("event_type") == "rated").then(pl.coalesce("value", rating)).otherwise("value")
    )
    unsaid = frame.filter(pl.col("event_type").is_null())
    rated = unsaid.filter(pl.col("rating").is_not_null()).with_columns(event_type=pl.lit("rated"), value=rating)
    refused = []
    if rows.is_of_ratings:
        _, unrated = _required(unsaid, "rating", rows.column("rating"), "is missing, and nothing says it was played")
        refused.append(unrated)
        parts = [said, rated]
    else:
        parts = [said, unsaid.with_columns(event_type=pl.lit(rows.default_event)), rated]
    events = pl.concat(parts).sort(ROW, maintain_order=True)
    events, beyond = _shares(events, rows.column("value"))
    return events, [*refused, beyond]


def _shares(events: pl.DataFrame, column: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Events without values that are no share watched."""
    beyond = pl.col("event_type").is_in(["played", "paused"]) & (pl.col("value") > 1)
    reason = f"is not a share watched, from 0 to 1{WITHOUT}"
    bad = events.filter(beyond).select(ROW, pl.col("value").cast(pl.String))
    told = as_rejected((row, column, value, reason) for row, value in bad.iter_rows())
    return events.with_columns(value=pl.when(~beyond.fill_null(False)).then("value")), told


def _required(frame: pl.DataFrame, field: str, column: str, reason: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    missing = frame.filter(pl.col(field).is_null()).select(
        row=ROW, column=pl.lit(column), value=pl.lit(None, pl.String), reason=pl.lit(reason)
    )
    return frame.filter(pl.col(field).is_not_null()), missing


def _first_of(key: str, what: str, frame: pl.DataFrame, column: str, field: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The first row of each key; later ones are told of."""
    if frame[key].n_unique() == frame.height:
        return frame, pl.DataFrame(schema=REJECTED)
    counted = frame.with_columns(first=pl.col(ROW).first().over(key))
    again = counted.filter(pl.col(ROW) != pl.col("first")).select(
        row=ROW,
        column=pl.lit(column),
        value=pl.col(field),
        reason=pl.format(f"is the same {what} as row {{}}", "first"),
    )
    return frame.filter(counted[ROW] == counted["first"]), again

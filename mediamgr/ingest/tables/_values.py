"""Owns reading the values of a file as what their fields hold: numbers, runtimes, dates, words, ids.

Pure Polars. A value that cannot be understood becomes null and is told of; none is guessed at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import polars as pl

from mediamgr.errors import InputError
from mediamgr.ingest.tables._dates import date_expr, time_expr
from mediamgr.ingest.tables._fields import FIELDS, Field
from mediamgr.ingest.tables._rejects import REJECTED, ROW, SHOWN
from mediamgr.languages import normalise_language

__all__ = ["as_text", "read_scalars"]

_MISSING = ("", "\\N", "N/A", "n/a", "NULL", "null", "NaN", "nan", "None", "-")
_MISSING_TEXT = ("", "\\N", "N/A")
_GROUPED = r"^[-+]?\d{1,3}([,\s'\x{2019}\x{a0}\x{202f}]\d{3})+(\.\d+)?$"
_OF = r"^(?<given>[\d.,]+)\s*(?:(?:/|of|out of)\s*(?<of>[\d.,]+)|(?<share>%))$"
_RATINGS = ("rating", "user_rating")
_IN_WORDS = (
    r"^(?:pt)?(?:(\d+)\s*h(?:ours?|rs?|r)?\.?,?)?\s*(?:(\d+)\s*m(?:in(?:ute)?s?)?\.?)?"
    r"\s*(?:(\d+)\s*s(?:ec\w*)?)?$"
)
_SAYS = {
    "year": "a year from {low} to {high}", "whole": "a whole number of {low} or more",
    "number": "a number from {low} to {high}", "minutes": "a runtime such as 136, 2h 16m or PT2H16M",
    "date": "a date such as 2001-05-31", "time": "a date or time such as 2001-05-31 20:15",
    "tt": "an IMDb id such as tt0083658", "nm": "an IMDb id such as nm0000148", "digits": "a number",
    "language": "a language such as en, pt-BR or Spanish",
}  # fmt: skip
_TYPES = {
    "year": pl.Int16, "season_number": pl.Int32, "episode_number": pl.Int32, "absolute_number": pl.Int32,
    "show_year": pl.Int16, "position": pl.Int32, "votes": pl.Int64,
}  # fmt: skip


def read_scalars(
    frame: pl.DataFrame, chosen: Mapping[str, str], kind: str, *, in_stars: bool = False
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """(`ROW` and one typed column a field of single values, what was not understood).

    `in_stars` says that ratings go to five, as `rating` and `user_rating` do here then.

    Raises:
        InputError: A column of lists is to fill a field of single values.
    """
    fields = [f for f in FIELDS[kind].values() if f.name in chosen and f.kind not in ("list", "people")]
    if in_stars:
        fields = [replace(f, high=5) if f.name in _RATINGS else f for f in fields]
    texts = frame.select(ROW, *(as_text(frame[chosen[f.name]], f).alias(f.name) for f in fields))
    texts, years = _years_apart(texts)
    typed = texts.select(ROW, *(_parsed(f, texts[f.name]).alias(f.name) for f in fields), *years)
    return typed, [
        texts.filter(lost).select(
            ROW,
            pl.lit(chosen[f.name]).alias("column"),
            pl.col(f.name).str.slice(0, SHOWN).alias("value"),
            pl.lit(f"is not {_says(f)}").alias("reason"),
        ).rename({ROW: "row"}).cast(REJECTED)
        for f in fields
        if (lost := texts[f.name].is_not_null() & typed[f.name].is_null()).any()
    ]  # fmt: skip


def _years_apart(texts: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.Series]]:
    """Texts without release dates that are only a year or month; those years as `premiered_year`."""
    if "premiered_on" not in texts.columns:
        return texts, []
    years = texts["premiered_on"].str.extract(r"^(\d{4})(?:-\d{2})?$").cast(pl.Int16)
    dates = texts["premiered_on"].set(years.is_not_null(), None)
    return texts.with_columns(dates), [years.alias("premiered_year")]


def as_text(column: pl.Series, field: Field) -> pl.Series:
    """The values as text without blanks around; what stands for nothing is null."""
    dtype = column.dtype
    if isinstance(dtype, (pl.List, pl.Array)):
        column = _joined(column, field)
    elif isinstance(dtype, pl.Datetime) and dtype.time_zone:
        column = column.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    elif dtype == pl.Duration:
        column = column.dt.total_minutes()
    elif dtype.is_float() and ((column == column.floor()) | column.is_null()).all():
        column = column.cast(pl.Int64, strict=False)
    text = column.cast(pl.String, strict=False).str.replace_all("\x00", "", literal=True).str.strip_chars()
    missing = _MISSING if field.kind != "text" else _MISSING[:2] if "title" in field.name else _MISSING_TEXT
    return text.set(text.is_in(missing), None)


def _joined(column: pl.Series, field: Field) -> pl.Series:
    inner = column.dtype.inner  # type: ignore[attr-defined]
    if inner.is_nested():
        raise InputError(f"{column.name!r} holds lists of objects; {field.name} takes a single value.")
    return column.cast(pl.List(pl.String)).list.join(" / ")


def _says(field: Field) -> str:
    if field.words:
        words = " or ".join(dict.fromkeys(field.words.values()))
        return f"{words}; a library holds nothing else" if field.name == "media_type" else words
    return _SAYS[field.kind].format(low=field.low, high=field.high)


def _parsed(field: Field, text: pl.Series) -> pl.Series:
    """The values as their field's type, null where not understood. Each distinct text is read once."""
    if field.kind == "text":
        return text
    distinct = text.unique().drop_nulls().alias("text")
    read = distinct.to_frame().select("text", value=_READERS[field.kind](pl.col("text"), field))
    return text.alias("text").to_frame().join(read, on="text", how="left", maintain_order="left")["value"]


def _number_expr(text: pl.Expr) -> pl.Expr:
    """Numbers as people write them: 1,234 and 8,1."""
    plain = pl.when(text.str.contains(_GROUPED)).then(text.str.replace_all(r"[,\s'\x{2019}\x{a0}\x{202f}]", ""))
    comma = pl.when(text.str.contains(r"^[-+]?\d+,\d+$")).then(text.str.replace(",", ".", literal=True))
    number = pl.coalesce(plain, comma, text).cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


def _number(text: pl.Expr, field: Field) -> pl.Expr:
    number = _rating_expr(text, field.high) if field.name in _RATINGS else _number_expr(text)
    return pl.when(number.is_between(field.low, field.high)).then(number)


def _rating_expr(text: pl.Expr, highest: int) -> pl.Expr:
    """Ratings; those of another scale that say so, 4/5 or 85/100 or 85%, on this one."""
    parts = text.str.extract_groups(_OF)
    of = pl.when(parts.struct["share"] == "%").then(100.0).otherwise(_number_expr(parts.struct["of"]))
    told = _number_expr(parts.struct["given"])
    scaled = pl.when(of > 0, told <= of).then((told * highest / of).round(2))
    return pl.when(text.str.contains(_OF)).then(scaled).otherwise(_number_expr(text))


def _whole(text: pl.Expr, field: Field) -> pl.Expr:
    number = _number(text, field)
    return pl.when(number == number.floor()).then(number).cast(_TYPES.get(field.name, pl.Int64))


def _year(text: pl.Expr, field: Field) -> pl.Expr:
    year = text.str.extract(r"^\(?(\d{4})(?:\D.*)?$").cast(pl.Int16, strict=False)
    return pl.when(year.is_between(field.low, field.high)).then(year)


def _minutes(text: pl.Expr, _: Field) -> pl.Expr:
    text = text.str.to_lowercase()
    plain = text.str.extract(r"^(\d+(?:\.\d+)?)\s*(?:m|min|mins|minutes?|')?\.?$").cast(pl.Float64)
    told = [_clocked(text, pattern) for pattern in (_IN_WORDS, r"^(\d{1,2}):(\d{2})(?::(\d{2}))?$")]
    grouped = pl.when(text.str.contains(_GROUPED)).then(text.str.replace_all(r"\D", "").cast(pl.Float64, strict=False))
    minutes = pl.coalesce(plain, *told, grouped)
    return pl.when(minutes.is_between(0, 100_000)).then(minutes.round()).cast(pl.Int32)


def _clocked(text: pl.Expr, pattern: str) -> pl.Expr:
    parts = [text.str.extract(pattern, group).cast(pl.Float64) for group in (1, 2, 3)]
    minutes = parts[0].fill_null(0) * 60 + parts[1].fill_null(0) + (parts[2].fill_null(0) / 60).floor()
    return pl.when(pl.any_horizontal(part.is_not_null() for part in parts)).then(minutes)


def _date(text: pl.Expr, _: Field) -> pl.Expr:
    return date_expr(text)


def _time(text: pl.Expr, _: Field) -> pl.Expr:
    return time_expr(text)


def _word(text: pl.Expr, field: Field) -> pl.Expr:
    assert field.words is not None
    return text.str.to_lowercase().str.replace_all(r"[\W_]+", "").replace_strict(field.words, default=None)


def _imdb(text: pl.Expr, field: Field) -> pl.Expr:
    """An id from an id, an address or its number alone."""
    number = text.str.extract(rf"(?:^|/){field.kind}(\d{{5,10}})(?:/.*)?$|^(\d{{5,10}})$")
    number = number.fill_null(text.str.extract(r"^(\d{1,10})$"))
    return pl.concat_str(pl.lit(field.kind), number.str.zfill(7))


def _digits(text: pl.Expr, _: Field) -> pl.Expr:
    return text.str.extract(r"^(\d+)(?:\.0)?$")


def _language(text: pl.Expr, field: Field) -> pl.Expr:
    """The first of several: the one that a work was made in."""
    first = text.str.split(",").list.first().str.strip_chars()
    return first.map_elements(normalise_language, return_dtype=pl.String)


_READERS: Mapping[str, Callable[[pl.Expr, Field], pl.Expr]] = {
    "year": _year, "whole": _whole, "number": _number, "minutes": _minutes, "date": _date, "time": _time,
    "word": _word, "tt": _imdb, "nm": _imdb, "digits": _digits,
    "language": _language,
}  # fmt: skip

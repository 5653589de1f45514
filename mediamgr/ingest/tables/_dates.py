"""Owns reading dates and times as files write them: ISO first, then the usual forms; times become UTC.

Of 3/4/2001 nobody knows the month. A column of such dates is read by the one that leaves no doubt (a day
above 12); without one, or with one of each, they are not understood.
"""

from __future__ import annotations

import polars as pl

__all__ = ["date_expr", "time_expr"]

_FORMS = ("%Y-%m-%d", "%b %d %Y", "%B %d %Y", "%d %b %Y", "%d %B %Y", "%d.%m.%Y", "%Y%m%d")
_TIME = (
    r"[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp][Mm])?"
    r"\s*(?:Z|UTC|([+-])(\d{2}):?(\d{2})?)?$"
)
_SLASHED = r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$"


def date_expr(text: pl.Expr) -> pl.Expr:
    """Dates; null where not understood. A time after the date is left out."""
    text = text.str.replace(_TIME, "").str.replace(r"^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$", "$1-$2-$3")
    words = (
        text.str.replace(r"(\d)(?:st|nd|rd|th)\b", "$1")
        .str.replace_all(r"[,\s]+", " ")
        .str.replace(r"(?i)\bsept\b\.?", "Sep")
        .str.replace(r"^(\d{1,2})-(\p{L}+)-(\d{4})$", "$1 $2 $3")
        .str.replace(r"(\p{L})\.", "$1")
    )
    return pl.coalesce(*(words.str.to_date(form, strict=False) for form in _FORMS), _slashed(text))


def time_expr(text: pl.Expr) -> pl.Expr:
    """Times in UTC, microseconds; a date alone is its midnight, 10 or 13 digits are a Unix time."""
    parts = [text.str.extract(_TIME, group) for group in range(1, 8)]
    hour, minute, second, offset_hours, offset_minutes = (parts[i].cast(pl.Int64).fill_null(0) for i in (0, 1, 2, 5, 6))
    half = parts[3].str.to_lowercase()
    hour = pl.when(half.is_null()).then(hour).otherwise(hour % 12 + pl.when(half == "pm").then(12).otherwise(0))
    sign = pl.when(parts[4] == "-").then(-1).otherwise(1)
    seconds = hour * 3600 + minute * 60 + second - sign * (offset_hours * 3600 + offset_minutes * 60)
    is_clock = (hour < 24) & (minute < 60) & (second < 61)
    clock = date_expr(text).cast(pl.Datetime("us")) + pl.duration(seconds=seconds)
    unix = text.str.extract(r"^(\d{10})(?:\d{3})?$").cast(pl.Int64) * 1_000_000
    return pl.coalesce(pl.when(is_clock).then(clock), unix.cast(pl.Datetime("us")))


def _slashed(text: pl.Expr) -> pl.Expr:
    first, second, year = (text.str.extract(_SLASHED, group).cast(pl.Int32) for group in (1, 2, 3))
    day_first, month_first = (first > 12).any(), (second > 12).any()
    day_first, month_first = day_first & ~month_first, month_first & ~day_first
    same = first == second
    month = pl.when(month_first | same).then(first).when(day_first).then(second)
    day = pl.when(month_first | same).then(second).when(day_first).then(first)
    known = month.is_between(1, 12) & day.is_between(1, 31)
    iso = pl.when(known).then(pl.format("{}-{}-{}", year, month, day))
    return iso.str.to_date("%Y-%m-%d", strict=False)

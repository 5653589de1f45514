"""Owns how a column is shown: what it is called, what kind of values it has, how wide it is, what each value says."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import polars as pl

from mediamgr.wording import human_bytes

__all__ = ["Column", "columns_of", "exact", "texts"]

Kind = Literal["bytes", "share", "number", "plain", "flag", "time", "span", "text", "nested"]
"""plain: whole numbers that are not counted, such as years; nested: shown only, neither sorted nor searched."""

_HIDDEN: Final = ("media_item_id", "media_item_ids")
_PLAIN: Final = re.compile(r"(^|_)(id|ids|year|decade|number)$")
_BYTES: Final = re.compile(r"(^|_)bytes$|^size_")
_UNIT: Final = re.compile(r"(^|_)bytes$")
_SHARE: Final = re.compile(r"(^|_)share(_|$)")
_WORDS: Final[Mapping[str, str]] = {"gb": "GB", "hdr": "HDR", "id": "id", "imdb": "IMDb", "mbit": "Mbit", "tv": "TV"}
_LONGEST: Final = 400
_SAMPLE: Final = 200
_LETTER: Final = 8
_EDGES: Final = 22
_SIGN: Final = 14
"""Pixels of the sign of the order, in a header."""
_LEAST: Final = 56
_LEAST_OF: Final[Mapping[Kind, int]] = {"bytes": 8, "share": 6, "time": 10}
"""Letters of the longest value there usually is, whatever the sample has."""
_LEAST_TEXT: Final = 150
_MOST: Final = 340


@dataclass(frozen=True, slots=True)
class Column:
    """One column as it is shown.

    Attributes:
        name: In the frame.
        label: Above it.
        kind: Of its values.
        width: Pixels that its values need.
        decimals: Of numbers, in all rows alike.
    """

    name: str
    label: str
    kind: Kind
    width: int
    decimals: int = 0

    @property
    def is_right(self) -> bool:
        """Whether its values stand at the right, as numbers do."""
        return self.kind in ("bytes", "share", "number", "plain", "span")

    @property
    def grows(self) -> bool:
        """Whether it takes room that is left, and gives way where there is none."""
        return self.kind in ("text", "nested")

    def shown(self) -> dict[str, Any]:
        """As the page has it."""
        return {
            "name": self.name, "label": self.label, "width": self.width, "right": self.is_right,
            "sorts": self.kind != "nested", "least": min(self.width, _LEAST_TEXT) if self.grows else self.width,
            "grows": self.grows,
        }  # fmt: skip


def columns_of(frame: pl.DataFrame) -> tuple[Column, ...]:
    """Those that are shown: ids of items only when there is nothing else. Widths are of a sample of the rows."""
    names = [name for name in frame.columns if name not in _HIDDEN] or frame.columns
    sample = frame.gather_every(max(1, frame.height // _SAMPLE))
    return tuple(_column(sample.get_column(name)) for name in names)


def texts(column: Column, values: pl.Series) -> list[str | None]:
    """What each value says; None of null."""
    say = _SAYS.get(column.kind, lambda value: _number(value, column.decimals))
    return [None if value is None else _cut(say(value)) for value in values.to_list()]


def exact(column: Column, values: pl.Series) -> list[str | None] | None:
    """What is said beside values that are shown rounded; None when they are not."""
    if column.kind == "bytes":
        return [None if value is None else f"{value:,} bytes" for value in values.to_list()]
    if column.decimals:
        return [None if value is None else f"{value:,}" for value in values.to_list()]
    return None


def _column(values: pl.Series) -> Column:
    kind = _kind(values.name, values.dtype)
    column = Column(values.name, _label(values.name), kind, 0, _decimals(values) if kind == "number" else 0)
    longest = max((len(text) for text in texts(column, values) if text), default=0)
    width = max(longest * _LETTER, len(column.label) * _LETTER + _SIGN, _LEAST_OF.get(kind, 0) * _LETTER) + _EDGES
    return replace(column, width=min(max(width, _LEAST), _MOST))


def _decimals(values: pl.Series) -> int:
    """As many as tell the values apart, fewer of large ones."""
    known = (
        []
        if values.dtype.is_integer()
        else [each for each in values.to_list() if each is not None and math.isfinite(each)]
    )
    largest = max(map(abs, known), default=0)
    most = 3 if largest < 10 else 2 if largest < 1000 else 1
    return max((len(f"{each:.{most}f}".rstrip("0").partition(".")[2]) for each in known), default=0)


def _kind(name: str, dtype: pl.DataType) -> Kind:
    if dtype.is_numeric():
        if _BYTES.search(name):
            return "bytes"
        if _SHARE.search(name) and dtype.is_float():
            return "share"
        return "plain" if dtype.is_integer() and _PLAIN.search(name) else "number"
    if dtype == pl.Boolean:
        return "flag"
    if dtype.is_temporal():
        return "span" if dtype == pl.Duration else "time"
    if isinstance(dtype, pl.List):
        return "nested" if dtype.inner.is_nested() or dtype.inner in (pl.Binary, pl.Object) else "text"
    return "nested" if dtype.is_nested() or dtype in (pl.Binary, pl.Object) else "text"


def _label(name: str) -> str:
    """ "size_bytes" as "Size", "gb_per_hour" as "GB per hour"."""
    words = (_UNIT.sub("", name) or name).split("_")
    told = " ".join(_WORDS.get(word, word) for word in words if word)
    return told[:1].upper() + told[1:] or name


def _number(value: Any, decimals: int = 0) -> str:
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "-∞"
    if 0 < abs(value) < 0.5 * 10**-decimals:
        return f"{value:.1g}"
    return f"{value:,.{decimals}f}"


def _bytes(value: Any) -> str:
    return human_bytes(value) if math.isfinite(value) else _number(value)


def _share(value: float) -> str:
    if not math.isfinite(value):
        return _number(value)
    return f"{value:.1%}" if value == 0 or abs(value) >= 0.001 else "< 0.1%"


def _text(value: Any) -> str:
    return ", ".join("–" if each is None else str(each) for each in value) if isinstance(value, list) else str(value)


def _time(value: Any) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if hasattr(value, "hour") and hasattr(value, "year") else str(value)


def _nested(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False, default=str)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


_SAYS: Final[Mapping[Kind, Callable[[Any], str]]] = {
    "bytes": _bytes, "share": _share, "plain": str, "time": _time, "text": _text, "nested": _nested,
    "flag": lambda value: "yes" if value else "no", "span": str,
}  # fmt: skip

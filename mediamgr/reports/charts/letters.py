"""Owns letters that can be drawn. vl-convert 1.9 ends the whole process at one that XML does not have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import polars as pl
from polars.datatypes import DataTypeClass

__all__ = ["drawable"]

_NONE: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]"
_POLARS: Final = _NONE.replace(r"\ufffe\uffff", r"\x{fffe}\x{ffff}")
"""The same as Polars writes it."""
_INSTEAD: Final = "\ufffd"
_Type = pl.DataType | DataTypeClass


def drawable(frame: pl.DataFrame, given: Mapping[str, Any]) -> tuple[pl.DataFrame, dict[str, Any]]:
    """An answer and what it was asked with, in letters that can be drawn, however deep in lists they are."""
    texts = [_cleaned(pl.col(name), dtype) for name, dtype in frame.schema.items() if _has_text(dtype)]
    return frame.with_columns(*texts), {name: _replaced(value) for name, value in given.items()}


def _has_text(dtype: _Type) -> bool:
    if isinstance(dtype, pl.Struct):
        return any(_has_text(field.dtype) for field in dtype.fields)
    if isinstance(dtype, pl.List):
        return _has_text(dtype.inner)
    return isinstance(dtype, (pl.String, pl.Categorical, pl.Enum))


def _cleaned(values: pl.Expr, dtype: _Type) -> pl.Expr:
    if not _has_text(dtype):
        return values
    if isinstance(dtype, pl.Struct):
        return values.struct.with_fields(
            *(_cleaned(pl.field(field.name), field.dtype) for field in dtype.fields if _has_text(field.dtype))
        )
    if isinstance(dtype, pl.List):
        return values.list.eval(_cleaned(pl.element(), dtype.inner))
    return values.cast(pl.String).str.replace_all(_POLARS, _INSTEAD)


def _replaced(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_replaced(each) for each in value]
    return re.sub(_NONE, _INSTEAD, value) if isinstance(value, str) else value

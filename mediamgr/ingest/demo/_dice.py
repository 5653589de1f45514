"""Owns the demo library's chance: a counter-based hash over UInt64 columns, and choices drawn by it.

A draw depends on its key and its name only, never on the order of rows, the size of a batch, the platform
or a version of Polars: wrapping integers and exactly rounded floats, nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import polars as pl

__all__ = [
    "below",
    "bits",
    "chance",
    "draw",
    "hex16",
    "key_of",
    "lookup",
    "moment",
    "pick",
    "pick_by",
    "scatter",
    "unit",
]

_MASK = 2**64 - 1
_STEP = 0x9E3779B97F4A7C15
_MIX_1 = 0xBF58476D1CE4E5B9
_MIX_2 = 0x94D049BB133111EB
_ODD = 0x2C1B3C6D
_HEX = pl.Series([f"{number:04x}" for number in range(65_536)])


@cache
def _word(number: int) -> pl.Expr:
    return pl.lit(number & _MASK, dtype=pl.UInt64)


@cache
def _salt(name: str) -> int:
    salt = 0xCBF29CE484222325
    for byte in name.encode():
        salt = ((salt ^ byte) * 0x100000001B3) & _MASK
    return salt


def bits(key: pl.Expr, name: str) -> pl.Expr:
    """64 mixed bits of a UInt64 key; each name gives an independent draw."""
    # each xor doubles the expression: two are enough for keys that are mixed already
    mixed = (key + _word(_salt(name))) * _word(_MIX_1)
    mixed = (mixed ^ (mixed // _word(1 << 32))) * _word(_MIX_2)
    return mixed ^ (mixed // _word(1 << 29))


def draw(key: int, name: str) -> int:
    """What `bits` gives, for one plain integer."""
    mixed = ((key + _salt(name)) * _MIX_1) & _MASK
    mixed = ((mixed ^ (mixed >> 32)) * _MIX_2) & _MASK
    return mixed ^ (mixed >> 29)


def key_of(number: pl.Expr, seed: int, name: str) -> pl.Expr:
    """The key of a numbered thing under a seed."""
    return bits(number.cast(pl.UInt64) * _word(_STEP) + _word(draw(seed, name)), name)


def below(key: pl.Expr, name: str, limit: int | pl.Expr) -> pl.Expr:
    """A UInt64 in [0, limit)."""
    bound = _word(limit) if isinstance(limit, int) else limit.cast(pl.UInt64)
    return bits(key, name) % bound


def unit(key: pl.Expr, name: str) -> pl.Expr:
    """A Float64 in [0, 1)."""
    return (bits(key, name) // _word(1 << 11)).cast(pl.Float64) / float(1 << 53)


def chance(key: pl.Expr, name: str, share: float) -> pl.Expr:
    """True for that share of keys."""
    return bits(key, name) < _word(int(share * 2**53) << 11)


def lookup(index: pl.Expr, values: pl.Series | Sequence[Any]) -> pl.Expr:
    """The values at these positions."""
    series = values if isinstance(values, pl.Series) else pl.Series(values)
    return pl.lit(series).gather(index)


def pick(key: pl.Expr, name: str, values: pl.Series | Sequence[Any]) -> pl.Expr:
    """One of the values, each equally likely: repeat a value to weight it."""
    return lookup(below(key, name, len(values)), values)


def pick_by(group: pl.Expr, key: pl.Expr, name: str, table: Sequence[Sequence[Any]]) -> pl.Expr:
    """One of the values in the table's row of that group."""
    flat = [value for row in table for value in row]
    starts = [sum(len(row) for row in table[:place]) for place in range(len(table))]
    sizes = lookup(group, pl.Series([len(row) for row in table], dtype=pl.UInt64))
    start = lookup(group, pl.Series(starts, dtype=pl.UInt64))
    return lookup(start + below(key, name, sizes), flat)


def scatter(number: pl.Expr, width: int, name: str) -> pl.Expr:
    """Numbers below 2**width spread over 1 to 2**width, no two alike."""
    return (number.cast(pl.UInt64) * _word(_ODD) + _word(_salt(name))) % _word(1 << width) + _word(1)


def hex16(key: pl.Expr) -> pl.Expr:
    """Sixteen hexadecimal digits of a UInt64."""
    parts = [lookup((key // _word(1 << shift)) % _word(1 << 16), _HEX) for shift in (48, 32, 16, 0)]
    return pl.concat_str(parts)


def moment(seconds: pl.Expr) -> pl.Expr:
    """A naive UTC time from whole seconds since 1970."""
    return (seconds.cast(pl.Int64) * 1_000_000).cast(pl.Datetime("us"))

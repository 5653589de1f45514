"""Owns the statements in `sql/queries`: finding, composing and naming them. One statement a file.

A line `-- include room/_part` is replaced by that file; the marker `true /* filters */` by conditions
of `items/filters.sql`. Nothing else is ever put into a statement: values travel as parameters.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from mediamgr.resources import shipped

__all__ = ["filter_names", "names", "statement"]

_INCLUDE = re.compile(r"^[ \t]*-- include (\S+)[ \t]*\n", re.MULTILINE)
_FILTER = re.compile(r"^-- filter: (\w+)\n", re.MULTILINE)
_MARKER = "true /* filters */"


@functools.cache
def statement(name: str, filters: tuple[str, ...] = ()) -> str:
    """The SQL of `sql/queries/<name>.sql`, for example "items/search", with the filters named.

    Raises `KeyError` for an unknown name or filter.
    """
    sql = _INCLUDE.sub(lambda match: _text(match[1]).rstrip() + "\n", _text(name))
    conditions = [f"({_filters()[each]})" for each in filters]
    return sql.replace(_MARKER, "\n    and ".join(conditions) or "true")


def names() -> tuple[str, ...]:
    """Names of all statements, sorted; parts that others include are left out."""
    root = shipped("sql") / "queries"
    found = (path.relative_to(root).with_suffix("").as_posix() for path in root.rglob("*.sql"))
    return tuple(sorted(name for name in found if not _is_part(name)))


def filter_names() -> Iterable[str]:
    """Names of the filters that item statements take, in the order of the file."""
    return _filters().keys()


def _is_part(name: str) -> bool:
    return "/_" in name or name == "items/filters"


def _text(name: str) -> str:
    path = shipped("sql") / "queries" / f"{name}.sql"
    if not path.is_file():
        raise KeyError(f"there is no statement {name!r}; there are {', '.join(names())}")
    return path.read_text(encoding="utf-8")


@functools.cache
def _filters() -> dict[str, str]:
    _, *parts = _FILTER.split(_text("items/filters"))
    return {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}

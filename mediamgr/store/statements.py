"""Owns the statements in `sql/queries`: finding, composing and naming them. One statement a file.

A line `-- include room/_part` is replaced by that file; the marker `true /* filters */` by conditions of
`items/filters.sql` on an item `i`, `true /* filters of x.y */` by x.y being the id of such an item; the marker
`/* sort */` and what stands before it by one of `items/sorts.sql`. Nothing else is ever put into a statement: values
travel as parameters.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mediamgr.resources import shipped

__all__ = ["Sort", "filter_names", "names", "sort_names", "spoken", "statement"]

_INCLUDE = re.compile(r"^[ \t]*-- include (\S+)[ \t]*\n", re.MULTILINE)
_FILTER = re.compile(r"^-- filter: (\w+)\n", re.MULTILINE)
_SORT = re.compile(r"^-- sort: (\w+)\n", re.MULTILINE)
_THEN = "\n-- then\n"
_MARKER = "true /* filters */"
_MARKER_OF_IDS = re.compile(r"true /\* filters of (\S+) \*/")
_SORT_MARKER = re.compile(r"\S+ /\* sort \*/")
_BEFORE_MARKER = re.compile(r"\S+ < \$value /\* before \*/")
# in the order of titles no two have the same place
_UNIQUE = frozenset({"title"})
_TITLES = frozenset({"title", "title_key"})


class Sort(NamedTuple):
    """An order: the name of a sort, and which way; the one way is the other backwards, but for what is unknown."""

    name: str
    descending: bool = False


@functools.cache
def statement(name: str, filters: tuple[str, ...] = (), sort: Sort | None = None) -> str:
    """The SQL of `sql/queries/<name>.sql`, for example "items/search", with the filters and the sort named.

    Raises `KeyError` for an unknown name, filter or sort.
    """
    sql = _INCLUDE.sub(lambda match: _text(match[1]).rstrip() + "\n", _text(name))
    conditions = [f"({_filters()[each]})" for each in filters]
    narrowed = "\n    and ".join(conditions) or "true"
    sql = sql.replace(_MARKER, narrowed)
    among = f" in (select i.id from media_item i where {narrowed})"
    sql = _MARKER_OF_IDS.sub(lambda match: match[1] + among if filters else "true", sql)
    if sort is not None:
        sql = _SORT_MARKER.sub(lambda _: _ordered(sort), sql)
        sql = _BEFORE_MARKER.sub(lambda _: _before(sort), sql)
    return sql


def spoken(sql: str, parameters: Mapping[str, object]) -> str:
    """The statement with its parameters written out, without its header: what one would type."""
    body = re.sub(r"\A(?:--[^\n]*\n)+", "", sql)
    return re.sub(r"\$(\w+)", lambda match: _literal(parameters[match[1]]), body).strip()


def _literal(value: object) -> str:
    if value is None or isinstance(value, bool):
        return str(value).lower().replace("none", "null")
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, int | float):
        return repr(value)
    quoted = str(value).replace("'", "''")
    return f"'{quoted}'"


def _ordered(sort: Sort) -> str:
    if sort.name == "match":
        return f"{_sorts()['match']}, i.id"
    way = "desc" if sort.descending else "asc"
    keys = [f"{key} {way} nulls last" for key in _sorts()[sort.name].split(_THEN)]
    return ", ".join(keys if sort.name in _UNIQUE else [*keys, f"i.id {way}"])


def _before(sort: Sort) -> str:
    """What is sorted before $value; a title comes as text, or the beginning of one, and as $title_key.

    Articles of a title that is there are those of its language.
    """
    if sort.name not in _TITLES:
        first, *_ = _sorts()[sort.name].split(_THEN)
        return f"{first} {'>' if sort.descending else '<'} $value"
    itself = "(select {}(o.sort_key) from media_item o where o.title_key = $title_key)"
    if sort.descending:
        return f"i.sort_key > coalesce({itself.format('max')}, title_sort_prefix($value) || '\\xFF'::blob)"
    return f"i.sort_key < coalesce({itself.format('min')}, title_sort_prefix($value))"


def names() -> tuple[str, ...]:
    """Names of all statements, sorted; parts that others include are left out."""
    root = shipped("sql") / "queries"
    found = (path.relative_to(root).with_suffix("").as_posix() for path in root.rglob("*.sql"))
    return tuple(sorted(name for name in found if not _is_part(name)))


def filter_names() -> Iterable[str]:
    """Names of the filters that item statements take, in the order of the file."""
    return _filters().keys()


def _is_part(name: str) -> bool:
    return "/_" in name or name in ("items/filters", "items/sorts")


def sort_names() -> Iterable[str]:
    """Names of the sorts that item statements take, in the order of the file."""
    return _sorts().keys()


def _text(name: str) -> str:
    path = shipped("sql") / "queries" / f"{name}.sql"
    if not path.is_file():
        raise KeyError(f"there is no statement {name!r}; there are {', '.join(names())}")
    return path.read_text(encoding="utf-8")


@functools.cache
def _filters() -> dict[str, str]:
    return _named(_FILTER, "items/filters")


@functools.cache
def _sorts() -> dict[str, str]:
    return _named(_SORT, "items/sorts")


def _named(heading: re.Pattern[str], name: str) -> dict[str, str]:
    _, *parts = heading.split(_text(name))
    return {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}

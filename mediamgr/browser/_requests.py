"""Owns what the page may ask: a few kinds of request, each with typed and bounded fields. All else is refused."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

__all__ = [
    "Act",
    "BadRequest",
    "Clear",
    "ClearAll",
    "Details",
    "Facets",
    "Jump",
    "Left",
    "Narrow",
    "Person",
    "Posters",
    "Request",
    "Retry",
    "Rows",
    "Search",
    "Select",
    "SelectRange",
    "Show",
    "Sorted",
    "Undo",
    "View",
    "read",
]

_Reader = Callable[[object], Any]
_LARGEST: Final = 2**53
_LONGEST_WINDOW: Final = 40_000
_VIEWS: Final = ("list", "wall")
_ACTIONS: Final = ("rate", "watched", "unwatched", "tag", "untag", "edit")


class BadRequest(Exception):
    """The page sent what it may not; the text says which field."""


def _number(least: int, most: int) -> _Reader:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value or value != int(value):
            raise ValueError("a whole number")
        if not least <= value <= most:
            raise ValueError(f"from {least} to {most}")
        return int(value)

    return read


def _real(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("a number")
    return float(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _text(most: int, least: int = 0) -> _Reader:
    def read(value: object) -> str:
        if not isinstance(value, str) or not least <= len(value) <= most:
            raise ValueError(f"text of {least} to {most} letters")
        return value

    return read


def _one_of(words: tuple[str, ...]) -> _Reader:
    def read(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return value

    return read


def _ids(most: int) -> _Reader:
    whole = _number(0, _LARGEST)

    def read(value: object) -> tuple[int, ...]:
        if not isinstance(value, list) or len(value) > most:
            raise ValueError(f"at most {most} ids")
        return tuple(whole(each) for each in value)

    return read


def _plain(value: object) -> str | float | bool | None:
    """A value of a field: short text, a number, a flag or nothing."""
    if value is None or isinstance(value, bool):
        return value
    return _real(value) if isinstance(value, int | float) else str(_text(10_000)(value))


def _maybe(reader: _Reader) -> _Reader:
    return lambda value: None if value is None else reader(value)


def _is(reader: _Reader) -> Any:
    """A field that has to be there."""
    return field(metadata={"read": reader})


def _may_be(reader: _Reader, default: object) -> Any:
    return field(default=default, metadata={"read": reader})


@dataclass(frozen=True, slots=True)
class Request:
    """Anything that the page asks.

    Attributes:
        view: Which of the places that show the widget asks; "" when it does not matter.
        seq: Rises from one request of a view to the next.
    """

    view: str = _may_be(_text(32), "")
    seq: int = _may_be(_number(0, _LARGEST), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window(Request):
    """Something about the rows from `start` up to `stop`, as they are at a revision."""

    revision: int = _is(_number(0, _LARGEST))
    start: int = _is(_number(0, _LARGEST))
    stop: int = _is(_number(0, _LARGEST))


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Request):
    """The view is not shown any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets(Request):
    """What there is to narrow by, at a revision; asked when its first rows are painted."""

    revision: int = _is(_number(0, _LARGEST))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(_Window):
    """The rows themselves; `ahead` when nobody sees them yet, `speed` in rows a frame."""

    ahead: bool = _may_be(_flag, False)
    speed: float = _may_be(_real, 0.0)

    def __post_init__(self) -> None:
        if not 0 <= self.stop - self.start <= _LONGEST_WINDOW:
            raise BadRequest(f"rows: a window has 0 to {_LONGEST_WINDOW} rows")


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump(Request):
    """Where a letter or a text begins."""

    revision: int = _is(_number(0, _LARGEST))
    text: str = _is(_text(200, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Request):
    """Match that text."""

    text: str = _is(_text(500))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted(Request):
    """Sort by that."""

    by: str = _is(_text(50))
    descending: bool = _may_be(_flag, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow(Request):
    """One value of a facet, wanted or not any more."""

    name: str = _is(_text(50))
    value: str = _is(_text(500))
    on: bool = _is(_flag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clear(Request):
    """One filter less, or one value of it."""

    name: str = _is(_text(50))
    value: str | None = _may_be(_maybe(_text(500)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearAll(Request):
    """No filters and no text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Request):
    """List or wall."""

    view_name: str = _is(_one_of(_VIEWS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry(Request):
    """Ask again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Select(Request):
    """These, and no others."""

    ids: tuple[int, ...] = _is(_ids(1_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectRange(_Window):
    """These rows, and no others; `add`: to those selected; `remove`: from them."""

    add: bool = _may_be(_flag, False)
    remove: bool = _may_be(_flag, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details(Request):
    """All there is to say about an item."""

    id: int = _is(_number(0, _LARGEST))


@dataclass(frozen=True, slots=True, kw_only=True)
class Posters(Request):
    """Pictures of items."""

    ids: tuple[int, ...] = _is(_ids(100))
    size: str = _may_be(_one_of(("wall", "detail")), "wall")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Request):
    """What somebody worked on."""

    person_id: int = _is(_number(0, _LARGEST))
    name: str = _may_be(_text(500), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Show(Request):
    """The parts of a show or season."""

    id: int = _is(_number(0, _LARGEST))


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Request):
    """Change items; without ids those that are selected."""

    action: str = _is(_one_of(_ACTIONS))
    ids: tuple[int, ...] | None = _is(_maybe(_ids(1_000)))
    value: str | float | bool | None = _may_be(_plain, None)
    field: str = _may_be(_text(50), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Request):
    """Take back what was changed last."""


_KINDS: Final[Mapping[str, type[Request]]] = {
    "rows": Rows, "facets": Facets, "jump": Jump, "left": Left, "search": Search, "sort": Sorted,
    "narrow": Narrow, "clear": Clear, "clear_all": ClearAll, "view": View, "retry": Retry, "select": Select,
    "select_range": SelectRange, "details": Details, "posters": Posters, "person": Person, "show": Show,
    "act": Act, "undo": Undo,
}  # fmt: skip


def read(message: object) -> Request:
    """The request that a message is. Raises `BadRequest`, which names what is wrong with it."""
    if not isinstance(message, dict):
        raise BadRequest("a request is an object")
    kind = message.get("type")
    known = _KINDS.get(kind) if isinstance(kind, str) else None
    if known is None:
        raise BadRequest(f"there is no request of type {str(kind)[:50]!r}")
    given = {}
    for each in fields(known):
        if each.name in message:
            try:
                given[each.name] = each.metadata["read"](message[each.name])
            except (ValueError, OverflowError) as error:
                raise BadRequest(f"{kind}: {each.name} is {error}") from None
    try:
        return known(**given)
    except TypeError as error:
        raise BadRequest(f"{kind}: {error}") from None

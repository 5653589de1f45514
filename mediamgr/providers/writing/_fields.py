"""Owns which fields of an item a provider may fill: those that are empty, and those it filled itself before. Pure.

What is locked, or was told by the user, an NFO, a table or another provider, stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from mediamgr.providers.facts import FIELDS, WorkFacts
from mediamgr.providers.writing._state import Item
from mediamgr.search import normalise

__all__ = ["changes"]

_TOGETHER: Final[Mapping[str, tuple[str, ...]]] = {
    "votes": ("rating", "votes"),
    "rating": ("rating", "votes"),
    "season_number": ("season_number", "episode_number"),
    "episode_number": ("season_number", "episode_number"),
}
"""Fields that mean something only beside one another: all are the provider's, or none."""
_NAMELESS: Final = {
    "episode": re.compile(r"Episode \d+|\d{4}-\d{2}-\d{2}"),
    "season": re.compile(r"Season \d+|Specials"),
}
"""Titles that a scan makes up."""
_PART: Final = re.compile(r" \(\d+\)$")


def changes(item: Item, facts: WorkFacts) -> dict[str, Any]:
    """Field to value, of all that is to be written into the item: what it has not yet, or otherwise from before."""
    told = {name: _plain(value) for name, value in facts.fields.items() if name in FIELDS}
    if facts.title and _may_be_named(item, facts):
        told["title"] = facts.title
    if told.get("original_title") == told.get("title", item.title):
        told.pop("original_title", None)
    return {
        name: value
        for name, value in told.items()
        if not _is_empty(value) and value != item.values[name] and (name == "title" or _is_free(item, name, facts))
    }


def _is_free(item: Item, name: str, facts: WorkFacts) -> bool:
    return all(_is_own(item, each, facts.provider) for each in _TOGETHER.get(name, (name,)))


def _is_own(item: Item, name: str, provider: str) -> bool:
    if name in item.locked:
        return False
    source = item.sources.get(name)
    return source == provider or (source is None and _is_empty(item.values[name]))


def _may_be_named(item: Item, facts: WorkFacts) -> bool:
    """A title is given in place of one that a scan made up; a provider's own made-up one is no better."""
    nameless = _NAMELESS.get(item.media_type)
    if nameless is None or "title" in item.locked or nameless.fullmatch(facts.title):
        return False
    source = item.sources.get("title")
    if source is not None:
        return source == facts.provider
    return bool(nameless.fullmatch(item.title)) or _is_called_as_its_show(item)


def _is_called_as_its_show(item: Item) -> bool:
    return item.media_type == "episode" and normalise(_PART.sub("", item.title)) == normalise(item.work_title)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple | list) else value


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [])

"""Owns which column of a file fills which field: what a person mapped first, then what names say."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from mediamgr.errors import InputError
from mediamgr.ingest.tables._fields import FIELDS, Field, plain

__all__ = ["is_in_stars", "is_watchlist", "match_columns"]

_PERSONAL = ("letterboxduri", "ratedat")
_LISTED = ("listedat", "created", "dateadded", "date")


def match_columns(
    columns: Sequence[str], kind: str, mapping: Mapping[str, str], file: str, objects: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Field name to column, for the fields that have one. `file` names the file in messages.

    `objects` is field to column of what nested objects say; it comes after `mapping`, before names.

    Raises:
        InputError: `mapping` names a column or a field that there is not, or one field twice.
    """
    fields = FIELDS[kind]
    chosen: dict[str, str] = {}
    for column, field in mapping.items():
        if field not in fields:
            raise InputError(
                f"{column}={field}: {kind} have no field {field!r}{_nearest(field, tuple(fields))};"
                f" they have {', '.join(sorted(fields))}."
            )
        if field in chosen:
            raise InputError(f"{chosen[field]!r} and {column!r} are both mapped to {field}; map one of them.")
        chosen[field] = _mapped(column, columns, file)
    taken = set(objects.values() if objects else ())
    for field, column in (objects or {}).items():
        # a rating of a person's own is never the one that all gave the film
        if field in fields and field not in chosen and (kind == "items" or field != "rating"):
            chosen[field] = column
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(plain(column), column)
    free = {name: column for name, column in by_name.items() if column not in {*chosen.values(), *taken}}
    for name in fields:
        aliases = _aliases(fields[name], kind, columns, file)
        found = next((alias for alias in aliases if alias in free), None)
        if name not in chosen and found is not None:
            chosen[name] = free.pop(found)
    return chosen


def _aliases(field: Field, kind: str, columns: Sequence[str], file: str) -> tuple[str, ...]:
    if kind == "items" and any(plain(column) in _PERSONAL for column in columns):
        return {"user_rating": (*field.aliases, "rating"), "rating": ()}.get(field.name, field.aliases)
    if field.name == "occurred_at" and is_watchlist(file):
        return (*_LISTED, *field.aliases)
    return field.aliases


def is_watchlist(file: str) -> bool:
    """Whether a file of that name lists what is to be watched: its rows look like those of what was."""
    return "watchlist" in plain(file)


def is_in_stars(columns: Sequence[str]) -> bool:
    """Whether ratings are one person's, from half a star to five: Letterboxd's export, known by its links."""
    return any(plain(column) == "letterboxduri" for column in columns)


def _mapped(column: str, columns: Sequence[str], file: str) -> str:
    alike = [each for each in columns if plain(each) == plain(column)]
    if column in columns or len(alike) == 1:
        return column if column in columns else alike[0]
    raise InputError(f"{file} has no column {column!r}{_nearest(column, columns)}; it has {', '.join(columns)}.")


def _nearest(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(plain(word), [plain(each) for each in known], 3, 0.5)
    names = [each for each in known if plain(each) in near]
    return f" (did you mean {' or '.join(names)}?)" if names else ""

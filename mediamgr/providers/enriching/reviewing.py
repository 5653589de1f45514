"""Owns the way from doubtful matches to what the user decides of them: shown in a cell, written at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from mediamgr.providers.directory import require_known
from mediamgr.providers.review import Review
from mediamgr.repository import MatchRepository
from mediamgr.store import Connection, Database, matches

__all__ = ["reviewed"]

_AS_SHOWN: Final = {
    "item_id": "media_item_id", "title": "item_title", "year": "item_year", "media_type": "media_type",
    "provider": "source", "provider_id": "external_id", "candidate_title": "title", "candidate_year": "year",
    "score": "score", "reasons": "reasons", "url": "url",
}  # fmt: skip


def reviewed(
    database: Callable[[], Database], provider: str | None, items: int | Iterable[int] | None = None
) -> Review:
    """The doubtful matches of a library, of one provider when named; or whatever was found for some items.

    `database`: gives it, as long as it is open.
    """
    if provider is not None:
        require_known([provider])

    def write(change: Callable[[Connection], object]) -> None:
        with database().writing("review") as connection:
            change(connection)

    def accept(item_id: int, source: str, external_id: str) -> None:
        write(lambda connection: matches.accept(connection, item_id, source, external_id))

    def reject(item_id: int, source: str, external_ids: Sequence[str]) -> None:
        def each(connection: Connection) -> None:
            for external_id in external_ids:
                matches.reject(connection, item_id, source, external_id)

        write(each)

    def undo(item_id: int, source: str) -> None:
        write(lambda connection: matches.undo(connection, item_id, source))

    doubtful = MatchRepository(database()).doubtful(provider, items=items)
    return Review(doubtful.select(**_AS_SHOWN), accept, reject, undo)

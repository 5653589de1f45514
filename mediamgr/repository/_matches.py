"""Owns reading what became of asking providers: what is still to be asked, and what the user is to review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from mediamgr.repository import _values
from mediamgr.repository._filters import page_bounds
from mediamgr.repository._reading import Repository

__all__ = ["MatchRepository"]


class MatchRepository(Repository):
    """Reads which works of providers the items are."""

    _name = "lib.matches"

    def due(
        self,
        provider: str,
        *,
        media_types: Iterable[str] = ("movie", "show"),
        library: str | None = None,
        lacking: Sequence[str] | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> pl.DataFrame:
        """Films and shows that a provider is to be asked for, by id.

        Those never asked for, and those found whose facts are not written yet, which have an `external_id`.

        Args:
            provider: Its name: "tmdb".
            media_types: movie, show, or both.
            library: Only of this one.
            lacking: Only those, of which no field of these is known, or no "credits", or no "poster" and the like;
                of shows also those of which an episode lacks one. None is all.
            after: Only ids beyond this.
            limit: At most so many; None gives all.
        """
        wanted = None if lacking is None else _values.words("lacking", lacking)
        return self._database.query(
            "matches/due",
            provider=_values.text("provider", provider),
            media_types=sorted(media_types),
            library=library,
            lacking=wanted,
            after=after,
            limit=page_bounds(limit, 0)["limit"],
        )

    def doubtful(self, provider: str | None = None, *, items: int | Iterable[int] | None = None) -> pl.DataFrame:
        """Candidates to be accepted or rejected, each beside the title and year of its item.

        `items`: all candidates of these instead, whatever was decided of them.
        """
        item_ids = None if items is None else _values.ids("items", items)
        return self._database.query("matches/doubtful", provider=provider, item_ids=item_ids)

    def of_items(self, item_ids: int | Iterable[int]) -> pl.DataFrame:
        """What became of asking for items: every column of provider_match."""
        return self._database.query("matches/of_items", item_ids=_values.ids("item_ids", item_ids))

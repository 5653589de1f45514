"""Owns what is heard where several sources name a person in one role of an item: the one that knows most characters."""

from __future__ import annotations

from typing import Final

import polars as pl

__all__ = ["told_once"]

_ROLE: Final = ("media_item_id", "person_id", "role")


def told_once(credits: pl.DataFrame) -> pl.DataFrame:
    """Of credits (media_item_id, person_id, role, character, position, source, ...) those of the fullest source.

    A position that this source does not know is the first that another gives.
    """
    if credits["source"].n_unique() < 2:
        return credits
    letters = pl.col("character").str.len_chars()
    weighed = credits.with_columns(
        characters=pl.col("character").count().over(*_ROLE, "source"),
        letters=letters.sum().over(*_ROLE, "source"),
        position=pl.coalesce("position", pl.col("position").min().over(_ROLE)),
    )
    fullest = weighed.sort(["characters", "letters", "source"], descending=[True, True, False])
    fullest = fullest.select(*_ROLE, "source").unique(_ROLE, keep="first", maintain_order=True)
    return weighed.join(fullest, on=[*_ROLE, "source"], how="semi").select(credits.columns)

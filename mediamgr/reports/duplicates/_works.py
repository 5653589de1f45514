"""Owns which works are one: by an id, by their titles, and episodes by the shows they are of."""

from __future__ import annotations

from typing import Final

import polars as pl

from mediamgr.reports.duplicates._candidates import candidates
from mediamgr.reports.duplicates._certainty import CERTAIN, DOUBTFUL, LIKELY
from mediamgr.reports.duplicates._ids import agreement, long_ids, sharing
from mediamgr.reports.duplicates._near import judged

__all__ = ["same_works", "works_of"]

_EDGE: Final = ("a", "b", "kind", "certainty", "reason")
_UNTOLD: Final = r"^(?:\p{L}+ )?\d+$|^tb[ad]$"
"""Titles of episodes that say nothing: "Episode 3"."""


def works_of(rows: pl.DataFrame) -> pl.DataFrame:
    """Films, shows and episodes of copies, one row each, numbered: work."""
    told = ("media_type", "title", "original_title", "title_key", "year", "runtime_minutes", "show_id")
    works = rows.select("media_item_id", *told, "season_number", "episode_number", "ids")
    return works.unique("media_item_id", keep="any").sort("media_item_id").with_row_index("work")


def same_works(works: pl.DataFrame) -> pl.DataFrame:
    """Pairs of works that may be one: a, b, kind, certainty, reason; the surest of each pair."""
    ids = long_ids(works.select("ids", thing="work"))
    titled = works.filter(pl.col("media_type") != "episode")
    near = judged(candidates(titled), titled, ids).with_columns(kind=pl.lit("same title")).select(_EDGE)
    pairs = pl.concat([_by_id(works, ids), near])
    return _surest(pl.concat([pairs, _episodes(works, pairs, ids)]))


def _surest(pairs: pl.DataFrame) -> pl.DataFrame:
    best = pairs.sort("a", "b", -pl.col("certainty"), "kind", "reason").unique(["a", "b"], keep="first")
    return best.sort("a", "b")


def _by_id(works: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """Those of one type that share an id; where something else calls them different works there is a doubt."""
    found = agreement(sharing(ids), ids).filter(pl.col("agreeing").is_not_null())
    told = works.select("work", "media_type", "title_key", "year", "show_id", "season_number", "episode_number")
    found = found.join(told, left_on="a", right_on="work").join(told, left_on="b", right_on="work", suffix="_b")
    found = found.filter(pl.col("media_type") == pl.col("media_type_b"))
    others = pl.concat_str(pl.lit("other ids differ: "), "differing")
    doubt = pl.coalesce(others, pl.when(_is_another()).then(pl.lit("title and year, or number, are of another")))
    said = pl.concat_str(pl.lit("both are "), "agreeing")
    return found.select(
        "a",
        "b",
        kind=pl.lit("same id"),
        certainty=pl.when(doubt.is_not_null()).then(DOUBTFUL).otherwise(CERTAIN).cast(pl.Int64),
        reason=pl.coalesce(pl.concat_str(said, pl.lit("; but "), doubt), said),
    )


def _is_another() -> pl.Expr:
    """Whether an id stands at the wrong work: of other title and year, or an episode that has the id of its show."""
    is_renamed = pl.col("title_key") != pl.col("title_key_b")
    years_apart = (pl.col("year") - pl.col("year_b")).abs() > 1
    numbers = [pl.col(name) != pl.col(f"{name}_b") for name in ("season_number", "episode_number")]
    is_of_one_show = pl.col("show_id") == pl.col("show_id_b")
    is_episode = pl.col("media_type") == "episode"
    of_titles = ~is_episode & is_renamed & years_apart
    return of_titles | (is_episode & pl.any_horizontal(numbers) & (is_renamed | is_of_one_show))


def _episodes(works: pl.DataFrame, pairs: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """Episodes of one number of shows that may be one."""
    shows = works.filter(pl.col("media_type") == "show").select("work", "media_item_id")
    held = works.filter(pl.col("media_type") == "episode", pl.col("episode_number").is_not_null())
    held = held.join(shows, left_on="show_id", right_on="media_item_id", suffix="_of_show")
    held = held.select("work", "season_number", "episode_number", "title_key", show="work_of_show")
    numbers = ["season_number", "episode_number"]
    met = (
        _surest(pairs)
        .join(shows.select(a="work"), on="a")
        .rename({"a": "show_a", "b": "show_b"})
        .join(held.rename({"work": "a"}), left_on="show_a", right_on="show")
        .join(held.rename({"work": "b"}), left_on=["show_b", *numbers], right_on=["show", *numbers], suffix="_b")
    )
    return _numbered(met.join(agreement(met, ids), on=["a", "b"], how="left"))


def _numbered(met: pl.DataFrame) -> pl.DataFrame:
    """What number and title of an episode say, given how sure its show is."""
    called_alike = pl.col("title_key") == pl.col("title_key_b")
    untold = pl.col("title_key").str.contains(_UNTOLD) | pl.col("title_key_b").str.contains(_UNTOLD)
    by_title = pl.when(called_alike).then(CERTAIN).when(untold).then(LIKELY).otherwise(DOUBTFUL)
    differ = pl.col("differing").is_not_null()
    words = pl.concat_str(
        pl.lit("the same number of a show held twice ("), "reason",
        pl.when(called_alike).then(pl.lit("), the same title")).when(untold).then(pl.lit(")"))
        .otherwise(pl.lit("), but another title: shows may be numbered in other ways")),
        pl.when(differ).then(pl.concat_str(pl.lit("; but their ids differ: "), "differing")).otherwise(pl.lit("")),
    )  # fmt: skip
    # specials are numbered by everybody in another way
    is_told = (pl.col("season_number") > 0) | called_alike
    certainty = pl.min_horizontal("certainty", by_title, pl.when(differ).then(DOUBTFUL))
    low, high = pl.min_horizontal("a", "b"), pl.max_horizontal("a", "b")
    return met.filter(is_told).select(a=low, b=high, kind="kind", certainty=certainty.cast(pl.Int64), reason=words)

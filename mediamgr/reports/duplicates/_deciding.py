"""Owns the answer: copies in groups, how sure each is the same as the one to keep, and what would be freed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from mediamgr.reports.duplicates._certainty import CERTAIN, DOUBTFUL, LIKELY, in_words, level
from mediamgr.reports.duplicates._copies import SAME_BYTES, by_duration, copies_of, same_content, same_size
from mediamgr.reports.duplicates._grouping import grouped
from mediamgr.reports.duplicates._ids import agreement, long_ids
from mediamgr.reports.duplicates._keeping import chosen_because
from mediamgr.reports.duplicates._works import same_works, works_of

__all__ = ["COLUMNS", "decided"]

COLUMNS: Final = (
    "group_number", "kind", "certainty", "reason", "keep", "choice", "to_remove", "freed_bytes", "media_item_id",
    "item", "library", "media_type", "year", "runtime_minutes", "edition", "path", "size_bytes", "resolution",
    "video_codec", "hdr_format", "audio_codec", "audio_channels", "quality_source", "bitrate_kbps", "container",
    "width", "height", "duration_seconds", "plays", "is_edited", "added_at", "parts", "is_whole", "has_problem",
    "also_holds", "fingerprint", "ids", "media_file_ids", "paths", "path_hex",
)  # fmt: skip


def decided(rows: pl.DataFrame, given: Mapping[str, Any]) -> pl.DataFrame:
    """Groups of copies that are one, of the rows of `sql/reports/duplicates.sql`; `COLUMNS`.

    `given`: least, from which certainty on a copy would be removed.
    """
    works = works_of(rows)
    ids = long_ids(works.select("ids", thing="work"))
    pairs = same_works(works)
    copies = copies_of(rows, works)
    bytes_ = pl.concat([same_content(copies, pairs, ids), same_size(copies)])
    bytes_ = bytes_.sort("a", "b", -pl.col("certainty"), "kind").unique(["a", "b"], keep="first")
    held = grouped(copies, pairs, bytes_)
    said = _said(_beside_the_best(held), pairs, bytes_, ids)
    return _shown(_with_choice(said, level(given["least"])))


def _beside_the_best(held: pl.DataFrame) -> pl.DataFrame:
    """Each copy with what is compared of the one to keep, which is in the cluster that the others stand about."""
    best = (
        held.filter(pl.col("cluster") == pl.col("centre"))
        .sort("place")
        .unique("centre", keep="first")
        .select(
            "centre",
            keep_copy="copy",
            keep_work="work",
            keep_seconds="duration_seconds",
            keep_mark="fingerprint",
            keep_numbers="also_numbers",
            keep_is_whole="is_whole",
        )
    )
    return held.join(best, on="centre").with_columns(keep=pl.col("copy") == pl.col("keep_copy"))


def _said(held: pl.DataFrame, pairs: pl.DataFrame, bytes_: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """With kind, certainty and reason; without those of whom only another file is like one of the group."""
    met = _with_pairs(held, ("work", "keep_work"), pairs, "_of_works")
    met = _with_pairs(met, ("copy", "keep_copy"), bytes_.drop("is_one_work"), "_of_bytes")
    asked = _ordered(met, ("work", "keep_work")).select("a", "b").unique()
    met = _with_pairs(met, ("work", "keep_work"), agreement(asked, ids), "_of_ids")
    met = met.with_columns(said=_first_of(_ways())).unnest("said").filter(pl.col("kind").is_not_null() | pl.col("keep"))
    sure, words = by_duration(pl.col("duration_seconds"), pl.col("keep_seconds"))
    is_bytes = pl.col("kind") == "same content"
    sure = pl.when(_are_pieces()).then(DOUBTFUL).otherwise(sure)
    words = pl.when(_are_pieces()).then(pl.lit("; neither is whole: they may be parts of one")).otherwise(words)
    return met.with_columns(
        certainty=pl.when(is_bytes).then("certainty").otherwise(pl.min_horizontal("certainty", sure)),
        reason=pl.when(is_bytes).then("reason").otherwise(pl.concat_str("reason", words)),
    ).filter(pl.len().over("centre") > 1)


def _ways() -> list[tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]]:
    """(when, kind, certainty, reason) of how a copy is known to be the one to keep, the best first."""
    same_mark = (pl.col("fingerprint") == pl.col("keep_mark")).fill_null(value=False)
    same_item = pl.col("work") == pl.col("keep_work")
    within = pl.col("cluster") == pl.col("centre")
    differ = pl.col("differing_of_ids")
    chained = (pl.lit("same id"), pl.lit(LIKELY), pl.lit("the same as another copy of this group"))
    doubt = pl.concat_str(pl.lit("the same as another copy of this group; but their ids differ: "), differ)
    like = pl.lit("like another copy of this group, not like the one to keep")
    return [
        (same_mark & (within | same_item), pl.lit("same content"), pl.lit(CERTAIN), pl.lit(SAME_BYTES)),
        (same_item, pl.lit("same item"), pl.lit(CERTAIN), pl.lit("another file of the same item")),
        _paired("_of_works"),
        _paired("_of_bytes"),
        (within & differ.is_null(), *chained),
        (within, pl.lit("same id"), pl.lit(DOUBTFUL), doubt),
        (pl.col("of_works"), pl.lit("same title"), pl.lit(DOUBTFUL), like),
    ]


def _paired(end: str) -> tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]:
    found = pl.col(f"certainty{end}")
    return found.is_not_null(), pl.col(f"kind{end}"), found, pl.col(f"reason{end}")


def _first_of(ways: list[tuple[pl.Expr, pl.Expr, pl.Expr, pl.Expr]]) -> pl.Expr:
    """kind, certainty and reason of the first way that holds; nulls for the copy to keep, and where none does."""
    is_other = ~pl.col("keep")
    names = ("kind", "certainty", "reason")
    return pl.struct(
        pl.coalesce(pl.when(is_other & way[0]).then(way[at]) for way in ways).alias(name)
        for at, name in enumerate(names, 1)
    )


def _ordered(met: pl.DataFrame, ends: tuple[str, str]) -> pl.DataFrame:
    return met.with_columns(a=pl.min_horizontal(*ends), b=pl.max_horizontal(*ends))


def _with_pairs(met: pl.DataFrame, ends: tuple[str, str], pairs: pl.DataFrame, end: str) -> pl.DataFrame:
    """What pairs say of each copy and the one to keep, in columns that end so."""
    said = pairs.rename({name: f"{name}{end}" for name in pairs.columns if name not in ("a", "b")})
    return _ordered(met, ends).join(said, on=["a", "b"], how="left", maintain_order="left").drop("a", "b")


def _with_choice(said: pl.DataFrame, least: int) -> pl.DataFrame:
    """With why a copy is kept or not, whether it would go, and what that frees."""
    ordered = said.sort("centre", ~pl.col("keep"), "place")
    best, second = (
        ordered.group_by("centre", maintain_order=True)
        .agg(best=pl.col("copy").first(), second=pl.col("copy").get(1))
        .pipe(lambda found: (found.select("centre", "best"), found.select("centre", "second")))
    )
    rival = pl.when("keep").then("second").otherwise("best")
    rivals = ordered.join(best, on="centre").join(second, on="centre").select(copy=rival)
    against = rivals.join(ordered, on="copy", how="left", maintain_order="left")
    goes = ~pl.col("keep") & (pl.col("certainty") >= least) & ~_may_be_missed()
    return ordered.with_columns(choice=chosen_because(ordered, against), to_remove=goes).with_columns(
        freed_bytes=pl.when("to_remove").then(pl.col("size_bytes").fill_null(0)).otherwise(0)
    )


def _are_pieces() -> pl.Expr:
    return ~pl.col("is_whole") & ~pl.col("keep_is_whole")


def _may_be_missed() -> pl.Expr:
    """Whether other episodes or a part may be lost with it: only the same bytes, or numbers and length, have them."""
    same_length = by_duration(pl.col("duration_seconds"), pl.col("keep_seconds"))[0] == CERTAIN
    has_them = pl.col("also_numbers").eq_missing(pl.col("keep_numbers")) & same_length
    holds_more = (pl.col("also_holds") > 0) & ~has_them
    return (holds_more | _are_pieces()) & (pl.col("kind") != "same content")


def _surest_first() -> list[pl.Expr]:
    others = ~pl.col("keep")
    return [-pl.col("certainty").filter(others), pl.col("place").filter(others)]


def _shown(said: pl.DataFrame) -> pl.DataFrame:
    """The groups that free most first; what is said of the one to keep is what is said of the surest other."""
    of_group = said.group_by("centre").agg(
        freed=pl.col("freed_bytes").sum(),
        label=pl.col("item").filter("keep").first(),
        first=pl.col("media_file_ids").list.min().min(),
        surest=pl.struct("kind", "certainty").filter(~pl.col("keep")).sort_by(_surest_first()).first(),
    )
    of_group = of_group.sort("freed", "label", "first", descending=[True, False, False]).with_row_index(
        "group_number", 1
    )
    shown = said.join(of_group, on="centre").sort("group_number", ~pl.col("keep"), "place")
    own = {
        name: pl.when("keep").then(pl.col("surest").struct.field(name)).otherwise(name)
        for name in ("kind", "certainty")
    }
    shown = shown.with_columns(**own, path=pl.col("paths").list.first())
    shown = shown.with_columns(
        certainty=in_words(pl.col("certainty")), group_number=pl.col("group_number").cast(pl.Int64)
    )
    return shown.select(COLUMNS)

"""Owns which of several copies is the best: rules in their order, and words for what decided.

Rules are data: change an order or a figure here, and every report follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

__all__ = ["RULES", "Rule", "chosen_because", "ranked"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to prefer a copy.

    Attributes:
        score: Of a copy; the higher the better.
        better: What is said of the one that has more of it.
        worse: What is said of the other.
        shown: What a person would compare; None when the words say all.
    """

    score: pl.Expr
    better: str
    worse: str
    shown: pl.Expr | None = None


_RESOLUTION: Final = {"480p": 1, "576p": 2, "720p": 3, "1080p": 4, "1440p": 5, "2160p": 6}
# alone, Dolby Vision looks wrong on screens that do not know it
_HDR: Final = {
    "HLG": 1, "Dolby Vision": 2, "HDR10": 3, "HDR10+": 4, "Dolby Vision / HLG": 5, "Dolby Vision / HDR10": 6,
    "Dolby Vision / HDR10+": 7,
}  # fmt: skip
_SOURCE: Final = {
    "CAM": -6, "WORKPRINT": -5, "TELESYNC": -4, "TELECINE": -3, "SCREENER": -2, "VHS": -1, "SDTV": 1, "DVD": 2,
    "HDTV": 3, "HDDVD": 4, "WEBRip": 5, "WEBDL": 6, "Bluray": 7, "Remux": 8,
}  # fmt: skip
_SOUND: Final = {"aac": 1, "opus": 2, "ac3": 2, "eac3": 3, "dts": 4, "flac": 5, "pcm": 5, "truehd": 6}


def _rank(column: str, ranks: Mapping[str, int]) -> pl.Expr:
    """By a table; what is not in it, or not known, is 0."""
    return pl.col(column).replace_strict(list(ranks), list(ranks.values()), default=0, return_dtype=pl.Int64)


_KBPS: Final = pl.coalesce("bitrate_kbps", pl.col("size_bytes") / 125 / pl.col("duration_seconds")).fill_nan(None)
_AUDIO: Final = pl.concat_str(pl.col("audio_codec"), pl.lit(" "), pl.col("audio_channels"), pl.lit(" channels"))

RULES: Final = (
    Rule(~pl.col("has_problem"), "can be read", "could not be read"),
    Rule(pl.col("is_whole"), "is whole", "lacks a part"),
    Rule(_rank("resolution", _RESOLUTION), "higher resolution", "lower resolution", pl.col("resolution")),
    Rule(_rank("hdr_format", _HDR), "better HDR", "lesser HDR", pl.col("hdr_format")),
    Rule(_rank("quality_source", _SOURCE), "better source", "lesser source", pl.col("quality_source")),
    Rule(
        pl.col("audio_channels").fill_null(0) * 10 + _rank("audio_codec", _SOUND), "better sound", "lesser sound",
        _AUDIO,
    ),
    Rule(
        _KBPS.fill_null(0).round(0).cast(pl.Int64), "higher bitrate", "lower bitrate",
        pl.concat_str(_KBPS.round(0).cast(pl.Int64), pl.lit(" kb/s")),
    ),
    Rule(pl.col("plays") > 0, "has been played", "was never played"),
    Rule(pl.col("is_edited"), "was edited by hand", "was not edited by hand"),
    Rule(-pl.col("library_id"), "an older library", "a newer library", pl.col("library")),
    Rule(-pl.col("added_at").cast(pl.Int64), "added first", "added later"),
    Rule(-pl.col("media_file_ids").list.min(), "the first of equals", "the same in all respects"),
)  # fmt: skip
"""In this order; a later one counts only where all before are equal."""


def ranked(copies: pl.DataFrame) -> pl.DataFrame:
    """The best copy first, with its place."""
    scores = [rule.score.cast(pl.Int64).fill_null(-(2**62)).alias(f"score_{at}") for at, rule in enumerate(RULES)]
    names = [f"score_{at}" for at in range(len(RULES))]
    order = copies.with_columns(scores).sort(names, descending=True, maintain_order=True)
    return order.drop(names).with_row_index("place").with_columns(pl.col("place").cast(pl.Int64))


def chosen_because(copies: pl.DataFrame, against: pl.DataFrame) -> pl.Series:
    """What decided between each copy and the one beside it in `against`: the first rule by which they differ."""
    ours = [_decisive(copies, rule) for rule in RULES]
    theirs = [_decisive(against, rule) for rule in RULES]
    words = pl.coalesce(_words(at, rule) for at, rule in enumerate(RULES))
    frame = pl.concat(
        [*(_named(frame, at, "") for at, frame in enumerate(ours)),
         *(_named(frame, at, "_b") for at, frame in enumerate(theirs))],
        how="horizontal",
    )  # fmt: skip
    return frame.select(words.alias("choice")).to_series()


def _decisive(copies: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    shown = pl.lit("") if rule.shown is None else rule.shown.fill_null("not known")
    return copies.select(score=rule.score.cast(pl.Int64).fill_null(-(2**62)), shown=shown.cast(pl.String))


def _named(frame: pl.DataFrame, at: int, end: str) -> pl.DataFrame:
    return frame.rename({"score": f"score_{at}{end}", "shown": f"shown_{at}{end}"})


def _words(at: int, rule: Rule) -> pl.Expr:
    """What is said when this rule decides; null when both are equal by it."""
    ours, theirs = pl.col(f"score_{at}"), pl.col(f"score_{at}_b")
    said = pl.when(ours > theirs).then(pl.lit(rule.better)).when(ours < theirs).then(pl.lit(rule.worse))
    if rule.shown is None:
        return said
    return pl.concat_str(said, pl.lit(": "), f"shown_{at}", pl.lit(", not "), f"shown_{at}_b")

"""How labels of charts look."""

from __future__ import annotations

import polars as pl

from mediamgr.reports.charts import health, looks


def test_labels_are_what_a_picture_can_hold() -> None:
    """No control characters, on which the drawing program ends; not too long; what is not known says so."""
    said = pl.DataFrame({"value": ["a\x1b[2Jb", "line\nbreak", "\x00", "x" * 9, None, "\uffff"]})
    assert said.select(looks.labelled(length=8))["value"].to_list() == [
        "a [2Jb", "line br…", " ", "xxxxxxx…", "not kno…", " ",
    ]  # fmt: skip


def test_labels_of_different_things_differ() -> None:
    """Also where only the end tells them apart, which is cut off; the same thing has one label."""
    said = pl.DataFrame({"value": ["library one", "library two", "library one", "short", None, "not known"]})
    assert said.select(looks.told_apart(length=8))["value"].to_list() == [
        "library… (1)", "library… (2)", "library… (1)", "short", "not kno…", "not kno…",
    ]  # fmt: skip


def test_libraries_with_one_beginning_are_not_drawn_as_one() -> None:
    """A library loses 100 points at most, whatever others are called."""
    names = ["A very very very very long name, 1", "A very very very very long name, 2"]
    frame = pl.DataFrame({"library": names, "score": [40.0, 40.0], "complaint": ["no_year"] * 2, "points": [60.0] * 2})
    (drawn,) = health.health_score(frame, {}).to_dict()["datasets"].values()
    assert len({row["library"] for row in drawn}) == 2

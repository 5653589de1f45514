"""What a scan looks at again: pure decisions about what is there and what is remembered."""

from __future__ import annotations

import os

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediamgr.ingest._scan_plan import ScanPlan, plan
from mediamgr.ingest.walk import Entry, Walk

SCHEMA = {"path": pl.String, "size_bytes": pl.Int64, "mtime_ns": pl.Int64}
Facts = tuple[int, int]


def seen(files: dict[str, Facts], unreadable: tuple[str, ...] = ()) -> Walk:
    """A walk that found these files, as path to size and time."""
    found = Walk(unreadable=list(unreadable))
    for path, (size, time) in files.items():
        found.folders.setdefault(os.path.dirname(path), []).append(Entry(path, "video", size, time))
    return found


def decide(
    now: dict[str, Facts], before: dict[str, Facts], roots: tuple[str, ...] = ("/m",), unreadable: tuple[str, ...] = ()
) -> ScanPlan:
    """The plan for what is there now and what was before."""
    remembered = pl.DataFrame([(path, *facts) for path, facts in before.items()], schema=SCHEMA, orient="row")
    return plan(seen(now, unreadable), remembered, list(roots))


OLD = (10, 1)


def test_a_first_scan_looks_at_everything() -> None:
    """Without a memory all is new."""
    found = decide({"/m/a/a.mkv": OLD, "/m/b.mkv": OLD}, {})
    assert found == ScanPlan(
        touched=frozenset({"/m/a", "/m"}),
        changed=frozenset({"/m/a/a.mkv", "/m/b.mkv"}),
        new=frozenset({"/m/a/a.mkv", "/m/b.mkv"}),
        gone=frozenset(),
        away=frozenset(),
        emptied=(),
        unchanged=0,
    )


def test_a_second_scan_looks_at_nothing() -> None:
    """What is as it was is counted and left alone."""
    files = {"/m/a/a.mkv": OLD, "/m/b.mkv": OLD}
    assert decide(files, files) == ScanPlan(
        touched=frozenset(),
        changed=frozenset(),
        new=frozenset(),
        gone=frozenset(),
        away=frozenset(),
        emptied=(),
        unchanged=2,
    )


@pytest.mark.parametrize("facts", [(11, 1), (9, 1), (10, 2), (10, 0), (0, 0)])
def test_another_size_or_time_is_a_change(facts: Facts) -> None:
    """Older counts as much as newer: a file put back from a copy is another."""
    found = decide({"/m/a/a.mkv": facts, "/m/b/b.mkv": OLD}, {"/m/a/a.mkv": OLD, "/m/b/b.mkv": OLD})
    assert (found.changed, found.gone, found.touched) == ({"/m/a/a.mkv"}, frozenset(), {"/m/a"})
    assert found.unchanged == 1


def test_times_are_compared_to_the_nanosecond() -> None:
    """Times beyond what a float holds exactly are told apart."""
    time = 1_700_000_000_123_456_789
    assert decide({"/m/a.mkv": (5, time)}, {"/m/a.mkv": (5, time - 1)}).changed == {"/m/a.mkv"}
    assert decide({"/m/a.mkv": (2**40, time)}, {"/m/a.mkv": (2**40, time)}).unchanged == 1


def test_what_is_not_there_any_more_is_gone() -> None:
    """Its folder is touched, though it may be gone as well."""
    found = decide({"/m/a/a.mkv": OLD}, {"/m/a/a.mkv": OLD, "/m/a/b.mkv": OLD, "/m/c/c.mkv": OLD})
    assert (found.changed, found.gone) == (frozenset(), {"/m/a/b.mkv", "/m/c/c.mkv"})
    assert (found.touched, found.unchanged) == ({"/m/a", "/m/c"}, 1)


def test_a_renamed_file_is_gone_and_new() -> None:
    """Telling that the two are one is for who opens files."""
    found = decide({"/m/new.mkv": OLD}, {"/m/old.mkv": OLD})
    assert (found.changed, found.gone, found.emptied) == ({"/m/new.mkv"}, {"/m/old.mkv"}, ())


def test_what_lies_in_an_unreadable_folder_is_not_gone() -> None:
    """Nor what lies below it; a folder whose name merely begins alike is another."""
    before = {
        "/m/locked/a.mkv": OLD,
        "/m/locked/in/b.mkv": OLD,
        "/m/locked2/c.mkv": OLD,
        "/m/d.mkv": OLD,
        "/m/l.mkv": OLD,
    }
    found = decide({"/m/d.mkv": OLD}, before, unreadable=("/m/locked", "/m/l.mkv"))
    assert found.gone == {"/m/locked2/c.mkv"}
    assert found.touched == {"/m/locked2"}


def test_what_lies_outside_the_roots_is_not_gone() -> None:
    """Scanning one root says nothing of another, even of one whose name begins alike."""
    before = {"/m/a.mkv": OLD, "/m2/b.mkv": OLD, "/n/c.mkv": OLD}
    assert decide({"/m/x.mkv": OLD}, before).gone == {"/m/a.mkv"}


def test_a_root_may_be_a_file() -> None:
    """A file given alone is compared alone."""
    before = {"/m/a.mkv": OLD, "/m/b.mkv": OLD}
    found = decide({"/m/a.mkv": (11, 1)}, before, roots=("/m/a.mkv",))
    assert (found.changed, found.gone, found.emptied) == ({"/m/a.mkv"}, frozenset(), ())


@pytest.mark.parametrize("root", ["/", "/m/"])
def test_a_root_that_ends_in_a_slash(root: str) -> None:
    """It is the same folder."""
    assert decide({"/m/a.mkv": OLD}, {"/m/a.mkv": OLD, "/m/b.mkv": OLD}, roots=(root,)).gone == {"/m/b.mkv"}


def test_a_root_that_holds_nothing_now_loses_nothing() -> None:
    """An empty mount point is told; another root is not saved by it, and one that was always empty is no news."""
    before = {"/m/a.mkv": OLD, "/n/b.mkv": OLD, "/n/c.mkv": OLD}
    found = decide({"/n/b.mkv": OLD}, before, roots=("/m", "/n", "/o"))
    assert (found.emptied, found.gone) == (("/m",), {"/n/c.mkv"})
    assert found.touched == {"/n"}


def test_what_lies_under_a_folder_that_is_not_there_is_away() -> None:
    """It may have moved; within a root that is looked at it is simply gone."""
    now, before = {"/m/a.mkv": OLD}, {"/m/a.mkv": OLD, "/m/old/b.mkv": OLD, "/n/c.mkv": OLD, "/o/d.mkv": OLD}
    remembered = pl.DataFrame([(path, *facts) for path, facts in before.items()], schema=SCHEMA, orient="row")
    found = plan(seen(now), remembered, ["/m"], ["/n", "/m/old"])
    assert (found.away, found.gone) == ({"/n/c.mkv"}, {"/m/old/b.mkv"})


def test_folders_are_named_as_the_system_wants_them() -> None:
    """A changed path is text for the store; its folder has the bytes that open it."""
    folder = os.fsdecode(b"/m/caf\xe9")
    found = decide({f"{folder}/a.mkv": OLD}, {"/m/caf\\xe9/b.mkv": OLD})
    assert (found.changed, found.gone) == ({"/m/caf\\xe9/a.mkv"}, {"/m/caf\\xe9/b.mkv"})
    assert found.touched == {folder}


def test_a_memory_with_more_columns_or_narrower_ones_will_do() -> None:
    """Only path, size and time are compared."""
    remembered = pl.DataFrame({"problem": ["x"], "mtime_ns": [1], "size_bytes": [10], "path": ["/m/a.mkv"]})
    narrow = remembered.with_columns(pl.col("size_bytes").cast(pl.Int32))
    assert plan(seen({"/m/a.mkv": OLD}), narrow, ["/m"]).unchanged == 1


_FOLDERS = st.sampled_from(["/m", "/m/a", "/m/a/in", "/m/ab", "/m/locked", "/m/locked/in", "/n", "/n/a", "/out", "/m2"])
_PATHS = st.builds(lambda folder, name: f"{folder}/{name}", _FOLDERS, st.sampled_from(["1.mkv", "2.mkv", "é.mkv"]))
_FACTS = st.tuples(st.integers(0, 2), st.integers(0, 2))
_FILES = st.dictionaries(_PATHS, _FACTS, max_size=12)


@given(_FILES, _FILES)
def test_every_remembered_path_has_one_fate(there: dict[str, Facts], before: dict[str, Facts]) -> None:
    """Unchanged, changed, gone, unknown (unreadable, emptied) or not asked for: one of them, and only one."""
    roots, locked = ("/m", "/n"), "/m/locked"
    now = {
        path: facts
        for path, facts in there.items()
        if path.startswith(("/m/", "/n/")) and not path.startswith(f"{locked}/")
    }
    found = decide(now, before, roots, (locked,))
    emptied = {
        root
        for root in roots
        if not any(path.startswith(f"{root}/") for path in now) and any(path.startswith(f"{root}/") for path in before)
    }
    assert set(found.emptied) == emptied
    for path, facts in before.items():
        unknown = path.startswith((f"{locked}/", *(f"{root}/" for root in emptied)))
        fates = {
            "unchanged": now.get(path) == facts,
            "changed": path in now and now[path] != facts,
            "gone": path.startswith(("/m/", "/n/")) and path not in now and not unknown,
            "left": path not in now and (unknown or path.startswith(("/out/", "/m2/"))),
        }
        assert sum(fates.values()) == 1
        assert (path in found.changed, path in found.gone) == (fates["changed"], fates["gone"])
    assert found.changed == {path for path, facts in now.items() if before.get(path) != facts}
    assert found.unchanged + len(found.changed) == len(now)
    assert found.touched == {os.path.dirname(path) for path in found.changed | found.gone}

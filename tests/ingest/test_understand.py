"""Tests of understanding many names, hostile ones too: each once, none fatal, none for long."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediamgr.ingest import names
from mediamgr.ingest.names import NameFacts, parse, parse_fast, rules_version, understand
from mediamgr.instrumentation import get_instrumentation

HOSTILE = [
    "",
    "/",
    "//",
    ".mkv",
    "...",
    " ",
    "-",
    "a/" * 500 + "b.mkv",
    "\n" * 200,
    "\udcff\udcfe.mkv",
    "\x00.mkv",
    "'\"<script>alert(1)</script>; drop table media_item;--.mkv",
    "s01e01" * 42,
    "1x1-" * 60,
    "00x00-00" * 30,
    "0" * 255,
    "S01E" + "0" * 250,
    "Season 1-99 " * 20,
    "2001." * 50,
    "[a] " * 60,
    "(" * 255,
    " - " * 85,
    "{edition-" * 28,
    "x264-" * 50,
    "1080p." * 42,
    "a (2001" * 36,
    "\\" * 200,
    "é" * 127,
    "🎬" * 60 + ".mkv",
]


@pytest.mark.parametrize("path", [pytest.param(path, id=repr(path)[:24]) for path in HOSTILE])
def test_hostile_names_are_survived(path: str) -> None:
    """No name raises or takes long, and each gets a title that can be stored and shown."""
    started = time.process_time()
    facts = parse("/".join([path] * 3))
    assert time.process_time() - started < 5
    assert facts.title.strip()
    assert facts.title.isprintable()


PIECES = st.sampled_from(
    [
        " - ",
        ".",
        "S01E02",
        "s1e1-e9",
        "(2001)",
        "[1080p]",
        "{edition-X}",
        "-GRP",
        "/",
        "Season 1",
        "é",
        "x264",
    ]
) | st.sampled_from(
    ["Specials", "WEB-DL", "cd1", "-trailer", "Extras", "12", "2x03", "\n", "\udc80", "German", ".mkv", "'"]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=255)))
def test_the_fast_path_never_raises(path: str) -> None:
    """Any text is read or refused within 50 ms, and what is read survives the cache."""
    started = time.process_time()
    facts = parse_fast(path)
    assert time.process_time() - started < 0.05
    assert facts is None or (NameFacts.from_dict(facts.to_dict()) == facts and facts.title.strip())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.lists(PIECES, max_size=10).map("".join), st.text(max_size=80)))
def test_parse_never_raises(path: str) -> None:
    """Any text ends in facts with a title, within seconds."""
    started = time.process_time()
    facts = parse(path)
    assert time.process_time() - started < 5
    assert facts.title.strip()


def test_importing_the_module_does_not_import_guessit() -> None:
    """Neither the import, nor a tidy name, nor the version of the rules pays for guessit."""
    code = (
        "import sys; from mediamgr.ingest import names;"
        "names.rules_version(); names.parse('Heat (1995).mkv');"
        "print(sorted({'guessit', 'polars', 'duckdb'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"


def test_the_rules_version_names_both_rules() -> None:
    """The key of the cache changes with our rules and with guessit."""
    assert rules_version() == f"mediamgr-2/guessit-{metadata.version('guessit')}"


def test_understand_reads_each_distinct_path_once() -> None:
    """Known facts are used as they are, equal paths are read once, progress counts distinct paths."""
    kept = NameFacts("movie", "Kept", 1990)
    progress: list[int] = []
    paths = ["a/Kept (1991).mkv", "some film.avi", "Heat (1995).mkv", "Heat (1995).mkv"]
    found = understand(paths, {"a/Kept (1991).mkv": kept}, on_progress=progress.append)
    assert list(found) == ["a/Kept (1991).mkv", "some film.avi", "Heat (1995).mkv"]
    assert found["a/Kept (1991).mkv"] is kept
    assert found["Heat (1995).mkv"].rules == "fast"
    assert found["some film.avi"].rules == "guessit"
    assert progress == [2, 3]


def test_understand_of_nothing_is_empty() -> None:
    """No paths, no facts, no process started."""
    assert understand([], {}) == {}


def test_processes_guess_the_same_as_this_one() -> None:
    """Names guessed in other processes come back as if guessed here."""
    paths = [f"some film {word}.avi" for word in ("one", "of", "many")]
    paths += [f"film {chr(97 + i % 26)}{chr(97 + i // 26)} german.avi" for i in range(260)]
    progress: list[int] = []
    spread = understand(paths, {}, processes=2, on_progress=progress.append)
    assert list(spread) == paths
    assert [spread[path] for path in paths[::40]] == [parse(path) for path in paths[::40]]
    assert progress == sorted(progress)
    assert progress[-1] == 263


def test_a_name_that_breaks_guessit_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """When guessit raises, the stem is the title, the folder's facts stay, and the counter moves."""

    def refuse(*_: object) -> NameFacts:
        raise KeyError("no such rule")

    monkeypatch.setattr(names, "read_guess", refuse)
    before = get_instrumentation().get_counter_metrics("ingest.names", outcome="failed").value
    found = understand(["odd one.avi", "Show (2010)/Season 2/odd S02E05 one.mkv"], {})
    assert found["odd one.avi"] == NameFacts("movie", "odd one", container="avi", rules="guessit")
    assert found["Show (2010)/Season 2/odd S02E05 one.mkv"] == NameFacts(
        "episode", "Show", 2010, 2, (5,), container="mkv", rules="guessit"
    )
    assert get_instrumentation().get_counter_metrics("ingest.names", outcome="failed").value == before + 2


def test_an_interrupt_stops_the_processes() -> None:
    """Ctrl-C while names are guessed reaches the caller soon; waiting work is dropped, no process left."""

    def interrupt(done: int) -> None:
        if done:
            raise KeyboardInterrupt

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        understand(
            [f"film {i // 26} {chr(97 + i % 26)} x.avi" for i in range(3000)],
            {},
            processes=2,
            on_progress=interrupt,
        )
    # one that another thread is just laying to rest may be listed, but does nothing any more
    assert [each for each in multiprocessing.active_children() if each.is_alive()] == []
    assert time.monotonic() - started < 60

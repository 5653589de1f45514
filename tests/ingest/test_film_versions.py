"""Tests of several versions of one film: the label after its name says which, and makes no episode of it."""

from __future__ import annotations

import pytest

from mediamgr.ingest.names import parse

FOLDER = "Blade Runner (1982)"


@pytest.mark.parametrize(
    ("label", "edition", "screen_size"),
    [
        pytest.param(" - Final Cut", "Final Cut", None, id="cut"),
        pytest.param(" - The Final Cut", "Final Cut", None, id="article"),
        pytest.param(" - Director's Cut", "Director's Cut", None, id="term"),
        pytest.param(" - As Shown in 1982", "As Shown in 1982", None, id="any word"),
        pytest.param(" - 1080p", None, "1080p", id="resolution"),
        pytest.param(" - 1080", None, "1080p", id="bare resolution"),
        pytest.param(" - Final Cut 2160p", "Final Cut", "2160p", id="both"),
        pytest.param(" - 2", None, None, id="number"),
        pytest.param(" {edition-Final Cut}", "Final Cut", None, id="in braces"),
        pytest.param("", None, None, id="none"),
    ],
)
def test_a_label_tells_the_version(label: str, edition: str | None, screen_size: str | None) -> None:
    """Media servers have several files of one film in its folder, as `Title (Year) - Label`."""
    facts = parse(f"{FOLDER}/{FOLDER}{label}.mkv")
    assert (facts.media_type, facts.title, facts.year) == ("movie", "Blade Runner", 1982)
    assert (facts.edition, facts.screen_size) == (edition, screen_size)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Blade.Runner.1982.Final.Cut.1080p.BluRay.x264-GROUP.mkv", id="scene"),
        pytest.param("Blade Runner (1982) Final Cut.mkv", id="without a dash"),
        pytest.param("Blade Runner (1982)/Blade Runner - Final Cut.mkv", id="year in the folder only"),
    ],
)
def test_a_known_edition_is_found_without_the_form(name: str) -> None:
    """The words of editions are known."""
    facts = parse(name)
    assert (facts.media_type, facts.title, facts.year, facts.edition) == ("movie", "Blade Runner", 1982, "Final Cut")

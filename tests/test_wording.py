"""Sizes, counts and durations are said as people say them."""

from __future__ import annotations

import pytest

from mediamgr.wording import counted, escaped, human_bytes, human_seconds, printable


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0, "0 µs"),
        (8e-6, "8.0 µs"),
        (99e-6, "99 µs"),
        (1e-4, "0.10 ms"),
        (0.00045, "0.45 ms"),
        (0.0042, "4.2 ms"),
        (0.310, "310 ms"),
        (0.9994, "999 ms"),
        (0.9996, "1.0 s"),
        (2.14, "2.1 s"),
        (99.4, "99 s"),
        (120, "2 min"),
        (200.4, "3 min 20 s"),
        (72_000, "1,200 min"),
    ],
)
def test_a_duration(seconds: float, said: str) -> None:
    """Two or three figures, and the unit that suits."""
    assert human_seconds(seconds) == said


def test_a_size_and_a_count() -> None:
    """Sizes by thousands; one of a thing is one."""
    assert (human_bytes(999), human_bytes(1_500_000), human_bytes(2e18)) == ("999 B", "1.5 MB", "2000.0 PB")
    assert (counted(1, "film"), counted(2_000, "film"), counted(2, "person")) == ("1 film", "2,000 films", "2 people")


def test_what_moves_a_cursor_is_written_out() -> None:
    """Escape sequences, line breaks and marks that turn the direction of text."""
    assert printable("Amélie\x1b[2J\n\u202ex 千") == r"Amélie\x1b[2J\n\u202ex 千"


def test_what_stands_in_html_is_no_html() -> None:
    """Nor moves a cursor, whatever it is."""
    assert escaped("<b class='x'>\x1b[2J&") == "&lt;b class=&#x27;x&#x27;&gt;\\x1b[2J&amp;"
    assert (escaped(1_000), escaped(None)) == ("1000", "None")

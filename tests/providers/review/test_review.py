"""Doubtful matches in a cell, without a page: what buttons do, what a notebook sees."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from mediamgr.errors import InputError, QueryError
from mediamgr.providers.review import COLUMNS, Review


def doubtful(items: int = 2, candidates: int = 2) -> pl.DataFrame:
    """So many items, each with so many candidates, the best of which comes last."""
    rows = [
        (
            item, f"Film {item}", 1990 + item, "movie", "tmdb", f"{item}{place}", f"Candidate {place}", None,
            0.3 + 0.1 * place, ["year unknown", "title the same"], f"https://example.org/{item}{place}",
        )
        for item in range(1, items + 1)
        for place in range(candidates)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=dict(COLUMNS), orient="row")


class Calls(list[tuple[Any, ...]]):
    """What was called back, in order; raises `error` first when there is one."""

    error: Exception | None = None

    def of(self, name: str) -> Callable[..., None]:
        """Notes the call."""

        def note(*arguments: Any) -> None:
            if self.error:
                raise self.error
            self.append((name, *arguments))

        return note


@pytest.fixture
def calls() -> Calls:
    """Nothing was called yet."""
    return Calls()


def review_of(calls: Calls, frame: pl.DataFrame | None = None, **options: Any) -> Review:
    """A review whose callbacks are noted."""
    callbacks = [calls.of(name) for name in ("accept", "reject", "undo")]
    return Review(doubtful() if frame is None else frame, *callbacks, **options)


def press(review: Review, **message: Any) -> None:
    """As if the page had sent it."""
    review._handle_custom_msg(message, [])


def states(review: Review) -> list[str]:
    """Of the entries that are shown."""
    return [entry["status"] for entry in review.shown["entries"]]


def test_an_entry_holds_its_candidates_best_first(calls: Calls) -> None:
    """One for each item and provider, in the order they come."""
    frame = doubtful()
    other = frame.head(1).with_columns(provider=pl.lit("omdb"))
    shown = review_of(calls, pl.concat([frame, other])).shown["entries"]
    assert [(each["title"], each["provider"], [one["id"] for one in each["candidates"]]) for each in shown] == [
        ("Film 1", "tmdb", ["11", "10"]),
        ("Film 2", "tmdb", ["21", "20"]),
        ("Film 1", "omdb", ["10"]),
    ]
    assert shown[0]["candidates"][0]["score"] == 40


def test_accepting_rejecting_and_taking_back(calls: Calls) -> None:
    """Each calls back once, and is shown."""
    review = review_of(calls)
    press(review, do="accept", index=0, id="10")
    press(review, do="reject", index=1)
    assert states(review) == ["accepted", "rejected"]
    assert review.decisions().rows() == [(1, "tmdb", "accepted", "10"), (2, "tmdb", "rejected", None)]
    press(review, do="undo", index=0)
    assert states(review) == ["open", "rejected"]
    assert calls == [("accept", 1, "tmdb", "10"), ("reject", 2, "tmdb", ["21", "20"]), ("undo", 1, "tmdb")]
    assert review.shown["counts"] == {"open": 1, "rejected": 1}


def test_later_calls_nobody(calls: Calls) -> None:
    """Neither does taking it back."""
    review = review_of(calls)
    assert review.put_off(1, "tmdb")
    assert states(review) == ["later", "open"]
    assert review.undo(1, "tmdb")
    assert states(review) == ["open", "open"]
    assert calls == []


def test_what_is_decided_is_decided_once(calls: Calls) -> None:
    """A second press, from another view of the cell, does nothing."""
    review = review_of(calls)
    assert review.accept(1, "tmdb", "10")
    assert not review.accept(1, "tmdb", "11")
    assert not review.reject(1, "tmdb")
    assert not review.undo(2, "tmdb")
    assert calls == [("accept", 1, "tmdb", "10")]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (QueryError("The library is being written; wait."), "The library is being written; wait."),
        (ValueError("no"), "ValueError: no"),
    ],
)
def test_what_a_callback_raises_is_said_in_the_row(calls: Calls, error: Exception, said: str) -> None:
    """Which stays as it was, until it works."""
    review = review_of(calls)
    calls.error = error
    assert not review.accept(1, "tmdb", "10")
    assert (states(review)[0], review.shown["entries"][0]["error"]) == ("open", said)
    calls.error = None
    assert review.accept(1, "tmdb", "10")
    assert review.shown["entries"][0]["error"] == ""
    calls.error = error
    assert not review.undo(1, "tmdb")
    assert (states(review)[0], review.shown["entries"][0]["accepted"]) == ("accepted", "10")


def test_an_entry_at_work_is_shown_so(calls: Calls) -> None:
    """While the callback runs."""
    seen = []
    review = Review(doubtful(), lambda *_: seen.append(review.shown["entries"][0]["busy"]), print, print)
    review.accept(1, "tmdb", "10")
    assert seen == [True]
    assert review.shown["entries"][0]["busy"] is False


def test_many_come_in_pages(calls: Calls) -> None:
    """The page has never more than one of them."""
    review = review_of(calls, doubtful(1_003, 5))
    shown = review.shown
    assert (len(shown["entries"]), shown["pages"], shown["total"]) == (25, 41, 1_003)
    press(review, do="page", page=40)
    assert [entry["index"] for entry in review.shown["entries"]] == [1_000, 1_001, 1_002]
    for page in (-1, 41, 10**30):
        press(review, do="page", page=page)
        assert 0 <= review.shown["page"] <= 40
    review.accept(1, "tmdb", "10")
    assert review.shown["counts"] == {"open": 1_002, "accepted": 1}


@pytest.mark.parametrize(
    "message",
    [
        {}, {"do": "accept"}, {"do": "accept", "index": 0}, {"do": "accept", "index": 0, "id": "99"},
        {"do": "accept", "index": 2, "id": "10"}, {"do": "reject", "index": -1}, {"do": "drop", "index": 0},
        {"do": "reject", "index": "0"}, {"do": "page", "page": "x"}, {"do": ["reject"], "index": 0},
        {"do": "accept", "index": 0, "id": ["10"]}, {"do": "undo", "index": 0},
    ],
)  # fmt: skip
def test_a_page_that_asks_nonsense_is_not_heard(calls: Calls, message: dict[str, Any]) -> None:
    """Nothing is called and nothing changes."""
    review = review_of(calls)
    before = review.shown
    press(review, **message)
    review.set_state({"shown": {"entries": []}})
    assert (calls, review.shown) == ([], before)


def test_a_terminal_shows_a_table(calls: Calls) -> None:
    """So does any place where no kernel runs."""
    review = review_of(calls, doubtful(22, 1))
    review.reject(2, "tmdb")
    said = repr(review).split("\n")
    assert said[:4] == [
        "22 doubtful matches",
        "Film 1 (1991) [Film, tmdb]: to be decided",
        "   30%  10         Candidate 0: year unknown, title the same",
        "Film 2 (1992) [Film, tmdb]: none of these",
    ]
    assert said[-1] == "and 2 more"
    bundle = review._repr_mimebundle_()
    assert bundle
    assert bundle[0]["text/plain"] == repr(review)


def test_nothing_to_review(calls: Calls) -> None:
    """An empty frame is fine."""
    review = review_of(calls, doubtful(0))
    assert (review.shown["entries"], review.shown["pages"], repr(review)) == ([], 1, "0 doubtful matches")


def test_what_is_not_known_is_left_out(calls: Calls) -> None:
    """A row of nulls but for the ids."""
    frame = doubtful(1, 1).with_columns(
        [pl.lit(None, dtype=COLUMNS[name]).alias(name) for name in COLUMNS if name not in ("item_id", "provider")]
    )
    assert review_of(calls, frame).shown["entries"][0]["candidates"] == [
        {"id": "", "title": "", "year": None, "score": 0, "reasons": [], "url": None}
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Review(doubtful().drop("score", "url"), print, print, print), r"without the columns score, url"),
        (lambda: Review(doubtful().with_columns(item_id=pl.lit("x")), print, print, print), r"values of another kind"),
        (lambda: Review(doubtful(), print, print, print, page_size=0), r"A page of 0 items shows nothing"),
        (lambda: Review(doubtful(), print, print, print).accept(9, "tmdb", "1"), r"Item 9 has nothing of 'tmdb'"),
        (lambda: Review(doubtful(), print, print, print).accept(1, "tmdb", "9"), r"“Film 1” has no candidate '9'"),
    ],
)
def test_what_cannot_be_is_said(call: Callable[[], Any], message: str) -> None:
    """With what to do."""
    with pytest.raises(InputError, match=message):
        call()


def test_matching_does_not_load_any_widget() -> None:
    """The review alone does."""
    code = "import sys, mediamgr.providers.matching; print({'anywidget', 'ipywidgets'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "set()"

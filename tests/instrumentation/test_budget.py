"""A budget says whether it was kept, and what took so long when it was not."""

from __future__ import annotations

import asyncio
import sys
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from mediamgr.errors import BudgetExceeded, InputError
from mediamgr.instrumentation import Spent, budget, current, get_instrumentation, recording
from tests.builders import films, library_of

timer = get_instrumentation().timer


def line_now() -> int:
    """The line that asks."""
    return sys._getframe(1).f_lineno


class TestBudget:
    """budget()."""

    def test_what_is_kept_is_silent(self) -> None:
        """No warning."""
        with warnings.catch_warnings(), budget(ms=60_000, statements=0):
            warnings.simplefilter("error")

    def test_what_is_broken_is_warned_of(self) -> None:
        """The body's result stands."""
        with pytest.warns(BudgetExceeded, match=r"Budget broken: .* of 0.001 ms"), budget(ms=0.001):
            done = sum(range(1000))
        assert done == 499500

    def test_fails_where_that_was_asked_for(self) -> None:
        """In a test."""
        with pytest.raises(BudgetExceeded, match=r"of 0 ms"), budget(ms=0, fails=True):
            pass

    def test_names_what_was_slow(self, tmp_path: Path) -> None:
        """With how often it ran."""
        with library_of(tmp_path / "films.duckdb", films()) as lib:

            @lib.budget(statements=2, fails=True)
            def ask(*years: int) -> None:
                for year in years:
                    lib.sql(f"select * from media_item where year = {year}")

            ask(1901, 1902)
            with pytest.raises(BudgetExceeded, match=r"3 of 2 statements \(.*store\.statement 3 × ="):
                ask(1901, 1902, 1903)
            assert current() is None

    def test_an_error_passes(self) -> None:
        """What the body raised is what matters."""
        with pytest.raises(KeyError), budget(ms=0, fails=True):
            raise KeyError("x")
        assert current() is None

    def test_decorates_functions_and_coroutines(self) -> None:
        """Each call has the whole budget."""

        @budget(statements=0)
        def answer() -> int:
            return 42

        @budget(ms=0, fails=True)
        async def late() -> None:
            await asyncio.sleep(0)

        assert (answer(), answer.__name__) == (42, "answer")
        with pytest.raises(BudgetExceeded):
            asyncio.run(late())

    def test_is_part_of_what_is_recorded(self) -> None:
        """Kept or broken."""
        with recording("cell") as heard, pytest.warns(BudgetExceeded), budget(ms=60_000), budget(ms=0):
            pass
        kept, broken = [span.facts["spent"] for span in heard.root.walk() if "spent" in span.facts]
        assert (kept.is_kept, broken.is_kept) == (True, False)

    def test_is_each_threads_own(self) -> None:
        """One that several use at a time tells of each body what that one cost."""
        shared, begun, done = budget(statements=0, fails=True), threading.Event(), threading.Event()

        def ask() -> None:
            with shared, timer("store.statement"):
                begun.set()
                done.wait(30)

        with ThreadPoolExecutor(1) as threads:
            asking = threads.submit(ask)
            begun.wait(30)
            with shared:
                done.set()
                with pytest.raises(BudgetExceeded, match=r"1 of 0"):
                    asking.result(30)
        assert current() is None

    def test_is_each_tasks_own(self) -> None:
        """Though they take turns; and a body within a body has one, too."""
        shared = budget(statements=1, fails=True)

        async def ask(times: int) -> None:
            with shared:
                for _ in range(times):
                    await asyncio.sleep(0)
                    with shared, timer("store.statement"):
                        await asyncio.sleep(0)

        async def both() -> list[BaseException | None]:
            return await asyncio.gather(ask(2), ask(1), ask(3), return_exceptions=True)

        said = [str(each) for each in asyncio.run(both())]
        assert [text[: text.find(" statements")] for text in said] == [
            "Budget broken: 2 of 1", "Non", "Budget broken: 3 of 1",
        ]  # fmt: skip

    def test_a_body_that_is_finished_elsewhere(self) -> None:
        """As a generator's may be."""
        shared = budget(statements=0, fails=True)

        def asking() -> Iterator[int]:
            with shared:
                with timer("store.statement"):
                    pass
                yield 1

        with recording("one"):
            going = asking()
            next(going)
        with recording("other"), pytest.raises(BudgetExceeded, match=r"1 of 0"):
            list(going)
        assert current() is None

    def test_warns_at_the_line_of_the_user(self) -> None:
        """However it was asked to."""

        @budget(ms=0)
        def work() -> int:
            return line_now()

        def works() -> int:
            # a `with` is left at its own line
            with budget(ms=0):
                return line_now() - 1

        for function, line in ((works, None), (work, line_now() + 2)):
            with pytest.warns(BudgetExceeded) as warned:
                at = function()
            assert (warned[0].filename, warned[0].lineno) == (__file__, line or at)

    def test_says_no_to_generators(self) -> None:
        """Their calls end before anything is done."""

        def numbers() -> Iterator[int]:
            yield 1

        with pytest.raises(TypeError, match=r"numbers is a generator; .*with budget"):
            budget(ms=1)(numbers)

    def test_needs_a_limit(self) -> None:
        """Else it says how one is given."""
        with pytest.raises(InputError, match=r"budget\(ms=500\)"):
            budget()


@pytest.mark.parametrize("limits", [{"ms": "a"}, {"ms": -1}, {"statements": 0.5}, {"statements": True}])
def test_limits_are_numbers(limits: dict[str, Any]) -> None:
    """Which is said at once."""
    with pytest.raises(InputError, match="limits are numbers"):
        budget(**limits)


def test_statements_are_not_said_to_be_few_when_none_are_counted() -> None:
    """While nothing is measured; time is."""
    get_instrumentation().disable()
    try:
        with pytest.raises(InputError, match="disabled"), budget(statements=1):
            pass
        with budget(ms=60_000):
            pass
    finally:
        get_instrumentation().enable()


@pytest.mark.parametrize(
    ("spent", "said"),
    [
        (Spent(0.1234, 3, 500, None), "budget kept: 123 of 500 ms"),
        (Spent(0.6, 3, 500, 3), "budget broken: 600 of 500 ms, 3 of 3 statements"),
        (Spent(0.1, 4, None, 3), "budget broken: 4 of 3 statements"),
    ],
)
def test_what_is_said(spent: Spent, said: str) -> None:
    """In a line."""
    assert str(spent) == said

"""A recording hears what happens while it listens, where it happened, and nothing else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextvars import copy_context

import pytest

from mediamgr.instrumentation import Recording, Span, carried, current, get_instrumentation, recording
from mediamgr.workers import WorkerManager

timer = get_instrumentation().timer
count = get_instrumentation().increment_counter


@pytest.fixture(autouse=True)
def nothing_listens_afterwards() -> Iterator[None]:
    """A recording that ended leaves nothing behind."""
    yield
    assert current() is None


def drawn(span: Span) -> list[str]:
    """Names, indented."""
    return [f"{'.' * len(list(each.ancestors()))}{each.name}" for each in span.walk()]


class TestRecording:
    """recording()."""

    def test_is_a_tree_in_order(self) -> None:
        """What began within a body is its child."""
        with timer("before"), recording("cell") as heard:
            count("b.hits", of="x")
            with timer("a.one", of="x"):
                with timer("b.inner"):
                    count("b.hits", 2)
                count("b.hits")
            with timer("a.two"):
                pass
        with timer("after"):
            pass
        assert drawn(heard.root) == ["cell", ".a.one", "..b.inner", ".a.two"]
        one, inner = heard.root.children[0], heard.root.children[0].children[0]
        assert one.labels == {"of": "x"}
        assert (one.counts, inner.counts, heard.counts) == (
            {"b.hits": 1},
            {"b.hits": 2},
            {"b.hits": 3, ("b.hits", "of", "x"): 1},
        )
        assert (heard.total("b.hits"), heard.total("b.hits", of="x")) == (4, 1)
        assert 0 < (inner.seconds or 0) <= (one.seconds or 0) <= (heard.root.seconds or 0)

    def test_adds_up_runs_and_what_a_room_took(self) -> None:
        """What a room does within itself is not added twice."""
        with recording("cell") as heard, timer("store.load"):
            for _ in range(3):
                with timer("search.rank"), timer("store.statement"):
                    pass
        assert {name: runs for name, (runs, _) in heard.times.items()} == {
            "store.load": 1, "store.statement": 3, "search.rank": 3,
        }  # fmt: skip
        assert heard.rooms["store"] == heard.times["store.load"][1]
        assert heard.rooms["search"] == heard.times["search.rank"][1]

    def test_names_what_failed(self) -> None:
        """The error passes."""
        with recording("cell") as heard, pytest.raises(KeyError), timer("work"):
            raise KeyError("x")
        assert heard.root.children[0].error == "KeyError"

    def test_keeps_so_many_spans_and_counts_all(self) -> None:
        """A loop does not fill the memory."""
        heard = Recording("cell", most_spans=5)
        heard.start()
        for _ in range(100):
            with timer("work"), timer("inner"):
                count("done")
        heard.stop()
        assert len(list(heard.root.walk())) == 1 + 5
        assert heard.left_out == 195
        assert heard.times["work"][0] == heard.times["inner"][0] == heard.counts["done"] == 100

    def test_within_another_both_hear(self) -> None:
        """The outer one goes on when the inner one ends."""
        with recording("outer") as outer, timer("a.one"):
            with recording("inner") as inner, timer("a.two"):
                count("done")
            with timer("three"):
                count("done")
        assert [each.name for each in inner.root.walk()] == ["inner", "a.two"]
        assert drawn(outer.root) == ["outer", ".a.one", "..inner", "...a.two", "..three"]
        assert (inner.counts, outer.counts) == ({"done": 1}, {"done": 2})
        assert [*inner.times] == ["a.two"]
        assert [*outer.times] == ["a.two", "three", "a.one"]
        assert inner.rooms["a"] == inner.times["a.two"][1]
        assert outer.rooms["a"] == outer.times["a.one"][1]

    def test_what_is_within_draws_on_the_bound_of_the_outermost(self) -> None:
        """A function with a recording of its own, called again and again, does not fill the memory."""
        heard = Recording("cell", most_spans=5)
        heard.start()
        for _ in range(100):
            with recording("inner") as inner, timer("work"), recording("innermost"):
                pass
            assert (inner.times["work"][0], inner.left_out) == (1, 0)
        heard.stop()
        assert drawn(heard.root) == ["cell", *[".inner", "..work", "...innermost"], *[".inner", "..work"]]
        assert heard.left_out == 300 - 5
        assert heard.times["work"][0] == 100

    def test_what_is_within_goes_on_by_itself(self) -> None:
        """When what is around it has ended."""
        outer, inner = Recording("outer"), Recording("inner", most_spans=1)
        outer.start()
        task = copy_context()
        task.run(inner.start)
        outer.stop()
        for _ in range(3):
            task.run(timer("work")(lambda: None))
        task.run(inner.stop)
        assert drawn(outer.root) == ["outer", ".inner", "..work"]
        assert (inner.times["work"][0], inner.left_out) == (3, 2)
        assert (outer.times, outer.left_out) == ({}, 0)

    def test_wants_the_plans_that_any_around_it_wants(self) -> None:
        """All are more than slow ones."""
        with recording("none") as none, recording("all", plans="all"), recording("slow", plans="slow") as slow:
            assert (none.plans, slow.plans) == (None, "all")


def numbers() -> Iterator[int]:
    """A generator that is timed."""
    with timer("numbers"):
        yield 1
        yield 2


class TestGenerators:
    """A body that is begun in one place and finished in another."""

    def test_finished_in_another_recording(self) -> None:
        """That one still listens."""
        with recording("one") as one:
            going = numbers()
            next(going)
        assert current() is None
        with recording("other") as other, timer("work"):
            assert list(going) == [2]
            with timer("inner"):
                count("done")
        assert drawn(one.root) == ["one", ".numbers"]
        assert drawn(other.root) == ["other", ".work", "..inner"]
        assert other.counts == {"done": 1}

    def test_begun_while_nobody_listens(self) -> None:
        """Who listens later hears on."""
        going = numbers()
        next(going)
        with recording("cell") as heard:
            list(going)
            with timer("work"):
                pass
        assert drawn(heard.root) == ["cell", ".work"]

    def test_a_recording_that_ends_elsewhere_silences_nobody(self) -> None:
        """Its body is a generator's, too."""

        def recorded() -> Iterator[int]:
            with recording("inner"):
                yield 1

        with recording("one"):
            going = recorded()
            next(going)
        assert current() is None
        with recording("other") as other:
            list(going)
            with timer("work"):
                pass
        assert drawn(other.root) == ["other", ".work"]


class TestElsewhere:
    """What other threads and coroutines do."""

    def test_another_thread_is_not_heard(self) -> None:
        """Unless its work was carried there."""

        def work() -> None:
            with timer("work"):
                count("done")

        with recording("cell") as heard:
            for function in (work, carried(work)):
                thread = threading.Thread(target=function, name="other")
                thread.start()
                thread.join()
        assert [(each.name, each.thread) for each in heard.root.children] == [("work", "other")]
        assert heard.counts == {"done": 1}

    def test_workers_work_for_who_asked(self) -> None:
        """In the span in which they were asked."""
        with WorkerManager(4) as workers, recording("cell") as heard, timer("ask"):
            for task in [
                workers.submit(lambda: timer("work").__enter__().__exit__(None, None, None)) for _ in range(8)
            ]:
                task.result()
        assert drawn(heard.root) == ["cell", ".ask", *["..workers.task", "...work"] * 8]

    def test_what_goes_on_afterwards_is_not_heard(self) -> None:
        """A thread that goes on after the recording ended changes nothing of it."""
        stopped, begun = threading.Event(), threading.Event()

        def work() -> None:
            with timer("work"):
                begun.set()
                stopped.wait(30)
                with timer("late"):
                    count("late")

        with recording("cell") as heard:
            thread = threading.Thread(target=carried(work))
            thread.start()
            begun.wait(30)
        stopped.set()
        thread.join(30)
        assert drawn(heard.root) == ["cell", ".work"]
        assert (heard.times, heard.counts, heard.left_out) == ({}, {}, 0)

    def test_coroutines_keep_their_places(self) -> None:
        """Though they take turns."""

        async def work(name: str) -> None:
            with timer(name):
                await asyncio.sleep(0)
                with timer(f"{name}.inner"):
                    await asyncio.sleep(0)

        async def both() -> None:
            await asyncio.gather(work("a"), work("b"))

        with recording("cell") as heard:
            asyncio.run(both())
        assert drawn(heard.root) == ["cell", ".a", "..a.inner", ".b", "..b.inner"]

    def test_many_threads_lose_nothing(self) -> None:
        """Of what they count and time."""

        def work() -> None:
            for _ in range(200):
                with timer("work"):
                    count("done")

        with recording("cell") as heard:
            threads = [threading.Thread(target=carried(work)) for _ in range(16)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert heard.counts["done"] == heard.times["work"][0] == 16 * 200
        assert len(heard.root.children) + heard.left_out == 16 * 200

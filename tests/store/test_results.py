"""Answers that are kept, for when the same is asked again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from mediamgr.instrumentation import get_instrumentation
from mediamgr.library import Library
from mediamgr.settings import get_settings
from mediamgr.store.results import _ENTRY_BYTES, ResultCache, result_key, results
from tests.builders import films, library_of, series


@pytest.fixture
def lib(tmp_path: Path) -> Iterator[Library]:
    """Ten films; no answer is kept yet."""
    results()[0].clear()
    with library_of(tmp_path / "films.duckdb", films()) as opened:
        yield opened


def counted() -> tuple[int, int]:
    """(hits, statements run) so far."""
    metrics = get_instrumentation()
    return (
        int(metrics.get_counter_metrics("store.result_lookups", outcome="hit").value),
        metrics.get_timer_metrics("store.statement").count,
    )


class TestKeeping:
    """What is asked twice."""

    def test_the_same_is_answered_from_memory(self, lib: Library) -> None:
        """Once only the library is asked."""
        first = lib.items.facets(year_from=1990)
        hits, statements = counted()
        assert lib.items.facets(year_from=1990).equals(first)
        assert counted() == (hits + 1, statements)
        lib.items.facets(year_from=1991)
        assert counted() == (hits + 1, statements + 1)

    def test_a_new_generation_is_asked_anew(self, lib: Library) -> None:
        """What was kept of the one before is not reached."""
        assert lib.items.count_all() == lib.items.count_all() == 10
        lib.load(series())
        assert lib.items.count_all() == 16
        with lib.write():
            lib.load(films())
            _, statements = counted()
            assert lib.items.count_all() == lib.items.count_all() == 16
            assert counted()[1] == statements + 2

    def test_who_gets_an_answer_may_change_it(self, lib: Library) -> None:
        """The next one gets it as it was."""
        frame = lib.items.get_all(3)
        frame[0, "title"] = "changed"
        frame.insert_column(0, pl.Series("new", [1, 2, 3]))
        assert "changed" not in lib.items.get_all(3)["title"]
        assert "new" not in lib.items.get_all(3).columns

    def test_can_be_switched_off(self, lib: Library) -> None:
        """By one setting."""
        get_settings().set_query_cache_bytes(0)
        lib.items.count_all()
        hits, statements = counted()
        lib.items.count_all()
        assert counted() == (hits, statements + 1)
        assert len(results()[0]) == 0

    def test_what_a_person_types_is_not_kept(self, lib: Library) -> None:
        """It may say now() or random()."""
        assert lib.sql("select random() as x").item() != lib.sql("select random() as x").item()


class TestTheBound:
    """ResultCache."""

    def test_those_not_used_for_longest_go(self) -> None:
        """Within the bytes allowed."""
        cache, frame = ResultCache(), pl.DataFrame({"x": range(1000)})
        size = int(frame.estimated_size()) + _ENTRY_BYTES
        for key in "abc":
            cache.put(key, frame, most=3 * size)
        assert cache.get("a") is not None
        cache.put("d", frame, most=3 * size)
        assert [key for key in "abcd" if cache.get(key) is not None] == ["a", "c", "d"]
        assert cache.size_bytes == 3 * size
        cache.put("a", frame, most=3 * size)
        assert cache.size_bytes == 3 * size

    def test_what_is_too_large_is_not_kept(self) -> None:
        """Nor does it drive out the others."""
        cache, frame = ResultCache(), pl.DataFrame({"x": range(1000)})
        most = _ENTRY_BYTES + 1000
        cache.put("small", frame.head(1), most=most)
        cache.put("large", frame, most=most)
        assert cache.get("large") is None
        assert cache.get("small") is not None

    def test_empty_answers_take_room_too(self) -> None:
        """Their keys do; so there is an end to them."""
        cache = ResultCache()
        for number in range(100):
            cache.put(number, pl.DataFrame(), most=10 * _ENTRY_BYTES)
        assert len(cache) == 10

    def test_keys_tell_values_apart(self) -> None:
        """1 and True and "1" are other questions."""
        keys = {result_key("g", "sql", {"a": value}) for value in (1, True, "1", [1], None, 1.0)}
        assert len(keys) == 6

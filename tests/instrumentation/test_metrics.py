"""What the rooms measure is what they say they measure, and docs/metrics.md says it, too."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import mediamgr
from mediamgr.instrumentation import (
    Counter,
    CounterMetrics,
    Gauge,
    GaugeMetrics,
    Instrumentation,
    Metric,
    Timer,
    TimerMetrics,
    declared,
    get_instrumentation,
)
from mediamgr.lazy_model import LazyMediaItemModel
from mediamgr.library import Library, build_demo
from mediamgr.progress import silent
from mediamgr.providers.simulator import Simulator
from mediamgr.workers import WorkerManager
from tests.media import Masters

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "mediamgr"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "instrumentation" not in path.parts)
KINDS = {"Timer", "Counter", "Gauge"}
BY_NAME = {"timer", "increment_counter", "record_run", "set_gauge", "watch_gauge"}
NFO = "<movie><plot>Two men.</plot></movie>"
RARE = {
    *(f"cache_service.{name}" for name in ("errors", "evictions", "refreshes", "revalidations", "shared_loads")),
    *(f"providers.{name}" for name in ("failures", "retries", "waited_seconds")),
    "store.slow_statements",
}
"""What does not happen to a small library on a good day."""
Series = TimerMetrics | CounterMetrics | GaugeMetrics


def room_of(path: Path) -> str:
    """The part of the package that a module is in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def from_instrumentation(tree: ast.Module) -> set[str]:
    """What a module imports from there."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {
        alias.name
        for node in imports
        for alias in node.names
        if (node.module or "").endswith("mediamgr.instrumentation")
    }


def declarations(tree: ast.AST) -> list[ast.Call]:
    """Where a metric is declared."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in KINDS]


class TestDeclared:
    """What is declared."""

    def test_is_named_for_its_room_where_it_is_imported(self) -> None:
        """At the level of the module, so that all are known once all is imported."""
        found = 0
        for path in MODULES:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if not from_instrumentation(tree) & KINDS:
                continue
            outside = [each for each in tree.body if not isinstance(each, ast.FunctionDef | ast.ClassDef)]
            calls = [call for each in outside for call in declarations(each)]
            assert len(calls) == len(declarations(tree)), path
            for call in calls:
                name = ast.literal_eval(call.args[0])
                assert name.startswith(f"{room_of(path)}."), f"{name} in {path}"
            found += len(calls)
        assert found > 50

    def test_is_all_that_the_package_measures(self) -> None:
        """Nothing is measured by a name that is declared nowhere."""
        for path in MODULES:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            assert not from_instrumentation(tree) & {"timed", "counted"}, path
            calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
            used = {each.attr for each in calls if isinstance(each, ast.Attribute)}
            assert not used & BY_NAME, path

    def test_is_in_the_documentation(self) -> None:
        """docs/metrics.md is what the code says; `make metrics` writes it."""
        code = "import runpy; print(runpy.run_path('scripts/write_metrics.py')['page'](), end='')"
        page = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True, timeout=120)
        assert (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8") == page.stdout.decode()

    def test_twice_is_refused(self) -> None:
        """With what has the name already."""
        Timer("test.twice", "The first")
        with pytest.raises(ValueError, match=r"'test.twice' already: The first"):
            Counter("test.twice", "The second")

    def test_again_is_no_error(self, measured: Instrumentation) -> None:
        """A module that is loaded again, as notebooks do, goes on with what it measured."""
        for _ in range(2):
            Counter("test.again", "The same", "outcome", unit="rows").add(outcome="hit")
        assert measured.get_counter_metrics("test.again").value == 2
        assert [metric.name for metric in declared()].count("test.again") == 1
        with pytest.raises(ValueError, match="already: The same"):
            Counter("test.again", "The same", "other", unit="rows")

    def test_rooms_may_be_loaded_again(self) -> None:
        """Each module that declares something."""
        code = "import importlib, mediamgr.store.results as results; importlib.reload(results)"
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=120)


@pytest.fixture
def measured() -> Iterator[Instrumentation]:
    """The registry of this process, in which nothing was measured yet."""
    get_instrumentation().reset()
    yield get_instrumentation()
    get_instrumentation().reset()


class TestSeries:
    """of(), took() and watch()."""

    def test_are_those_of_the_labels(self, measured: Instrumentation) -> None:
        """What is counted or timed without naming labels each time is the same as with them."""
        lookups, answer = Counter("test.lookups", "", "outcome"), Timer("test.answer", "", "of")
        hit, page = lookups.of(outcome="hit"), answer.of(of="page")
        hit()
        hit(2)
        lookups.add(outcome="hit")
        lookups.add(outcome="miss")
        for run in (page(), answer.run(of="page")):
            with run:
                pass
        assert measured.get_counter_metrics("test.lookups", outcome="hit").value == 4
        assert measured.get_counter_metrics("test.lookups").value == 5
        assert measured.get_timer_metrics("test.answer", of="page").count == 2
        assert list(measured.get_all_metrics().timers) == ["test.answer{of=page}"]

    @pytest.mark.parametrize("labels", [{}, {"ending": "done"}, {"pool": "a", "ending": "done", "more": "b"}])
    def test_are_of_all_labels_and_no_others(self, labels: dict[str, str]) -> None:
        """So that a slip is found when the module is imported."""
        with pytest.raises(ValueError, match=r"test\.\w+ has the labels pool, ending"):
            Counter(f"test.slip_{len(labels)}", "", "pool", "ending").of(**labels)

    def test_waits_are_told_when_they_are_over(self, measured: Instrumentation) -> None:
        """As runs of a timer."""
        waits = Timer("test.wait", "", "pool")
        for seconds in (1.0, 3.0):
            waits.took(seconds, pool="a")
        metrics = measured.get_timer_metrics("test.wait", pool="a")
        assert (metrics.count, metrics.total, metrics.minimum, metrics.maximum) == (2, 4.0, 1.0, 3.0)
        measured.disable()
        waits.took(1.0, pool="a")
        measured.enable()
        assert measured.get_timer_metrics("test.wait").count == 0

    def test_gauges_are_what_was_set(self, measured: Instrumentation) -> None:
        """By whoever declared them."""
        Gauge("test.length", "", "pool").set(3, pool="a")
        assert measured.get_gauge_metrics("test.length", pool="a").value == 3

    def test_gauges_that_are_watched_say_what_is_now(self, measured: Instrumentation) -> None:
        """Whatever was forgotten; nothing while nothing is measured."""
        queue: list[int] = []
        Gauge("test.queue", "", "pool").watch(lambda: [({"pool": "a"}, len(queue)), ({"pool": "b"}, 1)])
        queue += [1, 2]
        assert measured.get_gauge_metrics("test.queue", pool="a").value == 2
        measured.reset()
        assert measured.get_all_metrics().gauges["test.queue{pool=a}"].value == 2
        assert measured.get_gauge_metrics("test.queue").value == 3
        measured.disable()
        assert measured.get_all_metrics().gauges == {}
        measured.enable()


def used(root: Path, film: str, lib: Library, masters: Masters) -> None:
    """Scan, look at, search, page, change and bring in order."""
    masters.tree(root, {f"{film}/{film}.mkv": None, f"{film}/{film}.nfo": NFO, "some film 2001 x264.mkv": None})
    lib.scan(root, show_progress=silent)
    (root / "people.csv").write_text("name\nAda Example\n,\n")
    lib.import_table(root / "people.csv", "people", show_progress=silent)
    lib.items.get_all()
    for _ in range(2):
        lib.items.count_all()
    for text in (film, "sone fiml"):
        lib.search(text)
        lib.people.search("exampel")
    lib.items.facets()
    with LazyMediaItemModel(page_size=1, items=lib.items) as model:
        for row in range(model.total_count):
            model.get_item(row)
        model.ordering.position_at("H")
    lib.people.filmography(int(lib.sql("select min(id) as id from person")["id"].item()))
    lib.people.credits(1)
    lib.backup(root / "copy.duckdb")
    lib.compact(full=True)


def asked(demo: Path, lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask a simulated provider."""
    with Simulator(demo, rate_limits=False) as simulator:
        for name, value in simulator.environment().items():
            monkeypatch.setenv(name, value)
        lib.enrich("tmdb", show_progress=silent)
        lib.fetch_artwork(limit=1, show_progress=silent)
    lib.reports.storage()


def test_what_is_recorded_is_declared_with_just_these_labels(
    tmp_path: Path, masters: Masters, measured: Instrumentation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a library is used for; and nearly all that is declared was recorded."""
    monkeypatch.setenv("MEDIAMGR_DISK_CACHE_DIR", str(tmp_path / "cache"))
    with build_demo(tmp_path / "demo.duckdb", items=60) as demo:
        film = demo.sql("select title || ' (' || year || ')' as name from media_item where media_type = 'movie'")
    with mediamgr.open(tmp_path / "library.duckdb", create=True) as lib:
        used(tmp_path / "media", film["name"][0], lib, masters)
        asked(tmp_path / "demo.duckdb", lib, monkeypatch)
    with WorkerManager(2, name="test") as workers:
        assert [workers.submit(int, text).exception() is None for text in ("1", "one")] == [True, False]

    recorded, known = measured.get_all_metrics(), {metric.name: metric for metric in declared()}
    kinds: dict[type[Metric], Iterable[Series]] = {
        Timer: recorded.timers.values(), Counter: recorded.counters.values(), Gauge: recorded.gauges.values(),
    }  # fmt: skip
    for kind, several in kinds.items():
        for series in several:
            assert type(known[series.name]) is kind, series
            assert set(series.labels) == set(known[series.name].labels), series
    assert {"done", "failed"} == {
        each.labels["ending"]
        for each in recorded.counters.values()
        if each.name == "workers.tasks" and each.labels["pool"] == "test"
    }
    # what the report reads of others is recorded by nobody
    rooms = {room_of(path) for path in MODULES} - {"browser", "performance"}
    unseen = known.keys() - {series.name for several in kinds.values() for series in several} - RARE
    assert not {name for name in unseen if name.partition(".")[0] in rooms}

"""What every benchmark gets: sizes by option, settings of its own, and a check of its budget.

A result says of each what it is: items, question, who answers it (mediamgr unless a mark says `who`), and the budget.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.budgets import overrun
from benchmarks.machine import facts

if TYPE_CHECKING:
    from benchmarks.answers import Answers

HERE = Path(__file__).parent
DEFAULT_ITEMS = (10_000,)


def pytest_addoption(parser: pytest.Parser) -> None:
    """--items."""
    parser.getgroup("mediamgr benchmarks").addoption(
        "--items",
        action="append",
        type=_size,
        metavar="NUMBER",
        help="How large the library is that is measured; several times: a run at each size, for"
        " `mediamgr bench growth`. Default: 10000, or what a file of benchmarks says in ITEMS.",
    )


def _size(text: str) -> int:
    try:
        size = int(text)
    except ValueError:
        size = 0
    if size < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of items, such as 10000")
    return size


def pytest_configure(config: pytest.Config) -> None:
    """Marks of benchmarks."""
    config.addinivalue_line("markers", "budget(ms): the median a benchmark may have; over it the run fails")
    config.addinivalue_line("markers", "who(name): whose time it is, when it is not that of mediamgr")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A benchmark that takes `items` is run at each size."""
    if "items" in metafunc.fixturenames:
        sizes = metafunc.config.getoption("--items") or getattr(metafunc.module, "ITEMS", DEFAULT_ITEMS)
        metafunc.parametrize("items", dict.fromkeys(sizes), scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A plain `pytest` runs the tests only: benchmarks are named by their path, or asked for by -m."""
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.markexpr:
        ours = [item for item in items if item.path.is_relative_to(HERE)]
        config.hook.pytest_deselected(items=ours)
        items[:] = [item for item in items if item not in ours]


@pytest.hookimpl(optionalhook=True)
def pytest_benchmark_update_machine_info(machine_info: dict[str, Any]) -> None:
    """What else matters."""
    machine_info.update(facts())


@pytest.fixture(autouse=True, scope="session")
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of the user's is read or written, and no answer comes from the cache of results."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("config", "log", "disk_cache"):
            patch.setenv(f"MEDIAMGR_{name.upper()}_DIR", str(tmp_path_factory.mktemp(name)))
        patch.setenv("MEDIAMGR_QUERY_CACHE_BYTES", "0")
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Say what was measured, and fail over the budget."""
    result = yield
    benchmark = getattr(item, "funcargs", {}).get("benchmark")
    if benchmark is not None and benchmark.stats is not None:
        told = _told(item, benchmark.group)
        benchmark.extra_info.update(told)
        budget_ms = told.get("budget_ms")
        if budget_ms is not None and (why := overrun(benchmark.stats.stats.median, budget_ms)):
            pytest.fail(f"{item.name}: {why}", pytrace=False)
    return result


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how long each file took, what it had to build included."""
    seconds: Counter[str] = Counter()
    for report in chain.from_iterable(terminalreporter.stats.values()):
        if isinstance(report, pytest.TestReport) and "benchmark" in report.keywords:
            seconds[report.nodeid.partition("::")[0]] += report.duration
    if seconds:
        terminalreporter.section("seconds by file", sep="-")
    for file, spent in seconds.most_common():
        terminalreporter.write_line(f"{spent:8.1f} {file}")


def _told(item: pytest.Item, group: str | None) -> dict[str, Any]:
    """What a figure is of: items, question, who, budget_ms; those that there are."""
    params = dict(item.callspec.params) if hasattr(item, "callspec") else {}
    size = params.pop("items", None)
    words = [item.originalname.removeprefix("test_").replace("_", " "), *map(str, params.values())]
    who, budget = item.get_closest_marker("who"), item.get_closest_marker("budget")
    told = {
        "items": size,
        "question": group or ", ".join(words),
        "who": who.args[0] if who else "mediamgr",
        "budget_ms": budget.kwargs["ms"] if budget else None,
    }
    return {name: value for name, value in told.items() if value is not None}


@pytest.fixture(scope="session")
def answers(items: int) -> Iterator[Answers]:
    """Who answers everyday questions about a demo library, and how."""
    from benchmarks.answers import all_answers

    with all_answers(items) as them:
        yield them

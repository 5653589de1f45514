"""Owns a report as text, right in 100 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Final, TypeAlias

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mediamgr.performance._naming import labels_told
from mediamgr.performance._records import AnswersUse, Figures, ResultsUse, StoreUse
from mediamgr.wording import counted, human_bytes, human_seconds, printable

__all__ = ["PARTS", "indexes_told", "percent", "text"]

_Lines: TypeAlias = "str | list[str]"
"""A paragraph, to be broken into lines; or lines, such as those of a table."""
_WIDTH: Final = 100
_MOST: Final = 20
PARTS: Final = {
    "store": "the library", "duckdb": "DuckDB's memory", "memory": "memory", "answers": "the cache of answers",
    "results": "kept results", "metrics": "what was measured", "workers": "workers",
    "slow": "slow statements", "advice": "advice",
}  # fmt: skip
"""What parts that may be left out are called."""


def text(figures: Figures) -> str:
    """All of it but what is small: of each list the first twenty."""
    sections = [
        _heading(figures),
        _section("Memory", _memory(figures)),
        _section("Caches", _caches(figures)),
        _section("Where the time went", _timers(figures)),
        _section("Counters", _values(figures.counters.items())),
        _section("Gauges", _values(figures.gauges.items())),
        _section("Workers", _workers(figures)),
        _section("Library", _store(figures.store)),
        _section("Slow statements", _slow(figures)),
        _section("Advice", _advice(figures)),
        _section("Left out", (f"{PARTS.get(part, part)}: {why}" for part, why in figures.left_out.items())),
    ]
    return "\n\n".join(each for each in sections if each)


def percent(share: float | None) -> str:
    """A share as people read it; only what is nothing, or all, is said to be. "" of what is not known."""
    if share is None:
        return ""
    told = share if share in (0, 1) else min(max(share, 0.001), 0.999)
    return f"{100 * told:.1f}".removesuffix(".0") + "%"


def indexes_told(store: StoreUse) -> str:
    """All indexes and keys in a line, tables by kind."""
    by_kind: dict[str, list[str]] = {}
    for each in store.indexes:
        by_kind.setdefault(each.kind, []).append(f"{each.table} ({each.columns})")
    return "; ".join(f"{kind}: {', '.join(tables)}" for kind, tables in by_kind.items())


def _heading(figures: Figures) -> str:
    return f"mediamgr {figures.version}, process {figures.process}, {figures.at:%Y-%m-%d %H:%M:%S} UTC"


def _section(title: str, rows: Iterable[_Lines]) -> str:
    told = [f"  {line}".rstrip() for each in rows for line in (_wrapped(each) if isinstance(each, str) else each)]
    return "\n".join([title, *told]) if told else ""


def _wrapped(paragraph: str) -> list[str]:
    return [line.plain for line in Text(printable(paragraph)).wrap(_console(), _WIDTH - 2)]


def _memory(figures: Figures) -> Iterator[_Lines]:
    told = []
    if (memory := figures.memory) is not None:
        told.append(f"process {human_bytes(memory.process_bytes)}")
        if memory.peak_bytes is not None:
            told.append(f"at most so far {human_bytes(memory.peak_bytes)}")
    if figures.duckdb is not None:
        spilled = f" and {human_bytes(figures.duckdb.spilled_bytes)} on disk" if figures.duckdb.spilled_bytes else ""
        told.append(f"DuckDB {human_bytes(figures.duckdb.memory_bytes)}{spilled}")
    if figures.results is not None:
        told.append(f"kept results {human_bytes(figures.results.size_bytes)}")
    if memory is not None:
        told.append(f"{counted(memory.orderings, 'order')} of items {human_bytes(memory.orderings_bytes)}")
    if told:
        yield " · ".join(told)


def _caches(figures: Figures) -> Iterator[_Lines]:
    rows = [
        *([_of_results(figures.results)] if figures.results else []),
        *([_of_answers(figures.answers)] if figures.answers else []),
    ]
    if rows:
        yield _table(("cache", "kept", "size", "hits", "misses", "hit rate"), rows)
    if figures.answers:
        yield f"answers are in {figures.answers.where}"


def _of_results(used: ResultsUse) -> Sequence[str]:
    of = f"{human_bytes(used.size_bytes)} of {human_bytes(used.most_bytes)}" if used.most_bytes else "off"
    return "results, in memory", f"{used.entries:,}", of, f"{used.hits:,}", f"{used.misses:,}", percent(used.hit_rate)


def _of_answers(used: AnswersUse) -> Sequence[str]:
    told = used.stats
    figures = (f"{told[name]:,}" for name in ("total_hits", "total_misses"))
    name = f"answers of providers, {told['backend']}"
    return name, f"{told['total_entries']:,}", human_bytes(told["size_bytes"]), *figures, percent(told["hit_rate"])


def _timers(figures: Figures) -> Iterator[_Lines]:
    rows = [
        (
            f"{each.name} {labels_told(each.labels)}".strip(),
            f"{each.count:,}",
            *map(human_seconds, (each.total, each.mean, each.p50, each.p95, each.p99)),
            f"{each.errors:,}" if each.errors else "",
        )
        for each in figures.timers.values()
    ]
    yield from _first(("timer", "runs", "total", "mean", "p50", "p95", "p99", "failed"), rows)


def _values(series: Iterable[tuple[str, object]]) -> Iterator[_Lines]:
    yield from _first(("name", "value"), [(key, f"{getattr(each, 'value', 0):,.10g}") for key, each in series])


def _workers(figures: Figures) -> Iterator[_Lines]:
    rows = [
        (
            each.name + (" (closed)" if each.is_closed else ""), f"{each.threads} of {each.max_thread_count}",
            f"{each.active_count:,}", f"{each.queue_depth:,}", f"{each.done:,}", f"{each.failed:,}",
            f"{each.cancelled:,}", human_seconds(each.wait_seconds.total), human_seconds(each.run_seconds.total),
            percent(each.utilisation),
        )
        for each in figures.workers
    ]  # fmt: skip
    heads = "workers", "threads", "active", "queued", "done", "failed", "cancelled", "waited", "ran", "used"
    yield from _first(heads, rows)


def _store(store: StoreUse | None) -> Iterator[_Lines]:
    if store is None:
        return
    yield str(store.path)
    free = percent(store.free_bytes / store.file_bytes) if store.file_bytes else ""
    yield (
        f"file {human_bytes(store.file_bytes)}, of this dead space {human_bytes(store.free_bytes)} ({free});"
        f" log {human_bytes(store.log_bytes)}; {counted(len(store.generations), 'generation')}"
    )
    for each in store.generations:
        marks = [mark for mark, is_so in (("current", each.is_current), ("is read", each.is_read)) if is_so]
        told = ", ".join([f"{human_bytes(each.size_bytes)} beside the file", *marks])
        yield f"generation {each.number}, {each.published_at:%Y-%m-%d %H:%M:%S} UTC: {told}"
    rows = [(each.name, f"{each.rows:,}", human_bytes(each.size_bytes)) for each in store.tables if each.rows]
    yield from _first(("table", "rows", "in the file, about"), rows)
    yield indexes_told(store)


def _slow(figures: Figures) -> Iterator[_Lines]:
    rows = [
        (each.at[:19].replace("T", " "), human_seconds(each.seconds), each.statement, f"{each.rows:,}", each.line or "")
        for each in figures.slow
    ]
    yield from _first(("when, UTC", "took", "statement", "rows", "asked by"), rows, right=(1, 3))
    if rows:
        yield "`mediamgr perf slow --plan` shows what they were, and their plans"


def _advice(figures: Figures) -> Iterator[_Lines]:
    for name, advice in (("threads", figures.threads), ("batch size", figures.batch_size)):
        if advice is not None:
            yield f"{name} {int(advice):,}: {advice.reason}"


def _first(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] | None = None
) -> Iterator[_Lines]:
    if rows:
        yield _table(heads, rows[:_MOST], right=right)
    if len(rows) > _MOST:
        yield f"and {len(rows) - _MOST:,} more"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] | None = None) -> list[str]:
    """`right`: columns of figures; None: all but the first."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for place, head in enumerate(heads):
        is_figure = place in right if right is not None else place > 0
        table.add_column(head, justify="right" if is_figure else "left", overflow="fold", no_wrap=is_figure)
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console = _console()
    console.print(table)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue().splitlines()


def _console() -> Console:
    # rich would show in a notebook what is to be text
    return Console(
        file=StringIO(), width=_WIDTH - 2, color_system=None, emoji=False, markup=False, highlight=False,
        force_jupyter=False, force_terminal=False,
    )  # fmt: skip

"""Owns a report as a panel in a notebook: HTML without script or style sheet, in the colours of the page it is in.

The charts are bars of CSS: they need nothing installed, follow the theme and the width, and are read as text by who
cannot see them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from mediamgr.instrumentation import TimerMetrics
from mediamgr.performance._bars import FREE, MAIN, MUTED, OTHER, Part, bar, room_colour, stacked
from mediamgr.performance._naming import labels_told
from mediamgr.performance._records import Figures, StoreUse
from mediamgr.performance._text import PARTS, indexes_told, percent, text
from mediamgr.wording import MONOSPACE, NO_FORMULA, counted, escaped, human_bytes, human_seconds

__all__ = ["html"]

_MOST: Final = 12
_TABLES: Final = 8
_HITS: Final = "#5aa05a"
_FRAME: Final = (
    "font: 13px/1.55 system-ui, -apple-system, Segoe UI, Roboto, sans-serif; font-variant-numeric: tabular-nums;"
    " color: inherit; max-width: 920px; padding: 4px 2px"
)
_TITLE: Final = "font-size: 13px; font-weight: 600; margin: 18px 0 4px; line-height: 1.4"
_WARNING: Final = "border-left: 3px solid #c9822b; padding: 2px 0 2px 10px; margin: 10px 0"
_COLUMNS: Final = (
    "display: grid; grid-template-columns: repeat(5, max-content); gap: 1px 18px; overflow-x: auto; white-space: nowrap"
)
_PRE: Final = f"font: 12px/1.45 {MONOSPACE}; overflow-x: auto; margin: 6px 0; color: inherit; background: none"


def html(figures: Figures) -> str:
    """The panel: what matters in a line of figures, then bars, and at the end all of it as text, folded."""
    sections = [
        f"<div style='{MUTED}'>{escaped(_heading(figures))}</div>",
        _tiles(figures),
        _left_out(figures),
        _section("Where the time went", _timers(figures)),
        _section("Answered without asking", _caches(figures)),
        _section("Memory of this process", _memory(figures)),
        _section(f"The library, {figures.store.path.name}" if figures.store else "", _store(figures.store)),
        _section("Workers", _workers(figures)),
        _section("Slow statements", _slow(figures)),
        _section("How much at a time", _advice(figures)),
        _folded("All of it as text", f"<pre style='{_PRE}'>{_lines(text(figures))}</pre>"),
    ]
    return f"<div class='mediamgr-report {NO_FORMULA}' style='{_FRAME}'>{''.join(sections)}</div>"


def _lines(told: str) -> str:
    """Text of several lines as HTML."""
    return "\n".join(map(escaped, told.split("\n")))


def _heading(figures: Figures) -> str:
    return f"mediamgr {figures.version} · process {figures.process} · {figures.at:%Y-%m-%d %H:%M:%S} UTC"


def _section(title: str, rows: Iterable[str]) -> str:
    inside = "".join(rows)
    return f"<div role='heading' aria-level='3' style='{_TITLE}'>{escaped(title)}</div>{inside}" if inside else ""


def _folded(title: str, inside: str) -> str:
    summary = f"<summary style='cursor: pointer; {MUTED}'>{escaped(title)}</summary>"
    return f"<details style='margin: 14px 0 0'>{summary}{inside}</details>"


def _tiles(figures: Figures) -> str:
    tiles = "".join(
        f"<div><div style='font-size: 22px; line-height: 1.3; font-weight: 500'>{escaped(figure)}</div>"
        f"<div style='{MUTED}'>{escaped(what)}</div></div>"
        for figure, what in _most_important(figures)
    )
    return f"<div style='display: flex; flex-wrap: wrap; gap: 12px 40px; margin: 10px 0 0'>{tiles}</div>"


def _most_important(figures: Figures) -> Iterator[tuple[str, str]]:
    asked = [each for each in figures.timers.values() if each.name == "store.statement"]
    if asked:
        runs = counted(sum(each.count for each in asked), "statement")
        yield human_seconds(sum(each.total for each in asked)), f"DuckDB, in {runs}"
    if figures.results and figures.results.hit_rate is not None:
        yield percent(figures.results.hit_rate), "answered from memory"
    if (memory := figures.memory) is not None:
        peak = f", at most {human_bytes(memory.peak_bytes)}" if memory.peak_bytes else ""
        yield human_bytes(memory.process_bytes), f"memory{peak}"
    if figures.store:
        yield human_bytes(figures.store.file_bytes + figures.store.log_bytes), "library on disk"


def _left_out(figures: Figures) -> str:
    told = "".join(
        f"<div><b>{escaped(PARTS.get(part, part).capitalize())}</b> is not in here: {escaped(why)}</div>"
        for part, why in figures.left_out.items()
    )
    return f"<div style='{_WARNING}'>{told}</div>" if told else ""


def _timers(figures: Figures) -> Iterator[str]:
    most = max((each.total for each in figures.timers.values()), default=0.0)
    for each in list(figures.timers.values())[:_MOST]:
        # what tells it from others comes first: names are cut where there is no room
        name, more = (labels_told(each.labels), each.name) if each.labels else (each.name, "")
        share = each.total / most if most else 0.0
        yield bar(name, share, human_seconds(each.total), _runs(each), room_colour(each.name), more=more)
    if len(figures.timers) > _MOST:
        told = f"and {len(figures.timers) - _MOST:,} more; what runs within another counts in both"
        yield f"<div style='{MUTED}'>{told}</div>"


def _runs(timer: TimerMetrics) -> str:
    failed = f", {timer.errors:,} failed" if timer.errors else ""
    if timer.count == 1:
        return f"once{failed}"
    return f"{timer.count:,} × {human_seconds(timer.mean)}, p95 {human_seconds(timer.p95)}{failed}"


def _caches(figures: Figures) -> Iterator[str]:
    if (kept := figures.results) is not None:
        of = f"{kept.entries:,} kept, {human_bytes(kept.size_bytes)} of {human_bytes(kept.most_bytes)}"
        yield _hits("results, in memory", kept.hits, kept.misses, kept.hit_rate, of if kept.most_bytes else "off")
    if figures.answers is not None:
        told = figures.answers.stats
        of = f"{told['total_entries']:,} kept, {human_bytes(told['size_bytes'])}"
        name = f"answers of providers, {told['backend']}"
        yield _hits(name, told["total_hits"], told["total_misses"], told["hit_rate"], of)


def _hits(name: str, hits: int, misses: int, rate: float | None, of: str) -> str:
    note = f"{hits:,} of {hits + misses:,}; {of}"
    return bar(name, rate or 0.0, percent(rate) or "–", note, _HITS)


def _memory(figures: Figures) -> Iterator[str]:
    if (memory := figures.memory) is None:
        return
    known = [
        ("DuckDB", figures.duckdb.memory_bytes if figures.duckdb else 0, MAIN),
        ("kept results", figures.results.size_bytes if figures.results else 0, _HITS),
        ("orders of items", memory.orderings_bytes, "#8c6bb1"),
    ]
    rest = memory.process_bytes - sum(size for _, size, _ in known)
    parts = [*known, ("Python, libraries and all else", max(rest, 0), OTHER)]
    whole = max(memory.process_bytes, memory.peak_bytes or 0)
    if memory.peak_bytes:
        parts.append(("given back since its peak", memory.peak_bytes - memory.process_bytes, FREE))
    yield stacked([Part(name, size, colour, human_bytes(size)) for name, size, colour in parts], whole)


def _store(store: StoreUse | None) -> Iterator[str]:
    if store is None:
        return
    tables = sum(each.size_bytes for each in store.tables)
    rest = max(store.file_bytes - store.free_bytes - tables, 0)
    parts = [
        ("tables", min(tables, store.file_bytes), MAIN), ("indexes and all else", rest, "#8c6bb1"),
        ("dead space", store.free_bytes, FREE), ("log", store.log_bytes, "#c47f3b"),
    ]  # fmt: skip
    whole = sum(size for _, size, _ in parts)
    yield stacked([Part(name, size, colour, human_bytes(size)) for name, size, colour in parts], whole)
    yield "<div style='height: 6px'></div>"
    largest = max((each.size_bytes for each in store.tables), default=0) or 1
    for each in store.tables[:_TABLES]:
        yield bar(each.name, each.size_bytes / largest, human_bytes(each.size_bytes), counted(each.rows, "row"), MAIN)
    yield f"<div style='{MUTED}; margin-top: 4px'>{escaped(_generations(store))}</div>"
    yield f"<div style='{MUTED}'>{escaped(indexes_told(store))}</div>"


def _generations(store: StoreUse) -> str:
    if not store.generations:
        return "nothing is published"
    read, last = sum(each.is_read for each in store.generations), store.generations[-1]
    beside = sum(each.size_bytes for each in store.generations)
    return (
        f"the last generation is {last.number}, of {last.published_at:%Y-%m-%d %H:%M:%S} UTC;"
        f" {counted(len(store.generations), 'generation')} there, {read} read, {human_bytes(beside)} beside the file"
    )


def _workers(figures: Figures) -> Iterator[str]:
    for each in figures.workers:
        told = [f"{each.done:,} done", *([f"{each.failed:,} failed"] if each.failed else [])]
        told += [f"{each.active_count:,} active", f"{each.queue_depth:,} queued"] if not each.is_closed else ["closed"]
        if each.wait_seconds.total:
            told.append(f"waited {human_seconds(each.wait_seconds.total)}")
        more = f"{each.threads} of {counted(each.max_thread_count, 'thread')}"
        yield bar(each.name, each.utilisation, percent(each.utilisation), ", ".join(told), "#8c6bb1", more=more)


def _slow(figures: Figures) -> Iterator[str]:
    cells = [
        (
            each.at[:19].replace("T", " "),
            human_seconds(each.seconds),
            each.statement,
            counted(each.rows, "row"),
            each.line,
        )
        for each in figures.slow
    ]
    if cells:
        inside = "".join(f"<span>{escaped(told or '')}</span>" for row in cells for told in row)
        # no table: notebooks have stripes and a font of their own for those
        yield f"<div style='{_COLUMNS}'>{inside}</div>"


def _advice(figures: Figures) -> Iterator[str]:
    for name, advice in (("threads", figures.threads), ("things a batch", figures.batch_size)):
        if advice is not None:
            told = f"<b>{int(advice):,} {name}</b> <span style='{MUTED}'>{escaped(advice.reason)}</span>"
            yield f"<div style='margin: 2px 0'>{told}</div>"

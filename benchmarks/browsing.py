"""Claim: a random jump in ten million items is as fast as in ten thousand; docs/browsing.md gives the figures.

A real JupyterLab in a real Chromium. First our browser alone, on libraries of each size; then, in the same run, over a
million rows of eight columns, beside the tables that notebooks usually show. benchmarks/cells.py says what is measured.

Run: make browsing (MEDIAMGR_BENCH_SIZES names sizes, see benchmarks/libraries.py)
"""

from __future__ import annotations

from dataclasses import replace
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from time import perf_counter
from typing import TYPE_CHECKING, Any

import mediamgr
from benchmarks.cells import JUMPS, LIMIT_SECONDS, Cost, Table, chromium_at, measure
from benchmarks.libraries import ALL_SIZES, demo_library
from benchmarks.peers.tables_in_cells import PACKAGES, PEERS

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
ROWS_BESIDE_OTHERS = 1_000_000
_OURS = """() => {
    const sheet = document.querySelector('.mediamgr-browser .mm-sheet');
    return inSight([...sheet.querySelectorAll('.mm-row[data-index]')], sheet, 34).map(row => [
        Number(row.dataset.index),
        row.classList.contains('mm-waiting') ? '' : row.querySelector('.mm-title').textContent,
    ]);
}"""
_OUR_JUMP = """place => {
    const sheet = document.querySelector('.mediamgr-browser .mm-sheet');
    sheet.scrollTop = place * (sheet.scrollHeight - sheet.clientHeight);
}"""
# as the others have it: modules are imported, and the library was read before
_READ_BEFORE = """
import mediamgr, mediamgr.browser
with mediamgr.open({library!r}) as lib:
    lib.items.get_all(limit=1)
"""
# the eight columns that our list shows, and the place of each row; in the order of our list
_WIDE = """
import mediamgr
with mediamgr.open({library!r}) as lib:
    wide = lib.browse().frame()
columns = ["title", "show_title", "year", "rating", "runtime_minutes", "media_type", "added_at"]
wide = wide.select(columns).with_row_index("place").select("place", *columns)
"""


def ours(library: Path) -> Table:
    """Our browser on a library."""
    return Table(
        f"mediamgr-{library.stem.removeprefix('demo-')}",
        _READ_BEFORE.format(library=str(library)),
        f"lib = mediamgr.open({str(library)!r})\nlib.browse()",
        rows=_OURS,
        jump=_OUR_JUMP,
    )


def total_and_facets(page: Page) -> dict[str, float]:
    """How long after the first rows the number of items and the last facet came, in seconds."""
    began = perf_counter()
    page.locator(".mediamgr-browser .mm-status").get_by_text(" items").first.wait_for()
    total = perf_counter() - began
    page.locator(".mediamgr-browser").get_by_text("Audio language").wait_for(state="attached")
    return {"total": total, "facets": perf_counter() - began}


def by_size(found: dict[int, Cost]) -> list[str]:
    """The table of our own sizes."""
    lines = [
        "| items | first rows | total | all facets | jump, median | 95 of 100 | page of 100 | nodes | kernel |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for items, cost in found.items():
        assert cost.first_ms is not None
        assert not cost.lost, f"{cost.lost} jumps in {items} items ended nowhere"
        first = cost.first_ms / 1000
        lines.append(
            f"| {items:,} | {first:.2f} s | {first + cost.later['total']:.2f} s | {first + cost.later['facets']:.1f} s"
            f" | {cost.jump_ms:.0f} ms | {cost.slow_jump_ms:.0f} ms | {cost.page_bytes / 1000:.0f} KB"
            f" | {cost.nodes:,} | {cost.kernel_bytes / 1e6:.0f} MB |"
        )
    return lines


def beside_others(found: dict[str, tuple[Table, Cost]]) -> list[str]:
    """The table of all tables."""
    lines = [
        "| | first rows | received until then | jump, median | 95 of 100 | received a jump | kernel | page's heap |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, (table, cost) in found.items():
        if cost.first_ms is None:
            lines.append(f"| {name} | none within {LIMIT_SECONDS} s | | | | | | |")
            continue
        jumps = (
            f"{cost.jump_ms:.0f} ms | {cost.slow_jump_ms:.0f} ms | {cost.jump_bytes / 1000:.1f} KB"
            if table.jump
            else "cannot | |"
        )
        lines.append(
            f"| {name} | {cost.first_ms / 1000:.2f} s | {cost.first_bytes / 1e6:.2f} MB | {jumps}"
            f" | {cost.kernel_bytes / 1e6:.0f} MB | {cost.heap_bytes / 1e6:.0f} MB |"
        )
    return lines


def write(sizes: dict[int, Cost], tables: dict[str, tuple[Table, Cost]]) -> None:
    """The page."""
    smallest, largest = (sizes[items].jump_ms for items in (min(sizes), max(sizes)))
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    cannot = [f"- {table.name}: {table.cannot}." for table, _ in tables.values() if table.cannot]
    cannot += [
        f"- {name}: after {cost.lost} of {JUMPS} jumps it stayed empty for ten seconds; its times are of the others."
        for name, (_, cost) in tables.items()
        if cost.lost
    ]
    text = f"""# What browsing costs

Written by `make browsing`; not to be edited. A real JupyterLab in a real Chromium, on the demo library, a kernel after
the other. The first times of a row begin with the key that runs the cell; a jump takes the scroll bar to a random place
and ends when every row that is seen is painted ({JUMPS} jumps; what is painted is compared with the rows it should be).

## From ten thousand to ten million

{chr(10).join(by_size(sizes))}

In each of our jumps are 80 ms in which the page waits for the hand to come to rest. A random jump in {max(sizes):,}
items takes {largest / smallest:.2f} times as long as in {min(sizes):,}. Total and facets come after the rows: they read
whole columns, and are stopped when something else is asked for.

## Beside other tables, over {ROWS_BESIDE_OTHERS:,} rows of eight columns

{versions}. The others are given a frame that is in memory
already; ours opens its library in the cell. Received is what came over the sockets of JupyterLab, with the code of the
widget.

{chr(10).join(beside_others(tables))}

{chr(10).join(cannot)}
"""
    (ROOT / "docs" / "browsing.md").write_text(text, encoding="utf-8")
    print(text)


def main() -> None:
    """Measure, and write the page."""
    sizes: dict[int, Cost] = {}
    tables: dict[str, tuple[Table, Cost]] = {}
    library = demo_library(ROWS_BESIDE_OTHERS)
    with TemporaryDirectory(prefix="mediamgr-browsing-") as folder:

        def cost_of(table: Table, of: Path, **how: Any) -> Cost:
            # a server and a browser for each: none is slower for what was open before it
            with mediamgr.open(of) as lib, lib.items.ordering() as order, chromium_at(mkdtemp(dir=folder)) as there:
                cost = measure(*there, table, titles=lambda *bounds: order.window(*bounds)["title"].to_list(), **how)
            print(f"{table.name}: first rows after {cost.first_ms} ms", flush=True)
            return cost

        # the first time anything is shown is that of a cold Chromium
        cost_of(ours(library), library, also=total_and_facets)
        for size in ALL_SIZES:
            of = demo_library(size)
            sizes[size] = cost_of(ours(of), of, weighed=b'"rows"', also=total_and_facets)
        tables["mediamgr"] = (ours(library), cost_of(ours(library), library, also=total_and_facets))
        for peer in PEERS:
            told = replace(peer, prepare=_WIDE.format(library=str(library)) + peer.prepare)
            tables[peer.name] = (told, cost_of(told, library))
    write(sizes, tables)


if __name__ == "__main__":
    main()

"""Other tables for notebooks, each shown as its own documentation shows it, and how each is read and scrolled."""

from __future__ import annotations

from benchmarks.cells import Table

__all__ = ["PACKAGES", "PEERS"]

PACKAGES = ("itables", "ipydatagrid", "quak", "buckaroo")

# a canvas holds no text: what is painted is written down as it is painted, by its height in the canvas
_PAINTED = """
const painted = (window.__painted = new Map());
const fillText = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
    if (!painted.has(y)) painted.set(y, []);
    painted.get(y).push([x, text]);
    return fillText.call(this, text, x, y, ...rest);
};
"""

_OF_ITABLES = """() => [...document.querySelectorAll('.itables_anywidget tbody tr')]
    .filter(row => row.cells.length > 2)
    .map(row => [number(row.cells[0].textContent), row.cells[1].textContent])"""

PEERS = (
    Table(
        "itables",
        "from itables.widget import ITable\nframe = wide.to_pandas()",
        "ITable(frame)",
        rows=_OF_ITABLES,
        jump=None,
        cannot="by default it keeps a sample of the rows, of 64 KB; the others cannot be seen",
    ),
    Table(
        "itables-whole",
        "from itables.widget import ITable\nframe = wide.to_pandas()",
        "ITable(frame, maxBytes=0, scroller=True, scrollY='400px')",
        rows=_OF_ITABLES,
        jump=None,
        cannot="with maxBytes=0 all rows go into the page",
    ),
    Table(
        "ipydatagrid",
        "from ipydatagrid import DataGrid\nframe = wide.to_pandas()",
        "DataGrid(frame, column_widths={'title': 400})",
        # key, place, title; a row is there when all three are
        rows="""() => [...__painted.values()]
            .map(texts => texts.sort((a, b) => a[0] - b[0]).map(text => text[1]))
            .filter(texts => texts.length > 3 && /^\\d+$/.test(texts[0]))
            .map(texts => [number(texts[1]), texts[2]])""",
        # its scroll bar is its own; a wheel takes any distance
        jump="""place => {
            const grid = document.querySelector('.jp-OutputArea .lm-DataGrid');
            const target = place * 999_900 * 20;
            __painted.clear();
            grid.dispatchEvent(new WheelEvent('wheel', {deltaY: target - (window.__at ?? 0), bubbles: true}));
            window.__at = target;
        }""",
        setup=_PAINTED,
    ),
    Table(
        "quak",
        "import quak",
        "quak.Widget(wide)",
        rows="""() => [...document.querySelectorAll('.jp-OutputArea *')].filter(it => it.shadowRoot)
            .flatMap(it => [...it.shadowRoot.querySelectorAll('tbody tr')])
            .filter(row => row.cells.length > 3)
            .map(row => [number(row.cells[1].textContent), row.cells[2].textContent])""",
        jump=None,
        cannot="rows are appended as one scrolls down: to see the last, all before it are scrolled through",
    ),
    Table(
        "buckaroo",
        "from buckaroo.polars_buckaroo import PolarsBuckarooInfiniteWidget",
        "PolarsBuckarooInfiniteWidget(wide)",
        rows="""() => {
            const box = [...document.querySelectorAll('.jp-OutputArea .ag-body-viewport')].at(-1);
            const rows = [...box.querySelectorAll('.ag-center-cols-container .ag-row')];
            return inSight(rows, box, 0).map(row => {
                // cells lie in the row in any order
                const text = column => row.querySelector(`[aria-colindex="${column}"]`)?.textContent ?? '';
                return [number(text(2)), text(3)];
            });
        }""",
        jump="""place => {
            const box = [...document.querySelectorAll('.jp-OutputArea .ag-body-viewport')].at(-1);
            box.scrollTop = place * (box.scrollHeight - box.clientHeight);
        }""",
        cuts=True,
    ),
)
"""All given `wide`, the same million rows of eight columns, already in the memory of the kernel."""

"""Owns the widget: what the page shows of a frame, what it asks, and what a selected row opens below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

import anywidget
import polars as pl
import traitlets

from mediamgr.errors import MediaManagerError, QueryError
from mediamgr.reports.table._columns import columns_of, exact, texts
from mediamgr.reports.table._opened import opened
from mediamgr.reports.table._places import Asked, places
from mediamgr.reports.table._sources import SCRIPT, STYLE
from mediamgr.reports.table._static import as_html, as_text

__all__ = ["BrowsesItems", "ReportTable"]

_STATIC_ROWS: Final = 20
_PAGE: Final = 100
_LONGEST_WINDOW: Final = 1_000
_LONGEST_TEXT: Final = 500
_MOST_SELECTED: Final = 10_000


class BrowsesItems(Protocol):
    """The browser, as a table needs it."""

    query: dict[str, Any]
    selection: list[int]

    def open_item(self, item_id: int) -> None: ...
    def close(self) -> None: ...


class ReportTable(anywidget.AnyWidget):
    """The rows of a report in a notebook cell: sorted by a click on a header, filtered, and opened in the browser.

    A click or Enter selects a row and opens below what it is about; Shift, Ctrl and Space select several. What one does
    in the page is there as values, and what is set here the page shows:

        table = lib.reports.storage_largest().table()
        table.selection                 # numbers of the rows of the frame that are selected
        table.selected_frame()          # the same as a frame
        table.browser                   # what they opened; None before
        table.selection = [0, 1]        # as if they were clicked
        table.text, table.sort, table.descending = "alien", "size_bytes", True

    Args:
        frame: The rows. The page holds those that are seen, and a few more.
        title: What stands above them.
        opens: What the browser shows of a row, as `browse(**query)` takes it; None: nothing.
        browse: Makes a browser; None: no row opens anything.
        columns: Those of the frame that may be shown; None: all.
        height: Of the table without the browser, in pixels, at most.
    """

    _esm = SCRIPT
    _css = STYLE

    selection = traitlets.List(traitlets.Int(), help="Numbers of the rows that are selected, from 0.").tag(sync=True)
    text = traitlets.Unicode("", help="Rows that have all its words are shown.").tag(sync=True)
    sort = traitlets.Unicode(None, allow_none=True, help="Column that is sorted by.").tag(sync=True)
    descending = traitlets.Bool(False).tag(sync=True)
    height = traitlets.Int(420, min=120, max=4_000).tag(sync=True)
    total = traitlets.Int(help="How many rows are shown: all, or those that match.").tag(sync=True)
    browser = anywidget.WidgetTrait().tag(sync=True)

    title = traitlets.Unicode("").tag(sync=True)
    columns: traitlets.List[Any] = traitlets.List().tag(sync=True)
    said = traitlets.Unicode("").tag(sync=True)
    all_rows = traitlets.Int().tag(sync=True)
    revision = traitlets.Int(0).tag(sync=True)
    page_size = traitlets.Int(_PAGE).tag(sync=True)
    first_rows: traitlets.Dict[Any, Any] = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        frame: pl.DataFrame,
        title: str,
        opens: Callable[[Mapping[str, Any]], Mapping[str, Any] | None],
        browse: Callable[..., BrowsesItems] | None = None,
        *,
        columns: Sequence[str] | None = None,
        height: int = 420,
    ) -> None:
        self._frame, self._opens, self._browse = frame, opens, browse
        self._shown_columns = columns_of(frame if columns is None else frame.select(columns))
        self._asked = Asked()
        self._places = places(frame, self._shown_columns, self._asked)
        super().__init__(
            title=title, columns=[column.shown() for column in self._shown_columns], height=height,
            all_rows=frame.height, total=frame.height, first_rows=self._page(0, _PAGE),
        )  # fmt: skip
        self.on_msg(self._hear)

    def selected_frame(self) -> pl.DataFrame:
        """The rows that are selected, in the order of selecting: every column of the frame."""
        return self._frame[self.selection]

    def frame(self) -> pl.DataFrame:
        """The rows that are shown by now, in their order: every column of the frame."""
        return self._frame[self._places]

    def close(self) -> None:
        """Let go of the page, and of the browser."""
        if self.browser is not None:
            self.browser.close()
        super().close()

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """What the page says of traits is not heard: it asks, and is told."""

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        html = as_html(self.title, self._shown_columns, self._frame.head(_STATIC_ROWS), self._frame.height)
        return {**data, "text/html": html, "text/plain": repr(self)}, metadata

    def __repr__(self) -> str:
        return as_text(self.title, self._shown_columns, self._frame.head(_STATIC_ROWS), self._frame.height)

    @traitlets.validate("selection")
    def _check_selection(self, proposal: dict[str, Any]) -> list[int]:
        rows = list(dict.fromkeys(proposal["value"]))
        if wrong := [row for row in rows if not 0 <= row < self._frame.height]:
            raise QueryError(f"There is no row {wrong[0]} in a table of {self._frame.height:,}; they count from 0.")
        return rows

    @traitlets.validate("sort")
    def _check_sort(self, proposal: dict[str, Any]) -> str | None:
        name: str | None = proposal["value"]
        sorts = [column.name for column in self._shown_columns if column.kind != "nested"]
        if name is not None and name not in sorts:
            raise QueryError(f"A table cannot be sorted by {name!r}; it can by {', '.join(sorts) or 'nothing'}.")
        return name

    @traitlets.observe("text", "sort", "descending")
    def _arrange(self, change: object) -> None:
        asked = Asked(self.text, self.sort, self.descending)
        if asked == self._asked:
            # of what was set together the first has done it
            return
        with self.hold_sync():
            self._asked, self._places = asked, places(self._frame, self._shown_columns, asked)
            self.total = len(self._places)
            self.revision += 1

    @traitlets.observe("selection")
    def _open_selected(self, change: object) -> None:
        """What is wrong is said in the page: a click has nobody to raise to."""
        if self._browse is None:
            return
        found = opened([self._opens(row) for row in self.selected_frame().iter_rows(named=True)])
        self.said = found.said
        if found.query is None:
            return
        try:
            if self.browser is None:
                self.browser = self._browse(**found.query)
            else:
                self.browser.query = found.query
            if found.item is None:
                self.browser.selection = []
            else:
                self.browser.open_item(found.item)
        except MediaManagerError as error:
            self.said = str(error)

    def _page(self, start: int, stop: int) -> dict[str, Any]:
        """Rows from `start` on as they travel: numbers, and for each what its cells say."""
        last = self._places.len()
        start = min(start, last)
        rows = self._places.slice(start, min(stop, last) - start)
        frame = self._frame[rows]
        said = [texts(column, frame.get_column(column.name)) for column in self._shown_columns]
        beside = [exact(column, frame.get_column(column.name)) for column in self._shown_columns]
        return {
            "revision": self.revision,
            "start": start,
            "rows": {
                "id": rows.to_list(),
                "texts": [list(line) for line in zip(*said, strict=True)],
                "exact": [
                    [each[place] if each else None for each in beside] for place in range(rows.len())
                ],
            },
        }  # fmt: skip

    def _hear(self, widget: object, message: Any, buffers: object) -> None:
        """A message of the page; what is none of these is not heard."""
        match message:
            case {"type": "rows", "revision": self.revision, "start": int(start), "stop": int(stop)} if start >= 0:
                page = self._page(start, min(max(start, stop), start + _LONGEST_WINDOW))
                self.send({"type": "rows", "view": message.get("view"), "seq": message.get("seq"), **page})
            case {"type": "sort", "by": str(name), "descending": bool(descending)}:
                self._sort(name, descending)
            case {"type": "search", "text": str(text)}:
                self.text = text[:_LONGEST_TEXT]
            case {"type": "select", "ids": list(rows)}:
                self._select([row for row in rows if isinstance(row, int) and 0 <= row < self._frame.height])
            case {"type": "select_range", "revision": self.revision, "start": int(start), "stop": int(stop)}:
                stop = min(stop, self.total)
                self._select_range(
                    max(0, min(start, stop)), stop, bool(message.get("add")), bool(message.get("remove"))
                )

    def _sort(self, name: str, descending: bool) -> None:
        if name in [column.name for column in self._shown_columns if column.kind != "nested"]:
            with self.hold_trait_notifications():
                self.sort, self.descending = name, descending

    def _select(self, rows: list[int]) -> None:
        """Of what is selected already, what was closed is opened again."""
        if rows == self.selection:
            self._open_selected(None)
        self.selection = rows[:_MOST_SELECTED]

    def _select_range(self, start: int, stop: int, add: bool, remove: bool) -> None:
        rows = self._places.slice(start, max(0, stop - start)).to_list()
        if remove:
            gone = set(rows)
            chosen = [row for row in self.selection if row not in gone]
        else:
            chosen = list(dict.fromkeys([*self.selection, *rows] if add else rows))
        self._select(chosen[:_MOST_SELECTED])
        if len(chosen) > _MOST_SELECTED:
            self.said = f"The first {_MOST_SELECTED:,} are selected."

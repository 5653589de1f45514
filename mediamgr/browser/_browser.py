"""Owns the widget: what the page shows as traits, what it asks answered, and what a notebook does with it."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import singledispatchmethod
from threading import Event, RLock
from time import perf_counter
from typing import Any, Final

import anywidget
import polars as pl
import traitlets

from mediamgr.browser import _requests as ask
from mediamgr.browser._actions import Actions
from mediamgr.browser._columns import COLUMNS, SORTS, place, rows_of
from mediamgr.browser._details import details
from mediamgr.browser._facets import GROUPS, chips, facets, narrowed
from mediamgr.browser._library import BrowsedLibrary
from mediamgr.browser._query import as_dict, as_query
from mediamgr.browser._queues import Queues
from mediamgr.browser._sources import PARTS, SCRIPT, STYLE
from mediamgr.browser._static import first_page, plain
from mediamgr.browser._thumbnails import MIME, Thumbnails
from mediamgr.errors import Cancelled, MediaManagerError, QueryError
from mediamgr.instrumentation import Counter, Timer
from mediamgr.lazy_model import LazyMediaItemModel, Query
from mediamgr.store.background import Asked
from mediamgr.workers import WorkerManager, start_thread

__all__ = ["Browser"]

_log = logging.getLogger(__name__)
_REQUEST: Final = Timer("browser.request", "Answering what the page asks, by the kind of request", "request")
_BAD: Final = Counter("browser.bad_requests", "Requests of a page that were refused as they are none")
_STATIC_ROWS: Final = 20
_LONGEST_NAME: Final = 100
_MOST_COUNTED: Final = 1_000_000
"""Matches of a text up to which facets are counted among them."""
_counters: Final = WorkerManager(2, name="mediamgr-facets")
_MOST_SELECTED: Final = 100_000
_LOOK_SECONDS: Final = 2.0
"""How often is looked whether somebody else committed something: a file's stamp."""


class Browser(anywidget.AnyWidget):
    """A library in a notebook cell: any number of items, searched, narrowed, sorted and looked at.

    What one does in the page is there as values, and what is set here the page shows:

        browser = mediamgr.browse(lib)
        browser.query = {"query": "desert", "genre": "Drama"}   # as lib.items.ordering(**query) takes it
        browser.selection               # ids of what is selected
        browser.selected_frame()        # the same as a frame
        browser.frame()                 # everything that matches, without showing it
        browser.open_item(42)           # select an item and show its details
        browser.sql                     # what is shown as SQL
        browser.observe(print, "selection")

    Traits to observe and link: `query`, `selection`, `total`, `view` ("list" or "wall"), `height` (pixels).

    Args:
        lib: The library.
        query: What is shown at first.
        view: "list" or "wall".
        height: Of the whole, in pixels.
        page_size: Rows that are asked for at once.
        prefetch_threshold: Rows to have beyond what is seen, at rest.
    """

    _esm = SCRIPT
    _css = STYLE

    query = traitlets.Dict(help="What is shown, as lib.items.ordering(**query) takes it.")
    selection = traitlets.List(traitlets.Int(), help="Ids of what is selected.").tag(sync=True)
    total = traitlets.Int(None, allow_none=True, help="How many items match; None until known.").tag(sync=True)
    view = traitlets.Enum(["list", "wall"], default_value="list").tag(sync=True)
    height = traitlets.Int(560, min=240, max=4_000).tag(sync=True)

    _parts = traitlets.Dict(dict(PARTS)).tag(sync=True)
    first_rows: traitlets.Dict[Any, Any] = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)
    revision = traitlets.Int(0).tag(sync=True)
    keep_place = traitlets.Bool(False).tag(sync=True)
    seconds = traitlets.Float(None, allow_none=True).tag(sync=True)
    opened: traitlets.Dict[Any, Any] = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)
    text = traitlets.Unicode("").tag(sync=True)
    sort = traitlets.Unicode("title").tag(sync=True)
    descending = traitlets.Bool(False).tag(sync=True)
    columns = traitlets.List(COLUMNS).tag(sync=True)
    sorts: traitlets.List[Any] = traitlets.List().tag(sync=True)
    chips: traitlets.List[Any] = traitlets.List().tag(sync=True)
    facets: traitlets.List[Any] = traitlets.List(default_value=None, allow_none=True).tag(sync=True)
    undo = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    outdated = traitlets.Bool(False).tag(sync=True)
    loading = traitlets.Bool(False).tag(sync=True)
    error: traitlets.Dict[Any, Any] = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)
    page_size = traitlets.Int(100).tag(sync=True)

    def __init__(
        self,
        lib: BrowsedLibrary,
        query: Mapping[str, Any] | None = None,
        *,
        view: str = "list",
        height: int = 560,
        page_size: int = 100,
        prefetch_threshold: int = 20,
    ) -> None:
        self._lib = lib
        self._names: dict[str, str] = {}
        self._opens = itertools.count(1)
        self._asked_at = perf_counter()
        self._facets_asked: Asked[None] | None = None
        self._facets_of: int | None = None
        self._actions = Actions(lib)
        self._thumbnails = Thumbnails()
        # whoever changes traits or what is shown, in whatever thread, does so alone
        self._state = RLock()
        self._closed = Event()
        self._is_showing = False
        # each in turn: what changes what is shown, rows of it, the selection, what takes long, what waits for writers
        self._queues = Queues("shown", "rows", "selection", "slow", "writing")
        self._views: set[str] = set()
        self._is_watched = False
        first = as_query(query or {})
        self._model = LazyMediaItemModel(
            page_size,
            prefetch_threshold,
            items=lib.items,
            text=first.text,
            sort=first.sort,
            descending=first.descending,
            **first.filters,
        )
        super().__init__(view=view, height=height, page_size=page_size)
        self._model.observe("total_changed", self._tell_total)
        self._model.observe("loading_changed", self._tell_loading)
        self._model.observe("reset", self._follow_model)
        if shown := as_dict(first):
            self.query = shown
        else:
            # what it is by itself, so that nobody is told of a change
            self._show()
        self._tell_total()
        self.on_msg(self._hear)

    def selected_frame(self) -> pl.DataFrame:
        """What is selected, in the order of selecting: every column of items."""
        return self._lib.items.get_many(self.selection)

    def frame(self) -> pl.DataFrame:
        """Everything that matches by now, in its order: columns as `lib.items.get_all`."""
        with self._lib.items.ordering(**self.query) as whole:
            return whole[:]

    @property
    def sql(self) -> str:
        """What is shown as one SELECT, for `lib.sql` or any DuckDB shell that has the library open."""
        asked = self._model.query
        return self._lib.items.as_sql(asked.text, sort=asked.sort, descending=asked.descending, **asked.filters)

    @property
    def model(self) -> LazyMediaItemModel:
        """The rows, without any widget."""
        return self._model

    def open_item(self, item_id: int) -> None:
        """Select an item and show its details, until something else is listed; what is listed stays.

        Raises `ItemNotFound`.
        """
        item = self._lib.items.get(item_id)
        with self._state, self.hold_sync():
            self.selection = [item_id]
            # numbered: an item whose details were closed is opened again
            number = next(self._opens)
            self.opened = {"id": item_id, "title": item.title, "show_title": item.show_title, "number": number}

    def refresh(self) -> None:
        """Show what was committed by now, at the same place."""
        with self._state, self._changing():
            self._asked_at = perf_counter()
            self._model.refresh()
            self._show(keep_place=True)

    def undo_last(self) -> str:
        """Take back what was changed last from this widget; in words. Raises `QueryError` when there is nothing."""
        said = self._actions.undo()
        self.refresh()
        return said

    def close(self) -> None:
        """Let go of the library and of the page."""
        if self.comm is None:
            # closed already, or never made: there is no such library, or query
            return
        self._closed.set()
        self._stop_counting()
        self._model.close()
        self._queues.close()
        super().close()

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """What the page says of traits is not heard: it asks (`_requests`), and is told."""

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        shown = super()._repr_mimebundle_(**kwargs)
        if shown is None:
            return None
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        self._model.wake()
        revision, rows, said = self._model.revision, self._model.window(0, self.page_size), self._said()
        with self._state:
            # with the cell itself: the page paints them before it asks for any
            self.first_rows = self._page(revision, 0, rows)
        static = {
            "text/html": first_page(rows.head(_STATIC_ROWS), self.total, said),
            "text/plain": plain(rows.head(_STATIC_ROWS), self.total, said),
        }
        return {**data, **static}, metadata

    def __repr__(self) -> str:
        return f"Browser({self._said()})"

    def _said(self) -> str:
        return f"{self._lib.path.name}: {', '.join(f'{k}={v!r}' for k, v in self.query.items()) or 'everything'}"

    @traitlets.validate("query")
    def _check_query(self, proposal: dict[str, Any]) -> dict[str, Any]:
        asked = as_query(proposal["value"])
        self._ask_model(asked)
        return as_dict(asked)

    @traitlets.observe("query")
    def _show_query(self, change: object) -> None:
        with self._state:
            # of two threads that set it at once the one that was last is heard
            self._ask_model(as_query(self.query))
            self._show()

    def _ask_model(self, asked: Query) -> None:
        with self._state, self._changing():
            if asked != self._model.query:
                self._asked_at = perf_counter()
                self._model.query = asked

    def _follow_model(self, revision: int) -> None:
        """The model may be asked for something else by itself."""
        with self._state:
            if self._is_showing:
                return
            asked = as_dict(self._model.query)
            if asked != self.query:
                self.query = asked
            else:
                self._show()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """What changes in the body is this widget's own doing; the caller has the lock."""
        before, self._is_showing = self._is_showing, True
        try:
            yield
        finally:
            self._is_showing = before

    @traitlets.observe("text", "sort", "descending")
    def _ask_what_was_set(self, change: dict[str, Any]) -> None:
        """A notebook may set these one by one, too."""
        with self._state:
            if self._is_showing:
                return
            shown = self._model.query
            sort = None if self.sort in ("match", _shown_sort(Query(self.text))) else self.sort
            asked = Query(self.text, sort, self.descending, shown.filters)
            if _state(asked) != _state(shown):
                self.query = as_dict(asked)

    def _show(self, *, keep_place: bool = False) -> None:
        """Tell the page what is shown now; totals and facets come later."""
        with self._state, self._changing(), self.hold_sync():
            asked = self._model.query
            has_text = bool(asked.text)
            self.text, self.sort, self.descending = _state(asked)
            self.sorts = [{"name": k, "label": v} for k, v in SORTS.items() if has_text or k != "match"]
            self.chips = chips(asked.filters, self._names)
            self.keep_place = keep_place
            self.set_trait("first_rows", None)
            if not keep_place:
                self.set_trait("opened", None)
            self.revision = self._model.revision
            self.outdated = False
            self.total = self._model.total
            self.undo = self._actions.last
            self.set_trait("error", None)
            self._stop_counting()
            if not self._is_watched:
                self._is_watched = True
                start_thread(self._watch, "mediamgr-browser-watch")

    def _tell_total(self, *_: object) -> None:
        # the total of what is shown by now, whatever was being counted
        with self._state, self.hold_sync():
            if self._model.total is not None:
                self.seconds = round(perf_counter() - self._asked_at, 3)
                self.total = self._model.total

    def _watch(self) -> None:
        """Say when others committed something; it is shown when somebody wants to see it, not under their hands."""
        while not self._closed.wait(_LOOK_SECONDS):
            try:
                with self._state:
                    if self._model.is_resting:
                        self._is_watched = False
                        return
                    self.outdated = self._model.is_outdated
            except OSError as error:
                # a drive that is not there now may come back
                _log.debug("cannot see whether the library changed: %s", error)

    def _tell_loading(self, is_loading: bool) -> None:
        with self._state:
            self.loading = is_loading

    def _stop_counting(self) -> None:
        if self._facets_asked:
            self._facets_asked.abandon()

    def _count_facets(self) -> None:
        """In the background; of a query that is not shown any more nothing is told."""
        model, revision, asked, items = self._model, self._model.revision, self._model.query, self._lib.items
        shown = model.ordering

        def count() -> None:
            ids = None
            if asked.text:
                # of the text alone: a facet that is chosen from is counted without its own filter
                with items.ordering(asked.text) if asked.filters else nullcontext(shown) as matching:
                    if len(matching) > _MOST_COUNTED:
                        with self._state:
                            self.facets = []
                        return
                    ids = matching.ids().to_list()
            for group in GROUPS:
                told = {each["name"]: each for each in facets(items, group, asked.filters, ids)}
                with self._state:
                    if revision != model.revision:
                        return
                    before = {each["name"]: each for each in self.facets or []}
                    merged = {**before, **told}
                    self.facets = [merged[name] for names in GROUPS for name in names if name in merged]

        def work() -> None:
            try:
                count()
            except MediaManagerError as error:
                # cancelled, or the library was closed
                _log.debug("facets were not counted: %s", error)
            except Exception:
                _log.exception("facets could not be counted")

        # not among those who find out orders: this waits for one of them
        self._facets_asked = Asked(work, _counters)

    def _hear(self, widget: object, content: object, buffers: object) -> None:
        """A message of the page; whatever it is, it does no harm."""
        try:
            request = ask.read(content)
        except ask.BadRequest as error:
            _BAD.add()
            _log.info("a request was refused: %s", error)
            self._tell_refusal(content, str(error))
            return
        if isinstance(request, ask.Left):
            self._leave(request.view)
            return
        if request.view:
            self._views.add(request.view)
        with suppress(RuntimeError):
            # closed meanwhile
            self._queues.submit(_queue_of(request), self._answer_safely, request)

    def _leave(self, view: str) -> None:
        """Where nobody looks nothing is held: a cell that is run again leaves what it showed before to itself."""
        self._views.discard(view)
        self._rest_unless_seen()

    def _rest_unless_seen(self) -> None:
        with self._state:
            if self._views:
                return
            self._stop_counting()
            self._facets_of = None
            self._model.rest()
            self._queues.rest()

    def _tell_refusal(self, content: object, why: str) -> None:
        """To whoever asked, if that is known; a field of theirs may be too long."""
        if isinstance(content, dict) and isinstance(view := content.get("view"), str) and len(view) < _LONGEST_NAME:
            seq = content.get("seq")
            self.send({"type": "error", "view": view, "seq": seq if isinstance(seq, int) else 0, "message": why})

    def _answer_safely(self, request: ask.Request) -> None:
        try:
            with _REQUEST.run(request=type(request).__name__.lower()):
                self._model.wake()
                self._answer(request)
        except Cancelled:
            # what was asked for later is answered
            return
        except MediaManagerError as error:
            self._refuse(request, str(error), is_fatal=isinstance(request, ask.Rows | ask.Retry))
        except Exception as error:
            _log.exception("a request failed")
            self._refuse(request, f"{type(error).__name__}: {error}", is_fatal=False)
        finally:
            if request.view:
                self._rest_unless_seen()

    def _refuse(self, request: ask.Request, why: str, *, is_fatal: bool) -> None:
        self.send({"type": "error", "view": request.view, "seq": request.seq, "message": why})
        if is_fatal:
            message, _, remedy = why.partition("; ")
            with self._state:
                self.error = {"message": message, "remedy": remedy}

    def _page(self, revision: int, start: int, rows: pl.DataFrame) -> dict[str, Any]:
        """Rows from `start` on as they travel."""
        return {
            "revision": revision,
            "start": start,
            "rows": rows_of(rows, self._lib.history.played_among(rows["id"])),
            "at": place(rows.row(0, named=True), self.sort) if rows.height else "",
        }

    def _reply(self, request: ask.Request, kind: str, buffers: list[bytes] | None = None, **content: Any) -> None:
        self.send({"type": kind, "view": request.view, "seq": request.seq, **content}, buffers)

    @singledispatchmethod
    def _answer(self, request: ask.Request) -> None:
        raise NotImplementedError(type(request))

    @_answer.register
    def _(self, request: ask.Rows) -> None:
        if request.revision != self._model.revision:
            return
        frame = self._model.window(request.start, request.stop)
        if self.error:
            with self._state:
                self.set_trait("error", None)
        ahead = range(0) if request.ahead else self._model.scrolled(request.start, request.stop, request.speed)
        page = self._page(request.revision, request.start, frame)
        self._reply(request, "rows", **page, ahead=[ahead.start, ahead.stop] if ahead else None)

    @_answer.register
    def _(self, request: ask.Facets) -> None:
        with self._state:
            if request.revision == self._model.revision != self._facets_of:
                self._facets_of = request.revision
                self._count_facets()

    @_answer.register
    def _(self, request: ask.Jump) -> None:
        position = None
        with suppress(QueryError):
            # matches, and what is sorted by numbers, have no letters
            position = self._model.ordering.position_at(request.text)
        self._reply(request, "jump", revision=request.revision, position=position)

    @_answer.register
    def _(self, request: ask.Search) -> None:
        shown = self._model.query
        # what matches is shown best first until something else is asked for
        self.query = as_dict(Query(request.text, None if request.text else shown.sort, False, shown.filters))

    @_answer.register
    def _(self, request: ask.Sorted) -> None:
        shown = self._model.query
        sort = None if request.by == "match" else request.by
        self.query = as_dict(Query(shown.text, sort, request.descending, shown.filters))

    @_answer.register
    def _(self, request: ask.Narrow) -> None:
        self._narrow(narrowed(self._model.query.filters, request.name, request.value, on=request.on))

    @_answer.register
    def _(self, request: ask.Clear) -> None:
        held = self._model.query.filters
        if request.value is None:
            self._narrow({name: value for name, value in held.items() if name != request.name})
        else:
            self._narrow(narrowed(held, request.name, request.value, on=False))

    @_answer.register
    def _(self, request: ask.ClearAll) -> None:
        self.query = {}

    @_answer.register
    def _(self, request: ask.View) -> None:
        with self._state:
            self.view = request.view_name

    @_answer.register
    def _(self, request: ask.Retry) -> None:
        self.refresh()

    @_answer.register
    def _(self, request: ask.Select) -> None:
        with self._state:
            self.selection = list(dict.fromkeys(request.ids))

    @_answer.register
    def _(self, request: ask.SelectRange) -> None:
        if request.revision != self._model.revision:
            return
        stop = min(request.stop, request.start + _MOST_SELECTED)
        ids = self._model.ordering.ids(request.start, max(request.start, stop)).to_list()
        with self._state:
            if request.remove:
                gone = set(ids)
                chosen = [item for item in self.selection if item not in gone]
            else:
                chosen = list(dict.fromkeys([*self.selection, *ids] if request.add else ids))
            self.selection = chosen[:_MOST_SELECTED]
        if max(stop - request.start, len(chosen)) >= _MOST_SELECTED and (
            stop < request.stop or len(chosen) > _MOST_SELECTED
        ):
            self._refuse(
                request, f"The first {_MOST_SELECTED:,} are selected; browser.frame() has all.", is_fatal=False
            )

    @_answer.register
    def _(self, request: ask.Details) -> None:
        self._reply(request, "details", id=request.id, details=details(self._lib, request.id))

    @_answer.register
    def _(self, request: ask.Posters) -> None:
        paths = dict(self._lib.artwork.posters(list(request.ids)).rows())
        found = {item: made for item, path in paths.items() if (made := self._thumbnails.get(path, request.size))}
        self._reply(
            request,
            "posters",
            list(found.values()),
            found=[{"id": item, "mime": MIME} for item in found],
            missing=[item for item in request.ids if item not in found],
        )

    @_answer.register
    def _(self, request: ask.Person) -> None:
        self._names["person_id"] = f"Person: {request.name[:60]}"
        self.query = {"person_id": request.person_id, "sort": "year", "descending": True}

    @_answer.register
    def _(self, request: ask.Show) -> None:
        item = self._lib.items.get(request.id)
        self._names["parent_id"] = f"In: {item.title[:60]}"
        self.query = {"parent_id": request.id}

    @_answer.register
    def _(self, request: ask.Act) -> None:
        if request.ids is None:
            # what was selected before this was asked; the queue of selections knows
            self._queues.submit("writing", self._answer_safely, replace(request, ids=tuple(self.selection)))
            return
        said = self._actions.do(request)
        self.refresh()
        self._reply(request, "acted", message=said)

    @_answer.register
    def _(self, request: ask.Undo) -> None:
        self._reply(request, "acted", message=self.undo_last())

    def _narrow(self, filters: dict[str, Any]) -> None:
        shown = self._model.query
        self.query = as_dict(Query(shown.text, shown.sort, shown.descending)) | filters


def _queue_of(request: ask.Request) -> str:
    match request:
        case ask.Rows() | ask.Jump():
            return "rows"
        case ask.Select() | ask.SelectRange():
            return "selection"
        case ask.Act():
            return "selection" if request.ids is None else "writing"
        case ask.Undo():
            return "writing"
        case ask.Details() | ask.Posters():
            return "slow"
        case _:
            return "shown"


def _shown_sort(query: Query) -> str:
    return query.sort or ("match" if query.text else "title")


def _state(query: Query) -> tuple[str, str, bool]:
    """(text, sort, descending) as the page has them."""
    return query.text, _shown_sort(query), query.descending

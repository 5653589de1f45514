"""Owns the widget: a page of what is doubtful, and what follows from each button. It knows no store: it calls back."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any, Final

import anywidget
import polars as pl
import traitlets

from mediamgr.errors import InputError, MediaManagerError
from mediamgr.page import ELEMENTS, KEYBOARD, THEME
from mediamgr.providers.review._entries import COLUMNS, Entry, Status, as_text, entries_of

__all__ = ["COLUMNS", "Review"]

_log = logging.getLogger(__name__)
_FOLDER: Final = files("mediamgr.providers.review") / "js"
_MOST_PRINTED: Final = 20


class Review(anywidget.AnyWidget):
    """Doubtful matches in a notebook cell: accept one of the candidates, none of them, or decide later.

        Review(frame, on_accept=…, on_reject=…, on_undo=…)

    Keys: up and down go from item to item, 1 to 5 accept a candidate, N is none of these, L is later, U takes it back.
    What one does there can be done here as well (`accept`, `reject`, `put_off`, `undo`), and is there as `decisions()`.

    Args:
        frame: A row for each candidate, columns as `COLUMNS`; rows of an item and provider belong together.
        on_accept: Called with item_id, provider, provider_id.
        on_reject: Called with item_id, provider and the provider_ids that are all turned down.
        on_undo: Called with item_id, provider: what was accepted or turned down is to be open again.
        page_size: Items that are shown at once.

    Raises:
        InputError: The frame has other columns, or a page would hold nothing.
    """

    _esm = ELEMENTS + KEYBOARD + (_FOLDER / "review.js").read_text(encoding="utf-8")
    _css = THEME + (_FOLDER / "review.css").read_text(encoding="utf-8")

    shown: traitlets.Dict[Any, Any] = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        frame: pl.DataFrame,
        on_accept: Callable[[int, str, str], object],
        on_reject: Callable[[int, str, list[str]], object],
        on_undo: Callable[[int, str], object],
        *,
        page_size: int = 25,
    ) -> None:
        if page_size < 1:
            raise InputError(f"A page of {page_size} items shows nothing; take 1 or more.")
        self._entries = entries_of(frame)
        self._on_accept, self._on_reject, self._on_undo = on_accept, on_reject, on_undo
        self._page, self._page_size = 0, page_size
        super().__init__(shown=self._seen())
        self.on_msg(self._hear)

    def accept(self, item_id: int, provider: str, provider_id: str) -> bool:
        """Take a candidate; whether that was done. Raises `InputError` when there is none of that id."""
        return self._accept(self._find(item_id, provider), provider_id)

    def reject(self, item_id: int, provider: str) -> bool:
        """None of the candidates is it; whether that was done."""
        return self._reject(self._find(item_id, provider))

    def put_off(self, item_id: int, provider: str) -> bool:
        """Decide later; nobody is called."""
        return self._put_off(self._find(item_id, provider))

    def undo(self, item_id: int, provider: str) -> bool:
        """Take back what was decided; whether that was done."""
        return self._undo(self._find(item_id, provider))

    def decisions(self) -> pl.DataFrame:
        """What was decided by now: item_id, provider, decision (open, accepted, rejected, later), provider_id."""
        rows = [(each.item_id, each.provider, each.status, each.accepted) for each in self._entries]
        types = {"item_id": pl.Int64, "provider": pl.String, "decision": pl.String, "provider_id": pl.String}
        return pl.DataFrame(rows, schema=types, orient="row")

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """What the page says of traits is not heard: it asks, and is told."""

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**data, "text/plain": repr(self)}, metadata

    def __repr__(self) -> str:
        return as_text(self._entries, _MOST_PRINTED)

    def _hear(self, _widget: object, message: Any, _buffers: object) -> None:
        match message:
            case {"do": "page", "page": int(page)}:
                self._page = page
                self._show()
            case {"do": str(do), "index": int(index), **more} if 0 <= index < len(self._entries):
                self._act(do, self._entries[index], more.get("id"))

    def _act(self, do: str, entry: Entry, provider_id: object) -> None:
        match do:
            case "accept" if any(each.provider_id == provider_id for each in entry.candidates):
                self._accept(entry, str(provider_id))
            case "reject":
                self._reject(entry)
            case "later":
                self._put_off(entry)
            case "undo":
                self._undo(entry)

    def _accept(self, entry: Entry, provider_id: str) -> bool:
        if provider_id not in [each.provider_id for each in entry.candidates]:
            raise InputError(f"“{entry.title}” has no candidate {provider_id!r}; its own are shown with it.")
        return self._decide(
            entry, lambda: self._on_accept(entry.item_id, entry.provider, provider_id), "accepted", provider_id
        )

    def _reject(self, entry: Entry) -> bool:
        ids = [each.provider_id for each in entry.candidates]
        return self._decide(entry, lambda: self._on_reject(entry.item_id, entry.provider, ids), "rejected")

    def _put_off(self, entry: Entry) -> bool:
        return self._decide(entry, lambda: None, "later")

    def _undo(self, entry: Entry) -> bool:
        if entry.status == "open":
            return False
        was_told = entry.status != "later"
        return self._done(entry, lambda: self._on_undo(entry.item_id, entry.provider) if was_told else None, "open")

    def _decide(self, entry: Entry, call: Callable[[], object], status: Status, accepted: str | None = None) -> bool:
        return entry.status == "open" and self._done(entry, call, status, accepted)

    def _done(self, entry: Entry, call: Callable[[], object], status: Status, accepted: str | None = None) -> bool:
        """Do it, show the entry before and after; whether it was done. What is raised is said in the entry."""
        if entry.is_busy:
            return False
        entry.is_busy, entry.error = True, ""
        self._show()
        try:
            call()
            entry.status, entry.accepted = status, accepted
        except MediaManagerError as error:
            entry.error = str(error)
        except Exception as error:
            _log.exception("a decision could not be carried out")
            entry.error = f"{type(error).__name__}: {error}"
        finally:
            entry.is_busy = False
            self._show()
        return not entry.error

    def _find(self, item_id: int, provider: str) -> Entry:
        for entry in self._entries:
            if (entry.item_id, entry.provider) == (item_id, provider):
                return entry
        raise InputError(f"Item {item_id} has nothing of {provider!r} to review; see decisions().")

    def _show(self) -> None:
        self.shown = self._seen()

    def _seen(self) -> dict[str, Any]:
        """The page as it is seen."""
        pages = max(-(-len(self._entries) // self._page_size), 1)
        self._page = min(max(self._page, 0), pages - 1)
        first = self._page * self._page_size
        page = self._entries[first : first + self._page_size]
        return {
            "page": self._page, "pages": pages, "total": len(self._entries), "first": first,
            "counts": dict(Counter(each.status for each in self._entries)),
            "entries": [entry.shown(first + place) for place, entry in enumerate(page)],
        }  # fmt: skip

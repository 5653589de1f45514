"""Owns changing items from the page: what each action does, what it is called, and taking back what was done last."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from mediamgr.browser._library import BrowsedLibrary
from mediamgr.browser._requests import Act
from mediamgr.errors import QueryError
from mediamgr.store.edits import Edit
from mediamgr.wording import counted

__all__ = ["Actions"]

_MOST_KEPT = 50
_MOST_STARS = 10


class Actions:
    """What was done to items of a library in this session; what was done last can be taken back.

    Args:
        lib: The library.
    """

    def __init__(self, lib: BrowsedLibrary) -> None:
        self._lib = lib
        self._done: list[tuple[str, Edit]] = []
        self._lock = Lock()

    @property
    def last(self) -> str | None:
        """What would be taken back next."""
        return self._done[-1][0] if self._done else None

    def do(self, act: Act) -> str:
        """Change items; what was done, in words. Raises `QueryError` for a value that cannot be."""
        if not act.ids:
            raise QueryError("Nothing is selected; select something to change.")
        with self._lock:
            edit, what = self._made(act.ids, act)
            said = what.format(counted(len(edit.item_ids), "item"))
            self._done = [*self._done, (said, edit)][-_MOST_KEPT:]
            return said

    def undo(self) -> str:
        """Take back what was done last; in words. Raises `QueryError` when nothing is left to take back."""
        with self._lock:
            if not self._done:
                raise QueryError("There is nothing to undo.")
            said, edit = self._done[-1]
            self._lib.undo(edit)
            self._done.pop()
            return f"Undone: {said}"

    def _made(self, ids: Sequence[int], act: Act) -> tuple[Edit, str]:
        value = act.value
        match act.action:
            case "watched" | "unwatched":
                watched = act.action == "watched"
                return self._lib.mark_watched(ids, watched), "Marked {} " + ("watched" if watched else "not watched")
            case "tag" | "untag":
                tag = str(value or "").strip()
                if not tag:
                    raise QueryError("A tag has a name; write one.")
                if act.action == "tag":
                    return self._lib.tag(ids, tag), f"Tagged {{}} {_plain(tag)}"
                return self._lib.tag(ids, remove=[tag]), f"Took the tag {_plain(tag)} from {{}}"
            case "rate":
                if value is not None and (isinstance(value, bool | str) or not 0 <= value <= _MOST_STARS):
                    raise QueryError(f"A rating is from 0 to {_MOST_STARS}, not {value!r}.")
                edit = self._lib.edit(ids, user_rating=value)
                return edit, "Took the rating from {}" if value is None else f"Rated {{}} {value:g}"
            case _:
                return self._lib.edit(ids, **{act.field: value}), f"Changed {_plain(act.field)} of {{}}"


def _plain(text: str) -> str:
    """Text that is put into a form with a place for the number of items."""
    return text.replace("{", "{{").replace("}", "}}")

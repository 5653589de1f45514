"""Owns what all repositories share: the library they read, and how they show themselves."""

from __future__ import annotations

import inspect
from typing import ClassVar, Final

from mediamgr.instrumentation import Counter, Timer
from mediamgr.store.database import Database

__all__ = ["FUZZY", "SEARCH", "Repository"]

# what is one statement and no more has no timer but store.statement, unless it is most often answered from memory
SEARCH: Final = Timer("repository.search", "A search for items or people, until its rows are here", "of")
FUZZY: Final = Counter("repository.fuzzy_searches", "Searches for what is nearly the text, as nothing matched it", "of")


class Repository:
    """Reads a part of a library. What belongs to many things is asked for by their ids together."""

    _name: ClassVar[str] = ""
    """What people write to get at it: "lib.items"."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __repr__(self) -> str:
        methods = [name for name, each in vars(type(self)).items() if inspect.isfunction(each) and name[0] != "_"]
        offered = "\n".join(f"  {self._name}.{name}(){self._purpose(name)}" for name in methods)
        return f"{self._name} of {self._database.path.name}: {(type(self).__doc__ or '').splitlines()[0]}\n{offered}"

    def _purpose(self, name: str) -> str:
        first = (inspect.getdoc(getattr(type(self), name)) or "").splitlines()[:1]
        return f"  {first[0]}" if first else ""

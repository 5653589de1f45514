"""Everyday questions and who answers them: mediamgr, bare DuckDB on the same file, and SQLite with the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import polars as pl
import pytest

import mediamgr
from benchmarks.libraries import demo_library, folder
from benchmarks.questions import Chosen, budget_ms, choose
from mediamgr.library import Library

__all__ = ["Answers", "all_answers", "asked", "our_answers"]

Answers = Mapping[str, Mapping[str, Callable[[], Any]]]
"""Who -> question -> what answers it."""
_WHO = ("mediamgr", "DuckDB", "SQLite")


def our_answers(lib: Library, about: Chosen) -> dict[str, Callable[[], Any]]:
    """Question to what answers it here."""
    items, people, library = lib.items, lib.people, about.library_id
    middle, last = about.items // 2, about.items - 100
    nineties: Any = {"media_type": "movie", "year_from": 1990, "year_to": 1999}
    return {
        "search, rarest word": lambda: items.search(about.rare),
        "search, commonest word": lambda: items.search(about.common),
        "search, two words": lambda: items.search(about.pair),
        "search, words cut short": lambda: items.search(about.cut),
        "search, typing error": lambda: items.search(about.misspelt),
        "search, a person": lambda: items.search(about.person),
        "search, no hit": lambda: items.search(about.absent),
        "first page": lambda: items.get_all(100, library_id=library),
        "page in the middle": lambda: items.get_all(100, middle, library_id=library),
        "last page": lambda: items.get_all(100, last, library_id=library),
        "page in the middle, sorted by rating": lambda: items.get_all(
            100, middle, sort="rating", descending=True, library_id=library
        ),
        "page of a decade of films": lambda: items.get_all(100, 100, **nineties),
        "filmography": lambda: people.filmography(about.person_id),
        "filmography of the busiest": lambda: people.filmography(about.busiest_id),
        "works in one role": lambda: people.filmography(about.person_id).filter(pl.col("role") == about.role),
        "cast": lambda: people.cast(about.item_id),
        "count of all": lambda: items.count_all(),
        "count, narrowed": lambda: items.count_all(**nineties),
        "count by library": lambda: items.count_by_library(),
        "facet of genres": lambda: items.facets("genre"),
    }


@contextmanager
def all_answers(items: int) -> Iterator[Answers]:
    """All who answer about a demo library of so many items, the very same rows."""
    from benchmarks.peers import bare_duckdb, sqlite

    path = demo_library(items)
    with mediamgr.open(path) as lib:
        about = choose(lib)
        peer = sqlite.build(folder() / f"demo-{items}.sqlite", path)
        # a process opens a file for one of them only in the same way
        lib._open.close()
        ours, bare = our_answers(lib, about), bare_duckdb.answers(path, about)
        yield dict(zip(_WHO, (ours, bare, sqlite.answers(peer, about)), strict=True))


def asked(questions: Iterable[str]) -> list[Any]:
    """Parameters `question` and `who` of a benchmark: each question to all in turn, a budget for ours."""
    cases = []
    for question in questions:
        for who in _WHO:
            marks = [pytest.mark.benchmark(group=question), pytest.mark.who(who)]
            if who == "mediamgr" and (limit := budget_ms(question)):
                marks.append(pytest.mark.budget(ms=limit))
            cases.append(pytest.param(question, who, marks=marks, id=f"{question}-{who}"))
    return cases

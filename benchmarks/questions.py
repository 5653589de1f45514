"""The questions that are measured, the same for all who answer them, about words and people of the library itself."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from benchmarks.budgets import BUDGETS_MS
from mediamgr.library import Library

__all__ = ["KINDS", "QUESTIONS", "TENFOLD", "Chosen", "budget_ms", "choose"]

KINDS = {
    "search, rarest word": "rare word",
    "search, commonest word": "search",
    "search, two words": "search",
    "search, words cut short": "search",
    "search, typing error": "search",
    "search, a person": "search",
    "search, no hit": "search",
    "first page": "first page",
    "page in the middle": "page",
    "last page": "page",
    "page in the middle, sorted by rating": "page",
    "page of a decade of films": "page",
    "filmography": "people",
    "filmography of the busiest": "people",
    "works in one role": "people",
    "cast": "people",
    "count of all": "count",
    "count, narrowed": "count",
    "count by library": "count",
    "facet of genres": None,
}
"""Question -> the kind whose budget it has, at ten thousand items and at ten million; None has none."""
QUESTIONS = tuple(KINDS)
TENFOLD = tuple(each for each in QUESTIONS if each.startswith("search") or "middle" in each or "last" in each)
"""Where ten times the speed of SQLite is the goal."""


def budget_ms(question: str) -> int | None:
    """What a question may take; None when that is not said."""
    kind = KINDS[question]
    return None if kind is None else BUDGETS_MS[kind]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the questions are about.

    Attributes:
        rare: The word fewest titles have.
        common: The word most titles have.
        pair: Two words of one title.
        cut: Their beginnings.
        misspelt: The first of them with a letter left out, as no title has it.
        absent: A word like no word there is.
        person: The whole name of somebody with many credits.
        person_id: That person.
        role: What that person mostly did.
        busiest_id: The person with most credits.
        item_id: A film with a cast.
        library_id: The library with most items.
        items: How many it has.
    """

    rare: str
    common: str
    pair: str
    cut: str
    misspelt: str
    absent: str
    person: str
    person_id: int
    role: str
    busiest_id: int
    item_id: int
    library_id: int
    items: int


def choose(lib: Library) -> Chosen:
    """The same for the same library."""
    words = lib.sql("select word from word where items > 0 order by items, word")["word"]
    people = lib.sql("select person_id, count(*) as n from person_credit group by all order by n desc, person_id")
    person_id = int(people["person_id"][people.height // 100])
    library_id, items = lib.sql(
        "select library_id, count(*) as n from media_item group by all order by n desc, library_id limit 1"
    ).row(0)
    pair = lib.sql(
        "select title_key from media_item where media_type = 'movie'"
        " and regexp_matches(title_key, '^the [a-z]{5,} [a-z]{5,}$') order by id limit 1"
    ).item()[4:]
    return Chosen(
        rare=str(words[0]),
        common=str(words[-1]),
        pair=pair,
        cut=" ".join(word[:4] for word in pair.split()),
        misspelt=_misspelt(pair.split()[0], words),
        absent="qxzvwkj",
        person=lib.sql(f"select name from person where id = {person_id}").item(),
        person_id=person_id,
        role=lib.sql(f"select mode(role) from person_credit where person_id = {person_id}").item(),
        busiest_id=int(people["person_id"][0]),
        item_id=int(lib.sql("select media_item_id from credit order by media_item_id limit 1").item()),
        library_id=int(library_id),
        items=int(items),
    )


def _misspelt(word: str, known: pl.Series) -> str:
    """A letter left out, near the end, where that gives no other word, nor the beginning of one."""
    tried = (word[:n] + word[n + 1 :] for n in range(len(word) - 2, 0, -1))
    return next(each for each in tried if not known.str.starts_with(each).any())

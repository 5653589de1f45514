"""The questions that are measured, the same for all who answer them, about words and people of the library itself."""

from __future__ import annotations

from dataclasses import dataclass

from mediamgr.library import Library

__all__ = ["BUDGETS_MS", "QUESTIONS", "TENFOLD", "Chosen", "choose"]

BUDGETS_MS = {
    "search, rarest word": 100,
    "search, commonest word": 500,
    "search, two words": 500,
    "search, a person": 500,
    "first page": 1000,
    "page in the middle": 500,
    "last page": 500,
    "page in the middle, sorted by rating": 500,
    "filmography": 100,
    "filmography of the busiest": 100,
    "cast": 100,
    "count of all": 50,
    "count, narrowed": 50,
}
"""Question -> its budget at ten million items, in milliseconds."""
QUESTIONS = (*BUDGETS_MS, "facet of genres")
TENFOLD = tuple(each for each in QUESTIONS if each.startswith("search") or "middle" in each or "last" in each)
"""Where ten times the speed of SQLite is the goal."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the questions are about.

    Attributes:
        rare: The word fewest titles have.
        common: The word most titles have.
        pair: Two words of one title.
        person: The whole name of somebody with many credits.
        person_id: That person.
        busiest_id: The person with most credits.
        item_id: A film with a cast.
        library_id: The library with most items.
        items: How many it has.
    """

    rare: str
    common: str
    pair: str
    person: str
    person_id: int
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
    title = lib.sql(
        "select title_key from media_item where media_type = 'movie'"
        " and regexp_matches(title_key, '^the [a-z]+ [a-z]+$') order by id limit 1"
    ).item()
    return Chosen(
        rare=str(words[0]),
        common=str(words[-1]),
        pair=" ".join(title.split()[1:]),
        person=lib.sql(f"select name from person where id = {person_id}").item(),
        person_id=person_id,
        busiest_id=int(people["person_id"][0]),
        item_id=int(lib.sql("select media_item_id from credit order by media_item_id limit 1").item()),
        library_id=int(library_id),
        items=int(items),
    )

"""Owns finding items that match a text by the index of words: the best kinds of match first, no more than asked for.

Where the index is not up to date, all titles are looked through (items/search), with the same outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from mediamgr.repository._rows import MOST_BY_ID
from mediamgr.search import LEAST_TITLE, LEAST_WORD, TextQuery
from mediamgr.store.database import Database

__all__ = ["find", "find_nearly", "is_indexed", "matching", "nearly"]

_KINDS: Final = pl.Series(["exact", "prefix", "words", "substring", "person"])
_EACH_COMES: Final = 4
"""How often an item may come for one text, at first: "the" is in "The Theory of the Theatre" three times."""
_LEAST_NEAR: Final = 0.8
"""Jaro-Winkler similarity of words from which their titles are worth comparing."""
_EMPTY: Final = pl.Schema({"id": pl.Int64(), "match_rank": pl.Int32(), "rating": pl.Float64()})


def is_indexed(database: Database) -> bool:
    """Whether words and credits by person are as the rest of the library is."""
    return not database.fact("items/unindexed")


def matching(text: TextQuery) -> dict[str, Any]:
    """A text as the statements that look through all titles take it."""
    return {"text": text.text, "words": list(text.words), "run": text.run}


def nearly(text: TextQuery) -> dict[str, Any]:
    """A text as the second try takes it, with how near is near enough."""
    least = {"least": LEAST_TITLE, "least_word": LEAST_WORD}
    return {"text": text.text, "words": list(text.words), "squeezed": text.squeezed, **least}


def find(database: Database, text: TextQuery, filters: Mapping[str, Any], limit: int, skip: int) -> pl.DataFrame:
    """The rows of a page of matches, best first: id, match. An empty text matches nothing."""
    found = pl.DataFrame(schema=_EMPTY)
    if text.text:
        for kind in _kinds(database, text, filters, limit + skip):
            found = pl.concat([found, kind(found["id"]).cast(_EMPTY)])
            if found.height >= limit + skip:
                break
    page = found.slice(skip, limit)
    return page.select("id", match=_KINDS.gather(page["match_rank"]))


def _kinds(database: Database, text: TextQuery, filters: Mapping[str, Any], most: int) -> Iterator[Any]:
    """For each kind of match, best first, what gives at most `most` items of it besides some."""

    def ask(name: str, besides: pl.Series, **parameters: Any) -> pl.DataFrame:
        return database.query(name, filters, besides=besides.to_list(), limit=most, **parameters)

    def by_words(besides: pl.Series, is_inside: bool) -> pl.DataFrame:
        if len(text.words) > 1:
            words = list(text.words)
            return ask("items/find_words", besides, text=text.text, words=words, is_inside=is_inside)
        return _by_word(database, text.words[0], filters, besides, is_inside, most)

    yield lambda besides: by_words(besides, False)
    yield lambda besides: _merged(by_words(besides, True), _across_words(database, text, filters, besides, most), most)
    yield lambda besides: ask("items/find_people", besides, words=list(text.words))


def _by_word(
    database: Database, word: str, filters: Mapping[str, Any], besides: pl.Series, is_inside: bool, most: int
) -> pl.DataFrame:
    """At most `most` items of one word; more rows are asked for until so many items are among them, or all are."""
    times = _EACH_COMES
    while True:
        rows = database.query(
            "items/find_word", filters, word=word, is_inside=is_inside, besides=besides.to_list(), limit=most * times
        )
        items = rows.unique("id", keep="first", maintain_order=True)
        if items.height >= most or rows.height < most * times:
            return items.head(most)
        times *= _EACH_COMES


def _across_words(
    database: Database, text: TextQuery, filters: Mapping[str, Any], besides: pl.Series, most: int
) -> pl.DataFrame:
    """At most `most` items in whose titles the text begins with a word and runs across others."""
    given = {"squeezed": text.squeezed, "besides": besides.to_list()}
    ids = database.query("items/begun", filters, **given, limit=MOST_BY_ID + 1)["id"]
    if ids.len() > MOST_BY_ID:
        ids = database.query("items/gone_on", filters, **given)["id"]
    return database.query("items/find_run", ids=ids.to_list(), run=text.run, limit=most)


def find_nearly(database: Database, text: TextQuery, filters: Mapping[str, Any], limit: int, skip: int) -> pl.DataFrame:
    """The rows of a page of what is nearly the text, best first: id, match."""
    given = {**nearly(text), "least_near": _LEAST_NEAR, "limit": limit, "skip": skip}
    return database.query("items/fuzzy_words", filters, **given)


def _merged(left: pl.DataFrame, right: pl.DataFrame, most: int) -> pl.DataFrame:
    """Both, of one kind, in their order."""
    both = pl.concat([left, right]).unique("id", keep="first", maintain_order=True)
    return both.sort(["rating", "id"], descending=[True, False], nulls_last=True).head(most)

"""Owns finding items that match a text by the index of words: the best kinds of match first, no more than asked for.

Where the index is not up to date, all titles are looked through (items/search), with the same outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

import polars as pl

from mediamgr.search import LEAST_TITLE, LEAST_WORD, TextQuery
from mediamgr.store.database import Database

__all__ = ["find", "find_nearly", "is_indexed", "matching", "nearly"]

_KINDS: Final = pl.Series(["exact", "prefix", "words", "substring", "person"])
_EACH_COMES: Final = 4
"""How often an item may come for one text, at first: "the" is in "The Theory of the Theatre" three times."""
_LEAST_NEAR: Final = 0.8
"""Jaro-Winkler similarity of words from which their titles are worth comparing."""
_MOST_NEAR: Final = 50_000
"""Items compared as a whole for having a word that is nearly one of the text's; of the rarest word all are."""
_COLUMNS: Final = pl.Schema({"id": pl.Int64(), "match_rank": pl.Int32(), "rating": pl.Float64()})
_NONE: Final = pl.DataFrame(schema=_COLUMNS)


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
    found = _NONE
    if text.text:
        for kind in _kinds(_Search(database, text, filters, limit + skip)):
            found = pl.concat([found, kind(found["id"].to_list()).cast(_COLUMNS)])
            if found.height >= limit + skip:
                break
    page = found.slice(skip, limit)
    return page.select("id", match=_KINDS.gather(page["match_rank"]))


class _Search:
    """A text searched for by the index of words; of each kind of match at most `most` items: id, match_rank, rating.

    `besides` are ids of items that are found already.
    """

    def __init__(self, database: Database, text: TextQuery, filters: Mapping[str, Any], most: int) -> None:
        self.database = database
        self.text = text
        self.filters = filters
        self.most = most

    @cached_property
    def outlook(self) -> pl.DataFrame:
        """What could be found by each word, at most."""
        return self.database.query("words/outlook", words=list(self.text.words))

    def by_words(self, besides: list[int], *, is_inside: bool) -> pl.DataFrame:
        """Items that have every word, or words that begin with them; `is_inside`: or that hold them."""
        if self.text.is_one_word:
            return self._by_word(besides, is_inside)
        rarest = self.outlook.sort("held" if is_inside else "begun")["number"][0]
        words = list(self.text.words)
        # of a word that is said again and again there is no other
        others = words[:rarest] + words[rarest + 1 :] or words
        given = {"text": self.text.text, "rarest": words[rarest], "others": others, "is_inside": is_inside}
        return self._ask("items/find_words", besides, limit=self.most, **given)

    def across_words(self, besides: list[int]) -> pl.DataFrame:
        """Items in whose titles the text begins with a word and runs across others."""
        steps = self.database.query("words/steps", squeezed=self.text.squeezed)
        if not steps.height:
            return _NONE
        sides = [dict(steps.select(f"{side}_id", f"{side}_items").rows()) for side in ("first", "next")]
        rarer, others = sorted(sides, key=lambda items: sum(items.values()))
        ids = self._ask("items/with_both", besides, rarer=list(rarer), others=list(others))["id"].to_list()
        return self.database.query("items/find_run", ids=ids, run=self.text.run, limit=self.most) if ids else _NONE

    def by_people(self, besides: list[int]) -> pl.DataFrame:
        """Items that somebody worked on who is called so."""
        return self._ask("items/find_people", besides, words=list(self.text.words), limit=self.most)

    def _by_word(self, besides: list[int], is_inside: bool) -> pl.DataFrame:
        """More rows are asked for until so many items are among them, or all are."""
        times = _EACH_COMES
        while True:
            given = {"word": self.text.words[0], "is_inside": is_inside, "limit": self.most * times}
            rows = self._ask("items/find_word", besides, **given)
            items = rows.unique("id", keep="first", maintain_order=True)
            if items.height >= self.most or rows.height < self.most * times:
                return items.head(self.most)
            times *= _EACH_COMES

    def _ask(self, name: str, besides: list[int], **parameters: Any) -> pl.DataFrame:
        return self.database.query(name, self.filters, besides=besides, **parameters)


def _kinds(search: _Search) -> Iterator[Callable[[list[int]], pl.DataFrame]]:
    """What gives each kind of match, best first; those are left out of which the words alone say there are none.

    One word is most often found by what begins with it, which takes no longer than looking whether it can be.
    """
    words = len(search.text.words)
    if search.text.is_one_word or (search.outlook.height == words and search.outlook["begun"].min()):
        yield lambda besides: search.by_words(besides, is_inside=False)
    told = search.outlook
    is_told_of_all = told.height == words
    if is_told_of_all and (told["held"] > told["begun"]).any():
        yield lambda besides: _merged(
            search.by_words(besides, is_inside=True), search.across_words(besides), search.most
        )
    else:
        yield search.across_words
    if is_told_of_all and told["people"].min():
        yield search.by_people


def find_nearly(database: Database, text: TextQuery, filters: Mapping[str, Any], limit: int, skip: int) -> pl.DataFrame:
    """The rows of a page of what is nearly the text, best first: id, match."""
    given = {**nearly(text), "least_near": _LEAST_NEAR, "most_near": _MOST_NEAR, "limit": limit, "skip": skip}
    return database.query("items/fuzzy_words", filters, **given)


def _merged(left: pl.DataFrame, right: pl.DataFrame, most: int) -> pl.DataFrame:
    """Both, of one kind, in their order."""
    both = pl.concat([left, right]).unique("id", keep="first", maintain_order=True)
    return both.sort(["rating", "id"], descending=[True, False], nulls_last=True).head(most)

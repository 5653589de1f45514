"""Owns reading people and credits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from mediamgr.instrumentation import Timer
from mediamgr.repository import _values
from mediamgr.repository._filters import page_bounds
from mediamgr.repository._finding import is_indexed
from mediamgr.repository._reading import FUZZY, SEARCH, Repository
from mediamgr.repository._told_once import told_once
from mediamgr.search import LEAST_WORD, normalise, parse_query

__all__ = ["PersonRepository"]

_FILMOGRAPHY_TIME: Final = Timer("repository.filmography", "What one person worked on")
_CREDITS_TIME: Final = Timer("repository.credits", "Who worked on items")

_FILMOGRAPHY: Final = (
    "media_item_id", "title", "year", "show_title", "season_number", "episode_number", "media_type", "department",
    "role", "character", "rating",
)  # fmt: skip
_CREDITS: Final = ("media_item_id", "person_id", "name", "department", "role", "character", "position")
_WITHIN_A_YEAR: Final = (
    "show_key", "season_number", "episode_number", "title_key", "media_item_id", "role", "character",
)  # fmt: skip


class PersonRepository(Repository):
    """Reads people and what they did."""

    _name = "lib.people"

    @SEARCH.run(of="people")
    def search(self, name: str, *, limit: int | None = 100, offset: int = 0) -> pl.DataFrame:
        """People whose name holds every word, most credits first: id, name, matched_by, credits, match.

        Words may be cut short. `match` is exact or words; or fuzzy, for names that are nearly it, when none is it.
        """
        return self._search(name, limit, offset)

    def _search(self, name: str, limit: int | None, offset: int) -> pl.DataFrame:
        asked, bounds = parse_query(_values.text("name", name)), page_bounds(limit, offset)
        words = list(asked.words)
        with self._database.steady() as fixed:
            by_index = is_indexed(fixed)
            found = fixed.query("people/search", text=asked.text, words=words, is_indexed=by_index, **bounds)
            if found.height or not asked.text or (offset and self._search(name, 1, 0)["match"].to_list() != ["fuzzy"]):
                return found if asked.text else found.clear()
            FUZZY.add(of="people")
            statement = "people/fuzzy_words" if by_index else "people/fuzzy"
            return fixed.query(statement, words=words, least_word=LEAST_WORD, **bounds)

    def get_many(self, person_ids: int | Iterable[int]) -> pl.DataFrame:
        """People by id in the order asked for: id, person_key, name, name_key, matched_by."""
        return self._database.query("people/get_many", ids=_values.ids("person_ids", person_ids))

    def external_ids(self, person_ids: int | Iterable[int]) -> pl.DataFrame:
        """What others call people: person_id, source, external_id."""
        return self._database.query("people/external_ids", person_ids=_values.ids("person_ids", person_ids))

    def by_external_id(self, source: str, external_ids: str | Iterable[str]) -> pl.DataFrame:
        """People by what a source calls them: external_id, person_id."""
        asked = _values.words("external_ids", external_ids)
        found = self._database.query("scan/external_ids", external_ids=asked).filter(source=source)
        return found.select("external_id", "person_id").drop_nulls()

    def best_known_for(self, person_ids: int | Iterable[int]) -> pl.DataFrame:
        """The three films and shows of each person that have most votes: person_id, media_item_id."""
        who = _values.ids("person_ids", person_ids)
        with self._database.steady() as fixed:
            return fixed.query("people/best_known_for", person_ids=who, is_indexed=is_indexed(fixed))

    @_FILMOGRAPHY_TIME
    def filmography(self, person_id: int) -> pl.DataFrame:
        """What a person worked on, newest first: media_item_id, title, year, show_title, role, character, ..."""
        who = _values.whole("person_id", person_id)
        with self._database.steady() as fixed:
            roles = told_once(fixed.query("people/roles", person_id=who, is_indexed=is_indexed(fixed)))
            works = fixed.query("items/works", ids=roles["media_item_id"].unique().to_list())
        # of one year the works of a show stand together
        shows = [normalise(title) if title else key for title, key in works.select("show_title", "title_key").rows()]
        works = works.with_columns(pl.Series("show_key", shows, dtype=pl.String))
        newest_first = [pl.col("year").neg(), *_WITHIN_A_YEAR]
        return roles.join(works, on="media_item_id").sort(newest_first, nulls_last=True).select(_FILMOGRAPHY)

    def cast(self, item_id: int) -> pl.DataFrame:
        """Who worked on an item, cast in billing order and then crew: person_id, name, role, character, ..."""
        return self.credits(_values.whole("item_id", item_id))

    @_CREDITS_TIME
    def credits(self, item_ids: int | Iterable[int]) -> pl.DataFrame:
        """Who worked on items; as `cast`, for many at once.

        Where several sources name a person in one role, the one that knows most of the characters is heard.
        """
        wanted = _values.ids("item_ids", item_ids)
        with self._database.steady() as fixed:
            found = told_once(fixed.query("people/credits", item_ids=wanted))
            names = fixed.query("people/names", ids=found["person_id"].unique().to_list())
        is_crew = pl.col("department") != "cast"
        billing = ["media_item_id", is_crew, "role", "position", "name", "character"]
        return found.join(names, left_on="person_id", right_on="id").sort(billing, nulls_last=True).select(_CREDITS)

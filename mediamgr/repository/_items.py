"""Owns reading items: search, pages, counts, facets, the tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import partial
from typing import Any, Final, Unpack

import polars as pl

from mediamgr.errors import ItemNotFound
from mediamgr.instrumentation import Timer
from mediamgr.repository import _values
from mediamgr.repository._filters import ItemFilters, PageBounds, chosen, page_bounds, takes_filters
from mediamgr.repository._finding import find, find_nearly, is_indexed, matching, nearly
from mediamgr.repository._ordering import ItemQuery, Ordering, sorted_by
from mediamgr.repository._reading import FUZZY, SEARCH, Repository
from mediamgr.repository._rows import MOST_BY_ID, rows
from mediamgr.repository._type_ahead import TypeAhead
from mediamgr.search import TextQuery, parse_query
from mediamgr.store.database import Database
from mediamgr.store.statements import Sort, spoken, statement

__all__ = ["FACETS", "MediaItem", "MediaItemRepository"]

FACETS: Final = (
    "library", "media_type", "genre", "decade", "rating", "watched", "lacks",
    "resolution", "video_codec", "audio_language",
)  # fmt: skip
"""What items can be counted by."""
_PAGE: Final = Timer("repository.page", "A page of items in an order, or all of them")
_COUNT: Final = Timer("repository.count", "Counting items")
_FACETS: Final = Timer("repository.facets", "Counting items by the values of facets")
_DEEP: Final = 10_000
"""Rows before a page from which the whole order is worth knowing: the next page is at hand then."""


@dataclass(frozen=True, slots=True)
class MediaItem:
    """One film, show, season or episode.

    Attributes:
        id: Stable within this library file.
        library_id: Its library.
        item_key: Natural key within the library.
        media_type: movie, show, season or episode.
        title: As shown.
        show_title: Of the show a season or an episode belongs to.
        parent_id: The show of a season, the season of an episode.
        shared_file_item_id: The episode whose file also holds this one.
        sort_title: What to sort by, where it is not the title.
        original_title: In the original language.
        title_key: The title as search sees it.
        year: Of release.
        season_number: 0 for specials.
        episode_number: Within the season.
        absolute_number: Across seasons.
        premiered_on: Release date or first aired.
        runtime_minutes: Minutes.
        rating: Community rating, 0 to 10.
        votes: How many rated.
        user_rating: One's own, 0 to 10.
        content_rating: Certification, such as PG-13.
        tagline: One line.
        plot: A paragraph.
        genres: None when unknown.
        tags: None when unknown.
        countries: ISO 3166-1 where known.
        studios: None when unknown.
        original_language: BCP 47.
        collection: The set of films it belongs to.
        series_status: continuing, ended, canceled or upcoming.
        is_missing: It had files, and all are gone.
        added_at: UTC.
        updated_at: UTC.
    """

    id: int
    library_id: int
    item_key: str
    media_type: str
    title: str
    show_title: str | None
    parent_id: int | None
    shared_file_item_id: int | None
    sort_title: str | None
    original_title: str | None
    title_key: str
    year: int | None
    season_number: int | None
    episode_number: int | None
    absolute_number: int | None
    premiered_on: date | None
    runtime_minutes: int | None
    rating: float | None
    votes: int | None
    user_rating: float | None
    content_rating: str | None
    tagline: str | None
    plot: str | None
    genres: list[str] | None
    tags: list[str] | None
    countries: list[str] | None
    studios: list[str] | None
    original_language: str | None
    collection: str | None
    series_status: str | None
    is_missing: bool
    added_at: datetime
    updated_at: datetime


class MediaItemRepository(Repository):
    """Reads items: films, shows, seasons, episodes.

    Frames of items have the columns named in `sql/queries/items/page.sql`.
    """

    _name = "lib.items"

    @SEARCH.run(of="items")
    @takes_filters
    def search(
        self, query: str, *, limit: int | None = 100, offset: int = 0, **filters: Unpack[ItemFilters]
    ) -> pl.DataFrame:
        """Items that match `query` by title or by a person's name, best first; `limit` None gives all.

        Case, accents and punctuation do not matter, words come in any order and may be cut short. The column
        `match` says how a row matched: exact, prefix, words, substring, person; or, when nothing did, fuzzy and
        "fuzzy person": titles and names that are nearly it. An empty query gives no rows. Raises `QueryError` for
        a filter or a value there is not.
        """
        asked = parse_query(_values.text("query", query))
        narrowed, bounds = chosen(filters), page_bounds(limit, offset)
        if not asked.text:
            bounds = PageBounds(limit=0, skip=0)
        found = self._matches(asked, narrowed, bounds)
        # past the last page of what matches, nothing is nearly it
        if (
            found.height
            or not asked.text
            or (offset and self._matches(asked, narrowed, PageBounds(limit=1, skip=0)).height)
        ):
            return found
        FUZZY.add(of="items")
        return self._nearly(asked, narrowed, bounds)

    def _matches(self, asked: TextQuery, narrowed: Mapping[str, Any], bounds: PageBounds) -> pl.DataFrame:
        with self._database.steady() as fixed:
            if not _is_by_index(fixed, bounds):
                return _match_beside_rating(fixed.query("items/search", narrowed, **matching(asked), **bounds))
            return _with_match(fixed, find(fixed, asked, narrowed, **bounds))

    def _nearly(self, asked: TextQuery, narrowed: Mapping[str, Any], bounds: PageBounds) -> pl.DataFrame:
        with self._database.steady() as fixed:
            if not _is_by_index(fixed, bounds):
                return _match_beside_rating(fixed.query("items/fuzzy", narrowed, **nearly(asked), **bounds))
            return _with_match(fixed, find_nearly(fixed, asked, narrowed, **bounds))

    @takes_filters
    def type_ahead(self, *, limit: int = 20, **filters: Unpack[ItemFilters]) -> TypeAhead:
        """A search box: called with a text it gives the best matches, and cancels what it was asked before.

        `box = lib.items.type_ahead(media_type="movie")`, then `box("bla")`, `box("blade")` as somebody types.
        """
        return TypeAhead(partial(self.search, limit=limit, **filters))

    def get(self, item_id: int) -> MediaItem:
        """One item. Raises `ItemNotFound`."""
        found = self.get_many(_values.whole("item_id", item_id))
        if not found.height:
            raise ItemNotFound(f"There is no item {item_id} in this library; search for it by title.")
        return MediaItem(**found.select(field.name for field in fields(MediaItem)).row(0, named=True))

    def get_many(self, item_ids: int | Iterable[int]) -> pl.DataFrame:
        """Items by id in the order asked for, every column; ids that are not there are left out."""
        return self._database.query("items/get_many", ids=_values.ids("item_ids", item_ids))

    @_PAGE
    @takes_filters
    def get_all(
        self,
        limit: int | None = 100,
        offset: int = 0,
        *,
        sort: str = "title",
        descending: bool = False,
        **filters: Unpack[ItemFilters],
    ) -> pl.DataFrame:
        """One page of items in an order; `limit` None gives all.

        `sort`: title, year, premiered_on, rating, user_rating, votes, runtime_minutes, added_at, updated_at,
        size_bytes, last_played_at or plays. What is unknown comes last. To look here and there in many items, take an
        `ordering`.
        """
        narrowed, bounds = chosen(filters), page_bounds(limit, offset)
        with self._database.steady() as fixed:
            order = sorted_by(sort, descending, fixed)
            if bounds["limit"] > MOST_BY_ID:
                return fixed.query("items/page", narrowed, order, **bounds)
            if bounds["skip"] <= _DEEP or not fixed.state:
                return rows(fixed, fixed.query("items/order", narrowed, order, **bounds)["id"].to_list())
            with Ordering(fixed.snapshot(), ItemQuery(None, order, narrowed)) as ordering:
                return ordering.window(bounds["skip"], bounds["skip"] + bounds["limit"])

    @takes_filters
    def ordering(
        self, query: str = "", *, sort: str | None = None, descending: bool = False, **filters: Unpack[ItemFilters]
    ) -> Ordering:
        """Items in an order, to be looked at anywhere: any window costs the same, however deep.

        `sort` as in `get_all`; None sorts matches of a query best first, all items by title. What is committed
        meanwhile does not move it.
        """
        asked = parse_query(_values.text("query", query))
        fixed = self._database.snapshot()
        try:
            by_match = bool(asked.text) and sort is None
            order = Sort("match") if by_match else sorted_by(sort or "title", descending, fixed)
            return Ordering(fixed, ItemQuery(asked if asked.text else None, order, chosen(filters)))
        except BaseException:
            fixed.close()
            raise

    def has_newer(self, ordering: Ordering) -> bool:
        """Whether something was committed since that a new ordering would show; costs a look at a file's stamp."""
        return ordering.is_older_than(self._database)

    @takes_filters
    def as_sql(
        self, query: str = "", *, sort: str | None = None, descending: bool = False, **filters: Unpack[ItemFilters]
    ) -> str:
        """What `ordering` looks at as one SELECT, for `lib.sql` or any DuckDB shell; arguments as there.

        What is only nearly the text, and shown when nothing matches, is not in it.
        """
        asked, narrowed = parse_query(_values.text("query", query)), chosen(filters)
        bounds = {"limit": None, "skip": 0}
        if asked.text:
            # best first; another order is put around it
            found = spoken(statement("items/search", tuple(narrowed)), {**matching(asked), **bounds, **narrowed})
            if sort is None:
                return found
        order = sorted_by(sort or "title", descending, self._database)
        page = spoken(statement("items/page", tuple(narrowed), order), {**bounds, **narrowed})
        if not asked.text:
            return page
        return page.replace("where ", f"where i.id in (select found.id from ({found}) found) and ", 1)

    def get_by_library(self, library_id: int, limit: int | None = 100, offset: int = 0) -> pl.DataFrame:
        """One page of a library's items in the order of titles."""
        return self.get_all(limit, offset, library_id=library_id)

    def children(self, item_id: int) -> pl.DataFrame:
        """The seasons of a show or the episodes of a season, in order; empty for other items."""
        return self._database.query("items/children", parent_id=_values.whole("item_id", item_id))

    def tree(self, item_id: int) -> pl.DataFrame:
        """All seasons and episodes of the show that an item is, or is a part of; empty for films.

        Columns: id, parent_id, media_type, title, season_number, episode_number, is_missing, is_watched.
        """
        return self._database.query("items/tree", item_id=_values.whole("item_id", item_id))

    def external_ids(self, item_ids: int | Iterable[int]) -> pl.DataFrame:
        """What others call items: media_item_id, source, id_space, external_id."""
        return self._database.query("items/external_ids", item_ids=_values.ids("item_ids", item_ids))

    def by_external_id(self, source: str, id_space: str, external_ids: str | Iterable[str]) -> pl.DataFrame:
        """Items by what a source calls them: external_id, media_item_id; several where libraries hold copies.

        `id_space`: movie, show, season or episode.
        """
        asked = _values.words("external_ids", external_ids)
        found = self._database.query("scan/external_ids", external_ids=asked).filter(source=source, id_space=id_space)
        return found.select("external_id", "media_item_id").drop_nulls()

    def copies(self, item_ids: int | Iterable[int]) -> pl.DataFrame:
        """The same works in all libraries of the file, themselves included: id (as asked for), copy_id."""
        return self._database.query("items/copies", ids=_values.ids("item_ids", item_ids))

    def parts(self, show_ids: int | Iterable[int]) -> pl.DataFrame:
        """The seasons and episodes of shows, in order.

        Columns: id, show_id, media_type, season_number, episode_number, premiered_on, year.
        """
        return self._database.query("items/parts", show_ids=_values.ids("show_ids", show_ids))

    def names_used(self) -> pl.DataFrame:
        """Names and codes in use: kind (genre, studio, country, language), name."""
        return self._database.query("items/names_used")

    @_COUNT
    @takes_filters
    def count_all(self, **filters: Unpack[ItemFilters]) -> int:
        """How many items there are."""
        return int(self._database.query("items/count", chosen(filters)).item())

    @_COUNT
    def count_by_library(self) -> pl.DataFrame:
        """Items by library and type: library_id, library, media_type, items."""
        return self._database.query("items/count_by_library")

    @_FACETS
    @takes_filters
    def facets(self, of: str | Iterable[str] | None = None, **filters: Unpack[ItemFilters]) -> pl.DataFrame:
        """For each facet its values and counts, most first: facet, value, items.

        `of`: one or some of library, media_type, genre, decade, rating, watched, lacks, resolution, video_codec and
        audio_language; None gives all. The last three look at every file, and take longest. Each is the name of the
        filter that takes its values.
        """
        wanted = list(FACETS) if of is None else _values.some_of(FACETS)("of", of)
        return self._database.query("items/facets", chosen(filters), wanted=wanted)


def _is_by_index(database: Database, bounds: PageBounds) -> bool:
    return max(bounds["limit"], bounds["skip"]) <= MOST_BY_ID and is_indexed(database)


def _with_match(database: Database, found: pl.DataFrame) -> pl.DataFrame:
    """The rows of what was found (id, match)."""
    page = rows(database, found["id"].to_list())
    return _match_beside_rating(page.join(found, on="id", maintain_order="left"))


def _match_beside_rating(page: pl.DataFrame) -> pl.DataFrame:
    return page.insert_column(page.columns.index("rating") + 1, page.drop_in_place("match"))

"""Reading items."""

from __future__ import annotations

from typing import Any

import pytest

from mediamgr.errors import ItemNotFound, QueryError
from mediamgr.library import Library
from mediamgr.repository import FACETS
from mediamgr.store.statements import names, statement


def titles(lib: Library, text: str, **filters: object) -> list[str]:
    """What a search finds, in order."""
    return lib.search(text, **filters)["title"].to_list()  # type: ignore[arg-type]


class TestSearch:
    """search()."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("blad run", ["Blade Runner", "Blade Runner 2049"], id="words cut short"),
            pytest.param("runner blade", ["Blade Runner", "Blade Runner 2049"], id="any order"),
            pytest.param("amelie", ["Amélie"], id="accent"),
            pytest.param("AMÉLIE", ["Amélie"], id="case"),
            pytest.param("8½", ["8½"], id="fraction"),
            pytest.param("8 1/2", ["8½"], id="fraction typed"),
            pytest.param("WALL·E", ["WALL·E"], id="middle dot"),
            pytest.param("wall-e", ["WALL·E"], id="hyphen for dot"),
            pytest.param("walle", ["WALL·E"], id="no dot"),
            pytest.param("千と千尋", ["千と千尋の神隠し"], id="japanese prefix"),
            pytest.param("神隠し", ["千と千尋の神隠し"], id="japanese substring"),
            pytest.param("Æon", ["Æon Flux"], id="ligature"),
            pytest.param("aeon flux", ["Æon Flux"], id="ligature typed"),
            pytest.param("dont look", ["Don't Look Now"], id="no apostrophe"),
            pytest.param("don't", ["Don't Look Now"], id="apostrophe"),
            pytest.param("AC/DC", ["AC/DC: Let There Be Rock"], id="slash"),
            pytest.param("acdc", ["AC/DC: Let There Be Rock"], id="no slash"),
            pytest.param("fabuleux", ["Amélie"], id="original title"),
            pytest.param("ridley scott", ["Blade Runner"], id="person"),
            pytest.param("", [], id="empty"),
            pytest.param("'; drop table media_item --", [], id="hostile"),
        ],
    )
    def test_finds(self, lib: Library, text: str, expected: list[str]) -> None:
        """People find what they mean however they type it."""
        assert titles(lib, text) == expected

    def test_ranks_exact_prefix_words_substring(self, lib: Library) -> None:
        """A better kind of match comes first, then the rating."""
        found = lib.search("blade runner")
        assert found.select("title", "match").rows() == [("Blade Runner", "exact"), ("Blade Runner 2049", "prefix")]
        assert titles(lib, "blade") == ["Blade Runner", "Blade Runner 2049", "Sling Blade"]
        assert lib.search("unner")["match"].to_list() == ["substring", "substring"]
        assert set(lib.search("harrison")["match"]) == {"person"}

    def test_a_typing_error_is_forgiven_and_marked(self, lib: Library) -> None:
        """When nothing matches, what is nearly the same does."""
        found = lib.search("Bladerunnr")
        assert found["title"][0] == "Blade Runner"
        assert set(found["match"]) == {"fuzzy"}

    def test_filters_and_pages(self, lib: Library) -> None:
        """Filters narrow a search, limit and offset cut it."""
        assert titles(lib, "blade", year_from=1990) == ["Blade Runner 2049", "Sling Blade"]
        assert titles(lib, "blade", limit=1, offset=1) == ["Blade Runner 2049"]
        assert titles(lib, "blade", person="harrison FORD") == ["Blade Runner", "Blade Runner 2049"]

    def test_shows_where_an_episode_belongs(self, lib: Library) -> None:
        """An episode's row names its show."""
        assert lib.search("flow")["show_title"].to_list() == ["The Harbour"]


class TestReading:
    """Pages, counts, the tree."""

    def test_pages_join_to_the_whole(self, lib: Library) -> None:
        """Pages overlap nowhere and leave nothing out."""
        whole = lib.items.get_all(100)["id"].to_list()
        pages = [lib.items.get_all(3, start)["id"].to_list() for start in range(0, 18, 3)]
        assert [each for page in pages for each in page] == whole
        assert len(whole) == 16

    def test_get(self, lib: Library) -> None:
        """One item is a record; one that is not there is an error."""
        assert lib.items.get(1).title == "Blade Runner"
        with pytest.raises(ItemNotFound, match="no item 999"):
            lib.items.get(999)

    def test_get_many_keeps_the_order(self, lib: Library) -> None:
        """Items come in the order asked for; missing ones are left out."""
        assert lib.items.get_many([3, 999, 1])["id"].to_list() == [3, 1]

    def test_negative_pages_are_refused(self, lib: Library) -> None:
        """Rows count from 0."""
        with pytest.raises(QueryError, match="from 0"):
            lib.items.get_all(10, -1)

    def test_the_tree(self, lib: Library) -> None:
        """A show has its specials and seasons in order, a season its episodes."""
        show = int(lib.search("the harbour")["id"][0])
        seasons = lib.items.children(show)
        assert seasons["season_number"].to_list() == [0, 1]
        assert lib.items.children(int(seasons["id"][1]))["title"].to_list() == ["Ebb", "Flow"]

    def test_counts_by_library(self, lib: Library) -> None:
        """Items by library and type."""
        rows = lib.items.count_by_library().select("library", "media_type", "items").rows()
        assert rows == [
            ("Films", "movie", 10), ("Series", "episode", 3), ("Series", "season", 2), ("Series", "show", 1)
        ]  # fmt: skip

    def test_facets_follow_filters(self, lib: Library) -> None:
        """Counts are of what matches."""
        facets = lib.items.facets(genre="Sci-Fi")
        counts = {(facet, value): count for facet, value, count in facets.rows()}
        assert counts[("genre", "Noir")] == 1
        assert counts[("decade", "1980s")] == 1
        assert counts[("resolution", "1080p")] == 1
        assert counts[("resolution", "2160p")] == 1

    def test_what_a_facet_counts_its_filter_gives(self, lib: Library) -> None:
        """Every value of every facet narrows to as many items as it says."""
        for facet, value, count in lib.items.facets().rows():
            given = {facet: value == "true" if facet == "watched" else value}
            assert lib.items.count_all(**given) == count, (facet, value)  # type: ignore[arg-type]
        assert set(lib.items.facets()["facet"]) == set(FACETS)

    @pytest.mark.parametrize(
        "wrong", [{"decade": "nineties"}, {"rating": 11}, {"lacks": "posters"}, {"rating": [None]}]
    )
    def test_what_no_facet_has_is_told(self, lib: Library, wrong: dict[str, Any]) -> None:
        """By its name."""
        with pytest.raises(QueryError, match=next(iter(wrong))):
            lib.items.count_all(**wrong)


class TestStatements:
    """The files in sql/queries."""

    @pytest.mark.parametrize("name", names())
    def test_open_with_what_they_are(self, name: str) -> None:
        """Each names its purpose, its parameters and the shape of its result."""
        head = statement(name)
        assert all(f"-- {word}:" in head for word in ("What", "Parameters", "Result")), name

    def test_an_unknown_name_lists_the_known(self) -> None:
        """A mistyped statement is found out at once."""
        with pytest.raises(KeyError, match="items/search"):
            statement("items/serach")

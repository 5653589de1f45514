"""Every statement answers, and those for the access patterns read only what they must."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NamedTuple

import polars as pl
import pytest

from mediamgr.library import Library
from mediamgr.repository import WritingRepository, _finding, _items, _ordering, _people
from mediamgr.repository._items import FACETS
from mediamgr.store import database
from mediamgr.store.plans import structure
from mediamgr.store.statements import Sort, names, statement

GROUP = 122_880
"""Rows of a row group: the least that zone maps can spare."""
PAGE = {"limit": 100, "skip": 0}


class TestEveryStatement:
    """sql/queries."""

    def test_answers(self, lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whatever the program may ask is asked here once, with the index of words and without."""
        asked: set[str] = set()

        def noted(name: str, *rest: Any) -> str:
            asked.add(name)
            return statement(name, *rest)

        monkeypatch.setattr(database, "statement", noted)
        assert _finding.is_indexed(lib._open)
        for is_indexed in (False, True):
            for module in (_items, _ordering, _people):
                monkeypatch.setattr(module, "is_indexed", lambda database, is_indexed=is_indexed: is_indexed)
            for query in ("blade runner", "runner", "bladrunnr", "harrison ford", "harisson ford"):
                lib.search(query)
            assert lib.search("walle")["title"].to_list() == ["WALL·E"]
            lib.people.search("harrison")
            lib.people.search("harisson forrd")
            assert lib.people.filmography(1).height == 2
            assert lib.people.best_known_for([1, 2]).rows() == [(1, 1), (1, 2), (2, 1)]
        for most, text in ((0, ""), (0, "blade"), (10, "blade")):
            monkeypatch.setattr(_ordering, "_MOST_AMONG", most)
            with lib.items.ordering(text, sort="title") as ordering:
                assert ordering.position_at("blade runner 2") == 1 + (4 if not text else 0)
                assert len(ordering) == (16 if not text else 3)
        with lib.items.ordering("bladrunnr", sort="year") as ordering:
            years = ordering[:]["year"].to_list()
            assert years == sorted(years)
            assert ordering.position_at(2000) == sum(year < 2000 for year in years)
        assert lib.items.get(1).title
        assert lib.items.get_all(None).height == lib.items.get_all(100).height == 16
        show = int(lib.items.get_all(1, media_type="show")["id"].item())
        assert lib.items.children(show).height == 2
        assert lib.items.count_by_library()["items"].sum() == lib.items.count_all() == 16
        whole = lib.items.facets()
        for facet in FACETS:
            assert lib.items.facets(facet).equals(whole.filter(pl.col("facet") == facet))
        assert set(whole["facet"]) == set(FACETS)
        assert lib.people.get_many(1).height == 1
        assert lib.people.cast(1).height == 2
        assert lib.files.of_items(1).height == 2
        assert lib.files.streams(1).height == 3
        assert lib.files.technical().height == 4
        assert lib.artwork.of_items(1).height == 1
        assert lib.artwork.posters(1)["path"].len() == 1
        assert lib.items.tree(show)["media_type"].to_list().count("episode") == 3
        assert lib.items.external_ids(1)["source"].len() == 1
        assert lib.items.by_external_id("imdb", "movie", "tt0083658")["media_item_id"].to_list() == [1]
        assert lib.items.copies([1, 2]).rows() == [(1, 1), (2, 2)]
        assert lib.items.parts(show)["episode_number"].drop_nulls().to_list() == [1, 1, 2]
        assert lib.items.names_used().filter(kind="genre")["name"][0] == "Animation"
        assert lib.people.external_ids([1, 2]).height == 0
        assert lib.people.by_external_id("imdb", "tt0083658").height == 0
        amelie = int(lib.search("amelie")["id"].item())
        assert lib.subtitles.of_items(amelie).height == 1
        assert lib.history.of_items(1).height == 1
        assert lib.history.played_among([1, amelie]) == {1}
        assert lib.history.people() == ["me"]
        assert "Europe/Berlin" in lib.history.timezones()
        recent = lib.history.recent().row(0, named=True)
        assert (recent["title"], recent["event_type"], recent["show_title"]) == ("Blade Runner", "played", None)
        assert lib.matches.due("tmdb")["media_type"].to_list() == ["movie"] * 10 + ["show"]
        assert lib.matches.doubtful().height == lib.matches.of_items(1).height == 0
        assert lib.artwork.pending().height == 0
        assert lib.artwork.known("https://images.example.org/1.jpg").height == 0
        writing = WritingRepository(lib._open)
        assert writing.items([1, show])["work_id"].to_list() == [1] + [show] * 6
        assert writing.field_sources([1]).height == writing.listed([show], "tmdb").height == 0
        assert lib.about.libraries().height == 2
        assert lib.about.jobs().height >= 1
        assert lib.about.snapshots().height == 1
        assert lib.about.tables().height
        assert lib.about.sizes().height
        stored = lib.about.stored()
        assert {*stored["table"]} == {*lib.about.sizes()["table"], "schema_migration"}
        assert dict(stored.select("table", "rows").rows())["media_item"] == 16
        assert ("external_id", "external_id_by_value", "external_id", "index") in lib.about.indexes().rows()
        assert ("media_item", None, "id", "primary key") in lib.about.indexes().rows()
        assert lib.about.file()["block_bytes"].to_list() == [262_144]
        assert lib.about.memory().columns == ["purpose", "memory_bytes", "spilled_bytes"]
        assert structure(lib._open).table("media_item") is not None
        unasked = {name for name in names() if not name.startswith("scan/")} - asked
        assert unasked == set()


class Scan(NamedTuple):
    """What a plan did with a table, as DuckDB counted it: columns it gave on, conditions it was narrowed by while read."""

    table: str
    rows: int
    columns: frozenset[str]
    conditions: str


def scans(
    lib: Library, sql: str, filters: dict[str, Any] | None = None, sort: Sort | None = None, /, **parameters: Any
) -> list[Scan]:
    """The scans of a statement, given by its name or as SQL."""
    chosen = dict(filters or {})
    asked = sql if " " in sql else statement(sql, tuple(chosen), sort)
    with lib._open.reading() as connection:
        ((_, plan),) = connection.execute(
            f"explain (analyze, format json) {asked}", {**parameters, **chosen}
        ).fetchall()
    found = []

    def walk(operator: dict[str, Any]) -> None:
        told = operator.get("extra_info", {})
        if "Table" in told:
            columns = told.get("Projections") or []
            columns = [columns] if isinstance(columns, str) else columns
            table = told["Table"].split(".")[-1]
            found.append(Scan(table, operator["rows_scanned"], frozenset(columns), str(told.get("Filters", ""))))
        for child in operator.get("children", []):
            walk(child)

    for operator in json.loads(plan)["operator"]:
        walk(operator)
    return found


def scanned(lib: Library, sql: str, /, **parameters: Any) -> Counter[str]:
    """Rows that the scans of a statement went through, by table."""
    found: Counter[str] = Counter()
    for scan in scans(lib, sql, **parameters):
        found[scan.table] += scan.rows
    return found


class TestAccessPatterns:
    """What each reads at two hundred thousand items; a plan that falls back to reading all of a table fails here."""

    @pytest.mark.parametrize(
        ("name", "about", "most"),
        [
            pytest.param("people/roles", {"person_id": 1000, "is_indexed": True}, {"person_credit": GROUP}, id="person, role"),
            pytest.param("people/credits", {"item_ids": [5000]}, {"credit": GROUP}, id="item, role"),
            pytest.param("people/names", {"ids": [5000, 7000]}, {"person": 2}, id="people by id"),
            pytest.param("artwork/of_items", {"item_ids": [5000]}, {"artwork": GROUP}, id="item, artwork type"),
            pytest.param("subtitles/of_items", {"item_ids": [5000]}, {"subtitle": GROUP}, id="item, subtitle language"),
            pytest.param("history/of_items", {"item_ids": [5000]}, {"history_event": GROUP}, id="item, event type"),
            pytest.param("files/of_items", {"item_ids": [5000]}, {"media_file": GROUP, "media_item": 1}, id="item, file"),
            pytest.param("scan/external_ids", {"external_ids": ["tt5000", "tt0"]}, {"external_id": 10}, id="source, external id"),
            pytest.param("files/streams", {"file_ids": [5000]}, {"media_stream": GROUP}, id="file, stream"),
            pytest.param("items/children", {"parent_id": 190_000}, {"media_item": GROUP}, id="season, episode"),
            pytest.param("library/jobs", {"limit": 20}, {"job_run": 100, "library": 10}, id="library, status of jobs"),
            pytest.param("items/rows", {"ids": list(range(1, 200_000, 2_000))}, {"media_item": 100}, id="a page by id"),
            pytest.param(
                "items/find_word",
                {"word": "desert", "is_inside": False, "besides": [], "limit": 100},
                {"word": 20_000, "item_word": GROUP},
                id="a word",
            ),
            pytest.param(
                "items/find_words",
                {
                    "text": "desert harbour", "rarest": "desert", "others": ["harbour"], "is_inside": False, "besides": [],
                    "limit": 100,
                },
                {"word": 40_000, "item_word": 3 * GROUP, "media_item": GROUP},
                id="words",
            ),
            pytest.param(
                "items/find_people",
                {"words": ["fujishita", "makoto"], "besides": [], "limit": 100},
                {"word": 20_000, "person_word": 3 * GROUP, "person_credit": GROUP, "media_item": GROUP},
                id="a person's name",
            ),
        ],
    )  # fmt: skip
    def test_reads_no_more_than_it_must(
        self, large: Library, name: str, about: dict[str, Any], most: dict[str, int]
    ) -> None:
        """Rows by table."""
        found = scanned(large, name, **about)
        assert set(found) <= set(most)
        assert all(found[table] <= rows for table, rows in most.items()), found

    @pytest.mark.parametrize(
        ("name", "filters", "sort", "about", "columns", "conditions"),
        [
            pytest.param(
                "items/order", {"library_id": 1}, Sort("title"), PAGE,
                {"media_item": {"id", "title_rank"}}, {"media_item": ["library_id ="]}, id="library, title",
            ),
            pytest.param(
                "items/order", {"library_id": 1, "year": 1999}, Sort("title"), PAGE,
                {"media_item": {"id", "title_rank"}}, {"media_item": ["library_id =", "year ="]}, id="library, year",
            ),
            pytest.param(
                "items/order", {"library_id": 1, "media_type": ["movie"]}, Sort("title"), PAGE,
                {"media_item": {"id", "title_rank", "media_type"}}, {"media_item": ["library_id ="]},
                id="library, media type",
            ),
            pytest.param(
                "items/order", {"year": 1999}, Sort("title"), PAGE,
                {"media_item": {"id", "title_rank"}}, {"media_item": ["year ="]}, id="title, year",
            ),
            pytest.param(
                "items/order", {}, Sort("rating", descending=True), PAGE,
                {"media_item": {"id", "rating"}}, {}, id="rating",
            ),
            pytest.param(
                "items/count", {"without_artwork": ["poster"]}, None, {},
                {"media_item": {"id"}, "artwork": {"media_item_id", "download_status"}},
                {"artwork": ["artwork_type ="]}, id="download status, artwork type",
            ),
            pytest.param(
                "items/count", {"subtitle_language": ["es"]}, None, {},
                {
                    "media_item": {"id", "shared_file_item_id"}, "subtitle": {"media_item_id", "download_status"},
                    "media_file": {"id", "media_item_id"}, "media_stream": {"media_file_id"},
                },
                {"subtitle": ["language ="], "media_stream": ["stream_type =", "language ="]},
                id="download status, language",
            ),
            pytest.param(
                "items/count", {"resolution": ["2160p"]}, None, {},
                {
                    "media_item": {"id", "shared_file_item_id"}, "media_file": {"id", "media_item_id"},
                    "media_stream": {"media_file_id", "width", "height"},
                },
                {"media_stream": ["stream_type ="]}, id="resolution",
            ),
            pytest.param(
                "items/facets", {}, None, {"wanted": ["genre"]}, {"media_item": {"genres"}}, {}, id="a facet",
            ),
        ],
    )  # fmt: skip
    def test_reads_the_columns_it_is_about(
        self,
        large: Library,
        name: str,
        filters: dict[str, Any],
        sort: Sort | None,
        about: dict[str, Any],
        columns: dict[str, set[str]],
        conditions: dict[str, list[str]],
    ) -> None:
        """Where so many rows match that all are looked at: each table once, few columns, narrowed while it is read."""
        found = scans(large, name, filters, sort, **about)
        assert Counter(scan.table for scan in found) == Counter(list(columns))
        for scan in found:
            assert scan.columns <= columns[scan.table], scan
            assert all(each in scan.conditions for each in conditions.get(scan.table, [])), scan

    def test_the_newest_events(self, large: Library) -> None:
        """Events are read by their kind; of items only those of the page."""
        events, items = scans(large, "history/recent", event_type="played", limit=100, skip=0)
        assert (events.table, items.table) == ("history_event", "media_item")
        assert "event_type =" in events.conditions
        assert "occurred_at" in events.conditions
        assert items.rows <= 100

    @pytest.mark.parametrize(
        "spoilt",
        [
            pytest.param("select * from credit c where abs(c.media_item_id) in (5000)", id="item, role"),
            pytest.param("select i.id from media_item i where i.parent_id || '' = '190000'", id="season, episode"),
            pytest.param("select i.title from media_item i where abs(i.id) in (1, 100000)", id="a page by id"),
        ],
    )
    def test_what_would_read_all_is_seen(self, large: Library, spoilt: str) -> None:
        """The same conditions, spoilt, go through every row."""
        assert max(scanned(large, spoilt).values()) >= 200_000

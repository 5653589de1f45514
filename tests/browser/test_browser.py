"""The widget without a page: what it shows, what it answers, what a notebook has of it."""

from __future__ import annotations

import gc
import io
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import traitlets
from PIL import Image

import mediamgr
from mediamgr.browser import Browser
from mediamgr.browser._facets import narrowed
from mediamgr.browser._query import as_query
from mediamgr.errors import ItemNotFound, QueryError
from mediamgr.library import Library
from mediamgr.store import Records
from tests.browser.test_requests import random_messages
from tests.builders import films, library_of, series

LIMIT_SECONDS = 60


@pytest.fixture
def lib(tmp_path: Path) -> Iterator[Library]:
    """Ten films and a show."""
    with library_of(tmp_path / "l.duckdb", films(), series()) as opened:
        yield opened


class Page:
    """What stands in a page's place: it asks, and waits for what it is told."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.told: list[tuple[dict[str, Any], list[bytes] | None]] = []
        self._changed = threading.Condition()
        self._seq = 10**9
        browser.send = self._hear  # type: ignore[method-assign]
        browser.observe(self._notice)

    def ask(self, kind: str, **fields: Any) -> dict[str, Any]:
        """The answer to a request."""
        self._seq += 1
        seq = self._seq
        self.browser._hear(None, {"type": kind, "view": "page", "seq": seq, **fields}, None)
        self.wait_for(lambda: any(message.get("seq") == seq for message, _ in self.told))
        return next(message for message, _ in self.told if message.get("seq") == seq)

    def say(self, kind: str, **fields: Any) -> None:
        """A request that is not answered, but changes what is shown."""
        self.browser._hear(None, {"type": kind, **fields}, None)

    def rows(self, start: int = 0, stop: int = 100, **fields: Any) -> dict[str, Any]:
        """Rows of what is shown now."""
        return self.ask("rows", revision=self.browser.model.revision, start=start, stop=stop, **fields)

    def want_facets(self) -> None:
        """As it does when it has painted rows."""
        self.say("facets", revision=self.browser.revision)

    def settle(self) -> None:
        """Until everything that was asked for is done."""
        for name in self.browser._queues.names:
            self.browser._queues.submit(name, lambda: None).result(LIMIT_SECONDS)

    def wait_for(self, what: Any) -> None:
        """Until it is so."""
        with self._changed:
            assert self._changed.wait_for(what, timeout=LIMIT_SECONDS)

    def _hear(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        with self._changed:
            self.told.append((message, buffers))
            self._changed.notify_all()

    def _notice(self, change: object) -> None:
        with self._changed:
            self._changed.notify_all()


@pytest.fixture
def page(lib: Library) -> Iterator[Page]:
    """A page that shows the library."""
    browser = mediamgr.browse(lib)
    yield Page(browser)
    browser.close()


class TestRows:
    """What travels."""

    def test_are_those_of_the_library(self, lib: Library, page: Page) -> None:
        """One list a column, with what is said of the place and what to ask for next."""
        answer = page.rows(2, 5)
        expected = lib.items.get_all(3, 2)
        assert answer["rows"]["id"] == expected["id"].to_list()
        assert answer["rows"]["title"] == expected["title"].to_list()
        assert answer["start"] == 2
        assert answer["at"].startswith(expected["title"][0][0].upper())
        page.wait_for(lambda: page.browser.total == 16)

    def test_of_another_revision_are_not_told(self, page: Page) -> None:
        """They would be painted among others."""
        page.say("rows", view="page", seq=1_000, revision=page.browser.revision + 1, start=0, stop=10)
        page.rows()
        assert all(message["seq"] != 1_000 for message, _ in page.told)

    def test_the_first_come_with_the_cell(self, page: Page) -> None:
        """The page need not ask for them, as long as they are what is shown."""
        page.browser._repr_mimebundle_()
        answer = page.rows()
        assert page.browser.first_rows["rows"] == answer["rows"]
        assert page.browser.first_rows["at"] == answer["at"]
        assert page.browser.first_rows["revision"] == page.browser.revision
        page.browser.query = {"genre": "Noir"}
        assert page.browser.first_rows is None

    def test_what_others_commit_is_told_and_shown_when_asked(self, lib: Library, page: Page) -> None:
        """Nothing moves under the hands of whoever looks."""
        page.wait_for(lambda: page.browser.total == 16)
        item = lib.search("sling blade")["id"][0]
        with mediamgr.open(lib.path) as other:
            other.edit([item], title="A Sling Blade")
        page.wait_for(lambda: page.browser.outdated)
        assert "Sling Blade" in page.rows()["rows"]["title"]
        page.say("retry")
        page.wait_for(lambda: not page.browser.outdated)
        page.settle()
        assert "A Sling Blade" in page.rows()["rows"]["title"]

    def test_of_a_browser_that_nobody_looks_at_are_let_go(self, lib: Library, page: Page) -> None:
        """A cell that is run again leaves nothing behind; shown again it shows what there is by then."""
        page.rows()
        page.say("facets", view="other", seq=1, revision=page.browser.revision)
        page.settle()
        page.say("left", view="other")
        page.say("left", view="never seen")
        assert not page.browser.model.is_resting
        page.say("left", view="page")
        assert page.browser.model.is_resting
        lib.edit([lib.search("sling blade")["id"][0]], title="A Sling Blade")
        revision = page.browser.revision
        page.say("facets", view="page", seq=2, revision=revision)
        page.wait_for(lambda: page.browser.revision > revision)
        assert "A Sling Blade" in page.rows()["rows"]["title"]
        assert not page.browser.outdated

    def test_a_letter_is_found(self, page: Page) -> None:
        """Where the order has letters."""
        titles = page.rows()["rows"]["title"]
        position = page.ask("jump", revision=page.browser.revision, text="sl")["position"]
        assert titles[position] == "Sling Blade"
        page.browser.query = {"sort": "rating"}
        assert page.ask("jump", revision=page.browser.revision, text="s")["position"] is None

    def test_what_fails_is_told_and_leaves_it_usable(self, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
        """With the way out; asking again mends it."""

        def refuse(*_: object) -> pl.DataFrame:
            raise QueryError("It is gone; mount it again.")

        monkeypatch.setattr(page.browser.model, "window", refuse)
        assert page.rows()["type"] == "error"
        page.wait_for(lambda: page.browser.error == {"message": "It is gone", "remedy": "mount it again."})
        monkeypatch.undo()
        page.say("retry")
        page.wait_for(lambda: page.browser.error is None)
        assert page.rows()["type"] == "rows"


class TestQuery:
    """browser.query and what changes it."""

    def test_is_what_ordering_takes(self, lib: Library, page: Page) -> None:
        """So that a click becomes a cell."""
        page.say("search", text="blade")
        page.say("narrow", name="genre", value="Sci-Fi", on=True)
        page.say("sort", by="year", descending=True)
        page.wait_for(lambda: page.browser.query.get("sort"))
        assert page.browser.query == {"query": "blade", "sort": "year", "descending": True, "genre": ["Sci-Fi"]}
        assert page.rows()["rows"]["title"] == ["Blade Runner 2049", "Blade Runner"]
        with lib.items.ordering(**page.browser.query) as ordering:
            assert page.browser.frame().equals(ordering[:])
        assert (page.browser.text, page.browser.sort, page.browser.descending) == ("blade", "year", True)

    @pytest.mark.parametrize(
        "query",
        [
            {},
            {"sort": "rating", "descending": True},
            {"query": "blade"},
            {"query": "blade", "sort": "title", "genre": ["Sci-Fi", "noir"]},
            {"genre": "Drama", "min_rating": 7.5, "without_subtitle_language": "es", "watched": False},
            {"query": "o'neill's \"x\""},
        ],
    )
    def test_as_sql_gives_the_same(self, lib: Library, query: dict[str, Any]) -> None:
        """In lib.sql as in the page."""
        browser = lib.browse(**query)
        assert lib.sql(browser.sql)["id"].to_list() == browser.frame()["id"].to_list()
        browser.close()

    def test_is_settable_as_a_whole_and_by_parts(self, page: Page) -> None:
        """The page follows."""
        before = page.browser.revision
        page.browser.query = {"genre": "Drama"}
        assert page.browser.revision > before
        assert page.browser.chips == [{"name": "genre", "value": "Drama", "label": "Genre: Drama"}]
        page.browser.sort = "year"
        page.browser.descending = True
        assert page.browser.query == {"sort": "year", "descending": True, "genre": "Drama"}
        assert page.rows()["rows"]["title"] == ["Sling Blade", "Don't Look Now"]

    @pytest.mark.parametrize(
        "wrong", [{"sort": "colour"}, {"genra": "x"}, {"genre": 3}, {"query": 7}, {3: 4}, {"descending": "yes"}]
    )
    def test_one_that_cannot_be_changes_nothing(self, page: Page, wrong: dict[Any, Any]) -> None:
        """The error says why."""
        page.browser.query = {"genre": "Drama"}
        with pytest.raises(QueryError):
            page.browser.query = wrong
        assert page.browser.query == {"genre": "Drama"}
        assert len(page.rows()["rows"]["id"]) == 2

    def test_chips_take_away_what_they_say(self, page: Page) -> None:
        """One value, a filter, all."""
        page.browser.query = {"query": "a", "genre": ["Drama", "Noir"], "year_from": 1950, "watched": True}
        labels = [chip["label"] for chip in page.browser.chips]
        assert labels == ["Genre: Drama", "Genre: Noir", "Year from: 1950", "Watched"]
        page.say("clear", name="genre", value="Noir")
        page.say("clear", name="year_from", value=None)
        page.say("clear", name="watched")
        page.wait_for(lambda: page.browser.query == {"query": "a", "genre": ["Drama"]})
        page.say("clear_all")
        page.wait_for(lambda: page.browser.query == {})

    def test_may_be_given_as_in_a_search(self, lib: Library) -> None:
        """The text comes first."""
        browser = lib.browse("blade", genre="Drama")
        assert browser.query == {"query": "blade", "genre": "Drama"}
        assert mediamgr.browse(lib, query="blade").query == {"query": "blade"}
        browser.close()

    def test_of_two_widgets_can_be_linked(self, lib: Library, page: Page) -> None:
        """And with whatever else has traits."""
        other = lib.browse(view="wall")
        traitlets.link((page.browser, "query"), (other, "query"))
        page.browser.query = {"genre": "Drama"}
        assert other.frame().height == 2
        other.query = {}
        assert page.browser.frame().height == 16
        other.close()

    def test_a_person_and_a_show_become_the_list(self, lib: Library, page: Page) -> None:
        """From the details."""
        blade = lib.search("blade runner")["id"][0]
        cast = page.ask("details", id=blade)["details"]["crew"]
        page.say("person", person_id=cast[0]["person_id"], name=cast[0]["name"])
        page.wait_for(lambda: page.browser.chips)
        assert page.browser.chips[0]["label"] == f"Person: {cast[0]['name']}"
        assert blade in page.browser.frame()["id"]
        show = lib.items.get_all(1, media_type="show")["id"].item()
        page.say("show", id=show)
        page.wait_for(lambda: page.browser.query == {"parent_id": show})

    def test_changes_from_several_threads_end_as_one(self, page: Page) -> None:
        """The query, the model and what the page is told are the same, whoever was last; nothing waits for ever."""
        texts = ["", "b", "bl", "blade", "s", "a"]

        def change(seed: int) -> None:
            for number in range(25):
                page.say("search", text=texts[(number + seed) % len(texts)])
                page.say("narrow", name="genre", value="Drama", on=number % 2 == 0)
                if number % 5 == seed:
                    page.browser.refresh()
                if number % 7 == seed:
                    page.browser.query = {"query": texts[number % len(texts)]}

        changers = [threading.Thread(target=change, args=(seed,)) for seed in range(3)]
        for each in changers:
            each.start()
        for each in changers:
            each.join(LIMIT_SECONDS)
        page.settle()
        browser = page.browser
        assert as_query(browser.query) == browser.model.query
        assert (browser.text, browser.revision) == (browser.model.query.text, browser.model.revision)
        page.wait_for(lambda: browser.total == browser.model.total_count == browser.frame().height)

    def test_the_model_may_be_asked_by_itself(self, page: Page) -> None:
        """The page follows."""
        page.browser.model.set_text("blade")
        assert page.browser.query == {"query": "blade"}
        assert page.browser.revision == page.browser.model.revision
        page.browser.model.refresh()
        assert page.browser.revision == page.browser.model.revision

    def test_ids_may_be_a_column(self, lib: Library, page: Page) -> None:
        """Of a frame, set more than once."""
        some = lib.items.get_all(3)
        for _ in range(2):
            page.browser.query = {"id": some["id"]}
        assert page.browser.query == {"id": some["id"].to_list()}


class TestFacets:
    """What can be clicked."""

    def test_follow_the_query(self, page: Page) -> None:
        """The text, too; one that is chosen from counts what else could be."""

        def values(name: str) -> dict[str, int]:
            facet = next(each for each in page.browser.facets or [] if each["name"] == name)
            return {value["value"]: value["items"] for value in facet["values"]}

        page.want_facets()
        page.wait_for(lambda: len(page.browser.facets or []) == 10)
        assert values("library") == {"Films": 10, "Series": 6}
        page.browser.query = {"query": "blade", "genre": "noir"}
        page.want_facets()
        page.wait_for(lambda: values("library") == {"Films": 1})
        page.wait_for(lambda: values("genre") == {"Sci-Fi": 2, "Noir": 1, "Drama": 1})
        page.browser.query = {"query": "blade", "genre": "noir", "decade": 1980}
        page.want_facets()
        page.wait_for(
            lambda: [v["value"] for f in page.browser.facets for v in f["values"] if v["chosen"]] == ["Noir", "1980s"]
        )
        page.say("narrow", name="decade", value="1980s", on=False)
        page.say("narrow", name="genre", value="Noir", on=False)
        page.settle()
        assert page.browser.query == {"query": "blade"}
        page.browser.query = {"query": "blade", "genre": "noir"}
        page.want_facets()
        page.wait_for(lambda: values("genre") == {"Sci-Fi": 2, "Noir": 1, "Drama": 1})
        genre = next(each for each in page.browser.facets if each["name"] == "genre")
        assert [value["value"] for value in genre["values"] if value["chosen"]] == ["Noir"]

    def test_are_counted_when_they_are_asked_for(self, page: Page) -> None:
        """Rows come first, and nothing is counted twice, however many cells show it."""
        asked = []
        count = page.browser._count_facets
        page.browser._count_facets = lambda: asked.append(count())  # type: ignore[method-assign, func-returns-value]
        page.rows()
        page.say("facets", revision=page.browser.revision + 1)
        page.settle()
        assert not asked
        assert page.browser.facets is None
        for _ in range(2):
            page.want_facets()
        page.wait_for(lambda: len(page.browser.facets or []) == 10)
        page.settle()
        assert len(asked) == 1

    @pytest.mark.parametrize(
        ("held", "value"),
        [({"resolution": "4K"}, "2160p"), ({"video_codec": ["x265"]}, "hevc"), ({"audio_language": "Spanish"}, "es")],
    )
    def test_know_other_words_for_a_value(self, held: dict[str, Any], value: str) -> None:
        """Chosen by a notebook, it can be taken back by a click."""
        (name,) = held
        assert narrowed(held, name, value, on=False) == {}
        assert narrowed(held, name, "other", on=False) == {
            name: held[name] if isinstance(held[name], list) else [held[name]]
        }


class TestSelecting:
    """browser.selection and what is done with it."""

    def test_is_by_ids_and_ranges(self, page: Page) -> None:
        """Of rows that need not be loaded."""
        ids = page.rows()["rows"]["id"]
        page.say("select", ids=[ids[4], ids[1]])
        page.wait_for(lambda: page.browser.selection == [ids[4], ids[1]])
        assert page.browser.selected_frame()["id"].to_list() == [ids[4], ids[1]]
        page.say("select_range", start=0, stop=3, add=True, revision=page.browser.revision)
        page.wait_for(lambda: len(page.browser.selection) == 4)
        page.say("select_range", start=0, stop=10**9, revision=page.browser.revision)
        page.wait_for(lambda: page.browser.selection == ids)

    @pytest.mark.parametrize(
        ("action", "more", "seen", "said"),
        [
            ("rate", {"value": 8.5}, {"user_rating": 8.5}, "Rated 1 item 8.5"),
            ("rate", {"value": None}, {"user_rating": None}, "Took the rating from 1 item"),
            ("watched", {}, {"watched": True}, "Marked 1 item watched"),
            ("unwatched", {}, {"watched": False}, "Marked 1 item not watched"),
            ("tag", {"value": "{best}"}, {"tags": ["{best}"]}, "Tagged 1 item {best}"),
            (
                "edit",
                {"field": "tagline", "value": "More human"},
                {"tagline": "More human"},
                "Changed tagline of 1 item",
            ),
        ],
    )
    def test_acts_show_at_once_and_are_taken_back(
        self, lib: Library, page: Page, action: str, more: dict[str, Any], seen: dict[str, Any], said: str
    ) -> None:
        """In the library, too."""
        item = lib.search("blade runner")["id"][0]
        before = page.ask("details", id=item)["details"]
        revision = page.browser.revision
        assert page.ask("act", action=action, ids=[item], **more)["message"] == said
        assert page.browser.revision > revision
        assert page.browser.keep_place
        assert page.browser.undo == said
        after = page.ask("details", id=item)["details"]
        assert {name: after[name] for name in seen} == seen
        assert page.ask("undo")["message"] == f"Undone: {said}"
        assert page.ask("details", id=item)["details"] == before
        assert page.browser.undo is None
        assert page.ask("undo")["message"] == "There is nothing to undo."

    def test_what_is_done_is_seen_in_the_rows(self, lib: Library, page: Page) -> None:
        """To all that is selected, however many; a watched one is marked."""
        before = page.rows()["rows"]
        page.say("select_range", start=0, stop=16, revision=page.browser.revision)
        assert page.ask("act", action="watched", ids=None)["message"] == "Marked 16 items watched"
        after = page.rows()["rows"]
        assert after["id"] == before["id"]
        kinds = dict(zip(after["id"], after["media_type"], strict=True))
        for item, watched in zip(after["id"], after["watched"], strict=True):
            assert watched == (kinds[item] in ("movie", "episode"))
        page.ask("undo")
        assert page.rows()["rows"] == before

    @pytest.mark.parametrize(
        ("act", "told"),
        [
            ({"action": "rate", "ids": [1], "value": 11}, "from 0 to 10"),
            ({"action": "rate", "ids": [1], "value": "good"}, "from 0 to 10"),
            ({"action": "tag", "ids": [1], "value": " "}, "has a name"),
            ({"action": "rate", "ids": [], "value": 3}, "Nothing is selected"),
            ({"action": "edit", "ids": [1], "field": "id", "value": 3}, "not edited by hand"),
            ({"action": "edit", "ids": [1], "field": "year", "value": "soon"}, "year cannot be"),
        ],
    )
    def test_acts_that_cannot_be_are_told(self, page: Page, act: dict[str, Any], told: str) -> None:
        """And nothing is to undo."""
        answer = page.ask("act", **act)
        assert answer["type"] == "error"
        assert told in answer["message"]
        assert page.browser.undo is None


class TestOpening:
    """An item, from Python."""

    def test_selects_it_and_shows_its_details(self, lib: Library, page: Page) -> None:
        """Each time anew; until something else is listed, not when the same is shown again."""
        blade, amelie = lib.search("sling blade")["id"][0], lib.search("amelie")["id"][0]
        page.browser.open_item(blade)
        opened = page.browser.opened
        assert (page.browser.selection, opened["id"], opened["title"]) == ([blade], blade, "Sling Blade")
        page.browser.open_item(blade)
        assert page.browser.opened["number"] > opened["number"]
        page.browser.refresh()
        assert page.browser.opened["id"] == blade
        page.browser.query = {"id": [amelie]}
        assert page.browser.opened is None

    def test_there_is_no_such_item(self, page: Page) -> None:
        """Nothing is opened."""
        with pytest.raises(ItemNotFound):
            page.browser.open_item(10**9)
        assert (page.browser.selection, page.browser.opened) == ([], None)

    @pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
    def test_what_was_never_made_is_let_go_quietly(self, lib: Library) -> None:
        """A query that cannot be is an error, once."""
        with pytest.raises(QueryError):
            mediamgr.browse(lib, sort="nothing")
        gc.collect()


class TestHostility:
    """Messages and names that mean harm."""

    def test_random_messages_do_no_harm(self, lib: Library, page: Page, caplog: pytest.LogCaptureFixture) -> None:
        """It answers afterwards as it did before; nothing failed that was not foreseen."""
        before = lib.sql("select count(*) as n, sum(hash(title)) as titles from media_item").row(0)
        for message in random_messages(11, 1_500):
            if not (isinstance(message, dict) and message.get("type") == "act"):
                page.browser._hear(None, message, None)
        page.say("clear_all")
        page.settle()
        assert page.browser.query == {}
        assert len(page.rows()["rows"]["id"]) == 16
        assert lib.sql("select count(*) as n, sum(hash(title)) as titles from media_item").row(0) == before
        assert "a request failed" not in caplog.text

    def test_the_page_cannot_set_traits(self, page: Page) -> None:
        """It asks, and is told."""
        page.browser.set_state({"query": {"genre": "x"}, "selection": ["a"], "_parts": {"grid.js": "evil"}})
        assert page.browser.query == {}
        assert "evil" not in page.browser._parts.values()

    def test_a_title_is_text_where_no_kernel_runs(self, lib: Library) -> None:
        """The static page is HTML."""
        lib.edit(lib.search("amelie")["id"][0], title="<img src=x onerror=alert(1)> & Co")
        browser = lib.browse()
        data, _ = browser._repr_mimebundle_() or ({}, {})
        assert "<img" not in data["text/html"]
        assert "&lt;img src=x onerror=alert(1)&gt; &amp; Co" in data["text/html"]
        assert "Blade Runner (1982)" in data["text/plain"]
        assert "16 items" in data["text/plain"]
        browser.close()


def test_posters_are_pictures_or_none(lib: Library, page: Page, tmp_path: Path) -> None:
    """Of the film itself, of its show, or a tile when it is broken or absent."""
    blade, amelie = lib.search("blade runner")["id"][0], lib.search("amelie")["id"][0]
    episode = lib.items.get_all(1, media_type="episode", sort="year")["id"].item()
    show = lib.items.get_all(1, media_type="show").row(0, named=True)
    Image.new("RGB", (600, 900), "teal").save(tmp_path / "poster.jpg")
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 and no more")

    def picture(key: str, name: str) -> pl.DataFrame:
        return pl.DataFrame({"item_key": [key], "path": [str(tmp_path / name)]}).with_columns(
            artwork_type=pl.lit("poster"), download_status=pl.lit("local")
        )

    lib.load(
        Records(
            "Films",
            {"artwork": pl.concat([picture("blade", "poster.jpg"), picture("amelie", "broken.jpg")])},
            source="t",
        )
    )
    lib.load(Records("Series", {"artwork": picture(lib.items.get(show["id"]).item_key, "poster.jpg")}, source="t"))
    answer = page.ask("posters", ids=[blade, amelie, episode, 10**9], size="wall")
    assert {each["id"] for each in answer["found"]} == {blade, episode}
    assert answer["missing"] == [amelie, 10**9]
    (buffers,) = [found for message, found in page.told if message is answer]
    for each in buffers or []:
        with Image.open(io.BytesIO(each)) as small:
            assert (small.format, small.size) == ("WEBP", (240, 360))


def test_details_of_a_show_have_its_tree(lib: Library, page: Page) -> None:
    """Seasons, episodes, and the numbers nobody has."""
    show = lib.items.get_all(1, media_type="show")["id"].item()
    told = page.ask("details", id=show)["details"]
    assert [season["number"] for season in told["tree"]] == [0, 1]
    assert [each["label"] for each in told["tree"][1]["children"] if not each["missing"]] == ["Ebb", "Flow"]
    assert page.ask("details", id=10**9)["type"] == "error"


def test_a_library_is_named_where_none_is_installed(lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is said."""
    import sys

    from mediamgr.errors import InputError

    monkeypatch.setitem(sys.modules, "mediamgr.browser", None)
    with pytest.raises(InputError, match="pip install 'mediamgr"):
        lib.browse()

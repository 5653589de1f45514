"""Simulated TVmaze tells of the library's shows as TVmaze does: specials have no number, lookups redirect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from mediamgr.library import Library
from mediamgr.providers.simulator import Simulator
from mediamgr.store import Records
from tests.builders import library_of
from tests.providers.conftest import Asking


@pytest.fixture
def shows(ask: Asking) -> list[dict[str, Any]]:
    """All shows."""
    return ask.json("/tvmaze/shows")


def shown(lib: Library) -> dict[str, int]:
    """The library's shows: title to id."""
    return dict(lib.items.get_all(None, media_type="show").select("title", "id").iter_rows())


class TestShows:
    """/shows."""

    def test_each_is_told_as_it_is(self, shows: list[dict[str, Any]], lib: Library) -> None:
        """Title, day, minutes, rating, ids."""
        known = shown(lib)
        assert sorted(show["name"] for show in shows) == sorted(known)
        for show in shows:
            item = lib.items.get(known[show["name"]])
            assert show["premiered"] == item.premiered_on.isoformat()
            assert show["runtime"] == item.runtime_minutes
            assert item.rating is None or show["rating"]["average"] == item.rating
            assert show["genres"] == item.genres
            own = {source: each for _, source, _, each in lib.items.external_ids(item.id).iter_rows()}
            assert show["externals"]["imdb"] == own.get("imdb", show["externals"]["imdb"])
            assert str(show["externals"]["thetvdb"]) == own.get("tvdb", str(show["externals"]["thetvdb"]))

    def test_an_id_stays_and_leads_back(self, ask: Asking, shows: list[dict[str, Any]], simulator: Simulator) -> None:
        """Also in another simulator of the same library."""
        for show in shows:
            found = ask.json(f"/tvmaze/shows/{show['id']}")
            assert {name: found[name] for name in ("id", "name", "externals")} == {
                name: show[name] for name in ("id", "name", "externals")
            }
        with Simulator(simulator._path, rate_limits=False) as another:
            assert [each["id"] for each in Asking(another).json("/tvmaze/shows")] == [show["id"] for show in shows]

    @pytest.mark.parametrize(("source", "name"), [("imdb", "imdb"), ("thetvdb", "thetvdb")])
    def test_a_lookup_redirects_to_the_show(
        self, ask: Asking, simulator: Simulator, shows: list[dict[str, Any]], source: str, name: str
    ) -> None:
        """By the ids of others."""
        for show in shows:
            said = ask("/tvmaze/lookup/shows", **{source: show["externals"][name]})
            assert (said.status_code, said.headers["Location"]) == (
                301,
                f"{simulator.address_of('tvmaze')}/shows/{show['id']}",
            )

    @pytest.mark.parametrize(
        "path",
        [
            "/shows/1",
            "/lookup/shows?imdb=tt0000001",
            "/lookup/shows",
            "/shows?page=1",
            "/shows?page=x",
            "/nothing",
            "/shows/1000000001",
        ],
    )
    def test_what_is_not_there_is_404(self, ask: Asking, path: str) -> None:
        """With the documented body."""
        said = ask(f"/tvmaze{path}")
        assert said.status_code == 404
        assert said.json() | {"message": ""} == {"name": "Not Found", "message": "", "code": 0, "status": 404}

    def test_what_was_embedded_is_what_is_there(self, ask: Asking, shows: list[dict[str, Any]]) -> None:
        """Asked for once or several times."""
        path = f"/tvmaze/shows/{shows[0]['id']}"
        said = ask.json(path, **{"embed[]": ["episodes", "cast", "seasons", "nonsense"]})["_embedded"]
        assert said == {name: ask.json(f"{path}/{name}") for name in ("episodes", "cast", "seasons")}
        assert list(ask.json(path, embed="images")["_embedded"]) == ["images"]
        assert "_embedded" not in ask.json(path)

    def test_pictures_are_as_large_as_is_said(
        self, ask: Asking, shows: list[dict[str, Any]], simulator: Simulator
    ) -> None:
        """And are where they are said to be."""
        for image in ask.json(f"/tvmaze/shows/{shows[0]['id']}/images"):
            for resolution in image["resolutions"].values():
                assert ask(resolution["url"].removeprefix(simulator.url)).status_code == 200
        assert ask(shows[0]["image"]["medium"].removeprefix(simulator.url)).status_code == 200


class TestSearching:
    """/search/shows and /singlesearch/shows."""

    def test_the_title_itself_comes_first(self, ask: Asking, shows: list[dict[str, Any]]) -> None:
        """With the highest score."""
        for show in shows:
            found = ask.json("/tvmaze/search/shows", q=show["name"])
            assert found[0]["show"]["name"] == show["name"]
            assert [each["score"] for each in found] == sorted((each["score"] for each in found), reverse=True)
            assert ask.json("/tvmaze/singlesearch/shows", q=show["name"])["id"] == show["id"]

    def test_the_unknown_is_an_empty_list_or_404(self, ask: Asking) -> None:
        """As at the real one, the 404 has no body."""
        assert ask.json("/tvmaze/search/shows", q="nothing is called so") == []
        said = ask("/tvmaze/singlesearch/shows", q="nothing is called so")
        assert (said.status_code, said.content) == (404, b"")


class TestEpisodes:
    """/shows/{id}/episodes and the ways to one."""

    def test_every_episode_is_told_as_it_is(self, ask: Asking, lib: Library, shows: list[dict[str, Any]]) -> None:
        """Numbers, days and minutes; specials have no number and come only when asked for."""
        for show in shows:
            parts = lib.items.parts(shown(lib)[show["name"]]).filter(media_type="episode")
            path = f"/tvmaze/shows/{show['id']}/episodes"
            told = {(each["season"], each["number"]): each for each in ask.json(path)}
            proper = parts.filter(parts["season_number"] > 0)
            assert len(told) == proper.height
            for row in proper.iter_rows(named=True):
                each, item = told[row["season_number"], row["episode_number"]], lib.items.get(row["id"])
                assert each["name"] == item.title
                assert item.premiered_on is None or each["airdate"] == item.premiered_on.isoformat()
                assert item.runtime_minutes is None or each["runtime"] == item.runtime_minutes
            specials = [each for each in ask.json(path, specials=1) if each["number"] is None]
            assert {each["type"] for each in specials} <= {"significant_special"}
            assert len(specials) == parts.filter(season_number=0).height

    def test_one_is_found_by_number_and_by_day(self, ask: Asking, shows: list[dict[str, Any]]) -> None:
        """The same one."""
        path = f"/tvmaze/shows/{shows[0]['id']}"
        (first, *_) = ask.json(f"{path}/episodes")
        assert ask.json(f"{path}/episodebynumber", season=first["season"], number=first["number"]) == first
        assert first in ask.json(f"{path}/episodesbydate", date=first["airdate"])
        assert ask(f"{path}/episodebynumber", season=99, number=1).json()["message"] == "Unknown episode"

    def test_seasons_begin_and_end_with_their_episodes(self, ask: Asking, shows: list[dict[str, Any]]) -> None:
        """And count them."""
        path = f"/tvmaze/shows/{shows[0]['id']}"
        episodes = ask.json(f"{path}/episodes")
        for season in ask.json(f"{path}/seasons"):
            days = [each["airdate"] for each in episodes if each["season"] == season["number"]]
            assert (season["premiereDate"], season["endDate"], season["episodeOrder"]) == (days[0], days[-1], len(days))


def test_many_shows_come_in_pages(tmp_path: Path) -> None:
    """250 each, in a lasting order, and 404 after the last; a copy in another library is not told again."""
    titles = [f"Show {number}" for number in range(252)]
    shows = pl.DataFrame({"item_key": titles, "title": titles}).with_columns(media_type=pl.lit("show"))
    batches = [
        Records("Series", {"media_item": shows}, source="test"),
        Records("More", {"media_item": shows[:2]}, source="test"),
    ]
    with library_of(tmp_path / "l.duckdb", *batches) as lib, Simulator(lib, rate_limits=False) as simulator:
        ask = Asking(simulator)
        pages = [ask.json("/tvmaze/shows", page=page) for page in range(2)]
        assert [len(page) for page in pages] == [250, 2]
        assert sorted(show["name"] for page in pages for show in page) == sorted(titles)
        assert ask("/tvmaze/shows", page=2).status_code == 404

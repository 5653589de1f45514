"""Simulated OMDb tells all as text, misses with HTTP 200, and who may not ask with 401."""

from __future__ import annotations

from typing import Any

import pytest

from mediamgr.library import Library
from tests.providers.conftest import Asking
from tests.providers.test_tmdb import ids


@pytest.mark.parametrize(
    ("key", "error"),
    [
        pytest.param(None, "No API key provided.", id="none"),
        pytest.param("", "No API key provided.", id="empty"),
        pytest.param("another", "Invalid API key!", id="wrong"),
    ],
)
def test_only_the_key_opens(ask: Asking, key: str | None, error: str) -> None:
    """401 says why."""
    said = ask("/omdb/", apikey=key, t="the")
    assert (said.status_code, said.json()) == (401, {"Response": "False", "Error": error})


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        pytest.param({"i": "tt9999999"}, "Error getting data.", id="unknown id"),
        pytest.param({"i": "nonsense"}, "Incorrect IMDb ID.", id="no id"),
        pytest.param({}, "Incorrect IMDb ID.", id="nothing asked"),
        pytest.param({"t": "nothing is called so"}, "Movie not found!", id="title"),
        pytest.param({"t": "nothing is called so", "type": "series"}, "Series not found!", id="series"),
        pytest.param({"s": "nothing is called so"}, "Movie not found!", id="search"),
        pytest.param({"s": "the", "type": "game"}, "Movie not found!", id="a type there is nothing of"),
    ],
)
def test_a_miss_is_200(ask: Asking, asked: dict[str, str], error: str) -> None:
    """`Response` is "False", and it is good for an hour too."""
    said = ask("/omdb/", **asked)
    assert (said.status_code, said.json()) == (200, {"Response": "False", "Error": error})
    assert said.headers["Cache-Control"] == "public, max-age=3600"


def texts(value: Any) -> bool:
    """Whether a value is text, or a list or an object of such."""
    if isinstance(value, dict):
        return all(map(texts, value.values()))
    return all(map(texts, value)) if isinstance(value, list) else isinstance(value, str)


class TestTitles:
    """?i= and ?t=."""

    @pytest.mark.parametrize("media_type", ["movie", "show", "episode"])
    def test_each_is_told_as_it_is(self, ask: Asking, lib: Library, media_type: str) -> None:
        """All values are text; numbers have their units."""
        for item_id, own in list(ids(lib, media_type, "imdb").items())[:40]:
            said, item = ask.json("/omdb/", i=own), lib.items.get(item_id)
            assert texts(said)
            assert (said["imdbID"], said["Title"], said["Response"]) == (own, item.title, "True")
            assert said["Type"] == {"movie": "movie", "show": "series", "episode": "episode"}[media_type]
            assert said["Year"][:4] == str(item.year)
            assert item.runtime_minutes is None or said["Runtime"] == f"{item.runtime_minutes} min"
            assert item.rating is None or said["imdbRating"] == f"{item.rating:.1f}"
            assert item.votes is None or said["imdbVotes"].replace(",", "") == str(item.votes)
            assert item.premiered_on is None or said["Released"] == f"{item.premiered_on:%d %b %Y}"
            assert "Unknown" not in said.values()
            assert said["Awards"] == "N/A"

    def test_a_title_is_found_with_its_year(self, ask: Asking, lib: Library) -> None:
        """The title itself before others."""
        film = lib.items.get_all(1, media_type="movie").row(0, named=True)
        said = ask.json("/omdb/", t=film["title"], y=film["year"], type="movie")
        assert (said["Title"], said["Year"]) == (film["title"], str(film["year"]))
        assert ask.json("/omdb/", t=film["title"], y=1871)["Response"] == "False"

    def test_a_series_says_from_when_to_when(self, ask: Asking, lib: Library) -> None:
        """With a dash that is no hyphen; open while it goes on."""
        for show, own in ids(lib, "show", "imdb").items():
            item, last = lib.items.get(show), lib.items.parts(show)["year"].max()
            wanted = f"{item.year}–" if item.series_status == "continuing" else f"{item.year}–{last}"
            assert ask.json("/omdb/", i=own)["Year"] == wanted


class TestSeasons:
    """&Season= and &Episode=."""

    def test_a_season_lists_its_episodes(self, ask: Asking, lib: Library) -> None:
        """And an episode is the one of that list."""
        show, own = next(iter(ids(lib, "show", "imdb").items()))
        said = ask.json("/omdb/", i=own, Season=1)
        known = lib.items.parts(show).filter(season_number=1, media_type="episode")
        assert [each["Episode"] for each in said["Episodes"]] == [str(n) for n in known["episode_number"]]
        assert said["totalSeasons"] == ask.json("/omdb/", i=own)["totalSeasons"]
        for each in said["Episodes"]:
            one = ask.json("/omdb/", i=own, Season=1, Episode=each["Episode"])
            assert (one["Title"], one["imdbID"], one["seriesID"]) == (each["Title"], each["imdbID"], own)
            assert ask.json("/omdb/", i=each["imdbID"]) == one

    @pytest.mark.parametrize(
        ("asked", "error"),
        [
            ({"Season": 99}, "Series or season not found!"),
            ({"Season": 1, "Episode": 99}, "Series or episode not found!"),
        ],
    )
    def test_what_was_never_sent_is_a_miss(self, ask: Asking, lib: Library, asked: dict[str, int], error: str) -> None:
        """With HTTP 200."""
        own = next(iter(ids(lib, "show", "imdb").values()))
        assert ask.json("/omdb/", i=own, **asked) == {"Response": "False", "Error": error}


class TestSearching:
    """?s=."""

    def test_results_come_in_pages_of_ten(self, ask: Asking) -> None:
        """All different, as many as is said; after the last there is nothing."""
        count = int(ask.json("/omdb/", s="the")["totalResults"])
        pages = [ask.json("/omdb/", s="the", page=page)["Search"] for page in range(1, -(-count // 10) + 1)]
        assert [len(page) for page in pages[:-1]] == [10] * (len(pages) - 1)
        assert len({each["imdbID"] for page in pages for each in page}) == count > 10
        assert ask.json("/omdb/", s="the", page=len(pages) + 1)["Response"] == "False"

    @pytest.mark.parametrize("type", ["movie", "series"])
    def test_a_type_narrows(self, ask: Asking, type: str) -> None:
        """To itself."""
        assert {each["Type"] for each in ask.json("/omdb/", s="the", type=type)["Search"]} == {type}

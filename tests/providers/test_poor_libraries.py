"""What little a library knows is enough: a scan gives titles and numbers, and providers know the rest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mediamgr.providers.simulator import Simulator
from tests.builders import films, library_of, series
from tests.providers.conftest import Asking


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """Films with a title and a year, one with an IMDb id; a show with nothing but titles and numbers."""
    path = tmp_path_factory.mktemp("poor") / "l.duckdb"
    with library_of(path, films(), series()) as lib, Simulator(lib, rate_limits=False) as simulator:
        yield Asking(simulator)


def test_a_film_with_a_title_has_all_the_rest(ask: Asking) -> None:
    """Nothing that providers know of every film is empty."""
    (found,) = ask.json("/tmdb/3/search/movie", query="Sling Blade")["results"]
    film = ask.json(
        f"/tmdb/3/movie/{found['id']}", append_to_response="credits,images,external_ids,release_dates,keywords"
    )
    assert film["release_date"].startswith("1996-")
    assert all(film[name] for name in ("overview", "runtime", "genres", "tagline", "imdb_id", "poster_path"))
    assert film["release_dates"]["results"][0]["release_dates"][0]["certification"]
    assert film["credits"] == {"cast": [], "crew": []}
    omdb = ask.json("/omdb/", i=film["imdb_id"])
    assert (omdb["Title"], omdb["Plot"], omdb["Actors"]) == ("Sling Blade", film["overview"], "N/A")


def test_an_id_that_the_library_has_is_used(ask: Asking) -> None:
    """By all providers."""
    assert ask.json("/tmdb/3/find/tt0083658", external_source="imdb_id")["movie_results"][0]["title"] == "Blade Runner"
    assert ask.json("/omdb/", t="Blade Runner")["imdbID"] == "tt0083658"


@pytest.mark.parametrize("title", ["千と千尋の神隠し", "WALL·E", "8½", "Amélie", "AC/DC: Let There Be Rock"])
def test_any_title_is_found(ask: Asking, title: str) -> None:
    """In any script, with any punctuation."""
    assert ask.json("/tmdb/3/search/movie", query=title)["results"][0]["title"] == title
    assert ask.json("/omdb/", t=title)["Title"] == title


def test_a_show_with_numbers_has_days(ask: Asking) -> None:
    """Each provider gives its episodes, with the same days, and the special its place."""
    (show,) = ask.json("/tmdb/3/search/tv", query="The Harbour")["results"]
    tmdb = ask.json(f"/tmdb/3/tv/{show['id']}/season/1")["episodes"]
    maze = ask.json("/tvmaze/singlesearch/shows", q="The Harbour", embed="episodes")
    omdb = ask.json("/omdb/", t="The Harbour", Season=1)["Episodes"]
    assert [each["name"] for each in tmdb] == ["Ebb", "Flow"] == [each["Title"] for each in omdb]
    days = [each["air_date"] for each in tmdb]
    assert days == [each["airdate"] for each in maze["_embedded"]["episodes"]] == [each["Released"] for each in omdb]
    assert maze["premiered"] == show["first_air_date"] == days[0] < days[1]
    (special,) = [
        each for each in ask.json(f"/tvmaze/shows/{maze['id']}/episodes", specials=1) if each["number"] is None
    ]
    assert (special["name"], special["season"]) == ("Making of", 1)

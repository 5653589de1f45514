"""Simulated TMDB tells what the library knows, and what TMDB would say to those who ask wrongly."""

from __future__ import annotations

from typing import Any

import pytest

from mediamgr.library import Library
from tests.providers.conftest import Asking


def ids(lib: Library, media_type: str, source: str = "tmdb") -> dict[int, str]:
    """Items of a type to what a source calls them, those that the library has an id for."""
    items = lib.items.get_all(None, media_type=media_type)["id"].to_list()
    return {item: own for item, each, _, own in lib.items.external_ids(items).iter_rows() if each == source}


class TestWhoMayAsk:
    """The key."""

    @pytest.mark.parametrize(
        ("headers", "key", "status"),
        [
            pytest.param({}, "simulated", 200, id="parameter"),
            pytest.param({"Authorization": "Bearer simulated"}, None, 200, id="bearer"),
            pytest.param({}, None, 401, id="none"),
            pytest.param({}, "another", 401, id="wrong"),
            pytest.param({"Authorization": "Bearer another"}, None, 401, id="wrong bearer"),
        ],
    )
    def test_only_the_key_opens(self, ask: Asking, headers: dict[str, str], key: str | None, status: int) -> None:
        """As a parameter or as a bearer."""
        said = ask("/tmdb/3/configuration", headers, api_key=key)
        assert said.status_code == status
        if status == 401:
            assert (said.json()["status_code"], said.json()["success"]) == (7, False)

    @pytest.mark.parametrize(
        "path",
        [
            "/movie/999",
            "/tv/1",
            "/person/1",
            "/tv/1/season/1",
            "/nothing",
            "/movie/1000000136",
            "/tv/1000000001",
            f"/movie/{10**30}",
            f"/tv/1/season/{10**30}",
            "",
        ],
    )
    def test_what_is_not_there_is_404(self, ask: Asking, path: str) -> None:
        """With TMDB's code 34; a film is no show, even by an id that was made up."""
        said = ask(f"/tmdb/3{path}")
        assert (said.status_code, said.json()["status_code"]) == (404, 34)


class TestFilms:
    """/movie/{id}."""

    def test_facts_are_those_of_the_library(self, ask: Asking, lib: Library) -> None:
        """Of every film that has an id; its copies in other libraries are the same film."""
        films = ids(lib, "movie")
        assert len(films) > 100
        for item_id, number in films.items():
            item, said = lib.items.get(item_id), ask.json(f"/tmdb/3/movie/{number}", append_to_response="external_ids")
            assert (said["id"], said["title"]) == (int(number), item.title)
            assert said["release_date"][:4] == str(item.year)
            assert said["runtime"] == item.runtime_minutes
            assert [genre["name"] for genre in said["genres"]] == item.genres
            assert item.premiered_on is None or said["release_date"] == item.premiered_on.isoformat()
            assert item.rating is None or (said["vote_average"], said["vote_count"]) == (item.rating, item.votes)
            assert item.plot is None or said["overview"] == item.plot
            assert said["external_ids"]["imdb_id"] == said["imdb_id"]

    def test_credits_are_those_of_the_library(self, ask: Asking, lib: Library) -> None:
        """The cast in billing order, who they play, and the crew by job."""
        item_id, number = next(iter(ids(lib, "movie").items()))
        said = ask.json(f"/tmdb/3/movie/{number}", append_to_response="credits")["credits"]
        known = lib.people.cast(item_id)
        actors = known.filter(role="actor").sort("position").select("name", "character").rows()
        assert [(each["name"], each["character"]) for each in said["cast"]] == [(n, c or "") for n, c in actors]
        directors = [each["name"] for each in said["crew"] if each["job"] == "Director"]
        assert directors == known.filter(role="director")["name"].to_list()

    def test_what_is_appended_is_what_was_asked_for(self, ask: Asking, lib: Library) -> None:
        """And nothing else; unknown names are passed over."""
        number = next(iter(ids(lib, "movie").values()))
        plain = ask.json(f"/tmdb/3/movie/{number}")
        more = ["credits", "images", "external_ids", "release_dates", "alternative_titles", "keywords"]
        said = ask.json(f"/tmdb/3/movie/{number}", append_to_response=",".join([*more, "nonsense"]))
        assert set(said) - set(plain) == set(more)
        assert {"posters", "backdrops", "logos"} == set(said["images"])
        (rating,) = [each for each in said["release_dates"]["results"] if each["iso_3166_1"] == "US"]
        assert rating["release_dates"][0]["certification"]

    def test_what_the_library_lacks_is_made_up_once(self, ask: Asking, lib: Library) -> None:
        """A film without a plot or an id has both, the same at every time, and is found by the id."""
        (bare,) = lib.sql(
            "select i.title, i.year from media_item i where i.media_type = 'movie' and not exists (select 1 from media_item o"
            " join external_id e on e.media_item_id = o.id and e.source = 'tmdb' where o.item_key = i.item_key) limit 1"
        ).rows()
        (found,) = ask.json("/tmdb/3/search/movie", query=bare[0], year=bare[1])["results"]
        assert found["id"] > 1_000_000_000
        said = ask.json(f"/tmdb/3/movie/{found['id']}")
        assert (said["title"], said["release_date"][:4]) == (bare[0], str(bare[1]))
        (plotless,) = lib.sql("select id from media_item where media_type = 'movie' and plot is null limit 1").rows()
        title = lib.items.get(plotless[0]).title
        told = [ask.json("/tmdb/3/search/movie", query=title)["results"][0]["overview"] for _ in range(2)]
        assert told[0] == told[1] != ""


class TestAsking:
    """Searches, pages, tags."""

    def test_the_title_itself_comes_first(self, ask: Asking, lib: Library) -> None:
        """Before titles that only begin so or have it in them."""
        for title in lib.items.get_all(30, media_type="movie")["title"]:
            results = ask.json("/tmdb/3/search/movie", query=title)["results"]
            assert results[0]["title"] == title

    def test_copies_are_one_result(self, ask: Asking, lib: Library) -> None:
        """A film that two libraries hold is known once, by the id of either."""
        twice = lib.sql(
            "select any_value(title), any_value(year) from media_item where media_type = 'movie' group by item_key"
            " having count(*) = 2"
        ).rows()
        assert len(twice) > 5
        for title, year in twice:
            same = [
                each
                for each in ask.json("/tmdb/3/search/movie", query=title, year=year)["results"]
                if each["title"] == title
            ]
            assert len(same) == 1

    def test_results_come_in_pages(self, ask: Asking) -> None:
        """Twenty each, all different, and as many as is said."""
        first = ask.json("/tmdb/3/search/movie", query="the")
        pages = [
            ask.json("/tmdb/3/search/movie", query="the", page=page) for page in range(1, first["total_pages"] + 1)
        ]
        assert first == pages[0]
        assert [len(each["results"]) for each in pages[:-1]] == [20] * (len(pages) - 1)
        numbers = [result["id"] for each in pages for result in each["results"]]
        assert len(set(numbers)) == len(numbers) == first["total_results"] > 20
        assert ask.json("/tmdb/3/search/movie", query="the", page=len(pages) + 1)["results"] == []

    @pytest.mark.parametrize("page", ["0", "501", "x", "-1"])
    def test_a_page_that_cannot_be_is_refused(self, ask: Asking, page: str) -> None:
        """With code 22."""
        said = ask("/tmdb/3/search/movie", query="the", page=page)
        assert (said.status_code, said.json()["status_code"]) == (400, 22)

    @pytest.mark.parametrize("kind", ["movie", "tv", "person", "multi"])
    @pytest.mark.parametrize("query", ["nothing is called so", ""])
    def test_the_unknown_is_an_empty_page(self, ask: Asking, kind: str, query: str) -> None:
        """What is only nearly so called is not found."""
        said = ask.json(f"/tmdb/3/search/{kind}", query=query)
        assert said == {"page": 1, "results": [], "total_pages": 1, "total_results": 0}

    def test_a_year_narrows(self, ask: Asking) -> None:
        """To films of that year."""
        some = ask.json("/tmdb/3/search/movie", query="the")["results"][0]["release_date"][:4]
        narrowed = ask.json("/tmdb/3/search/movie", query="the", year=some)["results"]
        assert {each["release_date"][:4] for each in narrowed} == {some}
        assert ask.json("/tmdb/3/search/movie", query="the", primary_release_year=some)["results"] == narrowed

    def test_all_kinds_at_once_say_what_they_are(self, ask: Asking, lib: Library) -> None:
        """Films, shows and people; who is called so is first among people."""
        show = lib.items.get_all(1, media_type="show")["title"].item()
        assert ("tv", show) in [
            (each["media_type"], each.get("name")) for each in ask.json("/tmdb/3/search/multi", query=show)["results"]
        ]
        name = lib.people.get_many(1)["name"].item()
        (first, *_) = ask.json("/tmdb/3/search/multi", query=name)["results"]
        assert (first["media_type"], first["name"]) == ("person", name)
        assert [work["media_type"] for work in first["known_for"]]

    def test_who_has_it_already_is_told_so(self, ask: Asking, lib: Library) -> None:
        """304 without a body, for the weak tag; another tag gets the whole."""
        path = f"/tmdb/3/movie/{next(iter(ids(lib, 'movie').values()))}"
        first = ask(path)
        assert first.headers["ETag"].startswith('W/"')
        again = ask(path, {"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert (again.headers["ETag"], again.headers["Cache-Control"]) == (
            first.headers["ETag"],
            first.headers["Cache-Control"],
        )
        assert ask(path, {"If-None-Match": 'W/"another"'}).content == first.content

    @pytest.mark.parametrize("media_type", ["movie", "show", "season", "episode"])
    @pytest.mark.parametrize("source", ["imdb", "tvdb"])
    def test_ids_of_others_are_found(self, ask: Asking, lib: Library, media_type: str, source: str) -> None:
        """Those the library has, each as what it is."""
        kind = {"movie": "movie", "show": "tv", "season": "tv_season", "episode": "tv_episode"}[media_type]
        for item_id, own in list(ids(lib, media_type, source).items())[:20]:
            said = ask.json(f"/tmdb/3/find/{own}", external_source=f"{source}_id")
            (found,) = said.pop(f"{kind}_results")
            assert found.get("title", found.get("name")) == lib.items.get(item_id).title
            assert not any(said.values())

    @pytest.mark.parametrize("own", ["tt", f"tt{10**30}", "nm00000000", "%20", "x"])
    def test_what_is_no_id_finds_nothing(self, ask: Asking, own: str) -> None:
        """However long, or of whatever form."""
        assert not any(ask.json(f"/tmdb/3/find/{own}", external_source="imdb_id").values())

    def test_a_made_up_id_leads_back(self, ask: Asking) -> None:
        """Whatever id is told of a film, the film is found by it."""
        for found in ask.json("/tmdb/3/search/movie", query="the")["results"]:
            imdb = ask.json(f"/tmdb/3/movie/{found['id']}")["imdb_id"]
            assert ask.json(f"/tmdb/3/find/{imdb}", external_source="imdb_id")["movie_results"][0]["id"] == found["id"]

    def test_an_id_that_was_not_needed_leads_nowhere(self, ask: Asking, lib: Library) -> None:
        """What has an id goes by that one only."""
        item_id = next(iter(ids(lib, "movie")))
        assert ask(f"/tmdb/3/movie/{1_000_000_000 + item_id}").status_code == 404


class TestShows:
    """/tv and below."""

    def test_every_episode_is_told_as_it_is(self, ask: Asking, lib: Library) -> None:
        """By show, season and number; the show counts them, specials apart."""
        for show_id, number in ids(lib, "show").items():
            show = ask.json(f"/tmdb/3/tv/{number}", append_to_response="content_ratings")
            assert (show["name"], show["first_air_date"][:4]) == (
                lib.items.get(show_id).title,
                str(lib.items.get(show_id).year),
            )
            assert show["content_ratings"]["results"]
            parts = lib.items.parts(show_id)
            assert (
                show["number_of_episodes"]
                == parts.filter(media_type="episode")
                .filter(parts.filter(media_type="episode")["season_number"] > 0)
                .height
            )
            told: dict[tuple[int, int], Any] = {}
            for season in show["seasons"]:
                for each in ask.json(f"/tmdb/3/tv/{number}/season/{season['season_number']}")["episodes"]:
                    told[each["season_number"], each["episode_number"]] = each
            for row in parts.filter(media_type="episode").iter_rows(named=True):
                item, each = lib.items.get(row["id"]), told[row["season_number"], row["episode_number"]]
                assert each["name"] == item.title
                assert item.premiered_on is None or each["air_date"] == item.premiered_on.isoformat()
                assert item.runtime_minutes is None or each["runtime"] == item.runtime_minutes

    def test_an_episode_is_the_one_of_its_season(self, ask: Asking, lib: Library) -> None:
        """With who directed it and who was a guest."""
        number = next(iter(ids(lib, "show").values()))
        (first, *_) = ask.json(f"/tmdb/3/tv/{number}/season/1")["episodes"]
        said = ask.json(
            f"/tmdb/3/tv/{number}/season/1/episode/{first['episode_number']}", append_to_response="images,credits"
        )
        assert {name: said[name] for name in ("id", "name", "overview", "crew")} == {
            name: first[name] for name in ("id", "name", "overview", "crew")
        }
        assert said["images"]["stills"][0]["file_path"] == said["still_path"]


class TestPeople:
    """/person/{id}."""

    def test_somebody_did_what_the_library_says(self, ask: Asking, lib: Library) -> None:
        """Films and shows, in which role."""
        person, own = lib.sql(
            "select person_id, external_id from external_id where id_space = 'person' and source = 'tmdb' limit 1"
        ).row(0)
        said = ask.json(f"/tmdb/3/person/{own}", append_to_response="combined_credits,external_ids,images")
        assert said["name"] == lib.people.get_many(person)["name"].item()
        done = said["combined_credits"]["cast"] + said["combined_credits"]["crew"]
        known = lib.people.filmography(person)
        known = known.filter(known["media_type"].is_in(["movie", "show"]))
        assert {each.get("title", each.get("name")) for each in done} == set(known["title"])
        assert said["external_ids"]["imdb_id"] == said["imdb_id"]
        assert ask.json(f"/tmdb/3/find/{said['imdb_id']}", external_source="imdb_id")["person_results"][0]["id"] == int(
            own
        )

    def test_people_without_ids_have_made_up_ones(self, ask: Asking, lib: Library) -> None:
        """Which lead back to them."""
        (name,) = lib.sql("select name from person where matched_by = 'name' limit 1").row(0)
        (found, *_) = ask.json("/tmdb/3/search/person", query=name)["results"]
        assert ask.json(f"/tmdb/3/person/{found['id']}")["name"] == name == found["name"]


def test_addresses_of_pictures_lead_to_pictures(ask: Asking, lib: Library) -> None:
    """The base address, a size, and the path that is told, as clients put them together."""
    images = ask.json("/tmdb/3/configuration")["images"]
    base = images["base_url"].split("/images", 1)[1]
    film = ask.json(f"/tmdb/3/movie/{next(iter(ids(lib, 'movie').values()))}", append_to_response="images")
    for kind, path in (
        ("poster", film["poster_path"]),
        ("backdrop", film["backdrop_path"]),
        ("logo", film["images"]["logos"][0]["file_path"]),
    ):
        for size in images[f"{kind}_sizes"]:
            assert ask(f"/images{base}{size}{path}").status_code == 200

"""Each provider gives, in the library's words, what the simulated site tells in its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest

from mediamgr.library import Library
from mediamgr.providers.facts import FIELDS, ROLES, WorkFacts
from mediamgr.providers.genres import same_genres
from mediamgr.providers.http import Client
from mediamgr.providers.omdb import Omdb
from mediamgr.providers.protocol import Provider
from mediamgr.providers.simulator import Simulator
from mediamgr.providers.tmdb import Tmdb
from mediamgr.providers.tvmaze import TvMaze
from mediamgr.providers.wikidata import Wikidata
from mediamgr.settings import get_settings

KINDS = (Tmdb, TvMaze, Omdb, Wikidata)
EXPECTED = {
    "movie": {"year", "premiered_on", "runtime_minutes", "genres", "countries", "original_language"},
    "show": {"year", "premiered_on", "runtime_minutes", "genres", "countries", "original_language"},
}


@pytest.fixture
def settings(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sites are the simulated ones."""
    for name, value in simulator.environment().items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def client(settings: None, tmp_path: Any) -> Iterator[Client]:
    """Asks, and keeps nothing."""
    with Client(None, pace_file=tmp_path / "pace.sqlite") as client:
        yield client


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def provider(request: pytest.FixtureRequest, client: Client) -> Provider:
    """Each provider in turn."""
    made: Provider = request.param(client, get_settings())
    return made


def work_of(lib: Library, media_type: str, place: int = 0) -> dict[str, Any]:
    """A film or show of the library that has an id at IMDb, and those ids."""
    items = lib.items.get_all(None, media_type=media_type)
    ids = lib.items.external_ids(items["id"].to_list()).filter(pl.col("source") == "imdb")["media_item_id"]
    item = items.filter(pl.col("id").is_in(ids.to_list())).row(place, named=True)
    told = lib.items.external_ids(item["id"]).select("source", "external_id").iter_rows()
    whole = lib.sql(f"select * from media_item where id = {item['id']}").row(0, named=True)
    return {**whole, "ids": dict(told)}


def types(provider: Provider) -> list[str]:
    """What the provider knows."""
    return sorted(provider.capabilities.media_types)


class TestEveryProvider:
    """The contract."""

    def test_it_finds_a_work_by_its_title(self, provider: Provider, lib: Library) -> None:
        """Among results that have an id and a title."""
        for media_type in types(provider):
            item = work_of(lib, media_type)
            found = provider.search(item["title"], media_type)
            assert item["title"] in [each.title for each in found]
            assert all(each.id and each.provider == provider.name and not each.is_whole for each in found)

    def test_it_knows_a_work_by_the_ids_of_others(self, provider: Provider, lib: Library) -> None:
        """And an own one is not asked for."""
        for media_type in types(provider):
            item = work_of(lib, media_type)
            own = provider.identify(media_type, {"imdb": item["ids"]["imdb"]})
            assert own
            assert provider.identify(media_type, {provider.name: "5"}) == ("5" if provider.name != "omdb" else None)

    def test_an_id_that_nobody_has_is_nobodys(self, provider: Provider) -> None:
        """And there is nothing to get."""
        for media_type in types(provider):
            assert provider.identify(media_type, {"trakt": "1"}) is None
            assert (
                provider.get(media_type, {"omdb": "tt99999999", "wikidata": "Q999999999"}.get(provider.name, "99"))
                is None
            )

    def test_it_tells_all_of_a_work(self, provider: Provider, lib: Library) -> None:
        """As the library knows it, in its units, and nothing that it did not promise."""
        for media_type in types(provider):
            item = work_of(lib, media_type)
            own = provider.identify(media_type, {"imdb": item["ids"]["imdb"]})
            assert own
            told = provider.get(media_type, own)
            assert told is not None
            assert told.is_whole
            assert (told.title, told.id, told.media_type) == (item["title"], own, media_type)
            assert EXPECTED[media_type] <= set(told.fields)
            assert set(told.fields) <= provider.capabilities.fields <= set(FIELDS)
            # TVmaze names the one country it is sent from
            assert told.fields["countries"][:1] == item["countries"][:1]
            assert told.fields["genres"] == same_genres(item["genres"])
            for field in ("year", "runtime_minutes", "premiered_on", "original_language"):
                if item[field] is not None and (field, provider.name) != ("original_language", "omdb"):
                    assert told.fields[field] == item[field], field
            assert told.ids["imdb"] == item["ids"]["imdb"]

    def test_people_have_roles_and_what_they_play(self, provider: Provider, lib: Library) -> None:
        """By billing order within their role."""
        item = work_of(lib, types(provider)[0])
        told = provider.get(types(provider)[0], provider.identify(types(provider)[0], item["ids"]) or "")
        assert told is not None
        assert told.credits
        assert all(ROLES[each.role] == each.department for each in told.credits)
        actors = [each.name for each in told.credits if each.role == "actor"]
        known = lib.people.credits(item["id"])
        assert set(actors) <= set(known["name"].to_list())
        if provider.name != "omdb":
            assert all(each.ids for each in told.credits)
            assert any(each.character for each in told.credits)

    def test_pictures_can_be_had_where_they_are_said_to_be(
        self, provider: Provider, lib: Library, client: Client
    ) -> None:
        """All of those that are told of with a work."""
        media_type = types(provider)[0]
        own = provider.identify(media_type, work_of(lib, media_type)["ids"]) or ""
        pictures = provider.images(media_type, own)
        assert bool(pictures) == provider.capabilities.has_pictures
        told = provider.get(media_type, own)
        assert told is not None
        assert told.pictures == pictures
        assert len({each.url for each in pictures}) == len(pictures)
        if pictures:
            assert pictures[0].artwork_type == "poster"

    def test_all_episodes_are_listed(self, provider: Provider, lib: Library) -> None:
        """With their numbers; specials only where they are numbered."""
        if not provider.capabilities.has_episodes:
            pytest.skip(f"{provider.name} does not list episodes")
        show = work_of(lib, "show")
        told = provider.get("show", provider.identify("show", show["ids"]) or "")
        assert told is not None
        parts = lib.items.parts(show["id"]).filter((pl.col("media_type") == "episode") & (pl.col("season_number") > 0))
        episodes = lib.items.get_many(parts["id"].to_list())
        wanted = set(episodes.select("season_number", "episode_number", "title").iter_rows())
        assert wanted <= {numbers(each) for each in told.episodes()}

    def test_no_season_is_asked_for_that_is_not_wanted(
        self, provider: Provider, lib: Library, simulator: Simulator
    ) -> None:
        """An empty set asks for none."""
        own = provider.identify("show", work_of(lib, "show")["ids"]) or ""
        before = simulator.count()
        provider.get("show", own, seasons=frozenset())
        assert simulator.count() - before <= (1 if provider.name != "wikidata" else 3)

    def test_terms_are_told(self, provider: Provider) -> None:
        """Who is to be named, under which licence, and where a key can be had."""
        assert provider.terms.credit
        assert provider.terms.licence
        assert provider.terms.url.startswith("https://")
        assert bool(provider.terms.key_url) == (provider.name in ("tmdb", "omdb"))


def numbers(episode: WorkFacts) -> tuple[int | None, int | None, str]:
    """Season, number and title."""
    return episode.fields.get("season_number"), episode.fields.get("episode_number"), episode.title


@pytest.mark.parametrize(
    ("told", "genres"),
    [
        (["Sci-Fi & Fantasy", "Drama"], ["Science Fiction", "Fantasy", "Drama"]),
        (["Science-Fiction", "Sci-Fi"], ["Science Fiction"]),
        (["War & Politics", " ", "Folk Horror"], ["War", "Politics", "Folk Horror"]),
    ],
)
def test_a_genre_has_one_name(told: list[str], genres: list[str]) -> None:
    """Whichever site told it; those nobody renames stay."""
    assert same_genres(told) == genres


def test_what_a_site_does_not_know_is_not_asked(client: Client, simulator: Simulator) -> None:
    """TVmaze has no films."""
    tvmaze = TvMaze(client, get_settings())
    assert tvmaze.search("Alien", "movie") == []
    assert tvmaze.identify("movie", {"imdb": "tt0078748"}) is None
    assert tvmaze.get("movie", "1") is None
    assert simulator.count() == 0


def test_tmdb_tells_ids_of_all_sites_and_the_best_picture_first(client: Client, lib: Library) -> None:
    """The picture that stands for a film leads its list, with its size; a picture is named once."""
    item = work_of(lib, "movie")
    told = Tmdb(client, get_settings()).get("movie", item["ids"]["tmdb"]) if "tmdb" in item["ids"] else None
    assert told is not None
    assert {"tmdb", "imdb"} <= set(told.ids)
    poster = told.pictures[0]
    assert (poster.artwork_type, poster.width, poster.height) == ("poster", 780, 1170)
    assert {each.artwork_type for each in told.pictures} == {"poster", "backdrop", "logo"}


def test_a_token_for_tmdb_travels_in_a_header(
    client: Client, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The longer keys have dots; neither is in the address."""
    monkeypatch.setenv("MEDIAMGR_TMDB_KEY", "simulated.token")
    from mediamgr.errors import ProviderRefused

    with pytest.raises(ProviderRefused):
        Tmdb(client, get_settings()).search("Alien", "movie")
    assert "api_key" not in simulator.requests()["path"][-1]

"""Simulated Wikidata links works, people, characters and names as items, and says no as the action API does."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from mediamgr.library import Library
from mediamgr.providers.simulator import Faults, Simulator
from tests.providers.conftest import Asking
from tests.providers.test_tmdb import ids

API = "/wikidata/w/api.php"


def found(ask: Asking, statement: str) -> list[str]:
    """The items that have a statement."""
    said = ask.json(API, action="query", list="search", srsearch=f"haswbstatement:{statement}", format="json")["query"]
    assert said["searchinfo"]["totalhits"] == len(said["search"])
    return [each["title"] for each in said["search"]]


def items(ask: Asking, *numbers: str, **asked: str) -> dict[str, Any]:
    """Items by number."""
    return ask.json(API, action="wbgetentities", ids="|".join(numbers), format="json", **asked)["entities"]


def values(item: dict[str, Any], p: str) -> list[Any]:
    """What is claimed."""
    told = [claim["mainsnak"]["datavalue"]["value"] for claim in item["claims"].get(p, [])]
    return [each.get("id", each) if isinstance(each, dict) else each for each in told]


def labels(ask: Asking, numbers: list[str]) -> list[str]:
    """The names of items."""
    return [each["labels"]["en"]["value"] for each in items(ask, *numbers).values()] if numbers else []


class TestWorks:
    """Films and shows."""

    @pytest.mark.parametrize(
        ("p", "source", "media_type"),
        [
            pytest.param("P345", "imdb", "movie", id="imdb, films"),
            pytest.param("P345", "imdb", "show", id="imdb, shows"),
            pytest.param("P345", "imdb", "episode", id="imdb, episodes"),
            pytest.param("P4947", "tmdb", "movie", id="tmdb, films"),
            pytest.param("P4983", "tmdb", "show", id="tmdb, shows"),
            pytest.param("P4835", "tvdb", "show", id="tvdb, shows"),
        ],
    )
    def test_ids_of_others_lead_to_the_item(
        self, ask: Asking, lib: Library, p: str, source: str, media_type: str
    ) -> None:
        """Which has that id among its claims."""
        for item_id, own in list(ids(lib, media_type, source).items())[:10]:
            (q,) = found(ask, f"{p}={own}")
            item = items(ask, q)[q]
            assert values(item, p) == [own]
            assert item["labels"]["en"]["value"] == lib.items.get(item_id).title

    def test_tvmaze_agrees(self, ask: Asking) -> None:
        """The id of a show there is the one that is claimed here; TMDB knows the item, too."""
        for show in ask.json("/tvmaze/shows"):
            (q,) = found(ask, f"P8600={show['id']}")
            (tmdb,) = values(items(ask, q)[q], "P4983")
            assert ask.json(f"/tmdb/3/tv/{tmdb}", append_to_response="external_ids")["external_ids"]["wikidata_id"] == q

    def test_facts_are_those_of_the_library(self, ask: Asking, lib: Library) -> None:
        """In values of each kind; what is named is an item of its own."""
        for item_id, own in list(ids(lib, "movie").items())[:20]:
            (q,) = found(ask, f"P4947={own}")
            film, item = lib.items.get(item_id), items(ask, q)[q]
            assert values(item, "P31") == ["Q11424"]
            assert values(item, "P1476")[0]["text"] == (film.original_title or film.title)
            assert values(item, "P2047")[0] == {
                "amount": f"+{film.runtime_minutes}",
                "unit": "http://www.wikidata.org/entity/Q7727",
            }
            assert values(item, "P577")[0]["time"][1:5] == str(film.year)
            assert labels(ask, values(item, "P136")) == film.genres
            assert [values(each, "P297") for each in items(ask, *values(item, "P495")).values()] == [
                [code] for code in film.countries
            ]
            (tongue,) = items(ask, *values(item, "P364")).values()
            assert values(tongue, "P218") == [film.original_language.split("-")[0]]

    def test_people_play_characters(self, ask: Asking, lib: Library) -> None:
        """Each an item, found again by its number alone."""
        item_id, own = next(iter(ids(lib, "movie").items()))
        (q,) = found(ask, f"P4947={own}")
        item, known = items(ask, q)[q], lib.people.cast(item_id)
        actors = known.filter(role="actor").sort("position")
        assert labels(ask, values(item, "P161")) == actors["name"].to_list()
        assert labels(ask, values(item, "P57")) == known.filter(role="director")["name"].to_list()
        played = [
            claim["qualifiers"]["P453"][0]["datavalue"]["value"]["id"]
            for claim in item["claims"]["P161"]
            if "qualifiers" in claim
        ]
        assert labels(ask, played) == [each for each in actors["character"] if each]
        person = items(ask, values(item, "P161")[0])
        assert values(next(iter(person.values())), "P31") == ["Q5"]

    def test_people_are_found_by_their_ids(self, ask: Asking, lib: Library) -> None:
        """At IMDb and at TMDB."""
        for p, source in (("P345", "imdb"), ("P4985", "tmdb")):
            (who, own) = lib.sql(
                f"select person_id, external_id from external_id where id_space = 'person' and source = '{source}' limit 1"
            ).row(0)
            assert labels(ask, found(ask, f"{p}={own}")) == lib.people.get_many(who)["name"].to_list()

    def test_one_of_several_statements_is_enough(self, ask: Asking, lib: Library) -> None:
        """And several at once are all needed."""
        one, other = list(ids(lib, "movie").values())[:2]
        assert found(ask, f"P4947={one}|P4947={other}") == found(ask, f"P4947={one}") + found(ask, f"P4947={other}")
        assert found(ask, f"P4947={one} haswbstatement:P4947={other}") == []
        assert found(ask, "P4947=1") == found(ask, "P4983=") == found(ask, "P1=1") == []

    def test_a_picture_is_there(self, ask: Asking, lib: Library) -> None:
        """Where the names of pictures lead."""
        (q,) = found(ask, f"P4947={next(iter(ids(lib, 'movie').values()))}")
        (name,) = values(items(ask, q)[q], "P18")
        said = ask(f"/wikidata/wiki/Special:FilePath/{name}")
        assert said.status_code == 301
        assert requests.get(said.headers["Location"], timeout=60).headers["Content-Type"] == "image/jpeg"


class TestAsking:
    """Parameters of the API."""

    def test_only_what_was_asked_for_is_told(self, ask: Asking) -> None:
        """Parts and languages; what is not there is marked."""
        said = items(ask, "Q30", "Q11424", "Q99999", props="labels|descriptions", languages="en")
        assert said["Q99999"] == {"id": "Q99999", "missing": ""}
        assert said["Q11424"] == {
            "type": "item",
            "id": "Q11424",
            "labels": {"en": {"language": "en", "value": "film"}},
            "descriptions": {},
        }
        assert items(ask, "Q30", props="labels", languages="xx")["Q30"]["labels"] == {}

    def test_a_name_finds_items(self, ask: Asking, lib: Library) -> None:
        """The name itself first; more on request."""
        film = lib.items.get_all(1, media_type="movie")["title"].item()
        said = ask.json(API, action="wbsearchentities", search=film, language="en", format="json")
        assert said["search"][0]["label"] == said["search"][0]["match"]["text"] == film
        name = lib.people.get_many(1)["name"].item()
        assert ask.json(API, action="wbsearchentities", search=name)["search"][0]["label"] == name
        pages = [
            ask.json(API, action="wbsearchentities", search="the", limit=5, **{"continue": first}) for first in (0, 5)
        ]
        assert pages[0]["search-continue"] == 5
        assert not {each["id"] for each in pages[0]["search"]} & {each["id"] for each in pages[1]["search"]}
        assert ask.json(API, action="wbsearchentities", search="nothing is called so")["search"] == []
        plain = ask.json(API, action="query", list="search", srsearch="the", srlimit=3)
        assert (
            plain["continue"]["sroffset"]
            == len(plain["query"]["search"])
            == 3
            < plain["query"]["searchinfo"]["totalhits"]
        )

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            pytest.param({"action": "nonsense"}, "badvalue", id="action"),
            pytest.param({"action": "wbgetentities"}, "param-missing", id="no ids"),
            pytest.param({"action": "wbgetentities", "ids": "X1"}, "no-such-entity", id="no number"),
            pytest.param(
                {"action": "wbgetentities", "ids": "|".join(f"Q{n}" for n in range(1, 52))},
                "toomanyvalues",
                id="51 ids",
            ),
            pytest.param({"action": "wbsearchentities"}, "missingparam", id="no name"),
            pytest.param({"action": "query", "list": "search"}, "missingparam", id="no search"),
            pytest.param({"action": "query", "maxlag": "-1"}, "maxlag", id="lag"),
        ],
    )
    def test_errors_are_200(self, ask: Asking, asked: dict[str, str], code: str) -> None:
        """With a code in the body, and in a header."""
        said = ask(API, **asked, format="json")
        assert (said.status_code, said.json()["error"]["code"]) == (200, code)
        assert said.headers["MediaWiki-API-Error"] == code
        assert said.json()["error"]["info"]

    def test_who_waits_for_copies_is_told_to(self, ask: Asking, simulator: Simulator) -> None:
        """While they lag more than is borne."""
        simulator.faults["wikidata"] = Faults(lag_seconds=7)
        said = ask(API, action="query", maxlag="5")
        assert (said.json()["error"]["code"], said.headers["Retry-After"]) == ("maxlag", "5")
        assert "error" not in ask.json(API, action="query", maxlag="10")
        assert "error" not in ask.json(API, action="query")

    @pytest.mark.parametrize("agent", ["", "python-requests/2.34.2", "Go-http-client/1.1"])
    def test_who_does_not_say_who_asks_is_refused(self, ask: Asking, agent: str) -> None:
        """403; the name of a library is no name."""
        assert ask(API, {"User-Agent": agent}, action="query").status_code == 403
        assert ask(API, {"User-Agent": f"films/1.0 (a@example.org) {agent}"}, action="query").status_code == 200

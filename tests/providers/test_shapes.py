"""Answers have the shapes of recorded ones: each key and each type in both, but for differences that are argued here."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mediamgr.library import Library
from tests.providers.conftest import Asking

yaml = pytest.importorskip("yaml", reason="the recordings are YAML; pip install pyyaml")

FOLDER = Path(os.environ.get("MEDIAMGR_REAL_DATA") or Path(__file__).parents[3] / "shared" / "data")
Shape = set[tuple[str, str]]
"""Key paths and JSON types."""

# endpoint: recordings whose address matches, by folder
ENDPOINTS = {
    "tmdb search/movie": ("tmdb_http", r"/3/search/movie\?"),
    "tmdb search/tv": ("tmdb_http", r"/3/search/tv\?"),
    "tmdb movie": ("tmdb_http", r"/3/movie/\d+\?"),
    "tmdb tv": ("tmdb_http", r"/3/tv/\d+\?"),
    "tmdb episode": ("tmdb_http", r"/3/tv/\d+/season/\d+/episode/\d+\?"),
    "omdb title": ("omdb_http", r"[?&][ti]="),
    "omdb search": ("omdb_http", r"[?&]s="),
    "tvmaze show": ("tvmaze_http", r"/(shows/\d+|singlesearch/shows)\?"),
    "tvmaze episode": ("tvmaze_http", r"/shows/\d+/episodebynumber\?"),
    "tvmaze episodes": ("tvmaze_http", r"/shows/\d+/episodesbydate\?"),
}

# endpoint: what only one side has, keys or types, as patterns of "path type"; reason
REAL_ONLY = {
    "tmdb search/movie": {r"\.results\[\]\.(backdrop|poster)_path null": "every simulated work has pictures"},
    "tmdb search/tv": {r"\.results\[\]\.(backdrop|poster)_path null": "every simulated work has pictures"},
    "tmdb movie": {
        r"\.external_ids\.(facebook|instagram|twitter)_id text": "what is invented is on no social network",
        r"\.production_companies\[\]\.logo_path text": "companies have no logos",
    },
    "tmdb tv": {
        r"\.external_ids\.(facebook|instagram|twitter|freebase|freebase_mid)(_id)? text": "what is invented is nowhere else",
        r"\.external_ids\.tvrage_id number": "what is invented is nowhere else",
        r"\.production_companies\[\]\.logo_path text": "companies have no logos",
        r"\.seasons\[\]\.(air_date|poster_path) null": "every simulated season has a day and a picture",
    },
    "tmdb episode": {
        r"\.(crew|guest_stars)\[\]\.profile_path null": "everybody has a picture",
        r"\.external_ids\.(freebase_id|freebase_mid) text": "what is invented is nowhere else",
        r"\.external_ids\.tvrage_id number": "what is invented is nowhere else",
        r"\.external_ids\.(imdb_id|wikidata_id) null": "every simulated episode is known there",
    },
    "tvmaze show": {
        r"\._embedded\.seasons\[\]\.(endDate|episodeOrder|image|premiereDate) null": "seasons without episodes are not simulated",
        r"\._embedded\.seasons\[\]\.summary text": "the demo has no plots of seasons",
        r"\._links\.nextepisode.*": "a library has what was sent, not what will be",
        r"\.externals\.(imdb|thetvdb) null": "every simulated show is known there",
        r"\.externals\.tvrage number": "what is invented is nowhere else",
        r"\.officialSite text": "what is invented has no site",
        r"\.rating\.average null": "every simulated show is rated",
    },
    "tvmaze episode": {r"\.airstamp null": "every simulated episode has a day", r"\.image null": "and a picture"},
    "tvmaze episodes": {r"\[\]\.image null": "every simulated episode has a picture"},
}
OURS_ONLY = {
    "tmdb movie": {
        r"\.belongs_to_collection null": "the recorded films are all of collections",
        r"\.external_ids\.facebook_id null": "what is invented is on no social network",
    },
    "tmdb tv": {r"\.external_ids\.(facebook_id|freebase_mid|tvrage_id) null": "what is invented is nowhere else"},
    "tvmaze show": {
        r"(\._embedded\.seasons\[\])?\.(network|webChannel)\.officialSite null": "documented since the recordings, of 2017",
        r"\._links\.previousepisode\.name text": "documented since",
        r"\.(averageRuntime number|dvdCountry null|ended (text|null))": "documented since",
        r"\.officialSite null": "documented as null where there is none",
    },
    "tvmaze episode": {r"\._links\.show.*|\.rating.*|\.type text": "documented since"},
    "tvmaze episodes": {
        r"\[\](\._links\.show.*|\.rating.*|\.type text)": "documented since",
        r"\[\]\.image.*": "the recorded episodes have no picture",
        r"\[\]\.number null": "a special, documented so",
    },
}


def walk(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The key paths of a JSON value, with their types."""
    kinds = {
        dict: "object",
        list: "list",
        str: "text",
        int: "number",
        float: "number",
        bool: "bool",
        type(None): "null",
    }
    yield path, kinds[type(value)]
    if isinstance(value, dict):
        for key, each in value.items():
            yield from walk(each, f"{path}.{key}")
    for each in value if isinstance(value, list) else ():
        yield from walk(each, f"{path}[]")


def shape_of(values: Iterable[Any]) -> Shape:
    """What all of them have between them."""
    return {each for value in values for each in walk(value)}


def recorded(endpoint: str) -> list[dict[str, Any]]:
    """The recorded responses of an endpoint that have a body and were no failures."""
    folder, address = ENDPOINTS[endpoint]
    files = sorted((FOLDER / folder).glob("*"))
    if not files:
        pytest.skip(f"no recordings: set MEDIAMGR_REAL_DATA to a folder with {folder}/")
    exchanges = [each for file in files for each in yaml.safe_load(file.read_text())["interactions"]]
    said = [each["response"] for each in exchanges if re.search(address, each["request"]["uri"])]
    return [each for each in said if each["status"]["code"] == 200]


def ours(endpoint: str, ask: Asking, lib: Library) -> list[Any]:
    """What is simulated of the same endpoint: of every film, show and first season there is, and searches."""
    films = lib.items.get_all(None, media_type="movie")["id"].to_list()
    ids = lib.items.external_ids(films).rows()
    shows = ask.json("/tvmaze/shows")
    numbers = {
        show["id"]: ask.json(f"/tmdb/3/find/{show['externals']['imdb']}", external_source="imdb_id") for show in shows
    }
    tv = [found["tv_results"][0]["id"] for found in numbers.values()]
    more = {"append_to_response": "external_ids"}
    if endpoint.startswith("tmdb search"):
        return [ask.json(f"/tmdb/3/{endpoint.split()[1]}", query=text) for text in ("the", "a", "nothing is called so")]
    if endpoint == "tmdb movie":
        return [ask.json(f"/tmdb/3/movie/{own}", **more) for _, source, _, own in ids if source == "tmdb"]
    if endpoint == "tmdb tv":
        return [ask.json(f"/tmdb/3/tv/{number}", **more) for number in tv]
    if endpoint == "tmdb episode":
        seasons = [ask.json(f"/tmdb/3/tv/{number}/season/1") for number in tv]
        parts = [(each["show_id"], each["episode_number"]) for season in seasons for each in season["episodes"]]
        return [ask.json(f"/tmdb/3/tv/{show}/season/1/episode/{number}", **more) for show, number in parts]
    if endpoint == "omdb title":
        misses = [ask.json("/omdb/", i="tt9999999"), ask.json("/omdb/", t="nothing is called so")]
        return [*misses, *(ask.json("/omdb/", i=own) for _, source, _, own in ids if source == "imdb")]
    if endpoint == "omdb search":
        return [ask.json("/omdb/", s="the"), ask.json("/omdb/", s="nothing is called so")]
    if endpoint == "tvmaze show":
        return [ask.json(f"/tvmaze/shows/{show['id']}", embed="seasons") for show in shows]
    first = {show["id"]: ask.json(f"/tvmaze/shows/{show['id']}/episodes", specials=1) for show in shows}
    if endpoint == "tvmaze episode":
        said = [(show, each) for show, parts in first.items() for each in parts if each["number"]]
        return [
            ask.json(f"/tvmaze/shows/{show}/episodebynumber", season=each["season"], number=each["number"])
            for show, each in said
        ]
    days = {(show, each["airdate"]) for show, parts in first.items() for each in parts}
    return [ask.json(f"/tvmaze/shows/{show}/episodesbydate", date=day) for show, day in sorted(days)]


def beyond(shape: Shape, other: Shape, argued: dict[str, str]) -> tuple[list[str], list[str]]:
    """What the other side does not have and nobody argued for; and arguments that are about nothing."""
    differences = [f"{path} {kind}" for path, kind in sorted(shape - other)]
    unargued = [each for each in differences if not any(re.fullmatch(pattern, each) for pattern in argued)]
    idle = [pattern for pattern in argued if not any(re.fullmatch(pattern, each) for each in differences)]
    return unargued, idle


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_keys_and_types_are_those_of_the_recordings(endpoint: str, ask: Asking, lib: Library) -> None:
    """What is in either and not in the other is listed above with its reason, and nothing else is listed."""
    real = shape_of(json.loads(each["body"]["string"]) for each in recorded(endpoint))
    simulated = shape_of(ours(endpoint, ask, lib))
    assert beyond(real, simulated, REAL_ONLY.get(endpoint, {})) == ([], [])
    assert beyond(simulated, real, OURS_ONLY.get(endpoint, {})) == ([], [])


@pytest.mark.parametrize(
    ("endpoint", "path"),
    [
        pytest.param("tmdb search/movie", "/tmdb/3/search/movie?query=the", id="tmdb"),
        pytest.param("omdb search", "/omdb/?s=the", id="omdb"),
        pytest.param("tvmaze show", "/tvmaze/singlesearch/shows?q=the&embed=seasons", id="tvmaze"),
    ],
)
def test_headers_for_caches_are_those_of_the_recordings(endpoint: str, path: str, ask: Asking) -> None:
    """Cache-Control, the kind of ETag and the kind of content, with any age."""

    def told(headers: dict[str, str]) -> dict[str, str]:
        kept = {name.lower(): value for name, value in headers.items()}
        kept = {name: kept[name] for name in ("cache-control", "content-type", "etag") if name in kept}
        return {name: re.sub(r"max-age=\d+|\"\w+\"", "_", value).lower() for name, value in kept.items()}

    real = recorded(endpoint)[0]["headers"]
    assert told(dict(ask(path).headers)) == told({name: values[0] for name, values in real.items()})


@pytest.mark.parametrize(
    ("endpoint", "body", "path"),
    [
        pytest.param(
            "tmdb search/movie", '"results":[]', "/tmdb/3/search/movie?query=nothing is called so", id="tmdb search"
        ),
        pytest.param("omdb title", "Error getting", "/omdb/?i=tt9999999", id="omdb id"),
        pytest.param("omdb title", "not found", "/omdb/?t=nothing is called so", id="omdb title"),
        pytest.param("omdb search", "not found", "/omdb/?s=nothing is called so", id="omdb search"),
    ],
)
def test_what_is_not_found_is_told_in_the_same_words(endpoint: str, body: str, path: str, ask: Asking) -> None:
    """To the letter: clients look at them."""
    said = {each["body"]["string"] for each in recorded(endpoint) if body in each["body"]["string"]}
    assert said == {ask(path).text}

"""Tests of understanding file names: the tidy ones at once, the rest by guessit, none fatal."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any

import pytest

from mediamgr.ingest.names import NameFacts, parse, parse_fast
from tests.ingest.name_agreement import differences, guess_all
from tests.ingest.name_corpus import FAMILIES, make_corpus, make_tidy_tree

HOUR = "The Late Night Hour"


def case(path: str, **expected: Any) -> Any:
    """One path and the fields that differ from the unset record, title and type included."""
    return pytest.param(path, expected, id=path)


MOVIES = [
    case("Heat (1995)/Heat (1995).mkv", title="Heat", year=1995, container="mkv"),
    case(
        "Heat (1995)/Heat (1995) {imdb-tt11} {edition-Director's Cut} [Bluray-1080p][DTS 5.1][x264]-DON.mkv",
        title="Heat",
        year=1995,
        edition="Director's Cut",
        quality_source="Bluray",
        screen_size="1080p",
        audio_codec="dts",
        video_codec="h264",
        release_group="DON",
        container="mkv",
    ),
    case(
        "Heat (1995) [tmdbid-949]/Heat (1995) - 2160p.mp4",
        title="Heat",
        year=1995,
        screen_size="2160p",
        container="mp4",
    ),
    case(
        "Heat (1995)/Heat (1995) Remux-2160p Proper.mkv",
        title="Heat",
        year=1995,
        quality_source="Remux",
        screen_size="2160p",
        container="mkv",
    ),
    case(
        "Heat.1995.REMUX.2160p.UHD.BluRay.HDR.HEVC.TrueHD.7.1.Atmos-FraMeSToR.mkv",
        title="Heat",
        year=1995,
        quality_source="Remux",
        screen_size="2160p",
        video_codec="hevc",
        audio_codec="truehd",
        release_group="FraMeSToR",
        container="mkv",
    ),
    case("Heat (1995)/Heat (1995)-cd2.avi", title="Heat", year=1995, part_number=2, container="avi"),
    case("Heat (1995)/Heat (1995) - Part 1.avi", title="Heat", year=1995, part_number=1, container="avi"),
    case("Heat (1995)/CD1/movie.avi", title="Heat", year=1995, part_number=1, container="avi"),
    case("Heat (1995)/VIDEO_TS/VTS_01_1.vob", title="Heat", year=1995, quality_source="DVD", container="vob"),
    case("Heat (1995)/Extras/Teaser 2.mkv", title="Heat", year=1995, file_role="extra", container="mkv"),
    case(
        "Heat (1995)/Heat (1995)-behindthescenes.mkv",
        title="Heat",
        year=1995,
        file_role="extra",
        container="mkv",
    ),
    case("Heat (1995)/Trailers/Teaser.mkv", title="Heat", year=1995, file_role="trailer", container="mkv"),
    case("Heat (1995)/Heat (1995)-trailer.mkv", title="Heat", year=1995, file_role="trailer", container="mkv"),
    case("Heat (1995)/Sample/heat-xvid.avi", title="Heat", year=1995, file_role="sample", container="avi"),
    case("Heat (1995)/heat.avi", title="Heat", year=1995, container="avi"),
    case("12 Angry Men (1957)/12 Angry Men (1957).mkv", title="12 Angry Men", year=1957, container="mkv"),
    case(
        "Mission Impossible - Fallout (2018)/Mission Impossible - Fallout (2018).mkv",
        title="Mission Impossible - Fallout",
        year=2018,
        container="mkv",
    ),
]

EPISODES = [
    case(
        "The Wire (2002)/Season 01/The Wire - S01E02 - The Detail.mkv",
        title="The Wire",
        year=2002,
        season=1,
        episodes=(2,),
        episode_title="The Detail",
        container="mkv",
    ),
    case(
        "TV/The Wire (2002)/Season 01/The Wire (2002) - S01E02 - Detail [WEBDL-1080p][x264][AC3 5.1]-NTb.mkv",
        title="The Wire",
        year=2002,
        season=1,
        episodes=(2,),
        episode_title="Detail",
        quality_source="WEBDL",
        screen_size="1080p",
        video_codec="h264",
        audio_codec="ac3",
        release_group="NTb",
        container="mkv",
    ),
    case(
        "The Wire/Season 2/The Wire - S02E03-E04 - Home.mkv",
        title="The Wire",
        season=2,
        episodes=(3, 4),
        episode_title="Home",
        container="mkv",
    ),
    case(
        "The Wire/Season 2/The Wire - S02E03E04 - Home.mkv",
        title="The Wire",
        season=2,
        episodes=(3, 4),
        episode_title="Home",
        container="mkv",
    ),
    case(
        "The Wire/Season 2/The Wire - 2x03-05 - Home.mkv",
        title="The Wire",
        season=2,
        episodes=(3, 4, 5),
        episode_title="Home",
        container="mkv",
    ),
    case("The Wire/Season 2/S02E03.mkv", title="The Wire", season=2, episodes=(3,), container="mkv"),
    case(
        "The Wire/Season 2/03 - Hot Shots.mkv",
        title="The Wire",
        season=2,
        episodes=(3,),
        episode_title="Hot Shots",
        container="mkv",
    ),
    case(
        "The Wire (2002)/Specials/The Wire - S00E01 - Odyssey.mkv",
        title="The Wire",
        year=2002,
        season=0,
        episodes=(1,),
        episode_title="Odyssey",
        container="mkv",
    ),
    case(
        "The Wire (2002)/Specials/Gag Reel.mkv",
        title="The Wire",
        year=2002,
        season=0,
        episode_title="Gag Reel",
        container="mkv",
    ),
    case(
        "The Wire (2002)/Season 01/Featurettes/On Set.mkv",
        title="The Wire",
        year=2002,
        season=1,
        file_role="extra",
        container="mkv",
    ),
    case(
        "Extras/Season 1/Extras - S01E01 - Ben.avi",
        title="Extras",
        season=1,
        episodes=(1,),
        episode_title="Ben",
        container="avi",
    ),
    case(
        "M.A.S.H/Season 01/M.A.S.H - S01E02 - Fly.mkv",
        title="M.A.S.H",
        season=1,
        episodes=(2,),
        episode_title="Fly",
        container="mkv",
    ),
    case(
        f"{HOUR}/Season 2015/{HOUR} - 2015-03-04 - A Guest.mkv",
        title=HOUR,
        season=2015,
        aired_on=date(2015, 3, 4),
        episode_title="A Guest",
        container="mkv",
    ),
    case(
        "The.Wire.S01E02.The.Detail.720p.WEB-DL.DD5.1.H.264-NTb.mkv",
        title="The Wire",
        season=1,
        episodes=(2,),
        episode_title="The Detail",
        screen_size="720p",
        quality_source="WEBDL",
        audio_codec="ac3",
        video_codec="h264",
        release_group="NTb",
        container="mkv",
    ),
    case(
        "The.Wire.2015.03.04.HDTV.x264-LOL.mkv",
        title="The Wire",
        aired_on=date(2015, 3, 4),
        quality_source="HDTV",
        video_codec="h264",
        release_group="LOL",
        container="mkv",
    ),
    case(
        "[SubsPlease] Mushishi - 012 (1080p) [0A1B2C3D].mkv",
        title="Mushishi",
        absolute=(12,),
        screen_size="1080p",
        release_group="SubsPlease",
        container="mkv",
    ),
]

GUESSED = [
    case(
        "Heat.1995.GERMAN.1080p.BluRay.x264-DON.mkv",
        title="Heat",
        year=1995,
        languages=("de",),
        screen_size="1080p",
        quality_source="Bluray",
        video_codec="h264",
        release_group="DON",
        container="mkv",
    ),
    case("The Good German (2006).mkv", title="The Good German", year=2006, container="mkv"),
    case(
        "Kill.Bill.Vol.1.2003.720p.BluRay.x264-DON.mkv",
        title="Kill Bill Vol 1",
        year=2003,
        screen_size="720p",
        quality_source="Bluray",
        video_codec="h264",
        release_group="DON",
        container="mkv",
    ),
    case("some film.avi", title="some film", container="avi"),
    case("Some Film/some.film.avi", title="Some Film", container="avi"),
]


@pytest.mark.parametrize(("path", "expected"), MOVIES)
def test_tidy_movies_are_read_without_guessing(path: str, expected: dict[str, Any]) -> None:
    """A well-formed film name gives exactly what it says, on the fast path."""
    assert parse_fast(path) == NameFacts(media_type="movie", **expected)


@pytest.mark.parametrize(("path", "expected"), EPISODES)
def test_tidy_episodes_are_read_without_guessing(path: str, expected: dict[str, Any]) -> None:
    """A well-formed episode name gives exactly what it says, on the fast path."""
    assert parse_fast(path) == NameFacts(media_type="episode", **expected)


@pytest.mark.parametrize(("path", "expected"), GUESSED)
def test_doubtful_names_are_left_to_guessit(path: str, expected: dict[str, Any]) -> None:
    """A doubtful name is refused by the fast path and guessed, corrected by what stands there plainly."""
    assert parse_fast(path) is None
    assert parse(path) == NameFacts(media_type="movie", rules="guessit", **expected)


@pytest.mark.parametrize(
    ("path", "title", "year"),
    [
        pytest.param("Amélie (2001)/Le.Fabuleux.Destin.2001.720p.mkv", "Amélie", 2001, id="film folder"),
        pytest.param("The Wire (2002)/Season 1/tw.102.avi", "The Wire", 2002, id="show folder"),
        pytest.param("Amélie (2001)/other name.mkv", "Amélie", 2001, id="untidy file"),
    ],
)
def test_folders_are_trusted_above_file_names(path: str, title: str, year: int) -> None:
    """A title that a folder says wins over the one in the file name."""
    facts = parse(path)
    assert (facts.title, facts.year) == (title, year)


def test_the_fast_path_says_what_is_true() -> None:
    """Whatever the fast path answers on 6,000 made names is what the maker meant, and it answers on most."""
    corpus = make_corpus(6000, seed=7)
    read = [(made, parse_fast(made.path)) for made in corpus]
    wrong = [
        (made.path, name, getattr(facts, name), truth)
        for made, facts in read
        if facts is not None
        for name, truth in made.truth.items()
        if getattr(facts, name) != truth
    ]
    assert wrong == []
    assert sum(facts is not None for _, facts in read) > 4500


def test_the_fast_path_reads_a_tidy_tree() -> None:
    """Of a library as a renaming tool leaves it, over nine names in ten need no guess."""
    tree = make_tidy_tree(2000, seed=3)
    assert sum(parse_fast(path) is not None for path in tree) > 1800


def test_the_fast_path_agrees_with_guessit() -> None:
    """On a sample of every family it says what guessit says, but for the listed differences."""
    paths = [made.path for made in make_corpus(len(FAMILIES) * 40, seed=1) if parse_fast(made.path)]
    assert len(paths) > 600
    assert differences(paths, guess_all(paths)) == []


@pytest.mark.benchmark
def test_the_fast_path_agrees_with_guessit_on_thousands() -> None:
    """The same on 5,000 names of another seed."""
    paths = [made.path for made in make_corpus(5000, seed=2) if parse_fast(made.path)]
    assert differences(paths, guess_all(paths)) == []


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(NameFacts(media_type="movie", title="Heat"), id="only what is required"),
        pytest.param(parse_fast(f"{HOUR}/Season 2015/{HOUR} - 2015-03-04 - A Guest.mkv"), id="a date"),
        pytest.param(
            NameFacts(
                "episode",
                "V",
                2009,
                1,
                (1, 2),
                (13, 14),
                "Pilot",
                date(2009, 11, 3),
                1,
                "Extended",
                "Remux",
                "1080p",
                "hevc",
                "dts",
                "DON",
                "mkv",
                ("de", "pt-BR"),
                "sample",
                "guessit",
            ),
            id="everything",
        ),
    ],
)
def test_facts_survive_json(facts: NameFacts) -> None:
    """A record comes back from its JSON equal to what it was."""
    assert NameFacts.from_dict(json.loads(json.dumps(facts.to_dict()))) == facts


def test_unset_facts_take_no_room() -> None:
    """The dict of a record holds what is set and nothing else."""
    assert NameFacts("movie", "Heat", 1995).to_dict() == {
        "media_type": "movie",
        "title": "Heat",
        "year": 1995,
    }


def test_facts_are_frozen() -> None:
    """A record cannot be changed after the fact."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        parse("Heat (1995).mkv").title = "Cold"  # type: ignore[misc]

"""What shape a collection has: answers worked out by hand, and what always holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediamgr.library import Library
from mediamgr.reports.collection import By
from mediamgr.store import Records
from tests.builders import library_of

SINGLE = ("decade", "language", "rating", "user_rating", "runtime", "content_rating", "type", "library")
"""Properties a title has one of."""


def _film(number: int, **known: Any) -> dict[str, Any]:
    """One of eleven films: 90 to 110 minutes, rated 5.5 to 6.5, one's own rating a star below."""
    rating = 5.5 + number / 10
    return {
        "item_key": f"f{number}", "media_type": "movie", "title": f"Film {number}", "year": 1990 + number,
        "runtime_minutes": 90 + 2 * number, "rating": rating, "user_rating": rating - 1, "genres": ["Drama"],
        "countries": ["FR"] if number % 2 else ["BE"], "original_language": "fr", "content_rating": None, **known,
    }  # fmt: skip


def _records() -> Records:
    films = [_film(number) for number in range(10)]
    # the one that stands apart, and a show, an episode of which has no season; what is gone is no part of the collection
    apart = _film(
        10, title="Apart", year=1931, runtime_minutes=400, rating=9.5, user_rating=2.0, genres=["Drama", "Epic", "Drama"],
        countries=["BT", "FR"], original_language="dz",
    )  # fmt: skip
    gone = _film(11, item_key="gone", title="Gone", countries=["AQ"], runtime_minutes=900)
    show = {"item_key": "show", "media_type": "show", "title": "Show", "genres": ["Epic"], "runtime_minutes": 45}
    season = {"item_key": "s1", "media_type": "season", "parent_key": "show", "title": "1", "season_number": 1}
    episodes = [
        {
            "item_key": f"e{n}", "media_type": "episode", "parent_key": "s1" if n == 1 else "show", "title": f"E{n}", "season_number": 1,
            "episode_number": n, "runtime_minutes": 30,
        }
        for n in (1, 2)
    ]  # fmt: skip
    frames = {
        "media_item": pl.DataFrame([*films, apart, gone, show, season, *episodes], infer_schema_length=None),
        "media_file": pl.DataFrame({"item_key": ["gone"], "path": ["/g.mkv"], "missing_since": [datetime(2025, 1, 1)]}),
    }
    return Records("Films", frames, source="test")


@pytest.fixture(scope="module")
def lib(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Eleven films, one of which stands apart, a show of two episodes, and a film that is gone."""
    with library_of(tmp_path_factory.mktemp("collection") / "l.duckdb", _records()) as made:
        yield made


class TestByProperty:
    """`collection`."""

    def test_by_decade(self, lib: Library) -> None:
        """In their order; a show lasts as long as its episodes; what is not known comes last."""
        assert lib.reports.collection().drop("library").rows() == [
            ("decade", "1930s", "1930s", 1, 0.083333, 9.5, 2.0, 6.7),
            ("decade", "1990s", "1990s", 10, 0.833333, 5.95, 4.95, 16.5),
            ("decade", None, None, 1, 0.083333, None, None, 1.0),
        ]

    def test_by_country(self, lib: Library) -> None:
        """By name beside the code, the most first; a title of two countries is in both."""
        assert lib.reports.collection("country").select("value", "name", "titles").rows() == [
            ("FR", "France", 6), ("BE", "Belgium", 5), ("BT", "Bhutan", 1), (None, None, 1),
        ]  # fmt: skip

    def test_by_language(self, lib: Library) -> None:
        """By name beside the tag."""
        named = lib.reports.collection("language").select("value", "name", "titles").rows()
        assert named == [("fr", "French", 10), ("dz", "Dzongkha", 1), (None, None, 1)]

    def test_by_genre(self, lib: Library) -> None:
        """A genre that a title has twice counts once."""
        assert lib.reports.collection("genre").select("value", "titles").rows() == [("Drama", 11), ("Epic", 2)]

    def test_by_runtime(self, lib: Library) -> None:
        """From the shortest to the longest."""
        assert lib.reports.collection("runtime").select("value", "titles").rows() == [
            ("30–59 min", 1), ("90–119 min", 10), ("180 min and more", 1),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("by", "value", "titles"),
        [("decade", "1930s", 1), ("country", "BE", 5), ("genre", "Epic", 2), ("rating", "9", 1), ("type", "show", 1), ("type", "movie", 11), ("library", "Films", 12)],
    )  # fmt: skip
    def test_opens(self, lib: Library, by: By, value: str, titles: int) -> None:
        """A row opens the titles it counts, of each property that there is a filter for, and none that is gone."""
        asked = lib.reports.collection(by)
        (row,) = [row for row in asked.iter_rows(named=True) if row["value"] == value]
        opened = asked.question.opens(row)
        assert opened is not None
        assert lib.items.count_all(**opened) == titles == row["titles"]

    def test_opens_of_one_library(self, tmp_path: Path) -> None:
        """What was asked of one library opens what is in it."""
        again = Records("More", {"media_item": _records().frames["media_item"]}, source="test")
        with library_of(tmp_path / "l.duckdb", _records(), again) as lib:
            asked = lib.reports.collection("genre", library="Films")
            for row in asked.iter_rows(named=True):
                assert lib.items.count_all(**(asked.question.opens(row) or {})) == row["titles"]

    def test_what_is_not_known_opens_nothing(self, lib: Library) -> None:
        """Nor does a property without a filter."""
        by_country, by_runtime = lib.reports.collection("country"), lib.reports.collection("runtime")
        assert by_country.question.opens({"property": "country", "value": None}) is None
        assert by_runtime.question.opens(by_runtime.row(0, named=True)) is None


class TestOverlaps:
    """`collection_overlaps`."""

    def test_genres(self, lib: Library) -> None:
        """Of 12 titles 11 are dramas and 2 epics; 1 is both, where 11 x 2 / 12 were to be expected."""
        assert lib.reports.collection_overlaps().rows() == [
            ("genre", "Drama", "Drama", "genre", "Epic", "Epic", 1, 1.8, 0.55)
        ]

    def test_country_by_language(self, lib: Library) -> None:
        """By their names; also those that never come together, unless at_least is asked for."""
        asked = lib.reports.collection_overlaps("country", "language")
        assert asked.select("name", "other_name", "titles", "lift").rows() == [
            ("Bhutan", "Dzongkha", 1, 11.0), ("France", "Dzongkha", 1, 1.83), ("Belgium", "French", 5, 1.1),
            ("France", "French", 5, 0.92), ("Belgium", "Dzongkha", 0, 0.0), ("Bhutan", "French", 0, 0.0),
        ]  # fmt: skip
        assert lib.reports.collection_overlaps("country", "language", at_least=1).height == 4


class TestRatings:
    """`collection_ratings`."""

    def test_spread(self, lib: Library) -> None:
        """Every step from 0 to 10; shares are of those rated."""
        asked = lib.reports.collection_ratings()
        assert asked["stars"].to_list() == list(range(11))
        columns = ["stars", "community", "community_share", "own", "own_share", "community_of_own", "own_apart"]
        assert asked.select(columns).filter(pl.col("community") + pl.col("own") > 0).rows() == [
            (2, 0, 0.0, 1, 0.0909, 0, -7.5),
            (4, 0, 0.0, 5, 0.4545, 0, -1.0),
            (5, 5, 0.4545, 5, 0.4545, 5, -1.0),
            (6, 5, 0.4545, 0, 0.0, 5, None),
            (9, 1, 0.0909, 0, 0.0, 1, None),
        ]

    def test_of_a_genre(self, lib: Library) -> None:
        """Only titles of it."""
        assert lib.reports.collection_ratings(genre="Epic")["community"].sum() == 1


class TestUnusual:
    """`collection_unusual`."""

    def test_reasons(self, lib: Library) -> None:
        """Each in words, with how far out it is.

        Runtimes have 100 in the middle and 6 for the median distance: 300 / (1.4826 * 6). Ratings have 6.0 and 0.3:
        3.5 / (1.4826 * 0.3). Own ratings are 1 below all but once, so that the mean distance counts: 6.5 / (1.2533 * 6.5 / 11).
        Countries have 6, 5 and 1 titles: (ln 5 - 0) / (1.4826 * ln 1.2); of two languages, decades or genres, (ln 10) / 2 / ...
        """
        asked = lib.reports.collection_unusual()
        assert set(asked["item"]) == {"Apart"}
        assert asked.select("reason", "why", "strength").rows() == [
            ("runtime", "400 min, where films have 100 in the middle", 33.7),
            ("taste", "rated 7.5 lower than the community does; 1.0 lower is the rule", 8.8),
            ("rating", "rated 9.5, where Drama has 6.0 in the middle", 7.9),
            ("country", "the only title from Bhutan", 6.0),
            ("decade", "the only title of the 1930s", 0.7),
            ("language", "the only title in Dzongkha", 0.7),
        ]

    def test_compares_only_with_enough(self, lib: Library) -> None:
        """What has fewer titles than at_least is no measure."""
        assert "runtime" not in lib.reports.collection_unusual(at_least=12)["reason"].to_list()

    def test_from_strength(self, lib: Library) -> None:
        """Only what is so far out; being the only one of something is always said."""
        assert set(lib.reports.collection_unusual(from_strength=20)["reason"]) == {
            "runtime",
            "country",
            "decade",
            "language",
        }


WORDS = st.sampled_from(["Drama", "Epic", "Noir", "fr"])
TITLES = st.lists(
    st.fixed_dictionaries(
        {
            "media_type": st.sampled_from(["movie", "show"]),
            "year": st.none() | st.integers(1900, 2025),
            "runtime_minutes": st.none() | st.integers(0, 400),
            "rating": st.none() | st.integers(0, 100).map(lambda tenths: tenths / 10),
            "user_rating": st.none() | st.integers(0, 10).map(float),
            "genres": st.none() | st.lists(WORDS, max_size=3),
            "countries": st.none() | st.lists(st.sampled_from(["FR", "BE"]), max_size=2),
            "original_language": st.none() | WORDS,
            "content_rating": st.none() | WORDS,
        }
    ),
    min_size=1,
    max_size=12,
)


class TestAnyCollection:
    """Whatever there is."""

    @given(titles=TITLES)
    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    def test_sums_agree(self, titles: list[dict[str, Any]]) -> None:
        """Of what a title has one, each title is counted once and shares are 1 together; else no value has more than all."""
        schema = {"genres": pl.List(pl.String), "countries": pl.List(pl.String), "rating": pl.Float64}
        keyed = [{"item_key": str(n), "title": "T", **title} for n, title in enumerate(titles)]
        frame = pl.DataFrame(keyed, infer_schema_length=None, schema_overrides=schema)
        with (
            TemporaryDirectory() as folder,
            library_of(Path(folder) / "l.duckdb", Records("F", {"media_item": frame}, source="t")) as lib,
        ):
            for by in get_args(By):
                asked = lib.reports.collection(by)
                if by in SINGLE:
                    assert asked["titles"].sum() == len(titles), by
                    assert asked["share"].sum() == pytest.approx(1, abs=1e-4), by
                assert asked["titles"].is_between(1, len(titles)).all(), by
                assert asked["value"].is_unique().all(), by
            one = lib.reports.collection_overlaps("genre", "country", top=99)
            other = lib.reports.collection_overlaps("country", "genre", top=99)
            ratings = lib.reports.collection_ratings()
        columns = ["value", "other_value", "titles", "expected", "lift"]
        turned = other.select(pl.col("other_value").alias("value"), pl.col("value").alias("other_value"), *columns[2:])
        assert sorted(one.select(columns).rows()) == sorted(turned.rows())
        assert ratings["community"].sum() == sum(title["rating"] is not None for title in titles)
        assert ratings["own"].sum() == sum(title["user_rating"] is not None for title in titles)

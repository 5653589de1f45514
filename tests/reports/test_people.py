"""Who made what is held, when, and with whom: answers worked out by hand, and what always holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediamgr.errors import QueryError
from mediamgr.library import Library
from mediamgr.reports import charts
from mediamgr.reports.charts.circle import people_on_a_circle, ties_across_it
from mediamgr.store import Records
from tests.builders import library_of

ITEMS = [
    ("one", "movie", None, "One", 1999, 90, 8.0),
    ("two", "movie", None, "Two", 2001, 120, 6.0),
    ("gone", "movie", None, "Gone", 2010, 100, 9.0),
    ("show", "show", None, "Show", 2011, None, 7.0),
    ("s1", "season", "show", "Season 1", 2011, None, None),
    ("e1", "episode", "s1", "Ebb", 2012, 30, None),
    ("e2", "episode", "s1", "Flow", 2012, 40, None),
]
CREDITS = [
    ("one", "t:ann", "director", None), ("two", "t:ann", "director", None), ("two", "t:ann", "writer", None),
    ("gone", "t:ann", "director", None), ("e1", "t:ann", "director", None),
    ("one", "t:bob", "actor", "Ned"), ("two", "t:bob", "actor", "Ted"), ("e1", "t:bob", "writer", None),
    ("e2", "name:cy", "director", None),
    ("two", "t:dee", "actor", "Liz"), ("show", "t:dee", "actor", "May"),
    ("one", "t:sam1", "producer", None), ("two", "t:sam2", "producer", None),
]  # fmt: skip
NAMES = {
    "t:ann": "Ánn", "t:bob": "Bob", "name:cy": "Cy", "t:dee": "Dee", "t:sam1": "Sam", "t:sam2": "Sam",
}  # fmt: skip


def _records() -> Records:
    columns = ["item_key", "media_type", "parent_key", "title", "year", "runtime_minutes", "rating"]
    items = pl.DataFrame(ITEMS, schema=columns, orient="row").with_columns(
        season_number=pl.when(pl.col("media_type").is_in(["season", "episode"])).then(1),
        episode_number=pl.when(pl.col("media_type") == "episode").then(pl.col("item_key").str.tail(1).cast(pl.Int32)),
    )
    keys = ["one", "two", "gone", "e1"]
    files = {
        "item_key": keys,
        "path": [f"/f/{key}.mkv" for key in keys],
        "missing_since": [None, None, datetime(2025, 1, 1), None],
    }
    played = {"item_key": ["one", "e1"], "event_type": ["played"] * 2, "occurred_at": [datetime(2024, 1, 1)] * 2}
    frames = {
        "media_item": items,
        "media_file": pl.DataFrame(files),
        "person": pl.DataFrame({"person_key": list(NAMES), "name": list(NAMES.values())}),
        "credit": pl.DataFrame(
            [(key, who, "crew", role, character, None) for key, who, role, character in CREDITS],
            schema={
                "item_key": pl.String,
                "person_key": pl.String,
                "department": pl.String,
                "role": pl.String,
                "character": pl.String,
                "position": pl.Int32,
            },
            orient="row",
        ),
        "history_event": pl.DataFrame(played),
    }
    return Records("Films", frames, source="test")


@pytest.fixture(scope="module")
def lib(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two films that are there, one that is gone, a show of two episodes; six people, two of whom are called Sam."""
    with library_of(tmp_path_factory.mktemp("people") / "l.duckdb", _records()) as made:
        yield made


class TestMostRepresented:
    """`people`."""

    def test_directors(self, lib: Library) -> None:
        """An episode counts for its show; what is gone does not count; who is known by name only is flagged."""
        assert lib.reports.people("director").drop("person_id", "role").rows() == [
            ("Ánn", 3, 2, 1, 1, 7.0, 4.0, 1999, 2012, False),
            ("Cy", 1, 0, 1, 1, 7.0, 0.7, 2012, 2012, True),
        ]

    def test_actors(self, lib: Library) -> None:
        """A show that names an actor counts once, with all its episodes."""
        assert lib.reports.people("actor").drop("person_id", "role").rows() == [
            ("Bob", 2, 2, 0, 0, 7.0, 3.5, 1999, 2001, False),
            ("Dee", 2, 1, 1, 2, 6.5, 3.2, 2001, 2011, False),
        ]

    def test_each_role_apart(self, lib: Library) -> None:
        """By default directors, then actors, then writers; `top` is of each."""
        asked = lib.reports.people(top=1)
        assert asked.select("role", "name").rows() == [("director", "Ánn"), ("actor", "Bob"), ("writer", "Ánn")]

    def test_opens(self, lib: Library) -> None:
        """A row opens what that person worked on."""
        asked = lib.reports.people("director")
        (opened,) = [asked.opened(row) for row in asked.head(1).iter_rows(named=True)]
        assert opened is not None
        assert sorted(lib.items.get_all(**opened)["title"].to_list()) == ["Ebb", "Gone", "One", "Two"]


class TestFilmography:
    """`people_filmography`."""

    SHOWN = ("item", "roles", "characters", "parts", "there", "watched")

    def test_of_one(self, lib: Library) -> None:
        """What is gone is there, too, and is known to be gone; of a show the episodes that name the person."""
        asked = lib.reports.people_filmography("ÀNN")
        assert asked.select(self.SHOWN).rows() == [
            ("Show", "director", None, 1, 1, 1),
            ("Gone", "director", None, 1, 0, 0),
            ("Two", "director, writer", None, 1, 1, 0),
            ("One", "director", None, 1, 1, 1),
        ]

    def test_of_a_show_as_a_whole(self, lib: Library) -> None:
        """All its episodes count."""
        asked = lib.reports.people_filmography("Dee")
        assert asked.select(self.SHOWN).rows() == [("Show", "actor", "May", 2, 1, 1), ("Two", "actor", "Liz", 1, 1, 0)]

    def test_of_a_season(self, tmp_path: Path) -> None:
        """Whom a season names, its episodes name, and those of other seasons do not."""
        rows = [("show", "show", None, None), ("s1", "season", "show", 1), ("s2", "season", "show", 2)]
        rows += [(f"e{n}", "episode", season, 1) for n, season in enumerate(("s1", "s1", "s2"))]
        items = pl.DataFrame(rows, schema=["item_key", "media_type", "parent_key", "season_number"], orient="row")
        credit = {
            "item_key": ["s1", "e0"], "person_key": ["t:ann"] * 2, "department": ["crew"] * 2, "role": ["writer"] * 2,
        }  # fmt: skip
        frames = {
            "media_item": items.with_columns(title="item_key", runtime_minutes=60),
            "person": pl.DataFrame({"person_key": ["t:ann"], "name": ["Ann"]}),
            "credit": pl.DataFrame(credit),
        }
        with library_of(tmp_path / "l.duckdb", Records("Series", frames, source="test")) as lib:
            assert lib.reports.people("writer").select("titles", "episodes", "hours").rows() == [(1, 2, 2.0)]
            assert lib.reports.people_filmography("Ann")["parts"].to_list() == [2]

    def test_of_nobody_in_particular(self, lib: Library) -> None:
        """It is that of who made most."""
        assert lib.reports.people_filmography()["name"].unique().to_list() == ["Ánn"]

    def test_of_people_of_the_same_name(self, lib: Library) -> None:
        """They stay apart, and each can be asked for."""
        both = lib.reports.people_filmography("sam")
        assert both.select("name", "item").rows() == [("Sam", "One"), ("Sam", "Two")]
        assert both["person_id"].n_unique() == 2
        second = lib.reports.people_filmography(person_id=both["person_id"][1])
        assert second["item"].to_list() == ["Two"]

    def test_of_a_stranger(self, lib: Library) -> None:
        """It says so, and how to look for the name."""
        with pytest.raises(QueryError, match=r"Nobody called 'Zed'.*lib\.people\.search"):
            lib.reports.people_filmography("Zed")
        with pytest.raises(QueryError, match=r"Nobody of person_id 999 worked"):
            lib.reports.people_filmography(person_id=999)


class TestCareers:
    """`people_careers`."""

    def test_by_decade(self, lib: Library) -> None:
        """An episode counts when it was shown, rated as its show."""
        assert lib.reports.people_careers(top=1).drop("person_id").rows() == [
            ("Ánn", 1990, 1, 8.0, 1999, 2012), ("Ánn", 2000, 1, 6.0, 1999, 2012), ("Ánn", 2010, 1, 7.0, 1999, 2012),
        ]  # fmt: skip

    def test_by_year(self, lib: Library) -> None:
        """Careers follow one another by when they begin."""
        asked = lib.reports.people_careers(step="year")
        assert asked.select("name", "period").rows() == [("Ánn", 1999), ("Ánn", 2001), ("Ánn", 2012), ("Cy", 2012)]
        actors = lib.reports.people_careers("actor", step="year")
        assert actors["name"].unique(maintain_order=True).to_list() == ["Bob", "Dee"]


class TestTogether:
    """`people_network` and `people_collaborations`."""

    def test_pairs(self, lib: Library) -> None:
        """On the same film or episode, or one of them on the whole show: Ann and Cy directed different episodes."""
        asked = lib.reports.people_network(at_least=1)
        assert asked.select("name", "titles", "other", "other_titles", "together").rows() == [
            ("Ánn", 3, "Bob", 3, 3), ("Ánn", 3, "Dee", 2, 2), ("Bob", 3, "Dee", 2, 2), ("Cy", 1, "Dee", 2, 1),
        ]  # fmt: skip

    def test_bounds(self, lib: Library) -> None:
        """Only among so many people, and only pairs with so many titles."""
        assert lib.reports.people_network(top=2)["other"].to_list() == ["Bob"]
        assert lib.reports.people_network(at_least=3).height == 1

    def test_collaborations(self, lib: Library) -> None:
        """With what each did, how much of the work of one it is, and the titles, best first."""
        asked = lib.reports.people_collaborations(top=1)
        columns = ["name", "does", "other", "other_does", "together", "share", "first_year", "last_year", "examples"]
        assert asked.select(columns).rows() == [
            ("Ánn", "director, writer", "Bob", "actor, writer", 3, 1.0, 1999, 2012, "One · Show · Two")
        ]
        shares = lib.reports.people_collaborations().select("name", "other", "share").rows()
        assert shares == [("Ánn", "Bob", 1.0), ("Ánn", "Dee", 1.0), ("Bob", "Dee", 1.0)]
        titles = lib.items.get_all(id=asked["media_item_ids"][0].to_list())["title"]
        assert sorted(titles.to_list()) == ["One", "Show", "Two"]

    def test_what_is_drawn_is_always_the_same(self, lib: Library) -> None:
        """Places follow from the pairs, whatever the order these come in; nobody stands on another."""
        pairs = lib.reports.people_network(at_least=1)
        places = people_on_a_circle(pairs)
        assert places.equals(people_on_a_circle(pairs.reverse()))
        assert places.select("x", "y").is_unique().all()
        assert places["turn"].is_between(-90, 90).all()
        assert ties_across_it(pairs, places).group_by("pair").len()["len"].to_list() == [3] * pairs.height

    def test_circles(self) -> None:
        """Two groups that hardly know each other are two circles, and stand side by side."""
        groups = [(1, 2), (1, 3), (2, 3), (4, 5), (4, 6), (5, 6)]
        known = [(one, str(one), 9, other, str(other), 9, 9) for one, other in groups]
        columns = ["person_id", "name", "titles", "other_id", "other", "other_titles", "together"]
        pairs = pl.DataFrame([*known, (3, "3", 9, 4, "4", 9, 1)], schema=columns, orient="row")
        places = people_on_a_circle(pairs)
        assert places.select("person_id", "circle").rows() == [(1, 0), (2, 0), (3, 0), (4, 1), (5, 1), (6, 1)]
        across = ties_across_it(pairs, places).filter(pl.col("circle").is_null())
        assert across["together"].unique().to_list() == [1]


def _directed(library: str, films: int, *names: str) -> Records:
    """A library of so many films, all of them directed by all of these."""
    keys = [f"{library} {number}" for number in range(films)]
    credits = [(key, f"t:{name}", "crew", "director") for key in keys for name in names]
    frames = {
        "media_item": pl.DataFrame({"item_key": keys, "media_type": ["movie"] * films, "title": keys}),
        "person": pl.DataFrame({"person_key": [f"t:{name}" for name in names], "name": list(names)}),
        "credit": pl.DataFrame(credits, schema=["item_key", "person_key", "department", "role"], orient="row"),
    }
    return Records(library, frames, source="test")


def test_who_works_most_elsewhere_hides_nobody(tmp_path: Path) -> None:
    """In one library those are foremost who made most of it, whoever has more credits in another."""
    many, few = _directed("Many", 6, "Yan", "Zoe", "Xia", "Wim"), _directed("Few", 2, "Ann", "Bob")
    with library_of(tmp_path / "l.duckdb", many, few) as lib:
        reports = lib.reports
        assert reports.people("director", top=1, library="Few").select("name", "titles").rows() == [("Ann", 2)]
        assert reports.people_filmography(library="Few")["name"].unique().to_list() == ["Ann"]
        assert reports.people_network(top=2, library="Few").select("name", "other").rows() == [("Ann", "Bob")]
        together = reports.people_collaborations(among=2, library="Few")
        assert together.select("name", "other", "together").rows() == [("Ann", "Bob", 2)]


class TestCharts:
    """What is drawn."""

    def test_a_career_of_no_rating(self, lib: Library) -> None:
        """Has its dots, in grey: a picture leaves out what has no colour, else."""
        drawn = lib.reports.people_careers().with_columns(rating=None)
        told = charts.drawn("people_careers", drawn, {"role": "director", "step": "decade"}).to_dict()
        assert told["mark"]["invalid"] is None
        assert told["config"]["scale"]["invalid"]["color"] == {"value": "#c4c4c4"}

    def test_a_network_tells_people_of_one_name_apart(self) -> None:
        """By their ids."""
        pairs = pl.DataFrame(
            {"person_id": [1, 2], "name": ["Sam", "Bob"], "titles": [2, 2], "other_id": [2, 3], "other": ["Bob", "Sam"]}
        ).with_columns(pl.lit(2, pl.Int64).alias(name) for name in ("other_titles", "together"))
        told = charts.drawn("people_network", pairs, {}).to_dict()
        names = {row["name"] for rows in told["datasets"].values() for row in rows if "name" in row}
        assert names == {"Sam (#1)", "Bob", "Sam (#3)"}


WORK = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 6), st.sampled_from(["director", "actor"])), max_size=30)


class TestAnyWork:
    """Whoever worked on whatever."""

    @given(work=WORK)
    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    def test_pairs_are_those_of_the_credits(self, work: set[tuple[int, int, str]]) -> None:
        """Each pair once, nobody with themselves, as many titles as both worked on, never more than either has."""
        titles: dict[str, set[int]] = defaultdict(set)
        for film, person, _ in work:
            titles[f"P{person}"].add(film)
        films = pl.DataFrame({"item_key": [str(n) for n in range(6)]}).with_columns(
            media_type=pl.lit("movie"), title="item_key"
        )
        people = pl.DataFrame({"person_key": [f"t:{n}" for n in range(7)], "name": [f"P{n}" for n in range(7)]})
        credits = pl.DataFrame(
            [(str(film), f"t:{person}", role, role) for film, person, role in sorted(work)],
            schema=dict.fromkeys(["item_key", "person_key", "department", "role"], pl.String),
            orient="row",
        )
        frames = {"media_item": films, "person": people, "credit": credits}
        with (
            TemporaryDirectory() as folder,
            library_of(Path(folder) / "l.duckdb", Records("F", frames, source="t")) as lib,
        ):
            pairs = lib.reports.people_network(at_least=1)
            both = lib.reports.people_collaborations(at_least=1, top=100)
        together = {frozenset(pair): len(titles[pair[0]] & titles[pair[1]]) for pair in combinations(sorted(titles), 2)}
        counted = {frozenset((one, other)): n for one, other, n in pairs.select("name", "other", "together").rows()}
        assert counted == {pair: n for pair, n in together.items() if n}
        assert len(counted) == pairs.height
        assert all(len(pair) == 2 for pair in counted)
        assert pairs.filter(
            (pl.col("together") > pl.col("titles")) | (pl.col("together") > pl.col("other_titles"))
        ).is_empty()
        assert both.select("name", "other", "together").rows() == pairs.select("name", "other", "together").rows()
        assert both["share"].is_between(0, 1, closed="right").all()

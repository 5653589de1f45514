"""What is held more than once, what only looks like it, and which copy to keep."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediamgr.library import Library
from mediamgr.reports.duplicates import decided
from mediamgr.store.report_statements import report_statement
from tests.reports.holdings import File, Held, episode, held, show

IMDB = {"imdb": "tt1"}
OTHER = {"imdb": "tt2"}
UHD = ("hevc", 3840, 2160, "HDR10")


def groups(lib: Library, **given: Any) -> dict[str, tuple[str, str, bool]]:
    """Path -> kind, certainty, whether it is kept, of all copies that are in a group."""
    rows = lib.reports.duplicates(**given).select("path", "kind", "certainty", "keep").rows()
    return {path: (kind, certainty, keep) for path, kind, certainty, keep in rows}


def others(lib: Library) -> list[tuple[str, str, str]]:
    """Path, kind and certainty of the copies not to keep."""
    return [(path, kind, sure) for path, (kind, sure, keep) in groups(lib).items() if not keep]


TITLES = [
    (("Blade Runner", "Blade Runner", 1982, 117), "likely"),
    (("Amélie", "amelie.", 1982, 118), "likely"),
    (("Nosferatu", "Nosfratu", 1982, 117), "likely"),
    (("Solaris", "Solaris", 1983, 117), "likely"),
    (("Playtime", "Playtime", 1983, None), "doubtful"),
    (("Metropolis", "Metropolis", None, 117), "doubtful"),
    (("Third Man", "The Third Man", 1982, None), "likely"),
    (("Casablanca", "Casablanca", 1982, 127), "doubtful"),
    (("Vertigo", "Vertigo", 1990, 117), None),
    (("Rocky II", "Rocky III", 1982, 117), None),
    (("Alien", "Aliens", 1982, 117), None),
    (("Psycho", "Psycho", 1982, 40), None),
    (("Police Academy", "Police Academy 2", 1982, 117), None),
    (("Godfather Part II", "The Godfather 2", 1982, 117), "likely"),
]
"""(Title, the other's title, year and runtime beside 1982 and 117), how sure they are one."""


class TestEvidence:
    """Four kinds of evidence, each with what it is worth."""

    def test_one_item_in_two_files(self, tmp_path: Path) -> None:
        """Two files of one item are one thing twice; the better one stays."""
        files = File("/a.mkv"), File("/b.mkv", 9_000_000_000, video=UHD)
        with held(tmp_path / "l.duckdb", Held("x", "Alien", 1979, files)) as lib:
            assert groups(lib) == {"/b.mkv": ("same item", "certain", True), "/a.mkv": ("same item", "certain", False)}

    def test_one_id_in_two_libraries(self, tmp_path: Path) -> None:
        """An id of a source settles it, whatever the titles are."""
        items = (
            Held("x", "Alien", 1979, [File("/a.mkv")], ids=IMDB),
            Held("y", "Nostromo", 1980, [File("/b.mkv")], "4K", ids=IMDB),
        )
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert others(lib) == [("/b.mkv", "same id", "certain")]
            assert lib.reports.duplicates()["reason"].to_list() == [None, "both are imdb tt1"]

    def test_an_id_that_agrees_and_one_that_differs(self, tmp_path: Path) -> None:
        """Two sources that contradict each other leave a doubt."""
        items = (
            Held("x", "Alien", 1979, [File("/a.mkv")], ids={"imdb": "tt1", "tmdb": "5"}),
            Held("y", "Alien", 1979, [File("/b.mkv")], "4K", ids={"imdb": "tt1", "tmdb": "6"}),
        )
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert [sure for _, _, sure in others(lib)] == ["doubtful"]
            assert "tmdb 5 and 6" in lib.reports.duplicates()["reason"][1]

    def test_titles(self, tmp_path: Path) -> None:
        """Title, year and runtime together are likely at most; a remake, a sequel and a plural are other works."""
        items = []
        for (first, second, year, runtime), _ in TITLES:
            items.append(Held(f"x{first}", first, 1982, [File(f"/{first}.mkv")], runtime_minutes=117))
            items.append(Held(f"y{second}", second, year, [File(f"/{first}, 2.mkv")], "4K", runtime_minutes=runtime))
        with held(tmp_path / "l.duckdb", *items) as lib:
            found = {path.removesuffix(", 2.mkv"): sure for path, _, sure in others(lib)}
        assert found == {f"/{first}": sure for (first, *_), sure in TITLES if sure}

    def test_two_languages(self, tmp_path: Path) -> None:
        """A title that is the other's original title is the same title."""
        items = (
            Held("x", "Spirited Away", 2001, [File("/a.mkv")], original_title="千と千尋の神隠し"),
            Held("y", "千と千尋の神隠し", 2001, [File("/b.mkv")], "Anime"),
        )
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert others(lib) == [("/b.mkv", "same title", "likely")]

    def test_ids_differ(self, tmp_path: Path) -> None:
        """Works of one title and year that a source tells apart are doubtful at most, and the reason says so."""
        items = (
            Held("x", "Alien", 1979, [File("/a.mkv")], ids=IMDB),
            Held("y", "Alien", 1979, [File("/b.mkv")], "4K", ids=OTHER),
        )
        with held(tmp_path / "l.duckdb", *items) as lib:
            answer = lib.reports.duplicates(least="likely")
            assert others(lib) == [("/b.mkv", "same title", "doubtful")]
            assert answer["freed_bytes"].sum() == 0
            assert answer["reason"][1] == "same title, same year, same runtime; but their ids differ: imdb tt1 and tt2"

    def test_one_content(self, tmp_path: Path) -> None:
        """The same bytes under one title are certain; under another, likely, and said to be called wrongly."""
        files = [File(f"/{name}.mkv", fingerprint="4-ff") for name in "abc"]
        items = (
            Held("x", "Alien", None, files[:1], runtime_minutes=None),
            Held("y", "Alien", 1979, files[1:2], "4K"),
            Held("z", "Completely Else", 1990, files[2:], "Third"),
        )
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert others(lib) == [("/b.mkv", "same content", "certain"), ("/c.mkv", "same content", "likely")]

    def test_one_content_says_nothing_of_other_files(self, tmp_path: Path) -> None:
        """A file that is called wrongly draws no other file of that item into the group."""
        items = (
            Held("x", "Alien", 1979, [File("/a.mkv", fingerprint="4-ff", video=UHD)]),
            Held(
                "z", "Completely Else", 1990, [File("/c.mkv", fingerprint="4-ff", video=UHD), File("/right.mkv")], "4K"
            ),
        )
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert list(groups(lib)) == ["/a.mkv", "/c.mkv"]

    def test_one_size(self, tmp_path: Path) -> None:
        """The same size and length is weak, and said to be."""
        items = (
            Held("x", "Alien", 1979, [File("/a.mkv", 4_123_456_789, 7001.2)]),
            Held("z", "Completely Else", 1990, [File("/c.mkv", 4_123_456_789, 7001.2)]),
        )
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert others(lib) == [("/c.mkv", "same size", "doubtful")]
            assert "weak" in lib.reports.duplicates()["reason"][1]

    def test_shows_held_twice(self, tmp_path: Path) -> None:
        """Episodes of one number and title of a show in two libraries are one; specials by their titles only."""
        items = [
            *show("a", "The Harbour", ids={"tvdb": "7"}), *show("b", "Harbour, The", "Anime", ids={"tvdb": "7"}),
            episode("a", 1, 1, "Ebb", File("/a1.mkv")), episode("b", 1, 1, "Ebb", File("/b1.mkv"), library="Anime"),
            episode("a", 1, 2, "Flow", File("/a2.mkv")), episode("b", 1, 2, "Tide", File("/b2.mkv"), library="Anime"),
            episode("a", 1, 3, "Sand", File("/a3.mkv")), episode("b", 1, 3, "Episode 3", File("/b3.mkv"), library="Anime"),
            episode("a", 0, 1, "Making of", File("/a0.mkv")), episode("b", 0, 1, "Interview", File("/b0.mkv"), library="Anime"),
        ]  # fmt: skip
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert sorted(others(lib)) == [
                ("/b1.mkv", "same id", "certain"), ("/b2.mkv", "same id", "doubtful"), ("/b3.mkv", "same id", "likely"),
            ]  # fmt: skip


def test_the_same_each_time(tmp_path: Path) -> None:
    """Of many of one title without a year, more than are compared, the same are found each time."""
    items = [Held(str(at), "Pilot", None, [File(f"/{at}.mkv")]) for at in range(500)]
    with held(tmp_path / "l.duckdb", *items) as lib:
        assert len({tuple(groups(lib)) for _ in range(8)}) == 1


class TestTraps:
    """What is no copy is not called one."""

    def test_editions(self, tmp_path: Path) -> None:
        """Another cut is told apart, by the file or by the title; each cut is held once or has copies of its own."""
        items = (
            Held("x", "Blade Runner", 1982, [File("/t.mkv"), File("/f.mkv", edition="Final Cut"), File("/t2.mkv", edition="Theatrical")], ids=IMDB),
            Held("y", "Blade Runner: The Final Cut", 1982, [File("/g.mkv")], "4K", ids=IMDB),
        )  # fmt: skip
        with held(tmp_path / "l.duckdb", *items) as lib:
            rows = lib.reports.duplicates()
            assert sorted(map(sorted, rows.group_by("group_number").agg("path")["path"].to_list())) == [
                ["/f.mkv", "/g.mkv"], ["/t.mkv", "/t2.mkv"],
            ]  # fmt: skip
            apart = lib.reports.duplicates_apart().filter(why="edition")
            assert set(apart["path"]) | set(apart["other_path"]) == {"/t.mkv", "/f.mkv", "/t2.mkv"}

    def test_a_cut_nobody_named(self, tmp_path: Path) -> None:
        """Files of one item whose length differs much are doubtful: another cut, or cut short."""
        files = File("/a.mkv"), File("/b.mkv", duration_seconds=7200.0)
        with held(tmp_path / "l.duckdb", Held("x", "Alien", 1979, files)) as lib:
            assert [sure for _, _, sure in others(lib)] == ["doubtful"]

    def test_film_and_special(self, tmp_path: Path) -> None:
        """A film that is a special of a show as well is told, and frees nothing, though the bytes are the same."""
        items = [
            Held("f", "Futurama: Bender's Big Score", 2007, [File("/film.mkv", fingerprint="4-aa")], runtime_minutes=88),
            *show("s", "Futurama"),
            episode("s", 0, 3, "Bender's Big Score", File("/S00E03.mkv", fingerprint="4-aa"), year=2007, runtime_minutes=None),
        ]  # fmt: skip
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert groups(lib) == {}
            apart = lib.reports.duplicates_apart()
            assert apart.select("why", "path", "other_path").rows() == [("special", "/film.mkv", "/S00E03.mkv")]

    def test_films_and_episodes_of_one_name(self, tmp_path: Path) -> None:
        """A film is no episode of its title alone; where its year and runtime are the same an episode is told once."""
        films = [Held(f"f{at}", "Pilot", 2000, runtime_minutes=22) for at in range(3)]
        episodes = [episode("s", 1, at, "Pilot", year=None if at else 2000) for at in range(20)]
        with held(tmp_path / "l.duckdb", *films, *show("s", "The Harbour"), *episodes) as lib:
            told = lib.reports.duplicates_apart().select("item", "other_item").rows()
        assert told == [("Pilot", "The Harbour S01E00 Pilot")]

    def test_parts(self, tmp_path: Path) -> None:
        """The parts of a film are one copy, beside a whole one; a part that is lacking makes it the worse one."""
        files = (
            File("/cd1.avi", 700, 3000.0, part_number=1, fingerprint="1-a", video=UHD),
            File("/cd2.avi", 700, 3000.0, part_number=2, fingerprint="1-b", video=UHD),
            File("/whole.mkv"),
        )
        with held(tmp_path / "l.duckdb", Held("x", "Alien", 1979, files)) as lib:
            rows = lib.reports.duplicates()
            assert rows["paths"].to_list() == [["/cd1.avi", "/cd2.avi"], ["/whole.mkv"]]
            assert rows["size_bytes"][0] == 1400
            assert lib.reports.duplicates_apart()["why"].to_list() == ["parts"]
        with held(tmp_path / "m.duckdb", Held("x", "Alien", 1979, files[1:])) as lib:
            assert lib.reports.duplicates()["path"].to_list() == ["/whole.mkv", "/cd2.avi"]

    def test_parts_that_are_no_copies(self, tmp_path: Path) -> None:
        """Parts that differ in kind, or that two items hold, are never let go for each other."""
        parts = File("/cd1.avi", part_number=1), File("/cd2.avi", part_number=2, video=UHD)
        items = (
            Held("x", "Alien", 1979, parts),
            Held("y", "Dune", 1984, [File("/d1.avi", part_number=1)], ids=IMDB),
            Held("z", "Dune", 1984, [File("/d2.avi", part_number=2)], "4K", ids=IMDB),
        )
        with held(tmp_path / "l.duckdb", *items) as lib:
            rows = lib.reports.duplicates(least="doubtful")
            assert {sure for _, _, sure in others(lib)} == {"doubtful"}
            assert not rows["to_remove"].any()
            assert rows["reason"].drop_nulls().str.contains("neither is whole").all()

    def test_an_id_at_the_wrong_work(self, tmp_path: Path) -> None:
        """An id of a show that its episodes bear, or of another film, is doubted; one that stands for none says nothing."""
        items = [
            *show("s", "The Harbour"),
            episode("s", 1, 1, "Ebb", File("/e1.mkv"), ids={"tvdb": "7"}),
            episode("s", 1, 2, "Flow", File("/e2.mkv"), ids={"tvdb": "7"}),
            Held("x", "Alien", 1979, [File("/alien.mkv")], ids=IMDB),
            Held("y", "Aliens", 1986, [File("/aliens.mkv")], ids=IMDB),
            *(Held(key, key * 5, 2000, [File(f"/{key}.mkv")], ids={"imdb": "tt0000000", "tmdb": "0"}) for key in "pqr"),
        ]
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert sorted(others(lib)) == [("/aliens.mkv", "same id", "doubtful"), ("/e2.mkv", "same id", "doubtful")]
            assert lib.reports.duplicates()["freed_bytes"].sum() == 0

    def test_what_is_not_held(self, tmp_path: Path) -> None:
        """Trailers, samples, extras and files that are gone are no copies."""
        roles = [File(f"/{role}.mkv", file_role=role) for role in ("trailer", "sample", "extra")]
        files = [File("/a.mkv"), *roles, File("/gone.mkv", missing_since=datetime(2025, 1, 1))]
        with held(tmp_path / "l.duckdb", Held("x", "Alien", 1979, files)) as lib:
            assert groups(lib) == {}

    def test_a_path_that_two_libraries_list(self, tmp_path: Path) -> None:
        """One file is no copy of itself, whoever lists it."""
        items = (
            Held("x", "Alien", 1979, [File("/a.mkv")], ids=IMDB),
            Held("y", "Alien", 1979, [File("/a.mkv")], "All", ids=IMDB),
        )
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert groups(lib) == {}
            assert lib.reports.duplicates_apart()["why"].to_list() == ["one file"]

    def test_a_file_of_two_episodes(self, tmp_path: Path) -> None:
        """A file that holds another episode as well does not go for one that does not."""
        items = [
            *show("s", "The Harbour"),
            episode("s", 1, 1, "Ebb", File("/E01-E02.mkv", duration_seconds=2600.0), File("/E01.mkv", duration_seconds=1300.0, video=UHD)),
            episode("s", 1, 2, "Flow", shared_file_key="s/1x1"),
        ]  # fmt: skip
        with held(tmp_path / "l.duckdb", *items) as lib:
            rows = lib.reports.duplicates(least="doubtful")
            assert rows.select("path", "keep", "to_remove").rows() == [
                ("/E01.mkv", True, False),
                ("/E01-E02.mkv", False, False),
            ]
            assert lib.reports.duplicates_apart()["why"].to_list() == ["shared file"]

    def test_files_of_other_episodes(self, tmp_path: Path) -> None:
        """A file that holds another episode as well goes for one that holds the same ones, not for one of others."""
        items = []
        for show_, number, video in (("a", 2, None), ("b", 2, UHD), ("c", 2, None), ("d", 3, UHD)):
            file = File(f"/{show_}.mkv", duration_seconds=2600.0, video=video)
            items += show(show_, "Ebb" if show_ in "ab" else "Flow", show_, ids={"tvdb": "7" if show_ in "ab" else "8"})
            items.append(episode(show_, 1, 1, "Start", file, library=show_))
            items.append(episode(show_, 1, number, "Next", library=show_, shared_file_key=f"{show_}/1x1"))
        with held(tmp_path / "l.duckdb", *items) as lib:
            going = lib.reports.duplicates(least="doubtful").select("path", "to_remove").rows()
        assert dict(going) == {"/a.mkv": True, "/b.mkv": False, "/c.mkv": False, "/d.mkv": False}

    def test_a_doubt_hides_nothing_certain(self, tmp_path: Path) -> None:
        """Two files of one item are certain, though a better film of that title and year is another by its id."""
        items = (
            Held("x", "Alien", 1979, [File("/a.mkv"), File("/b.mkv", quality_source="DVD")], ids=IMDB),
            Held("y", "Alien", 1979, [File("/c.mkv", video=UHD)], ids=OTHER),
        )
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert others(lib) == [("/a.mkv", "same item", "certain")]

    def test_likeness_does_not_add_up(self, tmp_path: Path) -> None:
        """What is like a copy that is like the best, and not like the best itself, is in no group with it."""
        years = {"/a.mkv": 2000, "/b.mkv": 2001, "/c.mkv": 2002}
        items = [Held(path, "Distance", year, [File(path)]) for path, year in years.items()]
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert len(groups(lib)) == 2

    def test_remakes(self, tmp_path: Path) -> None:
        """The same title of another year is a remake: told apart."""
        items = Held("x", "Solaris", 1972, [File("/a.mkv")]), Held("y", "Solaris", 2002, [File("/b.mkv")])
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert groups(lib) == {}
            assert lib.reports.duplicates_apart()["reason"].to_list() == ["the same title, of 1972 and 2002"]


BEST = {
    "can be read": (File("/a1.mkv"), File("/b1.mkv", problem="cut short", video=UHD)),
    "resolution": (File("/a2.mkv", 1, video=UHD), File("/b2.mkv", quality_source="Remux", bitrate_kbps=90_000)),
    "HDR": (File("/a3.mkv", video=("hevc", 1920, 1080, "HDR10")), File("/b3.mkv", quality_source="Remux")),
    "source": (File("/a4.mkv", quality_source="Bluray"), File("/b4.mkv", quality_source="WEBDL", audio=("truehd", 8))),
    "better source": (File("/a8.mkv", bitrate_kbps=900), File("/b8.mkv", quality_source="TELESYNC")),
    "sound": (File("/a5.mkv", audio=("truehd", 8)), File("/b5.mkv", bitrate_kbps=90_000)),
    "bitrate": (File("/a6.mkv", bitrate_kbps=9000), File("/b6.mkv", bitrate_kbps=8000, added_at=datetime(2020, 1, 1))),
    "added first": (File("/a7.mkv", added_at=datetime(2020, 1, 1)), File("/b7.mkv")),
}


class TestWhichToKeep:
    """The best stays, and what decided is said."""

    def test_the_better_one(self, tmp_path: Path) -> None:
        """Each rule counts before those after it."""
        items = [Held(str(at), f"Film {name}", 1979, files[::-1]) for at, (name, files) in enumerate(BEST.items())]
        with held(tmp_path / "l.duckdb", *items) as lib:
            kept = lib.reports.duplicates().filter("keep")
        assert all(path.startswith("/a") for path in kept["path"]), kept
        found = dict(kept.select(pl.col("item").str.strip_prefix("Film "), "choice").iter_rows())
        assert all(name in found[name] for name in BEST), found

    def test_history_breaks_ties_only(self, tmp_path: Path) -> None:
        """Of equals the one that has been played stays; a better one goes before it."""
        items = (
            Held("x", "Alien", 1979, [File("/a.mkv")], ids=IMDB),
            Held("y", "Alien", 1979, [File("/b.mkv")], "Second", ids=IMDB, plays=2),
            Held("p", "Solaris", 1972, [File("/c.mkv", video=UHD)], ids=OTHER),
            Held("q", "Solaris", 1972, [File("/d.mkv")], "Second", ids=OTHER, plays=2),
        )
        with held(tmp_path / "l.duckdb", *items) as lib:
            kept = lib.reports.duplicates().filter("keep").select("path", "choice").rows()
            assert sorted(kept) == [("/b.mkv", "has been played"), ("/c.mkv", "higher resolution: 2160p, not 1080p")]

    def test_of_one_library(self, tmp_path: Path) -> None:
        """Asked for one library, copies in others do not count."""
        items = (
            Held("x", "Alien", 1979, [File("/a.mkv")], ids=IMDB),
            Held("y", "Alien", 1979, [File("/b.mkv")], "4K", ids=IMDB),
        )
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert groups(lib, library="4K") == {}
            assert lib.reports.duplicates_summary(library="Films").is_empty()

    def test_the_summary(self, tmp_path: Path) -> None:
        """Copies that need not be kept, by kind and certainty."""
        items = (
            Held("x", "Alien", 1979, [File("/a.mkv", 4_000_000_000), File("/b.mkv", 5_000_000_000)], ids=IMDB),
            Held("y", "Alien", 1979, [File("/c.mkv", 1_000_000_000)], "4K", ids=IMDB),
            Held("z", "Alien", 1979, [File("/d.mkv", 2_000_000_000)], "4K", ids=OTHER),
        )
        with held(tmp_path / "l.duckdb", *items) as lib:
            assert lib.reports.duplicates_summary().rows() == [
                ("same item", "certain", 1, 1, 5_000_000_000), ("same id", "certain", 1, 1, 1_000_000_000),
                ("same title", "doubtful", 1, 1, 2_000_000_000),
            ]  # fmt: skip


_COPY = st.fixed_dictionaries(
    {
        "media_item_id": st.integers(1, 6),
        "paths": st.sampled_from([["/1"], ["/2"], ["/3"], ["/4"], ["/5"], ["/6"], ["/1", "/7"], ["/8", "/9"]]),
        "size_bytes": st.sampled_from([None, 0, 10, 20]),
        "duration_seconds": st.sampled_from([None, 100.0, 6000.0]),
        "fingerprint": st.sampled_from([None, None, "1-a", "1-b"]),
        "edition": st.sampled_from([None, None, None, "Final Cut"]),
        "resolution": st.sampled_from([None, "1080p", "2160p"]),
        "also_holds": st.sampled_from([0, 0, 1]),
        "is_whole": st.sampled_from([True, True, False]),
        "has_problem": st.sampled_from([False, False, True]),
    }
)
_ITEM = st.fixed_dictionaries(
    {
        "title_key": st.sampled_from(["alien", "alien", "aliens", "alien 3", "alein"]),
        "year": st.sampled_from([None, 1979, 1979, 1980]),
        "runtime_minutes": st.sampled_from([None, 100, 101, 108]),
        "library_id": st.integers(1, 2),
        "ids": st.sampled_from([None, ["imdb/movie:tt1"], ["imdb/movie:tt2"], ["imdb/movie:tt1", "tmdb/movie:5"]]),
    }
)


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> pl.Schema:
    """What the statement gives."""
    with held(tmp_path_factory.mktemp("columns") / "l.duckdb", Held("x", "Alien")) as lib:
        return lib.sql(report_statement("duplicates").text).schema


class TestNothingIsLost:
    """Whatever there is, and however sure one has to be."""

    @settings(max_examples=25, deadline=None)
    @given(
        copies=st.lists(_COPY, min_size=1, max_size=9),
        items=st.lists(_ITEM, min_size=6, max_size=6),
        least=st.sampled_from(["certain", "likely", "doubtful"]),
    )
    def test_of_any_library(
        self, columns: pl.Schema, copies: list[dict[str, Any]], items: list[dict[str, Any]], least: str
    ) -> None:
        """A copy of each group stays, each file is in one removal at most, and no more is freed than is held."""
        usual = {"media_type": "movie", "parts": 1, "plays": 0, "is_edited": False, "added_at": datetime(2024, 1, 1)}
        rows = pl.DataFrame(
            [
                usual | {"media_file_ids": [at], "library": "Films"} | items[copy["media_item_id"] - 1]
                | {"title": items[copy["media_item_id"] - 1]["title_key"], "item": "A film"} | copy
                for at, copy in enumerate(copies)
            ],
            schema=columns,
        )  # fmt: skip
        held_bytes = rows.unique("paths")["size_bytes"].sum()
        found = decided(rows, {"least": least})
        _nothing_is_lost(found)
        assert found["freed_bytes"].sum() <= held_bytes


def _nothing_is_lost(rows: pl.DataFrame) -> None:
    kept = rows.group_by("group_number").agg(pl.col("keep").sum(), pl.col("to_remove").all(), pl.len())
    assert (kept["keep"] == 1).all()
    assert not kept["to_remove"].any()
    assert (kept["len"] > 1).all()
    assert not rows.filter(pl.col("keep") & pl.col("to_remove")).height
    paths = rows.explode("paths")
    assert paths["paths"].is_unique().all()
    assert (rows["freed_bytes"] <= rows["size_bytes"].fill_null(0)).all()

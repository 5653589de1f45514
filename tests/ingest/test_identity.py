"""Identity: what is one thing is one item, whichever source names it and however it is renamed."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from mediamgr.library import Library
from tests.ingest.scans import files, keys, scan
from tests.media import Masters


def table(folder: Path, text: str, name: str = "list.csv") -> Path:
    """A CSV file."""
    path = folder / name
    path.write_text(text)
    return path


def id_of(lib: Library, title: str) -> int:
    """The id of the only item of a title."""
    (found,) = lib.sql(f"select id from media_item where title = '{title}'")["id"].to_list()
    return int(found)


def move(root: Path, old: str, new: str) -> None:
    """Move a file to a folder that is made when new; a folder left empty goes."""
    (root / new).parent.mkdir(parents=True, exist_ok=True)
    (root / old).rename(root / new)
    if not any((root / old).parent.iterdir()):
        (root / old).parent.rmdir()


class TestSources:
    """A table and a scan speak of the same things."""

    IMDB = "Const,Title,Year,Title Type\ntt0078748,Alien,1979,movie\ntt5753856,Dark,2017,tvSeries\n"
    TREE: ClassVar[dict[str, str | bytes | None]] = {
        "Alien (1979)/Alien (1979).mkv": None,
        "Dark/Season 01/Dark - S01E02.mkv": None,
    }

    def test_a_scan_finds_what_was_imported(self, lib: Library, root: Path, tmp_path: Path, masters: Masters) -> None:
        """Files become files of the imported film and show, known by title and year, or by the title alone."""
        lib.import_table(table(tmp_path, self.IMDB))
        masters.tree(root, self.TREE)
        scan(lib, root)
        assert keys(lib) == ["imdb:tt0078748", "imdb:tt5753856", "imdb:tt5753856/s01", "imdb:tt5753856/s01e02"]
        assert lib.sql("select year from media_item where title = 'Dark'").item() == 2017

    def test_an_import_finds_what_was_scanned(self, lib: Library, root: Path, tmp_path: Path, masters: Masters) -> None:
        """The scanned film and show get the ids, and nothing new is made."""
        masters.tree(root, self.TREE)
        scan(lib, root)
        before = keys(lib)
        lib.import_table(table(tmp_path, self.IMDB))
        assert keys(lib) == before
        found = lib.sql("select title, external_id from external_id e join media_item i on i.id = e.media_item_id")
        assert sorted(found.rows()) == [("Alien", "tt0078748"), ("Dark", "tt5753856")]

    def test_an_nfo_names_what_a_file_name_does_not(
        self, lib: Library, root: Path, tmp_path: Path, masters: Masters
    ) -> None:
        """A film whose file name says nothing is known by the title in its NFO."""
        nfo = "<movie><title>Alien</title><year>1979</year></movie>"
        masters.tree(root, {"file0001.mkv": None, "file0001.nfo": nfo})
        scan(lib, root)
        lib.import_table(table(tmp_path, "title,year,plot\nAlien,1979,A ship.\n"))
        assert lib.sql("select title, plot from media_item").rows() == [("Alien", "A ship.")]

    def test_ids_keep_namesakes_apart(self, lib: Library, root: Path, tmp_path: Path, masters: Masters) -> None:
        """Two films of one title and year are two where their ids differ, whoever says so."""
        nfo = "<movie><title>Gone</title><year>2012</year><uniqueid type='imdb'>tt0000002</uniqueid></movie>"
        masters.tree(root, {"Gone (2012)/Gone (2012).mkv": None, "Gone (2012)/Gone (2012).nfo": nfo})
        lib.import_table(table(tmp_path, "title,year,imdb_id\nGone,2012,tt0000001\n"))
        scan(lib, root)
        lib.import_table(table(tmp_path, "title,year,imdb_id\nGone,2012,tt0000003\n"))
        found = lib.sql("select external_id from external_id where media_item_id is not null order by all")
        assert found["external_id"].to_list() == ["tt0000001", "tt0000002", "tt0000003"]
        assert lib.items.count_all() == 3

    @pytest.mark.parametrize(
        "first", [pytest.param("scan", id="scan first"), pytest.param("import", id="import first")]
    )
    def test_a_person_is_one(self, lib: Library, root: Path, tmp_path: Path, masters: Masters, first: str) -> None:
        """A person with an id in one source and a name alone in the other is one person, with both credits."""
        nfo = "<movie><title>Alien</title><year>1979</year><actor><name>Sigourney Weaver</name></actor></movie>"
        masters.tree(root, {"Alien (1979)/Alien (1979).mkv": None, "Alien (1979)/Alien (1979).nfo": nfo})
        credits = table(tmp_path, "title,year,name,person_imdb_id,role\nAvatar,2009,Sigourney Weaver,nm0000244,actor\n")
        if first == "scan":
            scan(lib, root)
        lib.import_table(credits, "credits")
        if first == "import":
            scan(lib, root)
        people = lib.sql("select p.name, count(*) from credit c join person p on p.id = c.person_id group by all")
        assert people.rows() == [("Sigourney Weaver", 2)]
        assert lib.sql("select external_id from external_id where person_id is not null").rows() == [("nm0000244",)]

    def test_namesakes_with_ids_are_two_people(self, lib: Library, tmp_path: Path) -> None:
        """Ids of one source tell people of one name apart; who has no id is then neither of them."""
        text = "title,year,name,person_imdb_id\nA,2001,Chris Evans,nm0262635\nB,2002,Chris Evans,nm0262636\nC,2003,Chris Evans,\n"
        lib.import_table(table(tmp_path, text), "credits")
        assert lib.sql("select count(*) from person").item() == 3


class TestRenaming:
    """What is renamed stays what it is."""

    def test_a_show_that_gets_its_year_stays_one(self, lib: Library, root: Path, masters: Masters) -> None:
        """The show, its season and its episode keep their ids; nothing empty is left behind."""
        masters.tree(root, {"Dark/Season 01/Dark - S01E01.mkv": None})
        scan(lib, root)
        before = lib.sql("select id from media_item order by id")
        (root / "Dark").rename(root / "Dark (2017)")
        scan(lib)
        assert lib.sql("select id from media_item order by id").equals(before)
        assert lib.sql("select title, year from media_item where media_type = 'show'").rows() == [("Dark", 2017)]
        assert keys(lib) == ["show:dark:2017", "show:dark:2017/s01", "show:dark:2017/s01e01"]

    def test_a_show_renamed_is_the_same_show(self, lib: Library, root: Path, masters: Masters) -> None:
        """A show all of whose files moved to a folder of another name takes that name."""
        masters.tree(root, {f"Drk/Season 01/Drk - S01E0{n}.mkv": None for n in (1, 2)})
        scan(lib, root)
        show = id_of(lib, "Drk")
        for number in (1, 2):
            move(root, f"Drk/Season 01/Drk - S01E0{number}.mkv", f"Dark/Season 01/Dark - S01E0{number}.mkv")
        scan(lib)
        assert id_of(lib, "Dark") == show
        assert lib.items.count_all() == 4

    def test_an_episode_put_right_leaves_its_old_show(self, lib: Library, root: Path, masters: Masters) -> None:
        """One episode of two that moves to a new show makes that show, and the old one keeps its own."""
        masters.tree(root, {f"Dark/Season 01/Dark - S01E0{n}.mkv": None for n in (1, 2)})
        scan(lib, root)
        move(root, "Dark/Season 01/Dark - S01E02.mkv", "Lost/Season 01/Lost - S01E02.mkv")
        scan(lib)
        assert files(lib, root) == [
            ("show:dark:/s01e01", "Dark/Season 01/Dark - S01E01.mkv"),
            ("show:lost:/s01e02", "Lost/Season 01/Lost - S01E02.mkv"),
        ]

    def test_shows_that_differ_by_the_year_alone_stay_two(self, lib: Library, root: Path, masters: Masters) -> None:
        """A folder without a year and one with a year are two shows, in one scan and in two."""
        masters.tree(root, {"House/S01/House - S01E01.mkv": None, "House (2013)/S01/House - S01E01.mkv": None})
        scan(lib, root)
        masters.tree(root, {"House (1990)/S01/House - S01E01.mkv": None})
        scan(lib)
        shows = lib.sql("select year from media_item where media_type = 'show' order by year nulls first")
        assert shows["year"].to_list() == [None, 1990, 2013]

    def test_episodes_numbered_anew_keep_their_items(self, lib: Library, root: Path, masters: Masters) -> None:
        """When each episode moves on by one, each file keeps its item and takes the new number."""
        folder = "Dark/Season 01/Dark - S01E0{}.mkv"
        masters.tree(root, {folder.format(n): None for n in (1, 2, 3)})
        scan(lib, root)
        numbered = "select id, episode_number from media_item where media_type = 'episode' order by episode_number"
        before = lib.sql(numbered)["id"].to_list()
        for number in (3, 2, 1):
            move(root, folder.format(number), folder.format(number + 1))
        scan(lib)
        assert lib.sql(numbered).rows() == list(zip(before, (2, 3, 4), strict=True))
        assert [row[0] for row in files(lib, root)] == [f"show:dark:/s01e0{n}" for n in (2, 3, 4)]

    def test_two_films_may_exchange_names(self, lib: Library, root: Path, masters: Masters) -> None:
        """Each file keeps its item, under the other name."""
        masters.tree(root, {"Alien (1979).mkv": None, "Aliens (1986).mkv": None})
        scan(lib, root)
        alien, aliens = id_of(lib, "Alien"), id_of(lib, "Aliens")
        move(root, "Alien (1979).mkv", "x.mkv")
        move(root, "Aliens (1986).mkv", "Alien (1979).mkv")
        move(root, "x.mkv", "Aliens (1986).mkv")
        for name in ("Alien (1979).mkv", "Aliens (1986).mkv"):
            (root / name).touch()
        scan(lib)
        assert {id_of(lib, "Alien"), id_of(lib, "Aliens")} == {alien, aliens}
        assert keys(lib) == ["movie:alien:1979", "movie:aliens:1986"]

    def test_a_name_left_is_free_for_another(self, lib: Library, root: Path, masters: Masters) -> None:
        """A film renamed from A to B keeps its item; a new film named A is a new one."""
        masters.tree(root, {"Alien (1979)/Alien (1979).mkv": None})
        scan(lib, root)
        first = id_of(lib, "Alien")
        move(root, "Alien (1979)/Alien (1979).mkv", "Aliens (1986)/Aliens (1986).mkv")
        masters.tree(root, {"Alien (1979)/Alien (1979).mkv": None})
        scan(lib)
        assert id_of(lib, "Aliens") == first
        assert id_of(lib, "Alien") != first

    def test_one_version_of_two_may_become_another_film(self, lib: Library, root: Path, masters: Masters) -> None:
        """Of a film with two files one is renamed: it is a film of its own, and the other stays."""
        masters.tree(
            root, {"Alien (1979)/Alien (1979) - 1080p.mkv": None, "Alien (1979)/Alien (1979) - 2160p.mkv": None}
        )
        scan(lib, root)
        move(root, "Alien (1979)/Alien (1979) - 2160p.mkv", "Aliens (1986)/Aliens (1986).mkv")
        scan(lib)
        assert [row[0] for row in files(lib, root)] == ["movie:alien:1979", "movie:aliens:1986"]


class TestMoves:
    """Which of equal files one is."""

    def test_what_just_vanished_comes_before_what_is_long_missing(
        self, lib: Library, root: Path, masters: Masters
    ) -> None:
        """Two films of equal content: the new path belongs to the one that was there until now."""
        for name in ("Alien (1979).mkv", "Solaris (1972).mkv"):
            masters.copy(root / name, same=1)
        scan(lib, root)
        alien, solaris = id_of(lib, "Alien"), id_of(lib, "Solaris")
        (root / "Alien (1979).mkv").unlink()
        scan(lib)
        move(root, "Solaris (1972).mkv", "Solyaris (1972).mkv")
        scan(lib)
        assert (id_of(lib, "Solyaris"), id_of(lib, "Alien")) == (solaris, alien)
        assert (
            lib.sql("select path from media_file where missing_since is not null").item().endswith("Alien (1979).mkv")
        )

    def test_equal_files_keep_their_names(self, lib: Library, root: Path, masters: Masters) -> None:
        """Several equal files that move to another folder are told apart by their names."""
        for name in ("Alien (1979).mkv", "Brazil (1985).mkv", "Solaris (1972).mkv"):
            masters.copy(root / "a" / name, same=1)
        scan(lib, root)
        before = [id_of(lib, title) for title in ("Alien", "Brazil", "Solaris")]
        (root / "a").rename(root / "b")
        assert scan(lib).counts["files_moved"] == 3
        assert [id_of(lib, title) for title in ("Alien", "Brazil", "Solaris")] == before

    def test_empty_files_are_no_evidence(self, lib: Library, root: Path) -> None:
        """A file of no bytes that appears is not the one that vanished."""
        (root / "Alien (1979).mkv").touch()
        scan(lib, root)
        (root / "Alien (1979).mkv").rename(root / "Brazil (1985).mkv")
        assert scan(lib).counts["files_moved"] == 0
        assert keys(lib) == ["movie:alien:1979", "movie:brazil:1985"]

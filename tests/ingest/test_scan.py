"""Scanning: real files in real folders become items, and stay them."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import signal
import string
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

import mediamgr
from mediamgr.errors import InputError, SourceError
from mediamgr.library import Library
from mediamgr.store import Records, artwork
from tests.ingest.name_corpus import make_corpus, make_tidy_tree
from tests.ingest.scans import files, keys, scan
from tests.media import Masters


class TestFilms:
    """Films."""

    def test_versions_editions_and_parts_are_files_of_one_film(
        self, lib: Library, root: Path, masters: Masters
    ) -> None:
        """Two qualities, an edition and a film in two parts are one item each."""
        masters.tree(
            root,
            {
                "Amélie (2001)/Amélie (2001) - 1080p.mkv": None,
                "Amélie (2001)/Amélie (2001) - 2160p.mkv": None,
                "Amélie (2001)/Amélie (2001) {edition-Director's Cut}.mkv": None,
                "Gone (1939)/Gone (1939) cd1.mkv": None,
                "Gone (1939)/Gone (1939) cd2.mkv": None,
            },
        )
        report = scan(lib, root)
        assert keys(lib) == ["movie:amelie:2001", "movie:gone:1939"]
        assert files(lib, root, "edition", "part_number") == [
            ("movie:amelie:2001", "Amélie (2001)/Amélie (2001) - 1080p.mkv", None, None),
            ("movie:amelie:2001", "Amélie (2001)/Amélie (2001) - 2160p.mkv", None, None),
            ("movie:amelie:2001", "Amélie (2001)/Amélie (2001) {edition-Director's Cut}.mkv", "Director's Cut", None),
            ("movie:gone:1939", "Gone (1939)/Gone (1939) cd1.mkv", None, 1),
            ("movie:gone:1939", "Gone (1939)/Gone (1939) cd2.mkv", None, 2),
        ]
        assert report.set_aside == []
        assert (report.counts["files_seen"], report.counts["files_read"]) == (5, 5)

    def test_streams_are_those_of_the_file(self, lib: Library, root: Path, masters: Masters) -> None:
        """What MediaInfo finds is what the library holds."""
        masters.tree(root, {"A (2001)/A (2001).mkv": None})
        scan(lib, root)
        streams = lib.sql(
            "select stream_type, codec, width, height, channels, language, is_forced from media_stream order by stream_index"
        )
        assert streams.rows() == [
            ("video", "h264", 64, 36, None, None, False),
            ("audio", "aac", None, None, 1, "en", False),
            ("subtitle", "subrip", None, None, None, "de", False),
            ("subtitle", "subrip", None, None, None, "en", True),
        ]
        file = lib.sql("select container, duration_seconds, size_bytes, problem from media_file").row(0, named=True)
        assert (file["container"], file["problem"]) == ("mkv", None)
        assert file["duration_seconds"] == pytest.approx(1.0, abs=0.1)
        assert file["size_bytes"] == (root / "A (2001)/A (2001).mkv").stat().st_size

    def test_extras_trailers_and_samples_belong_to_their_film(self, lib: Library, root: Path, masters: Masters) -> None:
        """What is no film itself is a file of the film beside it; without one it is set aside."""
        masters.tree(
            root,
            {
                "Heat (1995)/Heat (1995).mkv": None,
                "Heat (1995)/Heat (1995)-trailer.mkv": None,
                "Heat (1995)/Featurettes/Making of.mkv": None,
                "Heat (1995)/Sample/heat-sample.mkv": None,
                "Lost (1990)/Lost (1990)-trailer.mkv": None,
            },
        )
        report = scan(lib, root)
        assert files(lib, root, "file_role") == [
            ("movie:heat:1995", "Heat (1995)/Featurettes/Making of.mkv", "extra"),
            ("movie:heat:1995", "Heat (1995)/Heat (1995)-trailer.mkv", "trailer"),
            ("movie:heat:1995", "Heat (1995)/Heat (1995).mkv", "main"),
            ("movie:heat:1995", "Heat (1995)/Sample/heat-sample.mkv", "sample"),
        ]
        assert report.set_aside == [
            (str(root / "Lost (1990)/Lost (1990)-trailer.mkv"), "is a trailer of no film or show beside it")
        ]

    def test_pictures_and_subtitles_find_their_film(self, lib: Library, root: Path, masters: Masters) -> None:
        """Artwork and subtitles beside a film, named after it or not, and in a subtitle folder, are its own."""
        masters.tree(
            root,
            {
                "Amélie (2001)/Amélie (2001).mkv": None,
                "Amélie (2001)/poster.jpg": "x",
                "Amélie (2001)/Amélie (2001)-fanart.jpg": "x",
                "Amélie (2001)/Amélie (2001).en.forced.srt": "x",
                "Amélie (2001)/Subs/2_French.srt": "x",
            },
        )
        scan(lib, root)
        assert lib.sql("select artwork_type, download_status from artwork order by 1").rows() == [
            ("backdrop", "local"),
            ("poster", "local"),
        ]
        assert lib.sql("select language, is_forced, format from subtitle order by 1").rows() == [
            ("en", True, "srt"),
            ("fr", False, "srt"),
        ]


class TestShows:
    """Shows, seasons and episodes."""

    def test_they_become_a_tree(self, lib: Library, root: Path, masters: Masters) -> None:
        """Season folders, specials, a double episode, and pictures of show, season and episode."""
        masters.tree(
            root,
            {
                "Firefly (2002)/tvshow.nfo": "<tvshow><title>Firefly</title><plot>A ship.</plot></tvshow>",
                "Firefly (2002)/poster.jpg": "x",
                "Firefly (2002)/season01-poster.jpg": "x",
                "Firefly (2002)/Season 01/Firefly - S01E01-E02 - Serenity.mkv": None,
                "Firefly (2002)/Season 01/Firefly - S01E03 - Bushwhacked.mkv": None,
                "Firefly (2002)/Season 01/Firefly - S01E03 - Bushwhacked-thumb.jpg": "x",
                "Firefly (2002)/Specials/Firefly - S00E01 - Gag Reel.mkv": None,
                "Firefly (2002)/Extras/Cast.mkv": None,
            },
        )
        scan(lib, root)
        tree = lib.sql(
            "select i.item_key, i.media_type, i.title, p.title as parent, i.season_number, i.episode_number, i.plot"
            " from media_item i left join media_item p on p.id = i.parent_id order by i.item_key"
        )
        assert tree.rows() == [
            ("show:firefly:2002", "show", "Firefly", None, None, None, "A ship."),
            ("show:firefly:2002/s00", "season", "Specials", "Firefly", 0, None, None),
            ("show:firefly:2002/s00e01", "episode", "Gag Reel", "Specials", 0, 1, None),
            ("show:firefly:2002/s01", "season", "Season 1", "Firefly", 1, None, None),
            ("show:firefly:2002/s01e01", "episode", "Serenity (1)", "Season 1", 1, 1, None),
            ("show:firefly:2002/s01e02", "episode", "Serenity (2)", "Season 1", 1, 2, None),
            ("show:firefly:2002/s01e03", "episode", "Bushwhacked", "Season 1", 1, 3, None),
        ]
        art = "select i.item_key, a.artwork_type from artwork a join media_item i on i.id = a.media_item_id order by 1"
        assert lib.sql(art).rows() == [
            ("show:firefly:2002", "poster"),
            ("show:firefly:2002/s01", "poster"),
            ("show:firefly:2002/s01e03", "still"),
        ]
        assert [row[0] for row in files(lib, root)] == [
            "show:firefly:2002",
            "show:firefly:2002/s01e01",
            "show:firefly:2002/s01e03",
            "show:firefly:2002/s00e01",
        ]
        shared = "select e.item_key from media_item s join media_item e on e.id = s.shared_file_item_id"
        assert lib.sql(shared).rows() == [("show:firefly:2002/s01e01",)]
        assert lib.items.children(lib.search("Firefly")["id"][0])["title"].to_list() == ["Specials", "Season 1"]

    @pytest.mark.parametrize(
        ("name", "key", "column", "value"),
        [
            pytest.param("[Group] Naruto - 134 [720p].mkv", "show:naruto:/e134", "absolute_number", 134, id="absolute"),
            pytest.param("The Daily Show - 2015-03-09 - Guest.mkv", "show:the daily show:/2015-03-09", "premiered_on", "2015-03-09", id="dated"),
            pytest.param("Show.Name.S02E05.720p.WEB.x264-GRP.mkv", "show:show name:/s02e05", "episode_number", 5, id="scene"),
        ],
    )  # fmt: skip
    def test_other_ways_to_number(
        self, lib: Library, root: Path, masters: Masters, name: str, key: str, column: str, value: object
    ) -> None:
        """Absolute numbers, dates and scene names are episodes of their show."""
        masters.tree(root, {f"Series/{name}": None})
        scan(lib, root)
        found = lib.sql(f"select item_key, cast({column} as varchar) from media_item where media_type = 'episode'")
        assert found.rows() == [(key, str(value))]

    def test_episodes_nobody_can_number_are_apart(self, lib: Library, root: Path, masters: Masters) -> None:
        """Each is an item of its own, called as its file, and no version of another."""
        masters.tree(root, {"Harbour/Season 01/abc.mkv": None, "Harbour/Season 01/def ghi.mkv": None})
        scan(lib, root)
        titles = lib.items.get_all(media_type="episode")["title"].to_list()
        assert sorted(titles) == ["abc", "def ghi"]

    def test_a_show_named_as_the_root_is_that_show(self, lib: Library, root: Path, masters: Masters) -> None:
        """Scanning a show's own folder, or a season of it, gives the same items as scanning the one above."""
        masters.tree(root, {"Firefly (2002)/Season 01/Firefly - S01E03 - Bushwhacked.mkv": None})
        scan(lib, root / "Firefly (2002)" / "Season 01")
        first = keys(lib)
        scan(lib, root / "Firefly (2002)")
        scan(lib, root)
        assert keys(lib) == first == ["show:firefly:2002", "show:firefly:2002/s01", "show:firefly:2002/s01e03"]


class TestTrust:
    """NFO > folder > file name > guess."""

    def test_an_nfo_wins_over_every_name(self, lib: Library, root: Path, masters: Masters) -> None:
        """The NFO's fields, people, ids and plays are the film's; its source is written down."""
        nfo = (
            "<movie><title>Alien!</title><year>1980</year><runtime>117</runtime><rating>8,1</rating><genre>Horror</genre>"
            '<uniqueid type="imdb">tt0078748</uniqueid><actor><name>Sig Weaver</name><role>Ripley</role></actor>'
            "<playcount>1</playcount><lastplayed>2020-01-02 20:00:00</lastplayed></movie>"
        )
        masters.tree(root, {"Alien (1979)/Alien (1979).mkv": None, "Alien (1979)/movie.nfo": nfo})
        scan(lib, root)
        item = lib.items.search("alien!").row(0, named=True)
        assert (item["title"], item["year"], item["rating"]) == ("Alien!", 1980, 8.1)
        assert lib.people.search("weaver")["name"].to_list() == ["Sig Weaver"]
        assert lib.sql("select source, id_space, external_id from external_id").rows() == [
            ("imdb", "movie", "tt0078748")
        ]
        assert lib.sql("select event_type, source from history_event").rows() == [("played", "nfo")]
        sources = lib.sql("select field_name, source from field_source order by 1").rows()
        assert sources == [(name, "nfo") for name in ("genres", "rating", "runtime_minutes", "title", "year")]

    def test_a_version_without_an_nfo_leaves_what_another_said(
        self, lib: Library, root: Path, masters: Masters
    ) -> None:
        """The NFO of one version speaks for the film, also when another version comes later in a folder of its own."""
        masters.tree(root, {"a/Leon (1994).mkv": None, "a/Leon (1994).nfo": "<movie><title>Léon</title></movie>"})
        scan(lib, root)
        masters.copy(root / "b/Leon (1994) - 2160p.mkv")
        scan(lib, root)
        masters.copy(root / "a/Leon (1994) - 1080p.mkv")
        scan(lib, root)
        assert lib.sql("select item_key, title from media_item").rows() == [("movie:leon:1994", "Léon")]

    def test_a_version_without_an_nfo_leaves_the_cast(self, lib: Library, root: Path, masters: Masters) -> None:
        """Credits go when the film's own NFO no more names them, not when another film's NFO is read meanwhile."""
        told = "<movie><title>{}</title><actor><name>{}</name></actor></movie>"
        masters.tree(
            root,
            {
                "Alien (1979)/Alien (1979).mkv": None,
                "Alien (1979)/movie.nfo": told.format("Alien", "Sigourney Weaver"),
                "Other (2000)/Other (2000).mkv": None,
            },
        )
        scan(lib, root)
        masters.copy(root / "UHD/Alien (1979).mkv")
        (root / "Other (2000)/movie.nfo").write_text(told.format("Other", "Jane Doe"))
        assert "credit_removed" not in scan(lib, root).counts
        masters.copy(root / "Alien (1979)/Alien (1979) - 2160p.mkv")
        assert "credit_removed" not in scan(lib, root).counts
        (root / "Other (2000)/movie.nfo").write_text("<movie><title>Other</title></movie>")
        assert scan(lib, root).counts["credit_removed"] == 1
        cast = "select i.title, p.name from credit c join media_item i on i.id = c.media_item_id join person p on p.id = c.person_id"
        assert lib.sql(cast).rows() == [("Alien", "Sigourney Weaver")]

    def test_what_a_provider_filled_stays(self, lib: Library, root: Path, masters: Masters) -> None:
        """Until an NFO says otherwise: names and lengths of files do not."""
        masters.tree(root, {"Dark/Season 01/Dark - S01E02.mkv": None})
        scan(lib, root)
        key = "show:dark:/s01e02"
        told = {"item_key": [key], "media_type": ["episode"], "title": ["Lies"], "runtime_minutes": [44]}
        sources = {
            "item_key": [key] * 2,
            "field_name": ["title", "runtime_minutes"],
            "set_at": [datetime(2026, 1, 1)] * 2,
        }
        frames = {"media_item": pl.DataFrame(told), "field_source": pl.DataFrame(sources)}
        lib.load(Records("Media", frames, source="tmdb"))
        masters.copy(root / "Dark/Season 01/Dark - S01E02 - 2160p.mkv")
        scan(lib, root)
        held = f"select title, runtime_minutes from media_item where item_key = '{key}'"
        assert lib.sql(held).rows() == [("Lies", 44)]
        nfo = "<episodedetails><title>Lügen</title><season>1</season><episode>2</episode></episodedetails>"
        (root / "Dark/Season 01/Dark - S01E02.nfo").write_text(nfo)
        scan(lib, root)
        assert lib.sql(held).rows() == [("Lügen", 44)]

    def test_a_picture_of_an_nfo_stays_downloaded(self, lib: Library, root: Path, masters: Masters) -> None:
        """Though the NFO names its address again."""
        nfo = "<movie><title>Alien</title><thumb aspect='poster'>https://i.example/1.jpg</thumb>{}</movie>"
        masters.tree(root, {"Alien (1979)/Alien (1979).mkv": None, "Alien (1979)/movie.nfo": nfo.format("")})
        scan(lib, root)
        had = pl.DataFrame({"url": ["https://i.example/1.jpg"], "path": ["/a/1.jpg"], "width": [9], "height": [9]})
        with lib.writing("test") as (connection, _):
            assert artwork.record(connection, had.with_columns(download_status=pl.lit("downloaded"))) == 1
        (root / "Alien (1979)/movie.nfo").write_text(nfo.format("<plot>Long ago.</plot>"))
        assert "artwork_removed" not in scan(lib, root).counts
        assert lib.sql("select path, width, download_status from artwork").rows() == [("/a/1.jpg", 9, "downloaded")]

    def test_a_folder_wins_over_a_file_name(self, lib: Library, root: Path, masters: Masters) -> None:
        """A folder written as a title names the film whatever the file is called."""
        masters.tree(root, {"Blade Runner (1982)/brnnr.final.1080p.mkv": None})
        scan(lib, root)
        assert keys(lib) == ["movie:blade runner:1982"]

    def test_an_nfo_decides_what_kind_of_thing_a_file_is(self, lib: Library, root: Path, masters: Masters) -> None:
        """An episode's NFO beside a file named like a film makes it an episode, with the NFO's numbers."""
        told = "<episodedetails><title>Fog</title><showtitle>Harbour</showtitle><season>2</season><episode>4</episode></episodedetails>"
        masters.tree(root, {"Harbour/fog.mkv": None, "Harbour/fog.nfo": told})
        scan(lib, root)
        assert keys(lib) == ["show:harbour:", "show:harbour:/s02", "show:harbour:/s02e04"]

    def test_ids_of_an_nfo_join_versions_that_are_named_differently(
        self, lib: Library, root: Path, masters: Masters
    ) -> None:
        """Two names, one IMDb id: one film."""
        nfo = '<movie><title>Léon</title><uniqueid type="imdb">tt0110413</uniqueid></movie>'
        masters.tree(root, {"a/Leon (1994).mkv": None, "a/Leon (1994).nfo": nfo, "b/The Professional (1994).mkv": None})
        (root / "b/The Professional (1994).nfo").write_text("https://www.imdb.com/title/tt0110413/")
        scan(lib, root)
        assert keys(lib) == ["movie:leon:1994"]
        assert len(files(lib, root)) == 2

    def test_ids_in_names_are_ids(self, lib: Library, root: Path, masters: Masters) -> None:
        """As media servers want them in folder or file names; the NFO's comes before."""
        nfo = '<movie><title>Heat</title><uniqueid type="tmdb">949</uniqueid></movie>'
        masters.tree(
            root,
            {
                "Avatar (2009) [tmdbid-19995]/Avatar (2009).mkv": None,
                "Titanic (1997)/Titanic (1997) {imdb-tt0120338}.mkv": None,
                "Heat (1995) {tmdb-1}/Heat (1995).mkv": None,
                "Heat (1995) {tmdb-1}/Heat (1995).nfo": nfo,
                "Both [tmdbid-7]/A (2001).mkv": None,
                "Both [tmdbid-7]/B (2001).mkv": None,
                "Firefly (2002) [tvdbid-78874]/Season 01/Firefly - S01E03 - Bushwhacked.mkv": None,
            },
        )
        scan(lib, root)
        held = lib.sql(
            "select i.title, e.source, e.id_space, e.external_id from external_id e"
            " join media_item i on i.id = e.media_item_id order by all"
        )
        assert held.rows() == [
            ("Avatar", "tmdb", "movie", "19995"),
            ("Firefly", "tvdb", "show", "78874"),
            ("Heat", "tmdb", "movie", "949"),
            ("Titanic", "imdb", "movie", "tt0120338"),
        ]
        assert len(keys(lib)) == 8

    def test_ids_of_an_nfo_keep_namesakes_apart(self, lib: Library, root: Path, masters: Masters) -> None:
        """One name and year, two TMDB ids: two films, at the first scan and at the next."""
        nfo = '<movie><title>The Thing</title><uniqueid type="tmdb">{}</uniqueid></movie>'
        name = "The Thing (2011)/The Thing (2011)"
        masters.tree(root, {f"a/{name}.mkv": None, f"b/{name}.mkv": None, f"c/{name}.mkv": None})
        (root / f"a/{name}.nfo").write_text(nfo.format(65))
        (root / f"b/{name}.nfo").write_text(nfo.format(66))
        scan(lib, root)
        assert keys(lib) == ["movie:the thing:2011", "tmdb:movie:66"]
        (root / f"b/{name}.nfo").write_text(nfo.format(66) + " ")
        scan(lib, root)
        assert [key for key, *_ in files(lib, root)].count("tmdb:movie:66") == 1
        assert keys(lib) == ["movie:the thing:2011", "tmdb:movie:66"]


TREE = {
    "Amélie (2001)/Amélie (2001).mkv": None,
    "Amélie (2001)/poster.jpg": "x",
    "Alien (1979)/Alien (1979).mkv": None,
    "Firefly (2002)/Season 01/Firefly - S01E03 - Bushwhacked.mkv": None,
}


class TestRescans:
    """What a second scan does."""

    def test_nothing_new_reads_nothing(self, lib: Library, root: Path, masters: Masters) -> None:
        """Unchanged files are seen and left alone, and nothing in the library changes."""
        masters.tree(root, TREE)
        scan(lib, root)
        before = lib.sql("from media_item order by id")
        report = scan(lib)
        assert (report.counts["files_seen"], report.counts["files_unchanged"]) == (4, 4)
        assert "files_read" not in report.counts
        assert lib.sql("from media_item order by id").equals(before)

    def test_only_what_changed_is_read(self, lib: Library, root: Path, masters: Masters) -> None:
        """A new file is read and those beside it are not; ids stay."""
        masters.tree(root, TREE)
        scan(lib, root)
        ids = lib.sql("select item_key, id from media_item order by id")
        masters.copy(root / "Amélie (2001)/Amélie (2001) - 2160p.mkv")
        report = scan(lib)
        assert (report.counts["files_read"], report.counts["files_unchanged"]) == (1, 4)
        assert lib.sql("select item_key, id from media_item order by id").equals(ids)
        assert [row[0] for row in files(lib, root)].count("movie:amelie:2001") == 2
        assert lib.sql("select count(*) from artwork").item() == 1

    def test_a_moved_file_keeps_its_item(self, lib: Library, root: Path, masters: Masters) -> None:
        """A renamed folder and file are the same item, with its id and history."""
        masters.tree(root, TREE)
        scan(lib, root)
        (alien,) = lib.sql("select id from media_item where item_key = 'movie:alien:1979'").row(0)
        (root / "Alien (1979)").rename(root / "The Alien (1979)")
        (root / "The Alien (1979)/Alien (1979).mkv").rename(root / "The Alien (1979)/The Alien (1979).mkv")
        report = scan(lib)
        assert (report.counts["files_moved"], report.counts["files_missing"]) == (1, 0)
        assert lib.sql("select id, title from media_item where title ilike '%alien%'").rows() == [(alien, "The Alien")]
        assert files(lib, root, "missing_since")[-1] == (
            "movie:the alien:1979",
            "The Alien (1979)/The Alien (1979).mkv",
            None,
        )

    def test_a_file_moved_over_another_takes_its_place(self, lib: Library, root: Path, masters: Masters) -> None:
        """One path is one file, the item of that path keeps it, and the other item is missing."""
        masters.tree(root, {"Solo (2018)/Solo (2018).mkv": None, "Trash Name (2018).mkv": None, "C (2001).mkv": None})
        with (root / "Trash Name (2018).mkv").open("ab") as file:
            file.write(b"other")
        scan(lib, root)
        os.replace(root / "Trash Name (2018).mkv", root / "Solo (2018)/Solo (2018).mkv")
        assert scan(lib, root).counts["files_missing"] == 1
        there = lib.sql(
            "select i.title from media_file f join media_item i on i.id = f.media_item_id"
            " where f.missing_since is null order by all"
        )
        assert there["title"].to_list() == ["C", "Solo"]
        assert lib.items.get_all(missing=True)["title"].to_list() == ["Trash Name"]

    def test_a_removed_file_is_marked_and_comes_back(self, lib: Library, root: Path, masters: Masters) -> None:
        """A file that is gone is marked missing, not deleted; when it is back the mark goes."""
        masters.tree(root, TREE)
        scan(lib, root)
        film = root / "Alien (1979)/Alien (1979).mkv"
        film.rename(root.parent / "away.mkv")
        assert scan(lib).counts["files_missing"] == 1
        assert scan(lib).counts["files_missing"] == 0
        assert lib.sql("select count(*) from media_file where missing_since is not null").item() == 1
        assert "movie:alien:1979" in keys(lib)
        (root.parent / "away.mkv").rename(film)
        scan(lib)
        assert lib.sql("select count(*) from media_file where missing_since is not null").item() == 0

    def test_a_removed_picture_is_gone(self, lib: Library, root: Path, masters: Masters) -> None:
        """Artwork rows follow the files beside the film."""
        masters.tree(root, TREE)
        scan(lib, root)
        (root / "Amélie (2001)/poster.jpg").unlink()
        scan(lib)
        assert lib.sql("select count(*) from artwork").item() == 0

    def test_pictures_in_a_folder_not_scanned_now_stay(self, lib: Library, root: Path, masters: Masters) -> None:
        """Scanning one root leaves what another says of the same film."""
        masters.tree(root, {"one/A (2001)/A (2001).mkv": None, "one/A (2001)/poster.jpg": "x"})
        masters.tree(root, {"two/A (2001)/A (2001) - 2160p.mkv": None, "two/A (2001)/fanart.jpg": "x"})
        scan(lib, root / "one")
        scan(lib, root / "two")
        assert lib.sql("select artwork_type from artwork order by 1").rows() == [("backdrop",), ("poster",)]

    def test_a_drive_that_is_not_mounted_loses_nothing(self, lib: Library, root: Path, masters: Masters) -> None:
        """An empty root is told, a root that is not there is refused; nothing is marked missing."""
        masters.tree(root, TREE)
        scan(lib, root)
        root.rename(root.parent / "unplugged")
        with pytest.raises(SourceError, match="is not there"):
            scan(lib)
        root.mkdir()
        report = scan(lib)
        assert report.counts["files_missing"] == 0
        assert report.set_aside == [(str(root), "holds nothing now; is its drive mounted? Nothing was marked missing")]

    def test_a_folder_that_was_moved_is_the_same_folder(self, lib: Library, root: Path, masters: Masters) -> None:
        """A drive that is mounted elsewhere: the same files and items under new paths, and nothing twice."""
        masters.tree(root, TREE)
        scan(lib, root)
        before = lib.sql("select id, media_item_id, fingerprint from media_file order by id")
        moved = root.with_name("elsewhere")
        root.rename(moved)
        report = scan(lib, moved)
        assert report.counts["files_moved"] == 3
        assert [path for path, _ in report.set_aside] == [str(root)]
        assert lib.sql("select id, media_item_id, fingerprint from media_file order by id").equals(before)
        paths = lib.sql("select path from media_file where missing_since is null union all select path from artwork")
        assert len(paths) == 4
        assert all(path.startswith(str(moved)) for path in paths["path"])
        assert scan(lib).set_aside == []

    def test_what_is_on_a_drive_that_is_away_stays(self, lib: Library, root: Path, masters: Masters) -> None:
        """Copies of some files on another drive are those files; the rest waits, and comes back with its drive."""
        first, second = root / "first", root / "second"
        masters.tree(first, {"Alien (1979).mkv": None, "Heat (1995).mkv": None})
        scan(lib, first)
        masters.tree(second, {"Other (2000).mkv": None})
        shutil.copy(first / "Heat (1995).mkv", second)
        first.rename(root / "away")
        report = scan(lib, second)
        assert (report.counts["files_moved"], report.counts["files_missing"], report.set_aside) == (1, 0, [])
        (root / "away").rename(first)
        scan(lib)
        held = lib.sql("select path from media_file where missing_since is null order by path")["path"].to_list()
        assert held == sorted(str(path) for path in root.rglob("*.mkv"))
        assert len(keys(lib)) == 3

    def test_a_link_to_a_folder_is_that_folder(self, lib: Library, root: Path, masters: Masters) -> None:
        """Scanned by another name, nothing is taken in twice."""
        masters.tree(root, TREE)
        scan(lib, root)
        link = root.with_name("link")
        link.symlink_to(root)
        report = scan(lib, link)
        assert (report.counts["files_unchanged"], report.set_aside) == (4, [])
        assert lib.about.libraries()["roots"].to_list() == [[str(root)]]

    def test_a_name_is_guessed_once(self, lib: Library, root: Path, masters: Masters) -> None:
        """What guessit said of a name is kept and used again."""
        masters.tree(root, {"odd ones/blade_runner_final_cut_1982_xvid.avi.mkv": None})
        scan(lib, root)
        kept = lib.sql("from name_guess")
        assert kept.height == 1
        masters.copy(root / "odd ones/blade_runner_final_cut_1982_xvid.avi.mkv")
        scan(lib)
        assert lib.sql("from name_guess").equals(kept)

    def test_without_folders_there_must_have_been_some(self, lib: Library) -> None:
        """Scanning without a folder before any was scanned says what to do."""
        with pytest.raises(InputError, match=r"No folder was scanned into 'Media' yet"):
            scan(lib)


class TestWhatIsSaid:
    """The report of a scan."""

    def test_what_changed_is_counted_as_that(self, lib: Library, root: Path, masters: Masters) -> None:
        """A picture that goes, a subtitle that comes and an NFO that is edited are three changes, and no others."""
        nfo = "<movie><title>Alien</title><year>1979</year><plot>{}</plot></movie>"
        masters.tree(
            root, {"a/Alien (1979).mkv": None, "a/Alien (1979).nfo": nfo.format("A ship."), "a/poster.jpg": "x"}
        )
        masters.tree(root, {"a/fanart.jpg": "x"})
        scan(lib, root)
        (root / "a/poster.jpg").unlink()
        (root / "a/Alien (1979).nfo").write_text(nfo.format("A ship, and a guest."))
        (root / "a/Alien (1979).en.srt").write_text("1")
        counts = scan(lib).counts
        assert {name: count for name, count in counts.items() if count} == {
            "files_seen": 4,
            "files_unchanged": 2,
            "files_read": 2,
            "media_item_updated": 1,
            "artwork_removed": 1,
            "subtitle_inserted": 1,
            "field_source_updated": 3,
        }

    def test_what_is_wrong_is_said_every_time(self, lib: Library, root: Path, masters: Masters) -> None:
        """A broken file is reported by each scan while it is there and as it was, also when one beside it changes."""
        masters.tree(
            root, {"a/Alien (1979).mkv": b"", "a/Alien (1979).nfo": "<movie><title>", "b/Brazil (1985).mkv": b""}
        )
        first = scan(lib, root).set_aside
        assert len(first) == 3
        assert sorted(scan(lib).set_aside) == sorted(first)
        (root / "a/poster.jpg").write_text("x")
        assert sorted(scan(lib).set_aside) == sorted(first)
        assert sorted(scan(lib).set_aside) == sorted(first)
        masters.copy(root / "a/Alien (1979).mkv")
        (root / "b/Brazil (1985).mkv").unlink()
        assert [os.path.basename(path) for path, _ in scan(lib).set_aside] == ["Alien (1979).nfo"]

    def test_one_folder_that_is_not_there_does_not_hold_up_the_others(
        self, lib: Library, root: Path, masters: Masters
    ) -> None:
        """Of the folders scanned before, one that is away is reported and left as it was; all of them away is an error."""
        masters.tree(root, {"a/Alien (1979).mkv": None, "b/Brazil (1985).mkv": None})
        scan(lib, root / "a", root / "b")
        (root / "a").rename(root / "x")
        masters.copy(root / "b/Solaris (1972).mkv")
        report = scan(lib)
        assert report.set_aside == [(str(root / "a"), "is not there; is its drive mounted? It was left alone")]
        assert (report.counts["files_read"], report.counts["files_missing"]) == (1, 0)
        (root / "b").rename(root / "y")
        with pytest.raises(SourceError, match="is not there"):
            scan(lib)


class TestBadInput:
    """Nothing found on the way is fatal."""

    HOSTILE = (
        "quotes \"and' (2001).mkv",
        "new\nline (2002).mkv",
        "<b>html<script> (2003).mkv",
        "'; drop table media_item; -- (2004).mkv",
        "a" * 251 + ".mkv",
        "\u202egnp.exe (2005).mkv",
        "$(rm -rf ~) `x` %s {0} (2006).mkv",
        "[bold red]rich[/] :alien: (2007).mkv",
    )

    def test_hostile_names_are_names(self, lib: Library, root: Path, masters: Masters) -> None:
        """Quotes, newlines, HTML, SQL, 255 bytes and markup are all just names."""
        masters.tree(root, dict.fromkeys(self.HOSTILE))
        report = scan(lib, root)
        assert report.set_aside == []
        assert sorted(str(row[1]) for row in files(lib, root)) == sorted(self.HOSTILE)
        assert lib.sql("select count(*) from media_item").item() == len(self.HOSTILE)

    def test_names_that_are_not_utf_8_are_kept_exactly(self, lib: Library, root: Path, masters: Masters) -> None:
        """The path is shown with \\xNN, its bytes are kept, and the file is read."""
        name = os.fsencode(root) + b"/caf\xe9 (2001).mkv"
        masters.copy(name)
        scan(lib, root)
        row = lib.sql("select path, path_bytes, problem from media_file").row(0)
        assert row == (f"{root}/caf\\xe9 (2001).mkv", name, None)
        assert scan(lib).counts["files_unchanged"] == 1

    def test_broken_media_are_items_with_a_problem(self, lib: Library, root: Path, masters: Masters) -> None:
        """Zero bytes, half a file and no video at all are told, and the rest goes in."""
        masters.tree(
            root,
            {
                "Good (2001).mkv": None,
                "Empty (2002).mkv": b"",
                "Half (2003).mkv": masters.film[: len(masters.film) // 2],
                "Text (2004).mkv": "this is no film",
                "Broken (2005).mkv": None,
                "Broken (2005).nfo": "<movie><title>Broken",
            },
        )
        report = scan(lib, root)
        assert sorted(report.set_aside) == [
            (f"{root}/Broken (2005).nfo", "Broken (2005).nfo ends in the middle of <movie>."),
            (f"{root}/Empty (2002).mkv", "is empty (0 bytes)"),
            (f"{root}/Half (2003).mkv", "is cut short"),
            (f"{root}/Text (2004).mkv", "holds no video or audio that MediaInfo knows"),
        ]
        assert report.counts["set_aside"] == 4
        assert lib.sql("select count(*) from media_item").item() == 5

    def test_links_that_lead_back_are_followed_once(self, lib: Library, root: Path, masters: Masters) -> None:
        """A folder that links to its parent is told and does not make the scan endless."""
        masters.tree(root, {"A (2001)/A (2001).mkv": None})
        (root / "A (2001)" / "loop").symlink_to(root, target_is_directory=True)
        report = scan(lib, root)
        assert len(files(lib, root)) == 1
        assert [reason for _, reason in report.set_aside] == [
            "was looked at already under another name (a link that leads back)"
        ]

    def test_a_job_tells_how_a_scan_went(self, lib: Library, root: Path, masters: Masters) -> None:
        """Each scan leaves a job with its counts; a failed one says why."""
        masters.tree(root, {"A (2001).mkv": None})
        scan(lib, root)
        job = lib.about.jobs(1).row(0, named=True)
        assert (job["job_type"], job["library"], job["status"]) == ("scan", "Media", "succeeded")
        assert "1 files seen" in job["counts"]


def test_ctrl_c_keeps_what_is_committed_and_the_next_scan_goes_on(tmp_path: Path, masters: Masters) -> None:
    """A scan interrupted in the middle leaves a sound library; the next one does only the rest."""
    root = tmp_path / "media"
    for first, second in itertools.product(string.ascii_uppercase, repeat=2):
        for year in range(2001, 2005):
            title = f"{first}aro {second}ines ({year})"
            masters.copy(root / title / f"{title}.mkv")
    library = tmp_path / "library.duckdb"
    script = (
        "import sys, mediamgr, mediamgr.ingest.scan as s\n"
        "from contextlib import contextmanager\n"
        "@contextmanager\n"
        "def show(title, total):\n"
        "    done = [0]\n"
        "    def advance(n):\n"
        "        done[0] += n\n"
        "        if total and done[0] > 1200: print('now', flush=True)\n"
        "    yield advance\n"
        "mediamgr.open(sys.argv[1], create=True).scan(sys.argv[2], show_progress=show)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(library), str(root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "now\n"
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=300)
    said = re.search(r"Interrupted: Stopped: ([\d,]+) of 2,704 files are in the library; scan again", complaint)
    assert said, complaint
    with mediamgr.open(library) as lib:
        assert lib.about.jobs(1)["status"].to_list() == ["interrupted"]
        kept = lib.sql("select count(*) from media_file").item()
        assert kept == int(said[1].replace(",", ""))
        assert 200 <= kept < 2704
        report = scan(lib, root)
        assert report.counts["files_read"] == 2704 - kept
        assert lib.sql("select count(*) from media_file").item() == 2704
    shutil.rmtree(root)


def test_a_tree_of_real_world_names_goes_in_whole(tmp_path: Path, lib: Library, root: Path, masters: Masters) -> None:
    """Films, shows, anime, scene releases in many languages: every file is in the library or set aside with a reason,

    and what is in it is what its name says.
    """
    named = {made.path: made.truth for made in make_corpus(700, seed=11)}
    tidy = make_tidy_tree(1500, seed=11)
    for path in {*named, *tidy}:
        masters.copy(root / path)
    report = scan(lib, root)
    held = lib.sql(
        "select f.path, f.file_role, i.media_type, coalesce(s.title, i.title) as title, i.year, i.season_number,"
        " i.episode_number from media_file f join media_item i on i.id = f.media_item_id"
        " left join media_item p on p.id = i.parent_id left join media_item s on s.id = coalesce(p.parent_id, p.id)"
    )
    aside = {path for path, reason in report.set_aside if "of no film or show beside it" in reason}
    assert len(aside) == len(report.set_aside)
    assert {str(root / path) for path in {*named, *tidy}} == set(held["path"]) | aside
    wrong = []
    for row in held.filter(pl.col("file_role") == "main").iter_rows(named=True):
        truth = named.get(os.path.relpath(row["path"], root), {})
        said = {"media_type": row["media_type"], "title": row["title"], "season": row["season_number"]}
        wrong += [(row["path"], said[name], truth[name]) for name in said if truth.get(name, said[name]) != said[name]]
    # what is left is guessit's: "12.Monkeys.2005.06.10" is "Monkeys" to it, and a spelling where two files differ
    assert len(wrong) <= held.height // 100, wrong

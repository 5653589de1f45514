"""Ids, people and pictures that a provider tells of."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from mediamgr.library import Library
from mediamgr.providers.facts import CreditFacts, PictureFacts
from mediamgr.store import Records, artwork, matches
from tests.providers.writing.telling import FILM, LATER, NOW, SHOW, by, item, key_to_id, tell


def ids(lib: Library) -> dict[str, str]:
    """Source to id of Blade Runner."""
    return dict(lib.items.external_ids(1).select("source", "external_id").iter_rows())


class TestIds:
    """What others call an item."""

    def test_come_in(self, lib: Library) -> None:
        """Those there are stay."""
        done = tell(lib, "blade", FILM)
        assert ids(lib) == {"imdb": "tt0083658", "tmdb": "78", "wikidata": "Q184843"}
        assert done.conflicts.is_empty()

    def test_that_contradict_are_told_and_not_written(self, lib: Library) -> None:
        """Each time; nothing is changed by it."""
        tell(lib, "blade", FILM)
        for _ in range(2):
            done = tell(lib, "blade", replace(FILM, ids={"imdb": "tt0000001", "tmdb": "79"}))
            assert done.conflicts.rows() == [
                (1, "Blade Runner", "imdb", "tt0083658", "tt0000001"),
                (1, "Blade Runner", "tmdb", "78", "79"),
            ]
            assert done.report.rows == 0
        assert ids(lib)["imdb"] == "tt0083658"


class TestPeople:
    """Credits."""

    def test_who_is_there_is_the_same_person(self, lib: Library) -> None:
        """By an id or the name, and keeps the name; new ones are made, and ids are added."""
        lib.load(
            Records("Films", {
                "external_id": pl.DataFrame({"person_key": ["imdb:nm1"], "source": ["imdb"], "id_space": ["person"], "external_id": ["nm1"]}),
            })
        )  # fmt: skip
        told = FILM.credits[0]
        tell(lib, "blade", replace(FILM, credits=(replace(told, name="H. Ford"), *FILM.credits[1:])))
        people = lib.sql("select person_key, name from person order by id").rows()
        assert people == [
            ("imdb:nm1", "Harrison Ford"), ("imdb:nm2", "Ridley Scott"), ("name:zoe", "Zoë"),
            ("tmdb:586", "Sean Young"), ("name:vangelis", "Vangelis"),
        ]  # fmt: skip
        theirs = lib.sql("select source, external_id from external_id where id_space = 'person' order by all").rows()
        assert theirs == [("imdb", "nm1"), ("tmdb", "3"), ("tmdb", "586")]
        cast = lib.people.cast(1).select("name", "role", "character").rows()
        assert ("Sean Young", "actor", "Rachael") in cast
        assert ("Vangelis", "composer", None) in cast

    def test_ids_that_contradict_are_not_written(self, lib: Library) -> None:
        """One is nobody else's, and a person has one of a source."""
        tell(lib, "blade", FILM)
        before = lib.sql("select * from external_id order by all")
        mixed = CreditFacts("Harrison Ford", "actor", "cast", "Rick Deckard", 0, {"tmdb": "586", "imdb": "nm1"})
        tell(lib, "blade", replace(FILM, credits=(mixed, *FILM.credits[1:])))
        assert lib.sql("select * from external_id order by all").equals(before)

    def test_nobody_gets_the_id_of_another(self, lib: Library) -> None:
        """Though a provider takes two people for one."""
        ford = {"person_key": ["imdb:nm1"], "source": ["imdb"], "id_space": ["person"], "external_id": ["nm1"]}
        lib.load(Records("Films", {"external_id": pl.DataFrame(ford)}))
        tell(lib, "blade", replace(FILM, credits=FILM.credits[1:]))
        before = lib.sql("select * from external_id order by all")
        mixed = CreditFacts("Harrison Ford", "actor", "cast", "Rick Deckard", 0, {"tmdb": "586", "imdb": "nm1"})
        tell(lib, "blade", replace(FILM, credits=(mixed, *FILM.credits[1:])))
        assert lib.sql("select * from external_id order by all").equals(before)

    def test_are_replaced_with_what_is_told_now(self, lib: Library) -> None:
        """What others said of the film stays."""
        tell(lib, "blade", FILM)
        done = tell(lib, "blade", replace(FILM, credits=FILM.credits[:1]))
        assert done.report.counts == {"credit_removed": 2}
        said = lib.sql(
            "select source, count(*) as n from credit where media_item_id = 1 group by all order by 1"
        ).rows()
        assert said == [("test", 2), ("tmdb", 1)]


class TestPictures:
    """References of artwork."""

    def test_are_the_best_three_of_each_type(self, lib: Library) -> None:
        """To be downloaded, in their order; those on disk stay."""
        tell(lib, "blade", FILM)
        found = lib.sql(
            "select artwork_type, url, position, download_status, width from artwork where source = 'tmdb' order by 1, 3"
        )
        assert found.rows() == [
            (kind, f"https://images.example.org/{kind}{place + 1}.jpg", place, "pending", 1000)
            for kind in ("backdrop", "poster") for place in range(3)
        ]  # fmt: skip
        assert lib.sql("select path from artwork where source = 'test'").rows() == [("/films/poster.jpg",)]

    @pytest.mark.parametrize("status", ["downloaded", "failed"])
    def test_what_became_of_them_stays(self, lib: Library, status: str) -> None:
        """Whichever item they are told of, by whomever."""
        tell(lib, "blade", FILM)
        url = "https://images.example.org/poster1.jpg"
        path = "/art/1.jpg" if status == "downloaded" else None
        had = {"url": [url], "path": [path], "width": [640 if path else None], "height": [480 if path else None]}
        with lib.writing("test") as (connection, _):
            artwork.record(connection, pl.DataFrame(had).with_columns(download_status=pl.lit(status)))
        assert tell(lib, "blade", FILM).report.rows == 0
        tell(lib, "walle", by("tvmaze", FILM))
        kept = lib.sql(f"select path, width, download_status from artwork where url = '{url}'").rows()
        assert kept == [(path, 640 if path else 1000, status)] * 2

    def test_are_replaced_with_what_is_told_now(self, lib: Library) -> None:
        """One that is told no more goes, and one that comes first now is first."""
        tell(lib, "blade", FILM)
        first = PictureFacts("poster", "https://images.example.org/new.jpg")
        tell(lib, "blade", replace(FILM, pictures=(first, first, *FILM.pictures[:1])))
        found = lib.sql("select url, position from artwork where source = 'tmdb' order by 2").rows()
        assert found == [(first.url, 0), ("https://images.example.org/poster1.jpg", 1)]


class TestMatches:
    """provider_match."""

    def test_what_was_matched_is_noted_as_written(self, lib: Library) -> None:
        """So that it is due no more; a candidate that was not told of is left as it is."""
        found(lib, (1, "78", "matched"), (2, "335984", "matched"))
        tell(lib, "blade", FILM, dry_run=True)
        assert lib.matches.of_items([1, 2])["enriched_at"].to_list() == [None, None]
        tell(lib, "blade", FILM)
        assert lib.matches.of_items([1, 2])["enriched_at"].to_list() == [NOW, None]
        assert 1 not in lib.matches.due("tmdb")["id"]

    @pytest.mark.parametrize("key", ["amelie", "show"])
    def test_what_was_written_of_the_wrong_one_is_taken_back(self, lib: Library, key: str) -> None:
        """All of it, when the user says so; what others said stays, and what is locked."""
        before = told_of(lib)
        facts = FILM if key == "amelie" else replace(SHOW, parts=SHOW.parts[1:])
        found(lib, (key_to_id(lib, key), facts.id, "matched"), (key_to_id(lib, key), "right", "doubtful"))
        tell(lib, key, replace(facts, fields={**facts.fields, "original_title": "Wrong", "original_language": "de"}))
        tell(
            lib,
            key,
            by("tvmaze", replace(facts, ids={"tvmaze": "1"}, fields={"content_rating": "R"}, pictures=(), parts=())),
        )
        written = told_of(lib)
        with lib.writing("test") as (connection, _):
            matches.accept(connection, key_to_id(lib, key), "tmdb", "right")
        assert lib.matches.due("tmdb", limit=20).filter(pl.col("external_id") == "right").height == 1
        tell(
            lib,
            key,
            replace(facts, id="right", ids={"tmdb": "right"}, fields={}, credits=(), pictures=(), parts=()),
            LATER,
        )
        after = told_of(lib)
        assert after["media_item"] != written["media_item"]
        assert [row for row in after["media_item"] if "R" not in row] == [
            row for row in before["media_item"] if row[0] != key_to_id(lib, key)
        ]
        assert {row[2] for row in after["field_source"] if row[1] != "id:tmdb"} == {"tvmaze"}
        assert after["artwork"] == before["artwork"]
        assert [row for row in after["credit"] if row[-1] != "tvmaze"] == before["credit"]
        assert after["listed_episode"] == []
        assert {row[2:] for row in after["external_id"]} - {row[2:] for row in written["external_id"]} == {
            ("tmdb", "movie" if key == "amelie" else "show", "right")
        }

    def test_a_locked_field_is_not_taken_back(self, lib: Library) -> None:
        """Nor is a value that the user gave since."""
        found(lib, (1, "78", "matched"))
        tell(lib, "blade", FILM)
        lib.edit(1, plot="Mine.")
        with lib.writing("test") as (connection, _):
            connection.execute(
                "update field_source set is_locked = true where field_name = 'runtime_minutes'"
            ).fetchall()
            matches.reject(connection, 1, "tmdb", "78")
        assert (item(lib, "blade")["plot"], item(lib, "blade")["runtime_minutes"]) == ("Mine.", 117)
        assert item(lib, "blade")["countries"] is None
        assert lib.people.cast(1).height == 2
        assert 1 not in lib.matches.due("tmdb")["id"]


def found(lib: Library, *rows: tuple[int, str, str]) -> None:
    """Note candidates of tmdb: item, what it is called there, status."""
    frame = pl.DataFrame(rows, schema=["media_item_id", "external_id", "status"], orient="row")
    with lib.writing("test") as (connection, _):
        matches.record(connection, frame.with_columns(source=pl.lit("tmdb"), checked_at=NOW))


def told_of(lib: Library) -> dict[str, list[tuple[object, ...]]]:
    """All that a provider may have said, but of people, and when."""
    return {
        table: sorted(lib.sql(f"select {columns} from {table}").rows(), key=repr)
        for table, columns in {
            "media_item": "* exclude (updated_at, is_indexed, title_rank)",
            "field_source": "media_item_id, field_name, source",
            "artwork": "*",
            "credit": "*",
            "listed_episode": "*",
            "external_id": "media_item_id, person_id, source, id_space, external_id",
        }.items()
    }

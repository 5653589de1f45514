"""The report of metadata health, on a library in which each thing is wrong once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediamgr.errors import QueryError
from mediamgr.library import Library
from mediamgr.reports.health import HEALTH
from mediamgr.reports.running import Asked, answered
from mediamgr.store import Records, matches, scan_memory
from mediamgr.store.report_statements import report_statement
from tests.builders import library_of

Row = dict[str, Any]
THEN = datetime(2025, 1, 1)
_SCORE = report_statement("health_score")


def _film(key: str, *, languages: str = "en en", **facts: Any) -> dict[str, list[Row]]:
    """A film with all there can be of one but for `facts`; `languages`: of sound, and of subtitles."""
    file = {"item_key": key, "path": f"/f/{key}.mkv", "duration_seconds": 7200.0, "size_bytes": 1} | facts.pop(
        "file", {}
    )
    drop = facts.pop("drop", ())
    item = {"media_type": "movie", "title": key, "year": 2000, "runtime_minutes": 120, "plot": "…", "genres": ["Drama"]}
    kinds = ("audio", "subtitle")
    tables = {
        "media_item": [{"item_key": key, **item, "added_at": THEN, **facts}],
        "media_file": [file],
        "media_stream": [
            {"path": file["path"], "stream_index": place, "stream_type": kinds[place], "language": language}
            for place, language in enumerate(languages.split())
        ],
        "external_id": [{"item_key": key, "source": "tmdb", "id_space": "movie", "external_id": key}],
        "artwork": [{"item_key": key, "artwork_type": "poster", "path": f"/f/{key}.jpg", "download_status": "local"}],
        "subtitle": [],
        "credit": [{"item_key": key, "person_key": "imdb:nm1", "department": "cast", "role": "actor"}],
    }
    return {name: rows if name not in drop else [] for name, rows in tables.items()}


def _records(library: str, *films: dict[str, list[Row]], **more: list[Row]) -> Records:
    names = {name: None for film in films for name in film}
    tables = {name: [row for film in films for row in film[name]] + more.pop(name, []) for name in names} | more
    frames = {name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in tables.items() if rows}
    return Records(library, frames, source="test")


BARE = ("media_file", "media_stream", "external_id", "artwork", "credit")
WRONG = _records(
    "Films",
    _film("whole"),
    _film("bare", year=None, runtime_minutes=None, plot=None, genres=None, drop=BARE),
    _film("gone", file={"missing_since": THEN}, drop=("media_stream",)),
    _film("broken", file={"problem": "is cut short"}, drop=("media_stream",)),
    _film("long", runtime_minutes=90),
    _film("spanish", languages="es es"),
    _film("read", languages="es-MX es"),
    _film("doubtful"),
    _film("settled"),
    _film("other"),
    _film("pictures", runtime_minutes=0, drop=("artwork",)),
    _film("named", drop=("credit",)),
    person=[
        {"person_key": "imdb:nm1", "name": "Ann Lee"},
        {"person_key": "name:ann lee", "name": "Ann Lee"},
        {"person_key": "name:bo", "name": "Bo"},
    ],
    artwork=[{"item_key": "pictures", "artwork_type": "poster", "url": "http://x/p.jpg", "download_status": "failed"}],
    subtitle=[{"item_key": "read", "path": "/f/read.en-GB.srt", "language": "en-GB", "download_status": "local"}],
    credit=[
        {"item_key": "named", "person_key": key, "department": "cast", "role": "actor"}
        for key in ("name:ann lee", "name:bo")
    ],
)
PERFECT = _records("Perfect", _film("fine"), person=[{"person_key": "imdb:nm1", "name": "Ann Lee"}])


def _match(item: int, external_id: str, status: str, **told: Any) -> Row:
    return {
        "media_item_id": item, "source": "tmdb", "external_id": external_id, "status": status, "checked_at": THEN, **told,
    }  # fmt: skip


def _add_the_rest(lib: Library) -> None:
    """Matches, what a scan looked at, and jobs."""
    ids = dict(lib.sql("select title, id from media_item").iter_rows())
    found = [
        _match(ids["doubtful"], "a", "doubtful"),
        _match(ids["settled"], "b", "doubtful") | {"source": "tvmaze"},
        _match(ids["settled"], "settled", "matched", title="Settled!", year=2001) | {"source": "tvmaze"},
        _match(ids["other"], "c", "matched", title="Another", year=2005),
    ]
    entries = [
        ("/f/whole.mkv", None), ("/f/whole.jpg", None), ("/f/whole.nfo", None), ("/f/broken.mkv", "is cut short"),
        ("/f/odd.jpg", None), ("/f/bad.nfo", "is not XML"), ("/f/read.en-GB.srt", None),
    ]  # fmt: skip
    with lib.writing("test") as (connection, _):
        matches.record(connection, pl.DataFrame(found, schema_overrides=matches.SCHEMA))
        frame = pl.DataFrame(entries, schema={"path": pl.String, "problem": pl.String}, orient="row")
        seen = frame.with_columns(size_bytes=1, mtime_ns=1)
        scan_memory.remember_entries(connection, "Films", seen.select("path", "size_bytes", "mtime_ns", "problem"))
        connection.execute(
            "insert into job_run (library_id, job_type, status, started_at, error)"
            " select l.id, j.*, now()::timestamp, 'no drive' from library l,"
            " (values ('scan', 'failed'), ('scan', 'succeeded'), ('enrich', 'failed')) j where l.name = 'Films'"
        ).fetchall()


@pytest.fixture(scope="module")
def lib(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One library with faults, and one without."""
    with library_of(tmp_path_factory.mktemp("health") / "l.duckdb", WRONG, PERFECT) as lib:
        _add_the_rest(lib)
        yield lib


EXPECTED = {
    "no_year": {"bare"},
    "no_runtime": {"bare", "pictures"},
    "no_plot": {"bare"},
    "no_poster": {"bare", "pictures"},
    "no_external_id": {"bare"},
    "no_genres": {"bare"},
    "no_wanted_audio": {"spanish", "read"},
    "no_wanted_subtitles": {"spanish"},
    "no_file": {"bare"},
    "file_gone": {"gone"},
    "broken_file": {"broken"},
    "doubtful_match": {"doubtful"},
    "sources_disagree": {"other"},
    "runtime_differs": {"long"},
    "picture_failed": {"pictures"},
    "uncertain_person": {"named"},
    "file_set_aside": {"/f/bad.nfo"},
    "file_of_no_item": {"/f/odd.jpg"},
    "job_failed": {"enrich"},
}


class TestHealthItems:
    """What is wrong with what."""

    def test_languages_from_anywhere(self, lib: Library) -> None:
        """The command line and the site write languages as people do, too."""
        asked = Asked(
            HEALTH.questions[1], {"complaint": "no_wanted_audio", "library": "Films", "languages": ["Spanish"]}
        )
        frame = answered(lib.reports, asked).frame
        assert frame is not None
        assert "spanish" not in frame["item"].to_list()
        assert frame.given["languages"] == ["es"]

    @pytest.mark.parametrize("languages", [[], [1], [None]])
    def test_what_is_no_language(self, lib: Library, languages: Any) -> None:
        """No language, or what is no word, is refused."""
        with pytest.raises(QueryError, match=r"^languages of the report health is a list of words, one or more"):
            lib.reports.health(languages=languages)

    @pytest.mark.parametrize("complaint", EXPECTED)
    def test_each_complaint(self, lib: Library, complaint: Any) -> None:
        """Is of those it is about, and of no other."""
        rows = lib.reports.health_items(complaint, library="Films")
        assert set(rows["item"]) == EXPECTED[complaint]
        assert rows.height == len(EXPECTED[complaint])
        assert rows["what_to_do"].null_count() == 0

    def test_all(self, lib: Library) -> None:
        """All at once are those of each; at most so many of each."""
        assert lib.reports.health_items().height == sum(map(len, EXPECTED.values()))
        assert lib.reports.health_items(most=1).height == len(EXPECTED)

    def test_details(self, lib: Library) -> None:
        """Say what there is to say."""
        told = dict(lib.reports.health_items().select("complaint", "detail").drop_nulls().iter_rows())
        assert told == {
            "broken_file": "is cut short",
            "doubtful_match": "tmdb",
            "sources_disagree": 'tmdb calls it "Another"; tmdb matched c, the id here is other; tmdb says 2005, here 2000',
            "runtime_differs": "90 minutes by metadata, 120 by the file",
            "picture_failed": "poster",
            "uncertain_person": "Ann Lee",
            "file_set_aside": "is not XML",
            "job_failed": "no drive",
        }

    @pytest.mark.parametrize("language", ["es", "Spanish", "spa"])
    def test_languages(self, lib: Library, language: str) -> None:
        """By any name; one of a country is one of the language."""
        rows = lib.reports.health_items("no_wanted_audio", library="Films", languages=[language])
        assert {"spanish", "read"}.isdisjoint(rows["item"])
        assert "whole" in set(rows["item"])
        assert lib.reports.health_items("no_wanted_audio", library="Films", languages=["en", language]).is_empty()


class TestHealth:
    """How much is wrong."""

    def test_counts(self, lib: Library) -> None:
        """Each complaint of each library, with an example and of how many."""
        rows = lib.reports.health()
        assert set(rows["library"]) == {"Films"}
        counts = {row["complaint"]: (row["found"], row["checked"]) for row in rows.iter_rows(named=True)}
        assert {name: found for name, (found, _) in counts.items()} == {
            name: len(is_) for name, is_ in EXPECTED.items()
        }
        assert counts["no_year"] == (1, 12)
        assert counts["broken_file"] == (1, 10)
        assert counts["file_of_no_item"] == (1, 7)
        assert counts["job_failed"] == (1, 2)
        assert all(row["example"] in EXPECTED[row["complaint"]] for row in rows.iter_rows(named=True))

    def test_what_opens(self, lib: Library) -> None:
        """Where the browser has a filter that says the same, it shows just those."""
        rows = lib.reports.health()
        opened = {row["complaint"]: rows.question.opens(row) for row in rows.iter_rows(named=True)}
        assert {name for name, query in opened.items() if query} == {"no_poster", "no_plot", "file_gone"}
        for complaint, query in opened.items():
            if query:
                assert len(lib.items.ordering(**query)) == len(EXPECTED[complaint])


class TestHealthScore:
    """How healthy each library is."""

    def test_scores(self, lib: Library) -> None:
        """What is lost and the score are 100; a library with nothing wrong has all."""
        rows = lib.reports.health_score()
        films, perfect = rows.filter(library="Films"), rows.filter(library="Perfect")
        assert perfect.select("score", "complaint", "points").rows() == [(100.0, None, 0.0)]
        assert films["score"].n_unique() == 1
        assert films["points"].sum() == pytest.approx(100 - films["score"][0])
        points = dict(films.select("complaint", "points").iter_rows())
        assert points["no_poster"] == 2.0  # two of twelve, of twelve points
        assert points["job_failed"] == 1.0  # one of two, of two points
        assert films["points"].to_list() == films["points"].sort(descending=True).to_list()

    def test_weights(self) -> None:
        """Are a hundred together, one for each complaint there can be."""
        weights = {name: int(weight) for name, weight in re.findall(r"\('(\w+)', (\d+)\)", _SCORE.text)}
        assert sum(weights.values()) == 100
        assert weights.keys() == EXPECTED.keys()


class TestHealthLanguages:
    """Languages heard and read."""

    def test_counts(self, lib: Library) -> None:
        """Films with such sound, and with such subtitles inside or beside."""
        rows = lib.reports.health_languages(library="Films")
        told = {row[0]: row[1:] for row in rows.select("language", "audio", "subtitles", "either").iter_rows()}
        assert told == {"en": (7, 7, 7), "es": (1, 2, 2), "es-MX": (1, 0, 1), "en-GB": (0, 1, 1)}


_FACTS = st.fixed_dictionaries(
    {
        "year": st.sampled_from([None, 2000]),
        "plot": st.sampled_from([None, "…"]),
        "runtime_minutes": st.sampled_from([None, 20, 120]),
        "languages": st.sampled_from(["en en", "es es"]),
        "drop": st.sets(st.sampled_from(["external_id", "artwork", "media_file"])),
    }
)


@settings(max_examples=4, deadline=None)
@given(st.lists(_FACTS, min_size=1, max_size=12))
def test_sums_agree(films: list[dict[str, Any]]) -> None:
    """No complaint is found more often than it can be, and what is lost is what lacks to a hundred."""
    made = [
        _film(str(place), **facts | {"drop": facts["drop"] | ({"media_stream"} if "media_file" in facts["drop"] else set())})
        for place, facts in enumerate(films)
    ]  # fmt: skip
    records = _records("Films", *made, person=[{"person_key": "imdb:nm1", "name": "Ann Lee"}])
    with TemporaryDirectory() as folder, library_of(Path(folder) / "l.duckdb", records) as lib:
        found = lib.reports.health()
        assert (found["found"] <= found["checked"]).all()
        assert found["share"].is_between(0, 1).all()
        items = lib.reports.health_items(most=1000)
        assert dict(items["complaint"].value_counts().iter_rows()) == dict(
            found.select("complaint", "found").iter_rows()
        )
        score = lib.reports.health_score()
        assert 0 <= score["score"][0] <= 100
        assert score["points"].sum() == pytest.approx(100 - score["score"][0], abs=0.005)
        assert (score["score"][0] == 100) == found.is_empty()

"""Importing tables: a file that is imported again, and one of many batches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mediamgr.ingest.tables import read_table
from tests.builders import library_of
from tests.ingest.tables import ALIEN, BRAZIL, counts, given

FILES = [
    pytest.param(
        "films.json",
        [ALIEN, BRAZIL],
        "items",
        {"media_item": 2, "person": 2, "credit": 3, "external_id": 0, "history_event": 0},
        id="items",
    ),
    pytest.param(
        "e.csv",
        "show,season,episode,imdb_id\nThe Harbour,1,1,tt0000011\nThe Harbour,2,1,tt0000012\n",
        "items",
        {"media_item": 5, "person": 0, "credit": 0, "external_id": 2, "history_event": 0},
        id="episodes",
    ),
    pytest.param(
        "p.csv",
        "name,imdb_id\nIan Holm,nm0000453\nZoë,\n",
        "people",
        {"media_item": 0, "person": 2, "credit": 0, "external_id": 1, "history_event": 0},
        id="people",
    ),
    pytest.param(
        "c.csv",
        "title,name,role\nAlien,Ian Holm,actor\nAlien,Ridley Scott,director\n",
        "credits",
        {"media_item": 1, "person": 2, "credit": 2, "external_id": 0, "history_event": 0},
        id="credits",
    ),
    pytest.param(
        "h.csv",
        "title,date,user\nAlien,2024-05-01,\nAlien,2024-05-02,ann\n",
        "history",
        {"media_item": 1, "person": 0, "credit": 0, "external_id": 0, "history_event": 2},
        id="history",
    ),
]


@pytest.mark.parametrize(("name", "content", "kind", "expected"), FILES)
def test_a_second_import_changes_nothing(
    tmp_path: Path, name: str, content: Any, kind: str, expected: dict[str, int]
) -> None:
    """What a file holds is in the library once, under the same ids, however often it is imported."""
    path = given(tmp_path, name, content)
    with library_of(tmp_path / "l.duckdb", *read_table(path, kind, library="Films").records) as lib:
        ids = "select id, item_key, updated_at from media_item union all select id, person_key, null from person"
        before = lib.sql(f"{ids} order by all").rows()
        assert counts(lib) == expected
        report = lib.load(read_table(path, kind, library="Films").records)
        assert report.rejected.is_empty()
        assert sum(report.updated.values()) == 0
        assert lib.sql(f"{ids} order by all").rows() == before
        assert counts(lib) == expected


def test_children_come_with_their_items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches are small, and each holds the credits of its own items and of no others."""
    monkeypatch.setattr("mediamgr.ingest.tables._records.BATCH", 2)
    rows = [{"title": f"Film {number}", "cast": ["Ian Holm", f"Actor {number}"]} for number in range(5)]
    batches = list(read_table(given(tmp_path, "f.json", rows), "items", library="Films").records)
    assert [batch.frames["media_item"].height for batch in batches] == [2, 2, 1]
    for batch in batches:
        owners = batch.frames["credit"]["item_key"].unique().sort().to_list()
        assert owners == batch.frames["media_item"]["item_key"].sort().to_list()
    with library_of(tmp_path / "l.duckdb", *batches) as lib:
        assert counts(lib) == {
            "media_item": 5,
            "person": 6,
            "credit": 10,
            "external_id": 0,
            "history_event": 0,
        }

"""Claim: a JSON array of 36,000 films is read and in the library within seconds.

What an import adds to parsing the file is the keys, the people with their credits, and the loading.

Run: pytest -m benchmark benchmarks/bench_tables.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from mediamgr.ingest.tables import read_table
from mediamgr.library import open as open_library

pytestmark = pytest.mark.benchmark

FILMS = 36_000
_GENRES = ("Drama", "Comedy", "Action", "Romance", "Crime", "Western", "Horror", "Short")
_FIRST = ("Ada", "Bruno", "Clara", "Dario", "Edith", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kaya", "Leo")


def write_films(path: Path, count: int = FILMS) -> Path:
    """A JSON array of films with title, year, up to six of 20,000 people as cast, and genres."""
    films = [
        {
            "title": f"{_FIRST[n % 12]} and the {n // 3}th Lantern",
            "year": 1900 + n % 123,
            "cast": [_person(n * 7 + place * place * 31) for place in range(n % 7)],
            "genres": [_GENRES[(n + place) % 8] for place in range(n % 3 + 1)],
            "extract": f"The {n}th story of a lamp that nobody dares to light, and of those who do.",
        }
        for n in range(count)
    ]
    path.write_text(json.dumps(films), encoding="utf-8")
    return path


def _person(number: int) -> str:
    return f"{_FIRST[number % 12]} {_FIRST[number // 12 % 12]}son-{number % 20_000}"


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file."""
    return write_films(tmp_path_factory.mktemp("tables") / "films.json")


@pytest.mark.benchmark(group="a file of films")
def test_a_file_is_read_and_loaded(benchmark: Any, films: Path, tmp_path: Path) -> None:
    """Our path: from the file to a new library."""
    made = iter(range(100))

    def import_films() -> int:
        with open_library(tmp_path / f"{next(made)}.duckdb", create=True) as lib:
            report = lib.load(read_table(films, "items", library="Films").records)
            assert report.rejected.is_empty()
            return report.inserted["media_item"]

    assert benchmark.pedantic(import_films, rounds=3, iterations=1, warmup_rounds=1) == FILMS
    benchmark.extra_info["films_per_second"] = round(FILMS / benchmark.stats.stats.median)


def test_a_file_is_read(benchmark: Any, films: Path) -> None:
    """Our reading alone: from the file to record frames."""
    batches = benchmark.pedantic(
        lambda: list(read_table(films, "items", library="Films").records),
        rounds=3,
        iterations=1,
        warmup_rounds=1,
    )
    assert batches[0].frames["media_item"].height == FILMS


def test_a_second_import(benchmark: Any, films: Path, tmp_path: Path) -> None:
    """The same file into a library that has it all."""
    with open_library(tmp_path / "library.duckdb", create=True) as lib:
        lib.load(read_table(films, "items", library="Films").records)
        report = benchmark.pedantic(
            lambda: lib.load(read_table(films, "items", library="Films").records), rounds=2, iterations=1
        )
    assert report.inserted["media_item"] == 0


@pytest.mark.who("Polars")
@pytest.mark.benchmark(group="a file of films")
def test_a_plain_read(benchmark: Any, films: Path) -> None:
    """What we compare with: Polars parsing the same file, no more."""
    frame = benchmark.pedantic(
        lambda: pl.read_json(films, infer_schema_length=None), rounds=3, iterations=1, warmup_rounds=1
    )
    assert frame.height == FILMS

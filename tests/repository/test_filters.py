"""Narrowing items: what each filter keeps, which values it takes, and how people find out."""

from __future__ import annotations

import inspect
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from mediamgr.errors import QueryError
from mediamgr.library import Library
from mediamgr.repository import ItemFilters
from mediamgr.store.statements import filter_names
from tests.builders import films, library_of, series


class TestFilters:
    """Filters of items."""

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            pytest.param({"genre": "sci-fi"}, ["Æon Flux", "Blade Runner", "Blade Runner 2049"], id="genre"),
            pytest.param({"resolution": "2160p"}, ["Blade Runner"], id="resolution"),
            pytest.param({"resolution": "720p"}, ["Amélie"], id="cropped 720p"),
            pytest.param({"video_codec": "hevc"}, ["Blade Runner"], id="codec"),
            pytest.param({"audio_language": "fr"}, ["Amélie"], id="audio"),
            pytest.param({"subtitle_language": "es"}, ["Amélie", "Blade Runner"], id="subtitle inside or beside"),
            pytest.param({"watched": True}, ["Blade Runner"], id="watched"),
            pytest.param({"min_rating": 8.4}, ["WALL·E", "千と千尋の神隠し"], id="rating"),
            pytest.param({"year": 2001}, ["Amélie", "千と千尋の神隠し"], id="year"),
            pytest.param({"media_type": "show"}, ["The Harbour"], id="type"),
            pytest.param({"has_file": True}, ["Amélie", "Blade Runner", "Ebb", "Flow"], id="file, shared ones too"),
        ],
    )
    def test_narrow(self, lib: Library, filters: ItemFilters, expected: list[str]) -> None:
        """Each filter keeps what it says, in the order of titles."""
        assert lib.items.get_all(**filters)["title"].to_list() == expected
        assert lib.items.count_all(**filters) == len(expected)

    def test_episodes_in_one_file_all_have_what_is_in_it(self, tmp_path: Path) -> None:
        """The file belongs to the first of them; filters and facets know that it is the others' file, too."""
        path = "/tv/The Harbour/S01E01-E02.mkv"
        streams = pl.DataFrame(
            [(path, 0, "video", "h264", 1920, 1080, None), (path, 1, "audio", "aac", None, None, "fr"),
             (path, 2, "subtitle", "subrip", None, None, "es")],
            schema=["path", "stream_index", "stream_type", "codec", "width", "height", "language"],
            orient="row",
        )  # fmt: skip
        shown = series()
        with library_of(tmp_path / "l.duckdb", replace(shown, frames={**shown.frames, "media_stream": streams})) as lib:
            asked: list[ItemFilters] = [
                {"resolution": "1080p"}, {"video_codec": "h264"}, {"audio_language": "fr"}, {"subtitle_language": "es"},
            ]  # fmt: skip
            for filters in asked:
                assert lib.items.get_all(**filters)["title"].to_list() == ["Ebb", "Flow"], filters
            of = ["resolution", "video_codec", "audio_language"]
            told = {"1080p": 2, "h264": 2, "fr": 2}
            assert dict(lib.items.facets(of).select("value", "items").rows()) == told
            second = lib.search("flow")["id"][0]
            assert lib.items.facets(of, id=second)["items"].to_list() == [1, 1, 1]

    def test_none_of(self, lib: Library) -> None:
        """ "Without" keeps films and episodes that have none of it."""
        without = lib.items.get_all(without_subtitle_language="es")["title"].to_list()
        assert "Amélie" not in without
        assert "Blade Runner" not in without
        assert "The Harbour" not in without
        assert len(without) == 8 + 3

    def test_an_unknown_filter_is_named(self, lib: Library) -> None:
        """The error lists the filters there are."""
        with pytest.raises(QueryError, match="no filter 'colour'; did you mean 'country'"):
            lib.items.count_all(colour="red")  # type: ignore[call-arg]

    def test_names_are_those_of_the_file(self) -> None:
        """The typed filters and items/filters.sql agree."""
        assert list(filter_names()) == list(ItemFilters.__annotations__)

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            pytest.param({"genre": ["noir", "MUSIC"]}, ["AC/DC: Let There Be Rock", "Blade Runner"], id="several"),
            pytest.param({"media_type": pl.Series(["show"])}, ["The Harbour"], id="a column"),
            pytest.param({"video_codec": "x265"}, ["Blade Runner"], id="codec by its encoder"),
            pytest.param({"resolution": "4K"}, ["Blade Runner"], id="resolution by its other name"),
            pytest.param({"audio_language": "FR"}, ["Amélie"], id="language in capitals"),
            pytest.param({"audio_language": "fre"}, ["Amélie"], id="language by another code"),
            pytest.param({"subtitle_language": "Spanish"}, ["Amélie", "Blade Runner"], id="language by its name"),
            pytest.param({"person": "ZOE"}, ["Amélie"], id="person without the accent"),
            pytest.param({"year": None, "year_to": 1963}, ["8½"], id="None does not narrow"),
        ],
    )
    def test_values_as_people_write_them(self, lib: Library, filters: ItemFilters, expected: list[str]) -> None:
        """One word or a list, in any case, by the other names a thing has."""
        assert lib.items.get_all(**filters)["title"].to_list() == expected

    @pytest.mark.parametrize(
        ("filters", "said"),
        [
            pytest.param({"media_type": "film"}, "did you mean 'movie'", id="another word"),
            pytest.param({"media_type": "movei"}, "did you mean 'movie'", id="misspelt"),
            pytest.param({"year": "1982"}, "year is a whole number, not '1982'", id="text for a number"),
            pytest.param({"year": True}, "year is a whole number", id="flag for a number"),
            pytest.param({"min_rating": 85}, "from 0 to 10", id="rating of another scale"),
            pytest.param({"watched": "no"}, "watched is True or False", id="text for a flag"),
            pytest.param({"audio_language": "xx"}, "a language such as 'en'", id="language there is not"),
            pytest.param({"genre": ""}, "names nothing", id="empty"),
            pytest.param({"genre": []}, "names nothing", id="empty list"),
            pytest.param({"without_artwork": "fanart"}, "did you mean 'backdrop'", id="picture by another name"),
            pytest.param({"library_id": 2**64}, "a number a library can hold", id="huge"),
        ],
    )
    def test_a_value_that_can_match_nothing_is_refused(self, lib: Library, filters: Any, said: str) -> None:
        """Nothing found for a mistyped value would look as if the library had none."""
        with pytest.raises(QueryError, match=said):
            lib.items.count_all(**filters)

    def test_missing(self, tmp_path: Any) -> None:
        """A film is missing when it had files and all of them are gone; rows say so."""
        frames = films().frames
        gone = frames["media_file"].with_columns(
            missing_since=pl.when(pl.col("item_key") == "blade").then(pl.datetime(2024, 1, 1))
        )
        with library_of(tmp_path / "l.duckdb", films(media_file=gone)) as lib:
            assert lib.items.get_all(missing=True)["title"].to_list() == ["Blade Runner"]
            assert lib.items.count_all(missing=False) == 9
            assert lib.search("blade", missing=True)["is_missing"].to_list() == [True]
            assert not lib.search("amelie")["is_missing"][0]
            assert not lib.search("sling")["is_missing"][0], "a film that never had a file"

    def test_help_lists_them(self, lib: Library) -> None:
        """Tab completion and help() know each filter."""
        shown = inspect.signature(lib.search).parameters
        told = inspect.getdoc(lib.search) or ""
        assert [name for name in ItemFilters.__annotations__ if name not in shown] == []
        assert [name for name in ItemFilters.__annotations__ if f"    {name}: " not in told] == []

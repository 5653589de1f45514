"""Helpers for who tunes by hand: the report, advice, and the cache."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from mediamgr import performance_utils
from mediamgr.cache_service import get_cache_service
from mediamgr.errors import InputError, SettingsError
from mediamgr.instrumentation import get_instrumentation
from mediamgr.library import Library
from mediamgr.settings import get_settings
from tests.builders import films, library_of


@pytest.fixture
def lib(tmp_path: Path) -> Iterator[Library]:
    """Ten films, one of them looked at, in a process that measured nothing else."""
    with library_of(tmp_path / "films.duckdb", films()) as opened:
        get_instrumentation().reset()
        opened.items.get(1)
        yield opened


class TestReport:
    """The report for programs, for people, and in files."""

    def test_is_a_dict_that_json_takes(self, lib: Library) -> None:
        """Its keys are those that are documented."""
        told = performance_utils.get_performance_report(lib)
        assert list(told) == [
            "at", "version", "process", "memory", "duckdb", "caches", "timers", "counters", "gauges", "workers", "store",
            "slow_statements", "advice", "left_out",
        ]  # fmt: skip
        assert json.loads(json.dumps(told, allow_nan=False)) == told
        for key in told:
            assert key in (performance_utils.get_performance_report.__doc__ or "")
        assert told["timers"]["store.statement{statement=items/get_many}"]["count"] == 1
        assert told["store"]["path"] == str(lib.path)

    def test_is_printed(self, lib: Library, capsys: pytest.CaptureFixture[str]) -> None:
        """On the standard output, or where it is wanted."""
        performance_utils.print_performance_report(lib)
        assert "Where the time went" in capsys.readouterr().out
        elsewhere = io.StringIO()
        performance_utils.print_performance_report(lib, file=elsewhere)
        assert "Where the time went" in elsewhere.getvalue()
        assert capsys.readouterr().out == ""

    def test_is_of_the_library_opened_last_when_none_is_named(self, lib: Library) -> None:
        """As in a notebook."""
        assert performance_utils.get_performance_report()["store"]["path"] == str(lib.path)

    def test_is_written_as_the_ending_says(self, lib: Library, tmp_path: Path) -> None:
        """JSON, Prometheus text or text; the path comes back."""
        path = performance_utils.export_performance_metrics(tmp_path / "metrics.json", lib)
        assert path == tmp_path / "metrics.json"
        assert json.loads(path.read_text())["store"]["tables"][0]["rows"] > 0
        families = performance_utils.export_performance_metrics(str(tmp_path / "metrics.prom"), lib).read_text()
        assert "mediamgr_performance_table_rows" in {each.name for each in text_string_to_metric_families(families)}
        text = performance_utils.export_performance_metrics(tmp_path / "metrics.TXT", lib).read_text()
        assert text.splitlines()[2] == "Memory"

    def test_the_file_has_a_name_by_default(
        self, lib: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """metrics.json, where one is."""
        monkeypatch.chdir(tmp_path)
        assert performance_utils.export_performance_metrics(lib=lib) == Path("metrics.json")
        assert (tmp_path / "metrics.json").stat().st_size > 1_000

    @pytest.mark.parametrize("name", ["metrics.xml", "metrics", ".json"])
    def test_an_unknown_ending_names_those_there_are(self, lib: Library, tmp_path: Path, name: str) -> None:
        """And nothing is written."""
        before = sorted(tmp_path.iterdir())
        with pytest.raises(InputError, match=r"end in \.json, \.prom, \.txt"):
            performance_utils.export_performance_metrics(tmp_path / name, lib)
        assert sorted(tmp_path.iterdir()) == before

    def test_what_cannot_be_written_leaves_what_was_there(self, lib: Library, tmp_path: Path) -> None:
        """A folder in its place, a folder that is not there."""
        (tmp_path / "metrics.json").mkdir()
        for path in (tmp_path / "metrics.json", tmp_path / "none" / "metrics.json"):
            with pytest.raises(InputError, match=r"metrics\.json.*name another"):
                performance_utils.export_performance_metrics(path, lib)
        assert [each.name for each in tmp_path.iterdir() if "metrics" in each.name] == ["metrics.json"]


class TestAdvice:
    """How much at a time."""

    def test_is_a_number_with_its_reason(self) -> None:
        """That of the report."""
        told = performance_utils.get_performance_report()["advice"]
        for name, advice in (
            ("threads", performance_utils.optimize_thread_pool_size()),
            ("batch_size", performance_utils.get_batch_size_recommendation()),
        ):
            assert advice >= 1
            assert {"number", "reason"} == set(told[name])
            assert told[name]["number"] == advice


class TestCache:
    """The cache the settings name."""

    def test_the_backend_is_set_up(self, tmp_path: Path) -> None:
        """And what was given is remembered."""
        cache = performance_utils.setup_cache_backend("disk", disk_cache_dir=tmp_path / "answers")
        assert str(tmp_path / "answers") in cache.where
        assert get_settings().get_cache_backend_type() == "disk"
        cache.set("p:k", b"1")
        assert performance_utils.clear_expired_cache() == 0
        assert performance_utils.run_cache_maintenance().entries == 1
        assert get_cache_service().get("p:k") == b"1"

    def test_what_is_not_valid_changes_nothing(self) -> None:
        """The backend stays."""
        with pytest.raises(SettingsError):
            performance_utils.setup_cache_backend("redis", redis_url="nonsense")
        with pytest.raises(SettingsError):
            performance_utils.setup_cache_backend("tape")
        assert get_settings().get_cache_backend_type() == "db"


def test_a_report_is_of_a_library() -> None:
    """Not of a path to one."""
    with pytest.raises(InputError, match=r"mediamgr.open\(\)"):
        performance_utils.get_performance_report("films.duckdb")  # type: ignore[arg-type]

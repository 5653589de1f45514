"""The user's settings."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from mediamgr.errors import SettingsError
from mediamgr.settings import Settings, get_settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a user who has none yet."""
    for name in [name for name in os.environ if name.startswith("MEDIAMGR_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MEDIAMGR_CONFIG_DIR", str(tmp_path / "config"))
    return get_settings()


class TestPublishedInterface:
    """The names of the published interface."""

    def test_every_setting_can_be_set_and_comes_back(self, settings: Settings, tmp_path: Path) -> None:
        """What is set is what another process reads."""
        settings.set_provider_cache_enabled(False)
        settings.set_provider_cache_ttl(3600)
        settings.set_provider_cache_negative_ttl(60)
        settings.set_provider_cache_stale_ttl(61)
        settings.set_provider_cache_bytes(62)
        settings.set_cache_backend_type("redis")
        settings.set_redis_url("redis://localhost:6379/1")
        settings.set_disk_cache_dir(tmp_path / "cache")
        settings.set_library(tmp_path / "films.duckdb")
        settings.set_provider_offline(True)
        settings.set_provider_language("pt-br")
        for name in ("tmdb_url", "tmdb_image_url", "tvmaze_url", "omdb_url", "wikidata_url"):
            getattr(settings, f"set_{name}")(f"http://127.0.0.1:4000/{name}/")
        settings.set_tmdb_key("one")
        settings.set_omdb_key("two")
        again = get_settings()
        assert again.get_provider_cache_enabled() is False
        assert again.get_provider_cache_ttl() == 3600
        assert again.get_provider_cache_negative_ttl() == 60
        assert again.get_provider_cache_stale_ttl() == 61
        assert again.get_provider_cache_bytes() == 62
        assert again.get_cache_backend_type() == "redis"
        assert again.get_redis_url() == "redis://localhost:6379/1"
        assert again.get_disk_cache_dir() == tmp_path / "cache"
        assert again.get_library() == tmp_path / "films.duckdb"
        assert again.get_provider_offline() is True
        assert again.get_provider_language() == "pt-BR"
        for name in ("tmdb_url", "tmdb_image_url", "tvmaze_url", "omdb_url", "wikidata_url"):
            assert getattr(again, f"get_{name}")() == f"http://127.0.0.1:4000/{name}"
        assert (again.get_tmdb_key(), again.get_omdb_key()) == ("one", "two")

    def test_defaults_need_no_file(self, settings: Settings) -> None:
        """A new user has settings that work."""
        assert not settings.path.exists()
        assert settings.get_cache_backend_type() == "db"
        assert settings.get_provider_cache_enabled() is True
        assert settings.get_provider_cache_ttl() == 86400
        assert settings.get_tmdb_url() == "https://api.themoviedb.org/3"
        assert (settings.get_tmdb_key(), settings.get_provider_offline()) == ("", False)


class TestLibrary:
    """Which library is opened when none is named."""

    def test_the_demo_gives_way_to_ones_own(
        self, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The demo is opened while there is nothing else; a library of one's own, once there, is from then on."""
        monkeypatch.setattr("platformdirs.user_data_dir", lambda name: str(tmp_path / "data"))
        own, demo = settings.get_own_library(), settings.get_demo_library()
        assert settings.get_library() == own == tmp_path / "data" / "library.duckdb"
        (tmp_path / "data").mkdir()
        demo.touch()
        assert settings.get_library() == demo == tmp_path / "data" / "demo.duckdb"
        own.touch()
        assert settings.get_library() == own

    def test_one_that_is_set_is_opened_whether_there_or_not(self, settings: Settings, tmp_path: Path) -> None:
        """A library named in settings never gives way to the demo."""
        settings.set_library(tmp_path / "films.duckdb")
        assert settings.get_library() == settings.get_own_library() == tmp_path / "films.duckdb"


class TestArtwork:
    """Where pictures are kept."""

    def test_is_beside_the_library_unless_set(self, settings: Settings, tmp_path: Path) -> None:
        """And again when it is set to nothing."""
        settings.set_library(tmp_path / "films.duckdb")
        assert settings.get_artwork_dir() == tmp_path / "films.artwork"
        assert settings.get_artwork_dir(tmp_path / "a" / "b.duckdb") == tmp_path / "a" / "b.artwork"
        settings.set_artwork_dir(tmp_path / "art")
        assert settings.get_artwork_dir(tmp_path / "b.duckdb") == tmp_path / "art"
        settings.set_artwork_dir("")
        assert settings.get_artwork_dir() == tmp_path / "films.artwork"


class TestPrecedence:
    """Environment, then file, then default."""

    def test_the_environment_wins(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """A variable overrides the file and leaves it as it is."""
        settings.set_provider_cache_ttl(60)
        monkeypatch.setenv("MEDIAMGR_PROVIDER_CACHE_TTL", "5")
        assert settings.get_provider_cache_ttl() == 5
        monkeypatch.delenv("MEDIAMGR_PROVIDER_CACHE_TTL")
        assert settings.get_provider_cache_ttl() == 60


class TestBadInput:
    """Values that are not valid."""

    @pytest.mark.parametrize(
        ("setter", "value"),
        [
            pytest.param("set_cache_backend_type", "memcached", id="backend"),
            pytest.param("set_provider_cache_ttl", -1, id="negative ttl"),
            pytest.param("set_provider_cache_ttl", "soon", id="word for ttl"),
            pytest.param("set_redis_url", "http://localhost", id="scheme"),
            pytest.param("set_provider_cache_enabled", "perhaps", id="boolean"),
            pytest.param("set_provider_language", "English please", id="no language"),
            pytest.param("set_tmdb_url", "ftp://example.org", id="not of the web"),
            pytest.param("set_tmdb_url", "https:///3", id="no host"),
            pytest.param("set_omdb_url", "https://example.org/?apikey=1", id="parameters in an address"),
            pytest.param("set_omdb_url", "https://me:secret@example.org", id="a password in an address"),
            pytest.param("set_omdb_key", "two words", id="a key of two words"),
        ],
    )
    def test_are_refused_and_change_nothing(self, settings: Settings, setter: str, value: object) -> None:
        """The error says what would be valid."""
        with pytest.raises(SettingsError, match="nothing was changed"):
            getattr(settings, setter)(value)
        assert not settings.path.exists()

    def test_in_the_environment_name_the_variable(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """The error says where the value came from."""
        monkeypatch.setenv("MEDIAMGR_CACHE_BACKEND_TYPE", "tape")
        with pytest.raises(SettingsError, match="MEDIAMGR_CACHE_BACKEND_TYPE"):
            settings.get_cache_backend_type()

    def test_a_damaged_file_is_not_overwritten(self, settings: Settings) -> None:
        """A file that cannot be read is named, and kept."""
        settings.path.parent.mkdir(parents=True)
        settings.path.write_text("{half")
        with pytest.raises(SettingsError, match=r"settings\.json cannot be read"):
            settings.set_provider_cache_ttl(1)
        assert settings.path.read_text() == "{half"


class TestTheFile:
    """The settings file."""

    def test_is_readable_by_its_owner_only(self, settings: Settings) -> None:
        """It may hold a password."""
        settings.set_redis_url("redis://:hunter2@localhost:6379/0")
        assert stat.S_IMODE(settings.path.stat().st_mode) == 0o600
        assert json.loads(settings.path.read_text()) == {"redis_url": "redis://:hunter2@localhost:6379/0"}

    def test_secrets_are_not_shown(self, settings: Settings) -> None:
        """Neither in the record's text nor in an error."""
        settings.set_redis_url("redis://user:hunter2@localhost:6379/0")
        assert "hunter2" not in repr(settings)
        with pytest.raises(SettingsError) as caught:
            settings.set_redis_url("http://user:hunter2@localhost")
        assert "hunter2" not in str(caught.value)

    def test_keys_are_not_shown(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where there are any; nor what was given in place of one."""
        assert "'tmdb_key': ''" in repr(settings)
        settings.set_tmdb_key("hunter2")
        assert "'tmdb_key': '***'" in repr(settings)
        assert "hunter2" not in repr(settings)
        monkeypatch.setenv("MEDIAMGR_OMDB_KEY", "hunter 2")
        with pytest.raises(SettingsError, match="MEDIAMGR_OMDB_KEY") as caught:
            settings.get_omdb_key()
        assert "hunter" not in str(caught.value)

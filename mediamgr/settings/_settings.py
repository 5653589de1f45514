"""Owns the user's settings: one record, its file, and the order environment > file > default.

A setting changed by `set_…` is written to the file at once, whole or not at all, readable by its owner
only. A key, and a secret inside an address, is never shown.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import platformdirs

from mediamgr.errors import SettingsError
from mediamgr.settings import _checks as checks
from mediamgr.whole_files import whole_file

__all__ = ["Settings", "default_of", "get_settings"]


def _data_folder() -> Path:
    return Path(platformdirs.user_data_dir("mediamgr"))


# name -> (what makes a given value valid, default)
_KNOWN: dict[str, tuple[Callable[[Any], Any], Callable[[], Any]]] = {
    "library": (checks.path, lambda: str(_data_folder() / "library.duckdb")),
    "provider_cache_enabled": (checks.boolean, lambda: True),
    "provider_cache_ttl": (checks.seconds, lambda: 24 * 60 * 60),
    "provider_cache_negative_ttl": (checks.seconds, lambda: 60 * 60),
    "provider_cache_stale_ttl": (checks.seconds, lambda: 7 * 24 * 60 * 60),
    "provider_cache_bytes": (checks.byte_count, lambda: 1_000_000_000),
    "cache_backend_type": (checks.backend, lambda: "db"),
    "redis_url": (checks.redis_url, lambda: "redis://localhost:6379/0"),
    "query_cache_bytes": (checks.byte_count, lambda: 64_000_000),
    "ordering_bytes": (checks.byte_count, lambda: 256_000_000),
    "thumbnail_bytes": (checks.byte_count, lambda: 500_000_000),
    "slow_statement_ms": (checks.milliseconds, lambda: 500),
    "log_dir": (checks.path, lambda: platformdirs.user_log_dir("mediamgr")),
    "artwork_dir": (checks.path_or_none, lambda: ""),
    "disk_cache_dir": (checks.path, lambda: platformdirs.user_cache_dir("mediamgr")),
    "provider_offline": (checks.boolean, lambda: False),
    "provider_language": (checks.language, lambda: "en-US"),
    "tmdb_url": (checks.web_url, lambda: "https://api.themoviedb.org/3"),
    "tmdb_image_url": (checks.web_url, lambda: "https://image.tmdb.org/t/p"),
    "tmdb_key": (checks.key, lambda: ""),
    "tvmaze_url": (checks.web_url, lambda: "https://api.tvmaze.com"),
    "omdb_url": (checks.web_url, lambda: "https://www.omdbapi.com"),
    "omdb_key": (checks.key, lambda: ""),
    "wikidata_url": (checks.web_url, lambda: "https://www.wikidata.org/w/api.php"),
}
_SECRETS = ("tmdb_key", "omdb_key")


def default_of(name: str) -> Any:
    """What a setting is as long as nobody set it. Raises `KeyError`."""
    return _KNOWN[name][1]()


def config_file() -> Path:
    """The settings file: in the folder MEDIAMGR_CONFIG_DIR, else in the platform's config folder."""
    folder = os.environ.get("MEDIAMGR_CONFIG_DIR") or platformdirs.user_config_dir("mediamgr")
    return Path(folder) / "settings.json"


class Settings:
    """The settings of one file.

    Args:
        path: The settings file, JSON; need not exist.

    Every value is looked up when asked for: MEDIAMGR_<NAME> in the environment, else the file, else the default.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __repr__(self) -> str:
        shown = {name: self._shown(name) for name in _KNOWN}
        return f"Settings({self.path}, {shown})"

    def get_library(self) -> Path:
        """The library file that is opened when none is named: the user's own, else the demo while there is none."""
        own, demo = self.get_own_library(), self.get_demo_library()
        return demo if not self._is_set("library") and not own.exists() and demo.exists() else own

    def get_own_library(self) -> Path:
        """The library file that scans and imports fill when none is named."""
        return Path(self._get("library"))

    def get_demo_library(self) -> Path:
        """Where the demo library is made when no file is named: apart from the user's own."""
        return _data_folder() / "demo.duckdb"

    def set_library(self, path: str | Path) -> None:
        """Open this library file when none is named."""
        self._set("library", str(Path(path).expanduser().absolute()))

    def get_provider_cache_enabled(self) -> bool:
        """Whether answers of providers are kept."""
        return bool(self._get("provider_cache_enabled"))

    def set_provider_cache_enabled(self, enabled: bool) -> None:
        """Keep answers of providers, or do not."""
        self._set("provider_cache_enabled", enabled)

    def get_provider_cache_ttl(self) -> int:
        """How long an answer of a provider is good, in seconds."""
        return int(self._get("provider_cache_ttl"))

    def set_provider_cache_ttl(self, seconds: int) -> None:
        """Keep answers of providers for so many seconds; 0 keeps none."""
        self._set("provider_cache_ttl", seconds)

    def get_provider_cache_negative_ttl(self) -> int:
        """How long it is good that a provider has nothing, in seconds."""
        return int(self._get("provider_cache_negative_ttl"))

    def set_provider_cache_negative_ttl(self, seconds: int) -> None:
        """Ask again after so many seconds for what a provider did not have; 0 asks each time."""
        self._set("provider_cache_negative_ttl", seconds)

    def get_provider_cache_stale_ttl(self) -> int:
        """How long an answer is still given when the provider cannot be asked, in seconds after its time."""
        return int(self._get("provider_cache_stale_ttl"))

    def set_provider_cache_stale_ttl(self, seconds: int) -> None:
        """Give old answers for so many seconds when the provider cannot be asked; 0 gives none."""
        self._set("provider_cache_stale_ttl", seconds)

    def get_provider_cache_bytes(self) -> int:
        """How many bytes all answers of providers may take."""
        return int(self._get("provider_cache_bytes"))

    def set_provider_cache_bytes(self, size: int) -> None:
        """Let answers of providers take so many bytes; those not used for longest go first."""
        self._set("provider_cache_bytes", size)

    def get_cache_backend_type(self) -> str:
        """'db', 'redis' or 'disk'."""
        return str(self._get("cache_backend_type"))

    def set_cache_backend_type(self, backend: str) -> None:
        """Keep the cache in 'db', 'redis' or 'disk'."""
        self._set("cache_backend_type", backend)

    def get_redis_url(self) -> str:
        """Address of the redis server; may hold a password, so do not print it."""
        return str(self._get("redis_url"))

    def set_redis_url(self, url: str) -> None:
        """Use the redis server at redis://, rediss:// or unix://."""
        self._set("redis_url", url)

    def get_disk_cache_dir(self) -> Path:
        """Folder of the disk cache."""
        return Path(self._get("disk_cache_dir"))

    def set_disk_cache_dir(self, folder: str | Path) -> None:
        """Keep the disk cache in this folder."""
        self._set("disk_cache_dir", str(folder))

    def get_slow_statement_ms(self) -> int:
        """Milliseconds from which on a statement is slow, so that `mediamgr perf slow` lists it; 0: none is."""
        return int(self._get("slow_statement_ms"))

    def set_slow_statement_ms(self, milliseconds: int) -> None:
        """List statements that take so long, with their plans; 0 lists none."""
        self._set("slow_statement_ms", milliseconds)

    def get_log_dir(self) -> Path:
        """The folder of what is written down for later, such as slow statements."""
        return Path(self._get("log_dir"))

    def set_log_dir(self, path: str | Path) -> None:
        """Write down for later in this folder."""
        self._set("log_dir", str(path))

    def get_artwork_dir(self, library: Path | None = None) -> Path:
        """Folder of the pictures that are downloaded: the one that is set, else one beside the library file.

        `library`: the file; None: the one that is opened when none is named.
        """
        beside = library or self.get_library()
        return Path(self._get("artwork_dir") or beside.with_name(f"{beside.stem}.artwork"))

    def set_artwork_dir(self, folder: str | Path) -> None:
        """Keep pictures that are downloaded in this folder; "" keeps them beside each library."""
        self._set("artwork_dir", str(folder))

    def get_query_cache_bytes(self) -> int:
        """How many bytes of answers a process keeps for when the same is asked of the same generation; 0: none."""
        return int(self._get("query_cache_bytes"))

    def set_query_cache_bytes(self, size: int) -> None:
        """Keep so many bytes of answers; 0 keeps none."""
        self._set("query_cache_bytes", size)

    def get_ordering_bytes(self) -> int:
        """How many bytes the orders of items that a process browses may take together."""
        return int(self._get("ordering_bytes"))

    def set_ordering_bytes(self, size: int) -> None:
        """Let the orders of items take so many bytes together; those not used for longest are made anew when needed."""
        self._set("ordering_bytes", size)

    def get_thumbnail_bytes(self) -> int:
        """How many bytes of disk the small pictures that the browser shows may take."""
        return int(self._get("thumbnail_bytes"))

    def set_thumbnail_bytes(self, size: int) -> None:
        """Let small pictures take so many bytes of disk; those not looked at for longest go first."""
        self._set("thumbnail_bytes", size)

    def get_provider_offline(self) -> bool:
        """Whether no provider is asked, and only what is kept of their answers is given."""
        return bool(self._get("provider_offline"))

    def set_provider_offline(self, offline: bool) -> None:
        """Ask no provider and go on with what is kept, or ask them again."""
        self._set("provider_offline", offline)

    def get_provider_language(self) -> str:
        """The language that titles and plots are wanted in, BCP 47; its region is whose content ratings are meant."""
        return str(self._get("provider_language"))

    def set_provider_language(self, language: str) -> None:
        """Have titles and plots in this language, such as "de-DE", where a provider knows them."""
        self._set("provider_language", language)

    def get_tmdb_url(self) -> str:
        """Address of TMDB's interface, version 3, without a slash at its end."""
        return str(self._get("tmdb_url"))

    def set_tmdb_url(self, url: str) -> None:
        """Ask TMDB at this address; http:// sends the key in the open."""
        self._set("tmdb_url", url)

    def get_tmdb_image_url(self) -> str:
        """Address below which TMDB has its pictures, without a slash at its end."""
        return str(self._get("tmdb_image_url"))

    def set_tmdb_image_url(self, url: str) -> None:
        """Get TMDB's pictures from below this address."""
        self._set("tmdb_image_url", url)

    def get_tmdb_key(self) -> str:
        """The user's key for TMDB, "" when there is none; a secret, so do not print it."""
        return str(self._get("tmdb_key"))

    def set_tmdb_key(self, key: str) -> None:
        """Ask TMDB with this key; it is kept in the settings file, which only its owner can read."""
        self._set("tmdb_key", key)

    def get_tvmaze_url(self) -> str:
        """Address of TVmaze's interface, without a slash at its end."""
        return str(self._get("tvmaze_url"))

    def set_tvmaze_url(self, url: str) -> None:
        """Ask TVmaze at this address."""
        self._set("tvmaze_url", url)

    def get_omdb_url(self) -> str:
        """Address of OMDb's interface, without a slash at its end."""
        return str(self._get("omdb_url"))

    def set_omdb_url(self, url: str) -> None:
        """Ask OMDb at this address; http:// sends the key in the open."""
        self._set("omdb_url", url)

    def get_omdb_key(self) -> str:
        """The user's key for OMDb, "" when there is none; a secret, so do not print it."""
        return str(self._get("omdb_key"))

    def set_omdb_key(self, key: str) -> None:
        """Ask OMDb with this key; it is kept in the settings file, which only its owner can read."""
        self._set("omdb_key", key)

    def get_wikidata_url(self) -> str:
        """Address of Wikidata's interface, without a slash at its end."""
        return str(self._get("wikidata_url"))

    def set_wikidata_url(self, url: str) -> None:
        """Ask Wikidata at this address."""
        self._set("wikidata_url", url)

    def _get(self, name: str) -> Any:
        check, default = _KNOWN[name]
        variable = f"MEDIAMGR_{name.upper()}"
        if variable in os.environ:
            value, where = os.environ[variable], f"environment variable {variable}"
        elif name in (stored := self._stored()):
            value, where = stored[name], f"{self.path}, key {name!r}"
        else:
            return default()
        try:
            return check(value)
        except ValueError as error:
            raise SettingsError(f"{where}: {error}, not {_redacted(name, value)!r}; correct or remove it.") from None

    def _is_set(self, name: str) -> bool:
        return f"MEDIAMGR_{name.upper()}" in os.environ or name in self._stored()

    def _set(self, name: str, value: Any) -> None:
        try:
            checked = _KNOWN[name][0](value)
        except ValueError as error:
            raise SettingsError(f"{name} {error}, not {_redacted(name, value)!r}; nothing was changed.") from None
        self._write({**self._stored(), name: checked})

    def _stored(self) -> dict[str, Any]:
        try:
            stored = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise SettingsError(f"{self.path} cannot be read ({error}); mend it or move it away.") from error
        if not isinstance(stored, dict):
            raise SettingsError(f"{self.path} must hold one JSON object; mend it or move it away.")
        return stored

    def _write(self, values: dict[str, Any]) -> None:
        try:
            with whole_file(self.path, mode=0o600) as partial:
                partial.write_text(json.dumps(values, indent=2, sort_keys=True), encoding="utf-8")
        except OSError as error:
            raise SettingsError(f"{self.path} cannot be written ({error}); nothing was changed.") from error

    def _shown(self, name: str) -> Any:
        return _redacted(name, self._get(name))


def _redacted(name: str, value: Any) -> Any:
    if name in _SECRETS and value:
        return "***"
    if not isinstance(value, str) or "@" not in value:
        return value
    parts = urlsplit(value)
    return urlunsplit(parts._replace(netloc="***@" + parts.netloc.rpartition("@")[2]))


def get_settings() -> Settings:
    """The settings of this user, or of the folder named by MEDIAMGR_CONFIG_DIR."""
    return Settings(config_file())

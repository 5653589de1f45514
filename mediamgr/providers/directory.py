"""Owns which providers there are, and which of them are asked when none is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from mediamgr.errors import InputError
from mediamgr.providers.http import Client, Site, is_here
from mediamgr.providers.omdb import Omdb
from mediamgr.providers.protocol import Provider
from mediamgr.providers.tmdb import Tmdb
from mediamgr.providers.tvmaze import TvMaze
from mediamgr.providers.wikidata import Wikidata
from mediamgr.settings import Settings

__all__ = ["PROVIDERS", "is_simulated", "opened", "require_known", "sites", "without_key"]

PROVIDERS: Final[Mapping[str, Callable[[Client, Settings], Provider]]] = {
    "tmdb": Tmdb,
    "tvmaze": TvMaze,
    "omdb": Omdb,
    "wikidata": Wikidata,
}
"""Name to what makes it, in the order they are asked: who knows most comes first."""
_ASKED_LAST: Final = "wikidata"
"""It takes several questions for each work, slowly: asked unbidden only where nobody else would know films."""


def is_simulated(settings: Settings) -> bool:
    """Whether any of them is asked at an address of this machine."""
    urls = settings.get_tmdb_url(), settings.get_tvmaze_url(), settings.get_omdb_url(), settings.get_wikidata_url()
    return any(map(is_here, urls))


def require_known(names: Sequence[str]) -> None:
    """Raises `InputError` for a name that is no provider's."""
    for name in names:
        if name not in PROVIDERS:
            raise InputError(f"There is no provider {name!r}; there are {', '.join(PROVIDERS)}.")


def opened(names: Sequence[str] | None, client: Client, settings: Settings) -> list[Provider]:
    """The providers of these names; None: those whose key is set, and what needs none.

    Raises `InputError` for a name that is none.
    """
    require_known(names or ())
    chosen = dict.fromkeys(_unbidden(settings) if names is None else names)
    return [PROVIDERS[name](client, settings) for name in chosen]


def sites(client: Client, settings: Settings) -> list[Site]:
    """How all of them are asked, in their order."""
    return [make(client, settings).site for make in PROVIDERS.values()]


def without_key(settings: Settings) -> tuple[str, ...]:
    """The providers that want a key and have none."""
    keys = {"tmdb": settings.get_tmdb_key(), "omdb": settings.get_omdb_key()}
    return tuple(name for name, key in keys.items() if not key)


def _unbidden(settings: Settings) -> list[str]:
    lacking = without_key(settings)
    known = [name for name in PROVIDERS if name not in lacking]
    return [name for name in known if name != _ASKED_LAST or not {"tmdb", "omdb"} & {*known}]

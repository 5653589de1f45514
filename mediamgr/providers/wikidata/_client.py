"""Owns what Wikidata is asked: names are looked up first, then items, then what those name, fifty at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from mediamgr.errors import ProviderAnswerWrong, ProviderBusy, ProviderError
from mediamgr.providers.facts import MediaType, PictureFacts, WorkFacts
from mediamgr.providers.http import Client, Rate, Site
from mediamgr.providers.protocol import Capabilities, Terms
from mediamgr.providers.reading import Said, an_object
from mediamgr.providers.wikidata._claims import Item
from mediamgr.providers.wikidata._facts import IDS, found, is_a, mentioned, whole
from mediamgr.settings import Settings

__all__ = ["Wikidata"]

_MOST_IDS: Final = 50
_MOST_FOUND: Final = 20
_LAGS: Final = 5
"""Seconds that copies may be behind before one is to ask later, as its operators wish."""


_GOOD_FOR: Final = 24 * 3600.0
"""It says that its answers are good for no time at all, but items change rarely."""


class Wikidata:
    """Wikidata.

    Args:
        client: Asks.
        settings: Of the address and the language that titles are wanted in.
    """

    name = "wikidata"
    capabilities = Capabilities(
        media_types=frozenset({"movie", "show"}),
        ids=("wikidata", "imdb", "tmdb", "tvdb", "tvmaze"),
        fields=frozenset(
            "original_title year premiered_on runtime_minutes genres countries studios original_language".split()
        ),
        has_credits=True,
    )
    terms = Terms(credit="Data of Wikidata.", licence="CC0 1.0", url="https://www.wikidata.org/wiki/Wikidata:Licensing")

    def __init__(self, client: Client, settings: Settings) -> None:
        self._client = client
        spoken = settings.get_provider_language().partition("-")[0].lower()
        self._languages = list(dict.fromkeys((spoken, "mul", "en")))
        self.site = Site("wikidata", settings.get_wikidata_url(), rates=(Rate(50, 10.0),), refusal=_refusal)

    def search(self, title: str, media_type: MediaType, *, year: int | None = None) -> list[WorkFacts]:
        """What of the first twenty things called so is a film or show; nothing narrows them by year."""
        asked = {
            "action": "wbsearchentities",
            "search": title,
            "language": self._languages[0],
            "type": "item",
            "limit": _MOST_FOUND,
        }
        told = self._ask(asked)
        items = self._items((each.text("id") for each in told.each("search")) if told else (), "labels|aliases|claims")
        return [found(each, media_type, self._languages) for each in items.values() if is_a(each, media_type)]

    def identify(self, media_type: MediaType, ids: Mapping[str, str]) -> str | None:
        """The number of its item, by that itself or by what any other site calls it."""
        if "wikidata" in ids:
            return ids["wikidata"]
        for source, properties in IDS.items():
            if source in ids and (p := properties.get(media_type)):
                asked = {"action": "query", "list": "search", "srsearch": f'haswbstatement:"{p}={ids[source]}"'}
                told = self._ask(asked)
                hits = list(told.one("query").each("search")) if told else []
                if len(hits) == 1:
                    return hits[0].text("title")
        return None

    def get(self, media_type: MediaType, id: str, *, seasons: frozenset[int] | None = None) -> WorkFacts | None:
        """An item, and the names of what it names; of seasons it is not asked."""
        item = self._items([id], "labels|aliases|claims").get(id)
        if item is None or not is_a(item, media_type):
            return None
        people_and_genres, places_and_tongues = mentioned(item)
        named = self._items(people_and_genres, "labels")
        return whole(item, media_type, self._languages, named | self._items(places_and_tongues, "labels|claims"))

    def images(self, media_type: MediaType, id: str) -> tuple[PictureFacts, ...]:
        """None: its pictures are rarely posters, and have licences of their own."""
        return ()

    def page(self, media_type: MediaType, id: str) -> str:
        """Its own page of the work."""
        return f"https://www.wikidata.org/wiki/{id}"

    def _items(self, numbers: Iterable[str | None], parts: str) -> dict[str, Item]:
        """Items by number, those that are there."""
        wanted = iter(dict.fromkeys(number for number in numbers if number))
        told: dict[str, Item] = {}
        while some := list(islice(wanted, _MOST_IDS)):
            asked = {"action": "wbgetentities", "ids": "|".join(some), "props": parts}
            said = self._ask(asked | {"languages": "|".join(self._languages)})
            entities = said.one("entities") if said else Said({})
            told |= {
                q: Item(q, entities.one(q)) for q in some if entities.one(q) and not entities.one(q).has("missing")
            }
        return told

    def _ask(self, asked: Mapping[str, Any]) -> Said | None:
        told = self._client.ask(self.site, "", {**asked, "format": "json", "maxlag": _LAGS}, ttl=_GOOD_FOR).json
        return None if told is None else an_object(told, "Wikidata")


def _refusal(status: int, told: Any) -> ProviderError | None:
    """It says no with HTTP 200."""
    error = told.get("error") if isinstance(told, dict) else None
    if not isinstance(error, dict):
        return None
    if error.get("code") in ("maxlag", "ratelimited"):
        return ProviderBusy("Wikidata is busy, and wants to be asked later.", retry_after_seconds=float(_LAGS))
    return ProviderAnswerWrong(f"Wikidata refused the question ({str(error.get('info'))[:200]}); please report this.")

"""The one HTTP client beneath all providers: at their pace, once for all who ask, patient, and silent about keys."""

from mediamgr.providers.http._client import Client, Told
from mediamgr.providers.http._download import Downloaded
from mediamgr.providers.http._patience import Patience
from mediamgr.providers.http._site import Rate, Site, is_allowed, is_here
from mediamgr.providers.http._traffic import Traffic

__all__ = ["Client", "Downloaded", "Patience", "Rate", "Site", "Told", "Traffic", "is_allowed", "is_here"]

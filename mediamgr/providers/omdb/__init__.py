"""OMDb: films and shows by IMDb's ids. It needs a key; a free one may ask 1,000 times a day."""

from mediamgr.providers.omdb._client import Omdb

__all__ = ["Omdb"]

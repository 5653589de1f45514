"""Pictures that providers know by address: downloaded once, checked, and kept by their content."""

from mediamgr.providers.artwork._checking import ACCEPTED, MOST_BYTES
from mediamgr.providers.artwork._downloading import (
    PICTURES,
    ArtworkReport,
    Downloaded,
    Fetch,
    InParallel,
    Outcome,
    download_artwork,
)

__all__ = [
    "ACCEPTED",
    "MOST_BYTES",
    "PICTURES",
    "ArtworkReport",
    "Downloaded",
    "Fetch",
    "InParallel",
    "Outcome",
    "download_artwork",
]

"""Filling what a library lacks from what providers know, without asking twice."""

from mediamgr.providers.enriching._enrich import cache_for, client_for, enrich
from mediamgr.providers.enriching._pictures import fetch_artwork
from mediamgr.providers.enriching._report import EnrichReport, Round

__all__ = ["EnrichReport", "Round", "cache_for", "client_for", "enrich", "fetch_artwork"]

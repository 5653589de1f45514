"""Every read the program makes: typed questions in, Polars frames out. The SQL is in `sql/queries`.

No statement runs once per row: what belongs to many items is asked for by their ids together.
"""

from mediamgr.repository._details import (
    ArtworkRepository,
    FileRepository,
    HistoryRepository,
    SubtitleRepository,
)
from mediamgr.repository._filters import ARTWORK_TYPES, ItemFilters, item_filters, takes_filters
from mediamgr.repository._items import FACETS, MediaItem, MediaItemRepository
from mediamgr.repository._library import LibraryRepository
from mediamgr.repository._matches import MatchRepository
from mediamgr.repository._ordering import Ordering
from mediamgr.repository._people import PersonRepository
from mediamgr.repository._reports import ReportRepository, checked
from mediamgr.repository._scans import ScanRepository
from mediamgr.repository._shelf import shelf
from mediamgr.repository._type_ahead import TypeAhead
from mediamgr.repository._values import ids as read_ids
from mediamgr.repository._writing import WritingRepository

__all__ = [
    "ARTWORK_TYPES",
    "FACETS",
    "ArtworkRepository",
    "FileRepository",
    "HistoryRepository",
    "ItemFilters",
    "LibraryRepository",
    "MatchRepository",
    "MediaItem",
    "MediaItemRepository",
    "Ordering",
    "PersonRepository",
    "ReportRepository",
    "ScanRepository",
    "SubtitleRepository",
    "TypeAhead",
    "WritingRepository",
    "checked",
    "item_filters",
    "read_ids",
    "shelf",
    "takes_filters",
]

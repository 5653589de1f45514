"""When two titles are one: their spellings, and how alike they are. Built on how search sees text; pure functions.

ours, theirs = spellings(["Rocky II", "Rocky 2"]).values()
liken(ours, theirs, years=frozenset())
"""

from mediamgr.titles._likeness import Likeness, liken
from mediamgr.titles._plain import edition_words_expr, plain_series, split_title
from mediamgr.titles._spelling import Spelling, search_texts, spellings

__all__ = [
    "Likeness",
    "Spelling",
    "edition_words_expr",
    "liken",
    "plain_series",
    "search_texts",
    "spellings",
    "split_title",
]

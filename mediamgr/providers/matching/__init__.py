"""Which of a provider's works an item is: a score with its reasons, and whether it is good enough. Pure functions.

    for text in search_texts(wanted):
        if found := provider.search(text, wanted.media_type): break
    for each in needs_more(wanted, found):          # 0 to 3, none when the list of results is enough
        found[found.index(each)] = provider.get(each.media_type, each.id) or each
    decision = decide(wanted, found)                # matched, doubtful or nothing; with reasons

Whoever gets the whole of a work after it matched asks `decide` again with it: what only the whole tells (runtime,
ids, episodes) then counts as well.
"""

from mediamgr.providers.matching._decide import THRESHOLDS, Decision, Thresholds, decide, needs_more
from mediamgr.providers.matching._evidence import Reason
from mediamgr.providers.matching._judge import Match, judge
from mediamgr.providers.matching._spelling import search_texts
from mediamgr.providers.matching._wanted import Wanted

__all__ = [
    "THRESHOLDS",
    "Decision",
    "Match",
    "Reason",
    "Thresholds",
    "Wanted",
    "decide",
    "judge",
    "needs_more",
    "search_texts",
]

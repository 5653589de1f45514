"""Which of a provider's works an item is: a score with its reasons, and whether it is good enough. Pure functions.

    found = provider.search(search_texts(wanted.titles)[0], wanted.media_type)
    decision = settle(wanted, found, lambda each: provider.get(each.media_type, each.id))

It is matched, doubtful or nothing, with reasons. What only the whole of a work tells (runtime, ids, episodes) counts
for those few that `settle` asks for.
"""

from mediamgr.providers.matching._decide import THRESHOLDS, Decision, Thresholds, decide, needs_more
from mediamgr.providers.matching._evidence import Reason
from mediamgr.providers.matching._judge import Match, judge
from mediamgr.providers.matching._settle import settle
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
    "settle",
]

"""What matching, and a naive way to match, answer to labelled cases; counted by what was done to the items."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from benchmarks.noisy_titles import MISSING, Case, NoisyProvider
from mediamgr.providers.facts import WorkFacts
from mediamgr.providers.matching import THRESHOLDS, Decision, Thresholds, Wanted, settle
from mediamgr.titles import search_texts

__all__ = ["Answer", "Answers", "match", "match_naively", "search_all", "tally"]

Found = Mapping[int, list[WorkFacts]]
"""What a search gave for each item."""
_NEARLY = 90.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided: the work taken without asking, None when none was, and those that somebody is asked about."""

    taken: str | None
    asked: tuple[str, ...] = ()
    decision: Decision | None = None


@dataclass(slots=True)
class Answers:
    """Counts by kind: cases, right, wrong, review, review_has (the right one), nothing; and the wrong ones."""

    kinds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: list[tuple[Case, Answer]] = field(default_factory=list)

    @property
    def total(self) -> Counter[str]:
        """Of all kinds."""
        return sum(self.kinds.values(), Counter())

    @property
    def precision(self) -> float:
        """Of what was taken without asking, the share that is right."""
        total = self.total
        return total["right"] / max(total["right"] + total["wrong"], 1)

    @property
    def recall(self) -> float:
        """Of what the provider has, the share that was taken without asking, and right."""
        there = sum(counts["cases"] for kind, counts in self.kinds.items() if kind not in MISSING)
        return self.total["right"] / max(there, 1)


def search_all(provider: NoisyProvider, cases: Iterable[Case]) -> dict[int, list[WorkFacts]]:
    """What the provider finds for each item, by the first text for which it finds anything."""
    found: dict[int, list[WorkFacts]] = {}
    for case in cases:
        answers = (provider.search(text, case.wanted.media_type) for text in search_texts(case.wanted.titles))
        found[case.wanted.item_id] = next((works for works in answers if works), [])
    return found


def match(
    provider: NoisyProvider, wanted: Wanted, found: list[WorkFacts], thresholds: Thresholds = THRESHOLDS
) -> Answer:
    """As enriching does it: what matched is fetched whole, for its facts, and looked at once more."""
    decision = settle(wanted, list(found), lambda each: provider.get(each.id), thresholds)
    ids = tuple(each.candidate.id for each in decision.matches)
    if decision.status == "matched":
        return Answer(ids[0], decision=decision)
    return Answer(None, ids, decision)


def match_naively(provider: NoisyProvider, wanted: Wanted, found: list[WorkFacts]) -> Answer:
    """The peer: the most alike title among those of exactly that year, if it is nearly the same."""
    alike = [
        (fuzz.ratio(wanted.title.lower(), each.title.lower()), each.id) for each in found if each.year == wanted.year
    ]
    best = max(alike, default=(0.0, ""), key=lambda each: each[0])
    return Answer(best[1] if best[0] >= _NEARLY else None)


def tally(cases: Iterable[Case], answer: Callable[[Wanted], Answer]) -> Answers:
    """All cases answered and counted."""
    answers = Answers()
    for case in cases:
        given, counts = answer(case.wanted), answers.kinds[case.kind]
        counts["cases"] += 1
        if given.taken is not None:
            counts["right" if given.taken == case.right else "wrong"] += 1
            if given.taken != case.right:
                answers.wrong.append((case, given))
        else:
            counts["review" if given.asked else "nothing"] += 1
            counts["review_has"] += case.right in given.asked
    return answers

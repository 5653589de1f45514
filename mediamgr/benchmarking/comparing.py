"""Owns telling two runs apart: what became slower or faster, and what only looks so because figures scatter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mediamgr.benchmarking.results import Results, Timing
from mediamgr.errors import SourceError

__all__ = ["Change", "Comparison", "Verdict", "compare", "differences"]

Verdict = Literal["slower", "faster", "same", "noisy", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Change:
    """One benchmark in two runs.

    Attributes:
        before: None when it is new.
        after: None when it is gone.
        verdict: slower or faster beyond the threshold, same, or noisy: the medians differ by more than the threshold,
            but the rounds overlap.
    """

    before: Timing | None
    after: Timing | None
    verdict: Verdict

    @property
    def timing(self) -> Timing:
        """The later of those that there are."""
        timing = self.after or self.before
        assert timing
        return timing

    @property
    def ratio(self) -> float | None:
        """How many times as long the median is; None when one is missing."""
        return self.after.median / self.before.median if self.before and self.after else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    Attributes:
        before: The earlier.
        after: The later.
        threshold: A share: 0.2 is 20 %.
        changes: In the order of the earlier run, and then what is new.
    """

    before: Results
    after: Results
    threshold: float
    changes: tuple[Change, ...]

    def count(self, verdict: Verdict | None = None, *, is_ours: bool = True) -> int:
        """How many benchmarks it was said of, of mediamgr or of peers and floors; None counts all."""
        some = (change for change in self.changes if change.timing.is_ours == is_ours)
        return sum(verdict in (None, change.verdict) for change in some)


def compare(before: Results, after: Results, threshold: float = 0.2) -> Comparison:
    """Compare two runs.

    A benchmark is slower when its median and its fastest round both grew by more than `threshold` (a share: 0.2 is
    20 %), and the quickest quarter of the rounds ends later than the slowest quarter began before; faster is the same
    the other way round.

    Raises:
        SourceError: No benchmark is in both.
    """
    names = list(dict.fromkeys([*before.timings, *after.timings]))
    changes = tuple(_change(before.timings.get(name), after.timings.get(name), threshold) for name in names)
    if all(change.ratio is None for change in changes):
        raise SourceError(
            f"{before.path} and {after.path} have no benchmark in common; compare runs of the same files and sizes."
        )
    return Comparison(before, after, threshold, changes)


def differences(before: Results, after: Results) -> Iterator[str]:
    """What is not the same about the machines and versions: "cores 2, then 8"."""
    for fact, was in before.machine.items():
        if was != after.machine[fact]:
            yield f"{fact} {was}, then {after.machine[fact]}"


def _change(before: Timing | None, after: Timing | None, threshold: float) -> Change:
    if before is None or after is None:
        return Change(before, after, "new" if before is None else "gone")
    if after.median > before.median * (1 + threshold):
        return Change(before, after, "slower" if _surely_longer(after, before, threshold) else "noisy")
    if before.median > after.median * (1 + threshold):
        return Change(before, after, "faster" if _surely_longer(before, after, threshold) else "noisy")
    return Change(before, after, "same")


def _surely_longer(one: Timing, other: Timing, threshold: float) -> bool:
    return one.fastest > other.fastest * (1 + threshold) and one.low > other.high

"""Owns advice on how much to do at a time: decided from what `WorkerManager.map` measured in this process."""

from __future__ import annotations

from math import ceil
from typing import Final

from mediamgr.wording import human_bytes
from mediamgr.workers import Measured

__all__ = ["Advice", "batch_for", "threads_for"]

_MOST_THREADS: Final = 64
_BUSY: Final = 0.8
_ONE_CORE: Final = 1.2
_USUAL_BATCH: Final = 100
_LARGEST_BATCH: Final = 10_000
_BATCH_SECONDS: Final = 0.1
_SHARE_OF_MEMORY: Final = 0.25
_ENOUGH_ITEMS: Final = 20


class Advice(int):
    """A number that says why it is that one; else it is as any other.

    Attributes:
        reason: How it was arrived at, in a sentence or two.
    """

    reason: str

    def __new__(cls, number: int, reason: str) -> Advice:
        """The number, and its reason."""
        advice = super().__new__(cls, number)
        advice.reason = reason
        return advice

    def __repr__(self) -> str:
        return f"{int(self)}: {self.reason}"

    def __str__(self) -> str:
        return str(int(self))


def threads_for(work: Measured, cores: int) -> Advice:
    """Threads for such work on so many cores: as many as keep them busy while some of them wait."""
    if not work.items or not work.run_seconds:
        return Advice(
            2 * cores, f"Nothing was measured yet, so two for each of the {cores} cores, as for work that waits."
        )
    waited = 1 - min(work.cpu_seconds / work.run_seconds, 1)
    kept_busy = work.cpu_seconds / work.busy_seconds if work.busy_seconds else 0.0
    said = f"{work.items:,} items waited for {waited:.0%} of the time they took"
    if kept_busy >= _BUSY * cores or _BUSY <= kept_busy <= _ONE_CORE:
        return Advice(
            cores,
            f"{said}, but kept {kept_busy:.1f} of the {cores} cores busy all the while: they waited for each other, and"
            ' more threads would not help. Where Python computes, kind="processes" does.',
        )
    wanted = ceil(cores / (1 - waited)) if waited < 1 else _MOST_THREADS
    number = max(cores, min(wanted, _MOST_THREADS))
    limit = f", but no more than {_MOST_THREADS}" if wanted >= _MOST_THREADS else ""
    return Advice(number, f"{said}, so {cores} cores × time taken ÷ time computed{limit}.")


def batch_for(work: Measured, cores: int, available_bytes: int) -> Advice:
    """Items of such work in a batch: for about a tenth of a second, and in a quarter of the memory there is."""
    if not work.items or not work.run_seconds:
        return Advice(_USUAL_BATCH, "Nothing was measured yet; this is right for items that take about a millisecond.")
    seconds = work.run_seconds / work.items
    by_time = min(max(ceil(_BATCH_SECONDS / seconds), 1), _LARGEST_BATCH)
    said = (
        f"One of {work.items:,} items took {seconds * 1000:,.3g} ms, so a batch takes about {by_time * seconds:.2g} s"
    )
    if work.grown_items < _ENOUGH_ITEMS or work.grown_bytes <= 0:
        return Advice(by_time, f"{said}; the memory that they took was too little to be measured.")
    size = work.grown_bytes / work.grown_items
    # two batches a thread are under way, two threads a core
    by_memory = max(int(_SHARE_OF_MEMORY * available_bytes / (size * 4 * cores)), 1)
    memory = f"{human_bytes(int(size))} an item was measured, {human_bytes(available_bytes)} are free"
    if by_memory < by_time:
        return Advice(by_memory, f"{memory}: so many in each batch under way take a quarter of that.")
    return Advice(by_time, f"{said}; {memory}, which is enough.")

"""Owns what became of the tasks of one manager, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Spread", "Tally", "WorkerStats"]


@dataclass(frozen=True, slots=True)
class Spread:
    """Durations, in seconds.

    Attributes:
        count: How many.
        mean: 0.0 when there are none.
        longest: 0.0 when there are none.
    """

    count: int = 0
    mean: float = 0.0
    longest: float = 0.0

    @property
    def total(self) -> float:
        """All of them together."""
        return self.mean * self.count

    def __add__(self, seconds: float) -> Spread:
        """With one more."""
        count = self.count + 1
        return Spread(count, self.mean + (seconds - self.mean) / count, max(self.longest, seconds))


@dataclass(frozen=True, slots=True)
class WorkerStats:
    """What a manager has done and does now.

    Attributes:
        name: Of the manager.
        is_closed: It takes no more.
        age_seconds: Since it was made; of one that is closed, until its last task was over.
        busy_seconds: That its threads worked, added up; of what runs now, so far.
        threads: How many there are now; those with nothing to do end by and by.
        max_thread_count: How many there may be.
        active_count: Tasks that run.
        queue_depth: Tasks that wait.
        submitted: Tasks ever handed in.
        done: Tasks that gave an answer; a batch of `map` is one task, which answers whatever its items raised.
        failed: Tasks that raised.
        cancelled: Tasks taken back, or past their deadline.
        wait_seconds: From being handed in to beginning.
        run_seconds: From beginning to the end.
    """

    name: str
    is_closed: bool
    age_seconds: float
    busy_seconds: float
    threads: int
    max_thread_count: int
    active_count: int
    queue_depth: int
    submitted: int
    done: int
    failed: int
    cancelled: int
    wait_seconds: Spread
    run_seconds: Spread

    @property
    def utilisation(self) -> float:
        """Share of the time that its threads might have worked in which they did, 0 to 1."""
        might = self.age_seconds * self.max_thread_count
        return min(self.busy_seconds / might, 1.0) if might else 0.0


@dataclass(slots=True)
class Tally:
    """Counts that grow; whoever changes them has the lock of the crew."""

    submitted: int = 0
    endings: dict[str, int] = field(default_factory=lambda: {"done": 0, "failed": 0, "cancelled": 0})
    waited: Spread = Spread()
    ran: Spread = Spread()

"""Owns the warning that tasks wait for too long: said once, until they do not any more."""

from __future__ import annotations

__all__ = ["Starvation"]


class Starvation:
    """Looks at what waits.

    Args:
        name: Of the manager.
        seconds: A task may wait so long.
    """

    def __init__(self, name: str, seconds: float) -> None:
        self._name, self._seconds = name, seconds
        self._is_told = False

    def look(self, waited: float, waiting: int, busy: int) -> str | None:
        """What there is to say, if anything.

        Args:
            waited: Seconds the first task of the queue has waited; 0 when none does.
            waiting: How many tasks wait.
            busy: How many threads are all that there may be, and have no time; 0 when some have.
        """
        if waited <= self._seconds:
            self._is_told = False
            return None
        if self._is_told or not busy:
            return None
        self._is_told = True
        return (
            f"A task of {self._name!r} waited for {waited:.0f} seconds because all {busy} of its threads were busy"
            f" ({waiting} still wait). Allow more threads (max_thread_count), give it less at a time, or see why what"
            " runs takes so long."
        )

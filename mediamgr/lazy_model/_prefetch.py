"""Owns deciding how far ahead to read, by how somebody scrolls. Decides only; nothing is read here."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Prefetch"]

_FRAMES_AHEAD = 30
"""So many frames of scrolling, half a second, are to be there before they are seen."""
_MOST_PAGES = 4
_FLING_SCREENS = 1.0
"""Screens a frame from which nobody reads what flies past."""
_AT_REST = 0.5
"""Rows a frame below which one does not scroll."""


@dataclass(slots=True)
class Prefetch:
    """What to read ahead, from one look to the next.

    Attributes:
        page_size: Rows a page.
        threshold: Rows to have beyond what is seen, at rest and right after the direction has turned.
        reach: Rows to have beyond what is seen now.
        direction: 1 down, -1 up: where one last went.
    """

    page_size: int
    threshold: int
    reach: int = 0
    direction: int = 1

    def ahead(self, first: int, last: int, speed: float) -> range:
        """Rows worth having next, in whole pages and not among `first` to `last`; none while flinging past.

        Args:
            first: The first row that is seen.
            last: The row after the last one.
            speed: Rows a frame, negative upwards, 0 at rest.
        """
        moves = abs(speed) >= _AT_REST
        direction = (1 if speed > 0 else -1) if moves else self.direction
        if not moves or direction != self.direction:
            self.reach = self.threshold
        else:
            # grows with the speed, and is kept while one goes on
            self.reach = min(
                max(self.reach, self.threshold + round(abs(speed) * _FRAMES_AHEAD)), _MOST_PAGES * self.page_size
            )
        self.direction = direction
        if abs(speed) > _FLING_SCREENS * max(last - first, 1):
            return range(0)
        return self._pages_beyond(first, last)

    def _pages_beyond(self, first: int, last: int) -> range:
        size = self.page_size
        if self.direction > 0:
            seen_to = -(-last // size) * size
            wanted_to = -(-(last + self.reach) // size) * size
            return range(seen_to, wanted_to)
        seen_from = first // size * size
        wanted_from = max(first - self.reach, 0) // size * size
        return range(wanted_from, seen_from)

"""Owns bars as HTML without script or style sheet: translucent greys and colours of the middle suit any theme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mediamgr.wording import escaped

__all__ = ["FREE", "MAIN", "MUTED", "OTHER", "Part", "bar", "room_colour", "stacked"]

MAIN: Final = "#3b82c4"
OTHER: Final = "#8b93a1"
FREE: Final = "rgba(128, 128, 128, .3)"
MUTED: Final = "opacity: .72"
_ROOMS: Final = {
    "store": MAIN, "repository": "#2f9c95", "cache_service": "#5aa05a", "providers": "#c47f3b", "workers": "#8c6bb1",
    "ingest": "#b8578a",
}  # fmt: skip
_ROW: Final = "display: flex; align-items: center; gap: 12px; padding: 1px 0; white-space: nowrap"
_NAME: Final = "flex: 0 1 32%; min-width: 0; overflow: hidden; text-overflow: ellipsis"
_TRACK: Final = (
    "flex: 1 1 120px; min-width: 40px; height: 8px; border-radius: 3px; overflow: hidden; display: flex; gap: 1px;"
    " background: rgba(128, 128, 128, .14)"
)
_FIGURE: Final = "flex: 0 0 72px; text-align: right"
_NOTE: Final = f"flex: 0 0 32%; overflow: hidden; text-overflow: ellipsis; {MUTED}"
_LEAST_PERCENT: Final = 0.4


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar.

    Attributes:
        name: As the legend has it.
        size: In the unit of its bar.
        colour: Of CSS.
        told: The size, as people read it.
    """

    name: str
    size: float
    colour: str
    told: str


def room_colour(series: str) -> str:
    """What a timer is drawn in: all of a room alike."""
    return _ROOMS.get(series.partition(".")[0], OTHER)


def bar(name: str, share: float, figure: str, note: str, colour: str, *, more: str = "") -> str:
    """A row: a name, a bar that is filled by `share`, 0 to 1, a figure, a note. `more`: a part of the name, quiet."""
    quiet = f" <span style='{MUTED}'>{escaped(more)}</span>" if more else ""
    cells = (
        f"<span style='{_NAME}' title='{escaped(f'{name} {more}'.strip())}'>{escaped(name)}{quiet}</span>",
        f"<span style='{_TRACK}' aria-hidden='true'>{_filled(share, colour)}</span>",
        f"<span style='{_FIGURE}'>{escaped(figure)}</span>",
        f"<span style='{_NOTE}' title='{escaped(note)}'>{escaped(note)}</span>",
    )
    return f"<div style='{_ROW}'>{''.join(cells)}</div>"


def stacked(parts: Sequence[Part], whole: float) -> str:
    """One bar of several parts of `whole`, and a legend with the size of each; those of no size are left out."""
    there = [each for each in parts if each.size > 0]
    inside = "".join(_filled(each.size / whole, each.colour) for each in there) if whole else ""
    track = _TRACK.replace("height: 8px", "height: 12px").replace("flex: 1 1 120px", "width: 100%")
    return f"<div style='{track}; margin: 4px 0' aria-hidden='true'>{inside}</div>{_legend(there)}"


def _filled(share: float, colour: str) -> str:
    width = max(min(share, 1.0) * 100, _LEAST_PERCENT) if share > 0 else 0
    return f"<span style='flex: 0 0 auto; width: {width:.2f}%; background: {colour}'></span>" if width else ""


def _legend(parts: Iterable[Part]) -> str:
    square = "display: inline-block; width: 9px; height: 9px; border-radius: 2px; margin-right: 6px"
    entries = "".join(
        f"<span><span style='{square}; background: {each.colour}'></span>{escaped(each.name)}"
        f" <span style='{MUTED}'>{escaped(each.told)}</span></span>"
        for each in parts
    )
    return f"<div style='display: flex; flex-wrap: wrap; gap: 2px 18px'>{entries}</div>"

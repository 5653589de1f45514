"""Owns drawing a chart as SVG, on this machine: nothing is fetched."""

from __future__ import annotations

import altair as alt
import vl_convert

__all__ = ["svg"]


def svg(chart: alt.Chart) -> str:
    """The chart as an SVG document, with its words as text."""
    drawn: str = vl_convert.vegalite_to_svg(chart.to_dict(), allowed_base_urls=[])
    return drawn

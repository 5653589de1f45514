"""Owns what a page shows of an answer: its chart is drawn here, and a chart that fails leaves the table."""

from __future__ import annotations

from importlib.util import find_spec

from mediamgr.reports._frame import ReportFrame
from mediamgr.reports.running import Answered, said
from mediamgr.reports.site._pictures import inlined
from mediamgr.reports.site._records import Shown

__all__ = ["shown"]


def shown(answered: Answered) -> Shown:
    """An answer with its chart."""
    if answered.frame is None:
        return Shown(answered)
    if not all(map(find_spec, ("altair", "vl_convert"))):
        return Shown(answered, problem="Charts are drawn with what pip install 'mediamgr[lab]' brings.")
    try:
        return Shown(answered, picture=_drawn(answered.frame))
    except Exception as error:
        return Shown(answered, problem=said(error))


def _drawn(frame: ReportFrame) -> str | None:
    """The chart as SVG for a page; None when there is no picture of that question."""
    from mediamgr.reports.charts import has_chart
    from mediamgr.reports.charts.drawing import svg

    question = frame.question
    if not has_chart(question.name) or frame.is_empty():
        return None
    return inlined(svg(frame.chart()), question.name, f"Chart: {question.title}. The table below has its figures.")

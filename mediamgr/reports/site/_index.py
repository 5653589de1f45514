"""Owns the first page of the site: of each report what it is for, its first chart, its key figure, and what failed."""

from __future__ import annotations

from collections.abc import Sequence

from mediamgr.reports._question import Report
from mediamgr.reports.site._document import document
from mediamgr.reports.site._headlines import headline
from mediamgr.reports.site._records import Link, Made, Shown
from mediamgr.wording import counted, escaped

__all__ = ["INDEX", "index"]

INDEX = "index.html"


def index(reports: Sequence[tuple[Report, Sequence[Shown]]], made: Made, links: Sequence[Link]) -> str:
    """The page that leads to all others as HTML."""
    failed = sum(part.has_failed for _, parts in reports for part in parts)
    told = f"{counted(sum(len(parts) for _, parts in reports), 'question')} about {made.library}"
    warning = f'<p class="problem" role="note"><b>Failed:</b> {counted(failed, "question")}, marked below.</p>'
    inside = [
        "<h1>Reports</h1>",
        f'<p class="about">{escaped(told)}: what it holds, what it lacks, and what to do about it.</p>',
        warning if failed else "",
        '<ul class="cards">',
        *(_card(report, parts) for report, parts in reports),
        "</ul>",
    ]
    return document("Reports", made, "\n".join(inside), links=links, current=INDEX)


def _card(report: Report, parts: Sequence[Shown]) -> str:
    return (
        f'<li><h2><a href="{escaped(report.name)}.html">{escaped(report.title)}</a></h2>'
        f"<p>{escaped(report.about)}</p>{_small(parts)}{_headline(report, parts)}"
        f'<p class="figures">{_figures(parts)}</p></li>'
    )


def _headline(report: Report, parts: Sequence[Shown]) -> str:
    told = headline(report, parts)
    return f'<p class="headline">{escaped(told)}</p>' if told else ""


def _small(parts: Sequence[Shown]) -> str:
    """The first chart there is. It is only looked at: the page it leads to tells its figures."""
    picture = next((part.picture for part in parts if part.picture), None)
    return f'<div class="small" aria-hidden="true">{picture}</div>' if picture else ""


def _figures(parts: Sequence[Shown]) -> str:
    failed = sum(part.has_failed for part in parts)
    rows = sum(part.answered.frame.height for part in parts if part.answered.frame is not None)
    told = escaped(f"{counted(len(parts), 'question')}, {counted(rows, 'row')}")
    return told + (f' <span class="failed">{failed:,} failed</span>' if failed else "")

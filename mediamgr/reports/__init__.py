"""What the library holds, what it lacks, and what to do about it; and frames written to files.

A report is a few questions about one matter: each is a statement in `sql/reports`, a method of `lib.reports`, and where
a picture helps, a chart.
"""

from mediamgr.reports._cells import heading, readable, shown_columns
from mediamgr.reports._question import Question, Report
from mediamgr.reports._written import write_out
from mediamgr.reports.catalogue import ALL, QUESTIONS, REPORTS, report_named
from mediamgr.reports.export import FORMATS, ListStyle, write
from mediamgr.reports.face import Reports
from mediamgr.reports.running import Answered, Planned, answered, kept_defaults, planned
from mediamgr.reports.saving import SAVED_AS, Order, Saved, save

__all__ = [
    "ALL",
    "FORMATS",
    "QUESTIONS",
    "REPORTS",
    "SAVED_AS",
    "Answered",
    "ListStyle",
    "Order",
    "Planned",
    "Question",
    "Report",
    "Reports",
    "Saved",
    "answered",
    "heading",
    "kept_defaults",
    "planned",
    "readable",
    "report_named",
    "save",
    "shown_columns",
    "write",
    "write_out",
]

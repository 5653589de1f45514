"""A report's rows in a notebook cell, to sort, filter and open. Needs the extra "lab": import it on first use."""

from mediamgr.reports.table._table import ReportTable

__all__ = ["ReportTable"]

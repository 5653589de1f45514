"""What leaves the workbench: frames written to files."""

from mediamgr.reports.export import FORMATS, ListStyle, write

__all__ = ["FORMATS", "ListStyle", "write"]

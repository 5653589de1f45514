"""Reports as pages that need nothing but themselves: no server, no network, no script to be read.

A page holds its style, its charts as SVG and one small script that sorts tables; its own policy forbids anything else.
"""

from mediamgr.reports.site._index import index
from mediamgr.reports.site._page import page
from mediamgr.reports.site._records import Link, Made, Shown
from mediamgr.reports.site._showing import shown

__all__ = ["Link", "Made", "Shown", "index", "page", "shown"]

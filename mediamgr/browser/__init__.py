"""The library in a notebook cell: `lib.browse()`. Traits are state, rows are messages, the page never sends SQL."""

from mediamgr.browser._browser import Browser

__all__ = ["Browser"]

"""The shipped notebooks of reports, run on a library with parameters put in."""

from mediamgr.reports.notebooks._finding import Notebook, notebook_of, require_known
from mediamgr.reports.notebooks._running import Ran, run_notebook

__all__ = ["Notebook", "Ran", "notebook_of", "require_known", "run_notebook"]

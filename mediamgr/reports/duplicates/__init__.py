"""The duplicates report: what is held more than once, which copy to keep, and a list of the others for a shell.

Pure parts decide: `_works` and `_near` which works are one, `_copies` which files hold the same, `_grouping` what
belongs together, `_keeping` which is the best. Nothing is deleted.
"""

from mediamgr.reports.duplicates._deciding import decided
from mediamgr.reports.duplicates._questions import DUPLICATES, DuplicateQuestions
from mediamgr.reports.duplicates._removing import removal_list

__all__ = ["DUPLICATES", "DuplicateQuestions", "decided", "removal_list"]

"""What a provider says goes into the library: what is empty is filled, what somebody else said stays.

`plan` decides, `written` does it: what it compares with is read while nobody else writes.
"""

from mediamgr.providers.writing._plan import CONFLICTS, FILLED, Plan, Told, plan
from mediamgr.providers.writing._state import Item, Work, works
from mediamgr.providers.writing._write import Written, written

__all__ = ["CONFLICTS", "FILLED", "Item", "Plan", "Told", "Work", "Written", "plan", "works", "written"]

"""Who watches what and when, what is begun, seen again or never seen, and how long the rest would take."""

from mediamgr.reports.watching._face import WatchingQuestions
from mediamgr.reports.watching._questions import WATCHING

__all__ = ["WATCHING", "WatchingQuestions"]

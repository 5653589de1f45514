"""The only place that makes threads and processes: bounded, told to stop, and never in the way of the program's end.

`WorkerManager` does many things at a time; what runs in it may ask `check_cancelled()`. `start_thread` is for the rare
thing that has a thread of its own for as long as it lasts, `alarm` for what is quick and comes later.
"""

from mediamgr.workers._crew import all_stats
from mediamgr.workers._deadlines import Alarm, alarm
from mediamgr.workers._jobs import JobRecord
from mediamgr.workers._manager import WorkerManager
from mediamgr.workers._mapping import Outcome
from mediamgr.workers._measuring import Measured, measured
from mediamgr.workers._tally import WorkerStats
from mediamgr.workers._task import Task, check_cancelled, on_cancel
from mediamgr.workers._threads import start_thread

__all__ = [
    "Alarm",
    "JobRecord",
    "Measured",
    "Outcome",
    "Task",
    "WorkerManager",
    "WorkerStats",
    "alarm",
    "all_stats",
    "check_cancelled",
    "measured",
    "on_cancel",
    "start_thread",
]

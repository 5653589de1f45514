"""The end of a program, by itself or by Ctrl-C: nothing that runs holds it up, and nothing is left."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.workers.waiting import LIMIT_SECONDS, until

ROOT = Path(__file__).parents[2]

BEGINNING = """
import signal, time, threading
import polars
from itertools import count
from mediamgr.workers import WorkerManager, check_cancelled, on_cancel, start_thread

# a shell that runs these tests in the background has its children leave Ctrl-C alone
signal.signal(signal.SIGINT, signal.default_int_handler)

def hang(*_):
    print("hangs", flush=True)
    time.sleep(1000)

def work(*_):
    stopped = threading.Event()
    with on_cancel(stopped.set):
        print("works", flush=True)
        stopped.wait()
"""

MAPPING = """
if __name__ == "__main__":
    def told(job):
        print(job.status, flush=True)
    with WorkerManager(4, kind={kind!r}, record=told) as workers:
        for outcome in workers.map({work}, count(), ordered={ordered}):
            pass
"""

FULL = """
with WorkerManager(1, max_queued=1) as workers:
    while True:
        workers.submit(work)
"""

RESULT = """
with WorkerManager(1) as workers:
    workers.submit(work).result()
"""

CLOSING = """
with WorkerManager(1) as workers:
    workers.submit(work)
"""


def program(tmp_path: Path, text: str) -> subprocess.Popen[str]:
    """It runs, as a script of its own."""
    script = tmp_path / "script.py"
    script.write_text(BEGINNING + text)
    return subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Status, what it said, and what it complained about, once it has ended."""
    said, complained = process.communicate(timeout=LIMIT_SECONDS)
    return process.returncode, said, complained


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MAPPING.format(kind="threads", ordered=True, work="work"), "interrupted\n"),
        (MAPPING.format(kind="threads", ordered=False, work="hang"), "interrupted\n"),
        (MAPPING.format(kind="processes", ordered=True, work="hang"), "interrupted\n"),
        (FULL, ""),
        (RESULT, ""),
        (CLOSING, ""),
    ],
    ids=["ordered", "hanging", "processes", "full", "result", "closing"],
)
def test_ctrl_c_ends_it(tmp_path: Path, text: str, said: str) -> None:
    """Whatever is waited for; with polars imported, which keeps Ctrl-C from ending a wait that has no limit."""
    process = program(tmp_path, text)
    assert process.stdout is not None
    assert process.stdout.readline() in ("hangs\n", "works\n")
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    _, told, complained = ended(process)
    assert told.replace("hangs\n", "").replace("works\n", "") == said
    assert complained.rstrip().endswith("KeyboardInterrupt")
    until(lambda: not any(child.is_running() for child in children))


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_what_hangs_keeps_nobody(tmp_path: Path, kind: str) -> None:
    """A program ends though nobody shut down; what waited is not done."""
    text = f"""
if __name__ == "__main__":
    workers = WorkerManager(1, kind={kind!r})
    workers.submit(hang)
    workers.submit(print, "too late")
    start_thread(hang, "listener")
    time.sleep(1)
"""
    process = program(tmp_path, text)
    status, said, complained = ended(process)
    assert (status, complained) == (0, "")
    assert set(said.split("\n")) == {"hangs", ""}


def test_what_hears_ends_before_the_program(tmp_path: Path) -> None:
    """It is told, and has a moment to put things in order."""
    process = program(
        tmp_path,
        """
def tidy():
    work()
    print("in order", flush=True)

workers = WorkerManager(1)
workers.submit(tidy)
while not workers.active_count:
    time.sleep(0.01)
""",
    )
    assert ended(process) == (0, "works\nin order\n", "")

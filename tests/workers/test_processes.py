"""The same face over processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path
from time import sleep

import pytest

from mediamgr.errors import Cancelled, WorkersLost
from mediamgr.workers import WorkerManager, check_cancelled
from tests.workers.waiting import LIMIT_SECONDS, until


def divided(number: int) -> tuple[float, int]:
    """By it, and where."""
    return 12 / number, os.getpid()


def hang(folder: str) -> None:
    """Say where, then do nothing for long."""
    Path(folder, "partial").write_text(str(os.getpid()))
    Path(folder, "partial").rename(Path(folder, "pid"))
    sleep(10 * LIMIT_SECONDS)


def die(_: object) -> None:
    """End this process without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


def asked(_: object) -> str:
    """Functions may ask whether to go on there, too."""
    check_cancelled()
    return signal.getsignal(signal.SIGINT).name  # type: ignore[union-attr]


def is_there(pid: int) -> bool:
    """Whether a process runs."""
    return any(child.pid == pid for child in multiprocessing.active_children())


def test_calls_are_made_elsewhere() -> None:
    """Answers and errors come back, each with its item; processes leave Ctrl-C to this one, and end with the body."""
    before = set(multiprocessing.active_children())
    with WorkerManager(2, kind="processes") as workers:
        outcomes = list(workers.map(divided, [1, 0, 4], batch_size=2))
        assert [outcome.value and outcome.value[0] for outcome in outcomes] == [12, None, 3]
        assert isinstance(outcomes[1].error, ZeroDivisionError)
        assert {outcome.value[1] for outcome in outcomes if outcome.value}.isdisjoint({os.getpid()})
        assert workers.submit(divided, 6).result()[0] == 2
        assert workers.submit(asked, None).result() == "SIG_IGN"
        with pytest.raises(ZeroDivisionError):
            workers.submit(divided, 0).result()
        with pytest.raises(Exception, match="pickle"):
            workers.submit(lambda: 0).result(LIMIT_SECONDS)
        assert workers.stats().failed == 2
    assert set(multiprocessing.active_children()) <= before


def test_who_waits_for_one_that_hangs_is_let_go(tmp_path: Path) -> None:
    """At its deadline, or when it is taken back; the end of the body ends the process."""
    with WorkerManager(1, kind="processes") as workers:
        task = workers.submit(hang, str(tmp_path))
        until((tmp_path / "pid").exists)
        pid = int((tmp_path / "pid").read_text())
        late = workers.submit(hang, str(tmp_path), deadline=0.01)
        with pytest.raises(Cancelled, match="deadline"):
            late.result(LIMIT_SECONDS)
        assert not task.cancel()
        with pytest.raises(Cancelled):
            task.result(LIMIT_SECONDS)
        assert is_there(pid)
    assert not is_there(pid)


def test_one_that_dies_is_told_of() -> None:
    """With what may be the reason; so is what is handed in later."""
    with WorkerManager(1, kind="processes", name="mortal") as workers:
        (outcome,) = workers.map(die, [1])
        assert isinstance(outcome.error, WorkersLost)
        with pytest.raises(WorkersLost, match=r"A process of 'mortal' ended by itself.*__main__"):
            workers.submit(divided, 1).result()


def test_a_body_that_fails_ends_what_runs(tmp_path: Path) -> None:
    """However long it would have taken."""
    workers = WorkerManager(1, kind="processes")
    workers.submit(hang, str(tmp_path))
    until((tmp_path / "pid").exists)
    with pytest.raises(KeyboardInterrupt), workers:
        raise KeyboardInterrupt
    assert not is_there(int((tmp_path / "pid").read_text()))

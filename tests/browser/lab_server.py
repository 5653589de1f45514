"""A real JupyterLab, started as `mediamgr lab` starts it, in a home of its own; and the page of it in Chromium."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from mediamgr import lab

__all__ = ["Lab", "free_port", "running_lab"]

READY_SECONDS = 180
STOPPED_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Lab:
    """A running JupyterLab.

    Attributes:
        address: Of the server, without the last slash.
        token: What a request has to bring.
        folder: Where its notebooks are.
    """

    address: str
    token: str
    folder: Path

    def status_of(self, path: str, *, token: str | None = None) -> int:
        """The HTTP status of a request, with a token or without."""
        headers = {} if token is None else {"Authorization": f"token {token}"}
        try:
            with urllib.request.urlopen(
                urllib.request.Request(self.address + path, headers=headers), timeout=READY_SECONDS
            ) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code


@contextmanager
def running_lab(folder: Path, home: Path, start: str | None = None, **variables: str) -> Iterator[Lab]:
    """JupyterLab in `folder` while the body runs; its output is in `home/lab.log`. `start`: as `lab.command`."""
    port, token = free_port(), secrets.token_hex(24)
    home.mkdir(parents=True, exist_ok=True)
    lab_here = Lab(f"http://127.0.0.1:{port}", token, folder)
    theirs = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON", "XDG_"))}
    with lab.environment() as ours, (home / "lab.log").open("wb") as log:
        own = {name: ours[name] for name in ("JUPYTER_CONFIG_PATH", "JUPYTER_PREFER_ENV_PATH")}
        process = subprocess.Popen(
            lab.command(folder, port=port, browser=False, **({} if start is None else {"start": start})),
            env={**theirs, **own, "HOME": str(home), "JUPYTER_TOKEN": token, **variables},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            process_group=0,
        )
        try:
            _wait_until_ready(lab_here, process, home / "lab.log")
            yield lab_here
        finally:
            _stop(process)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(here: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError):
            if here.status_of("/api/status", token=here.token) == 200:
                return
        # a wait for its end that is over at once when it ended
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.2)
            break
    raise AssertionError(f"JupyterLab did not start: {log.read_text(errors='replace')[-4000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=STOPPED_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

"""Owns the notebooks in the user's folder, and the JupyterLab that is started on them.

A notebook the user edited is never overwritten: a manifest beside the notebooks holds the digest of what
was last written, and only a file that still has it is replaced. The user's own Jupyter settings are left
as they are.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from types import FrameType

from mediamgr.errors import InputError, MissingPart
from mediamgr.resources import shipped
from mediamgr.whole_files import whole_file

__all__ = ["Copied", "command", "copy_notebooks", "environment", "run", "working_folder", "write_page"]

_TOUR = "/lab/tree/01_tour.ipynb"
_PAGE = "library.ipynb"
_PAGE_CODE = "import mediamgr\nmediamgr.browse(height=840)"
_NOWHERE_ELSE = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline' blob:;"
    " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws://127.0.0.1:* ws://localhost:* blob:;"
    " worker-src 'self' blob:; frame-ancestors 'self'; base-uri 'self'; form-action 'self'; object-src 'none'"
)
"""What a page may load: nothing from another machine."""
_MANIFEST = ".mediamgr-notebooks.json"
_QUIET = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
_PATIENCE_SECONDS = 5.0
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Copied:
    """What `copy_notebooks` did; a notebook that was up to date is in neither list.

    Attributes:
        folder: Where the notebooks are.
        copied: Names written: new ones, and newer versions of unedited ones.
        kept: Names the user edited, left alone.
    """

    folder: Path
    copied: tuple[str, ...]
    kept: tuple[str, ...]


def working_folder() -> Path:
    """The folder notebooks are copied to: MEDIAMGR_NOTEBOOKS_DIR, else `~/mediamgr`. It may not exist."""
    return Path(os.environ.get("MEDIAMGR_NOTEBOOKS_DIR") or "~/mediamgr").expanduser()


def copy_notebooks(folder: Path) -> Copied:
    """Bring the shipped notebooks into `folder`, which is made when missing; leave those that were edited.

    Raises:
        InputError: The folder cannot be written.
    """
    ours = {path.name: path.read_bytes() for path in sorted(shipped("notebooks").glob("*.ipynb"))}
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in ours.items()}
    written = _read_manifest(folder / _MANIFEST)
    found = {name: _digest(folder / name) for name in ours}
    kept = tuple(name for name in ours if found[name] not in (None, digests[name], written.get(name)))
    copied = tuple(name for name in ours if name not in kept and found[name] != digests[name])
    try:
        for name in copied:
            _write(folder / name, ours[name])
        # the last write: when interrupted before it, what was copied is known by being what is shipped
        manifest = {**written, **{name: digest for name, digest in digests.items() if name not in kept}}
        if manifest != written:
            _write(folder / _MANIFEST, json.dumps(manifest, indent=2, sort_keys=True).encode())
    except OSError as error:
        raise InputError(
            f"Notebooks cannot be written to {folder} ({error}); name another one in MEDIAMGR_NOTEBOOKS_DIR."
        ) from error
    return Copied(folder, copied, kept)


def write_page(folder: Path) -> str:
    """Write what shows the library alone into a folder; the address of it on a server there.

    Voilà runs it and shows what it gives. The library is that of the settings, or MEDIAMGR_LIBRARY.
    """
    cell = {"cell_type": "code", "id": "browse", "source": _PAGE_CODE, "metadata": {}}
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    notebook = {
        "cells": [{**cell, "execution_count": None, "outputs": []}],
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    _write(folder / _PAGE, json.dumps(notebook).encode())
    return f"/voila/render/{_PAGE}"


def command(folder: Path, *, port: int | None, browser: bool, start: str = _TOUR) -> list[str]:
    """How JupyterLab is started in `folder`, for this machine only, with a token.

    `port`: that one or none; None takes the first free one from 8888 on. `browser`: open one. `start`: the address on
    the server that is opened first.
    """
    headers = {"headers": {"Content-Security-Policy": _NOWHERE_ELSE}}
    return [
        *(sys.executable, "-P", "-m", "jupyterlab"),  # -P: files of the user's never stand in for modules
        f"--ServerApp.root_dir={folder.absolute()}",
        f"--LabApp.default_url={start}",
        "--ServerApp.ip=127.0.0.1",
        *([] if port is None else [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]),
        *([] if browser else ["--no-browser"]),
        *([] if start == _TOUR else [f"--ServerApp.tornado_settings={headers!r}"]),
        *([] if os.geteuid() else ["--allow-root"]),  # in a container there is often nobody else
    ]


@contextmanager
def environment() -> Iterator[dict[str, str]]:
    """Give the environment JupyterLab is to run in: ours, plus two things, while the body runs.

    It does not ask about news or look for updates, unless the user's own Jupyter settings say so; and its
    Python kernel is this interpreter, also when the user has another one registered under the same name.
    """
    with TemporaryDirectory(prefix="mediamgr-lab-") as defaults:
        _write(Path(defaults, "labconfig", "default_setting_overrides.json"), json.dumps(_QUIET).encode())
        paths = filter(None, (defaults, os.environ.get("JUPYTER_CONFIG_PATH")))
        yield {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(paths), "JUPYTER_PREFER_ENV_PATH": "1"}


def run(folder: Path, *, port: int | None, browser: bool, start: str = _TOUR) -> int:
    """Run JupyterLab until it ends, and give its exit code, 128 + n when signal n ended it.

    Ctrl-C stops it in good order, kernels and all. Call it from the main thread.

    Raises:
        MissingPart: JupyterLab is not installed.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise MissingPart("JupyterLab is not installed; install it with: pip install 'mediamgr[lab]'")
    with environment() as variables:
        code = _run(command(folder, port=port, browser=browser, start=start), variables)
    return code if code >= 0 else 128 - code


def _run(argv: list[str], variables: Mapping[str, str]) -> int:
    """Run the child; a signal to stop goes to it as SIGTERM: at SIGINT Jupyter asks back.

    It takes its time to end kernels, which a second one at once would cut short; one some seconds later gets through,
    for Jupyter loses a signal that comes while it writes to its log.
    """
    child: subprocess.Popen[bytes] | None = None
    told_at: float | None = None

    def stop(*_: object) -> None:
        nonlocal told_at
        is_told = told_at is not None and monotonic() - told_at < _PATIENCE_SECONDS
        if child is not None and not is_told:
            child.terminate()
        if not is_told:
            told_at = monotonic()

    with _handling(stop):
        # a group of its own: the terminal's Ctrl-C reaches it through us only
        child = subprocess.Popen(argv, env=variables, stdin=subprocess.DEVNULL, process_group=0)
        if told_at is not None:
            child.terminate()
        return child.wait()


@contextmanager
def _handling(stop: Callable[[int, FrameType | None], object]) -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in _STOPPING}
    try:
        for number, handler in before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(number, stop)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _read_manifest(path: Path) -> dict[str, str]:
    """Name to digest of what was last written; a manifest that is missing or damaged knows of nothing."""
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(stored, dict):
        return {}
    return {name: digest for name, digest in stored.items() if isinstance(digest, str) and digest}


def _digest(path: Path) -> str | None:
    """The digest of the file there, None when there is nothing, "" when it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return ""


def _write(path: Path, content: bytes) -> None:
    with whole_file(path) as partial:
        partial.write_bytes(content)

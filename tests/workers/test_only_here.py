"""No other room makes threads or processes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import mediamgr

PACKAGE = Path(mediamgr.__file__).parent
MAKERS = {
    "_thread": {"start_new_thread"},
    "asyncio": {"to_thread"},
    "concurrent.futures": {"Executor", "ProcessPoolExecutor", "ThreadPoolExecutor"},
    "http.server": {"ThreadingHTTPServer"},
    "multiprocessing": {"Pool", "Process", "get_context"},
    "os": {"fork", "posix_spawn"},
    "socketserver": {"ForkingMixIn", "ThreadingMixIn", "ThreadingTCPServer"},
    "threading": {"Thread", "Timer"},
}
ALL_OF = ("concurrent.futures.process", "concurrent.futures.thread", "multiprocessing.pool", "multiprocessing.dummy")


def made_in(text: str) -> set[str]:
    """Names of what makes threads or processes that a module imports or calls; `threading.Thread` as a type is none."""
    return set(_made(ast.parse(text)))


def _made(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            makers = MAKERS.get(node.module or "", set())
            yield from (
                f"{node.module}.{each.name}" for each in node.names if each.name in makers or node.module in ALL_OF
            )
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name in ALL_OF)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            module, name = ast.unparse(node.func.value), node.func.attr
            if name in MAKERS.get(module, ()) or module in ALL_OF:
                yield f"{module}.{name}"


def test_nothing_else_makes_threads_or_processes() -> None:
    """Whoever needs one asks `mediamgr.workers`."""
    modules = [path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE / "workers"]
    assert len(modules) > 150
    assert {str(path): found for path in modules if (found := made_in(path.read_text()))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "from threading import Thread",
        "import threading\nthreading.Timer(1, print).start()",
        "from concurrent.futures import Future, ThreadPoolExecutor",
        "import concurrent.futures\nconcurrent.futures.ProcessPoolExecutor()",
        "from multiprocessing.pool import ThreadPool",
        "import multiprocessing.dummy",
        "from http.server import ThreadingHTTPServer",
        "import os\nos.fork()",
    ],
)
def test_what_would_is_found(text: str) -> None:
    """However it is written."""
    assert made_in(text)


def test_what_does_not_is_let_be() -> None:
    """Locks, futures, and a thread that somebody else made."""
    assert not made_in(
        "import threading\nfrom concurrent.futures import Future, wait\nx: threading.Thread = threading.Lock()"
    )

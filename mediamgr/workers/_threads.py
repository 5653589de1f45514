"""Owns making a thread: a daemon, so that whatever it does the program can end."""

from __future__ import annotations

import threading
from collections.abc import Callable

__all__ = ["start_thread"]


def start_thread(function: Callable[[], object], name: str) -> threading.Thread:
    """Call `function` in a thread of its own from now on; nobody waits for it at the program's end.

    For what hangs or listens for as long as something is open. What ends by itself is for a `WorkerManager`.
    """
    thread = threading.Thread(target=function, name=name, daemon=True)
    thread.start()
    return thread

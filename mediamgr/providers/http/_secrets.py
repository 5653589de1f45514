"""Owns that no key is written into a log: neither by this room nor by the libraries beneath, which log addresses."""

from __future__ import annotations

import logging
import threading
from typing import Final
from urllib.parse import quote, quote_plus

__all__ = ["hidden", "hide"]

_LOGS: Final = ("mediamgr.providers", "urllib3.connectionpool", "urllib3.poolmanager", "urllib3.response")
_lock = threading.Lock()
_secrets: frozenset[str] = frozenset()


def hide(secret: str) -> None:
    """Write *** for this from now on, in all logs of this process that tell of requests."""
    global _secrets
    spelled = {secret, quote(secret), quote_plus(secret)} - {""}
    if spelled <= _secrets:
        return
    with _lock:
        _secrets |= spelled
        for name in _LOGS:
            # a filter that is there already is not added again
            logging.getLogger(name).addFilter(_without_secrets)


def hidden(text: str) -> str:
    """The text with *** in place of secrets."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


def _without_secrets(record: logging.LogRecord) -> bool:
    said = record.getMessage()
    if (safe := hidden(said)) != said:
        record.msg, record.args = safe, ()
    return True

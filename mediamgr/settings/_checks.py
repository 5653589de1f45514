"""Owns what makes a value of a setting valid: each check gives the value as it is kept, or raises `ValueError`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

__all__ = [
    "backend",
    "boolean",
    "byte_count",
    "key",
    "language",
    "milliseconds",
    "path",
    "path_or_none",
    "redis_url",
    "seconds",
    "web_url",
]

_CACHE_BACKENDS = ("db", "redis", "disk")
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


def boolean(value: Any) -> bool:
    """True or false, as people write them."""
    text = str(value).strip().lower()
    if text not in _TRUE + _FALSE:
        raise ValueError("must be true or false")
    return text in _TRUE


def _whole_number_of(unit: str) -> Callable[[Any], int]:
    def checked(value: Any) -> int:
        if isinstance(value, bool) or not re.fullmatch(r"\s*\d+\s*", str(value)):
            raise ValueError(f"must be a whole number of {unit}, 0 or more")
        return int(value)

    return checked


seconds, byte_count, milliseconds = map(_whole_number_of, ("seconds", "bytes", "milliseconds"))
"""0 or more of them."""


def backend(value: Any) -> str:
    """Where answers are kept."""
    if value not in _CACHE_BACKENDS:
        raise ValueError(f"must be one of {', '.join(_CACHE_BACKENDS)}")
    return str(value)


def redis_url(value: Any) -> str:
    """The address of a redis server."""
    if urlsplit(str(value)).scheme not in ("redis", "rediss", "unix"):
        raise ValueError("must start with redis://, rediss:// or unix://")
    return str(value)


def web_url(value: Any) -> str:
    """An address without a slash at its end, and without secrets."""
    address = str(value).strip().rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must start with http:// or https:// and name a host")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("must be without user, password, ? and #")
    return address


def key(value: Any) -> str:
    """A key of a provider."""
    key = str(value).strip()
    if not re.fullmatch(r"[!-~]*", key):
        raise ValueError("must be letters, digits and signs without spaces")
    return key


def language(value: Any) -> str:
    """A language, or a language and a region."""
    language, _, region = str(value).strip().partition("-")
    if not re.fullmatch(r"[a-zA-Z]{2,3}", language) or not re.fullmatch(r"([a-zA-Z]{2})?", region):
        raise ValueError('must be a language, or a language and a region, such as "en" or "pt-BR"')
    return f"{language.lower()}-{region.upper()}" if region else language.lower()


def path(value: Any) -> str:
    """A path."""
    if not str(value).strip():
        raise ValueError("must be a path")
    return str(Path(str(value)).expanduser())


def path_or_none(value: Any) -> str:
    """A path, or ""."""
    return path(value) if str(value).strip() else ""

"""Owns what headers of an answer say: how long it is good, when to come again, which part it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple

__all__ = ["Part", "content_length", "content_type", "good_for", "is_never_kept", "part", "retry_after", "validator"]

_MAX_AGE: Final = re.compile(r'(?:^|[,\s])max-age\s*=\s*"?(\d{1,10})', re.IGNORECASE)
_NO_STORE: Final = re.compile(r"(?:^|[,\s])no-store\b", re.IGNORECASE)
_NO_CACHE: Final = re.compile(r"(?:^|[,\s])no-cache\b(?!=)", re.IGNORECASE)
_PART: Final = re.compile(r"bytes\s+(?:(\d{1,15})-(\d{1,15})|\*)/(\d{1,15})")


class Part(NamedTuple):
    """What Content-Range says.

    Attributes:
        first: Place of the first byte that comes; None when none does (416).
        total: Bytes of the whole.
    """

    first: int | None
    total: int


def is_never_kept(headers: Mapping[str, str]) -> bool:
    """Whether the provider forbids to keep the answer."""
    return bool(_NO_STORE.search(headers.get("Cache-Control", "")))


def good_for(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds for which the provider says that its answer is good, from now on; None when it does not say.

    By max-age, of which Age is over already; else by Expires. `now`: seconds since 1970.
    """
    told = headers.get("Cache-Control", "")
    if _NO_CACHE.search(told):
        return 0.0
    if found := _MAX_AGE.search(told):
        return max(float(found[1]) - (_whole(headers.get("Age")) or 0), 0.0)
    if "Expires" not in headers:
        return None
    expires = _moment(headers["Expires"])
    # a date that is none, such as 0, is over
    return max(expires - _sent_at(headers, now), 0.0) if expires is not None else 0.0


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds after which one may come again; None when it is not said."""
    told = headers.get("Retry-After", "").strip()
    seconds = _whole(told)
    if seconds is not None:
        return float(seconds)
    moment = _moment(told)
    return None if moment is None else max(moment - _sent_at(headers, now), 0.0)


def validator(headers: Mapping[str, str]) -> str:
    """What tells that the rest is of the same file: a strong ETag, else Last-Modified; "" when there is neither."""
    tag = headers.get("ETag", "").strip()
    return tag if tag.startswith('"') else headers.get("Last-Modified", "").strip()


def part(headers: Mapping[str, str]) -> Part | None:
    """Which part of a file comes; None when that is not said in bytes, or the whole is not known."""
    found = _PART.fullmatch(headers.get("Content-Range", "").strip())
    return Part(int(found[1]) if found[1] else None, int(found[3])) if found else None


def content_length(headers: Mapping[str, str]) -> int | None:
    """Bytes that come; None when it is not said, or they are compressed on the way."""
    if headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        return None
    return _whole(headers.get("Content-Length"))


def content_type(headers: Mapping[str, str]) -> str:
    """The type without its parameters, such as "image/jpeg"; "" when it is not said."""
    return headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _whole(text: str | None) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,15})\s*", text or "", re.ASCII)
    return int(found[1]) if found else None


def _sent_at(headers: Mapping[str, str], now: float) -> float:
    """By the provider's own clock, which its dates go by."""
    told = _moment(headers.get("Date", ""))
    return now if told is None else told


def _moment(text: str) -> float | None:
    try:
        moment: datetime = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()

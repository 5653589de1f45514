"""Owns what a provider is asked and what it answers, free of sockets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from mediamgr.providers.simulator._limits import Limit

__all__ = ["Answer", "Provider", "Request", "as_asked", "told", "with_tag"]


@dataclass(frozen=True, slots=True)
class Request:
    """One request to one provider.

    Attributes:
        server: The address of the server, without a slash at its end.
        path: Below the prefix of the provider: "/3/movie/78".
        parameters: Name to the values given for it.
        headers: Names in lower case.
    """

    server: str
    path: str
    parameters: Mapping[str, list[str]]
    headers: Mapping[str, str]

    def one(self, name: str) -> str:
        """The last value given for a parameter; "" when there is none."""
        return self.parameters.get(name, [""])[-1]

    def whole(self, name: str) -> int | None:
        """A parameter that is a whole number, 0 or more; None for anything else."""
        given = self.one(name)
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider answers."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Provider(Protocol):
    """One of those that are simulated."""

    @property
    def limit(self) -> Limit | None: ...
    def answer(self, request: Request) -> Answer:
        """What it knows."""

    def refused(self, seconds: int) -> Answer:
        """What it says to too many requests; `seconds`: until the next one is welcome."""

    def failed(self) -> Answer:
        """What it says when it is out of order."""


def told(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer in JSON; `headers` besides its type, or in place of it."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(status, body, {"Content-Type": "application/json; charset=utf-8", **(headers or {})})


def with_tag(answer: Answer, *, is_weak: bool = False) -> Answer:
    """The answer with an ETag, which changes when the body does."""
    tag = f'"{hashlib.blake2b(answer.body, digest_size=16).hexdigest()}"'
    return replace(answer, headers={**answer.headers, "ETag": f"W/{tag}" if is_weak else tag})


def as_asked(request: Request, answer: Answer) -> Answer:
    """The answer, or 304 without a body to who has it already."""
    tag, had = answer.headers.get("ETag"), request.headers.get("if-none-match", "")
    if answer.status != 200 or tag is None:
        return answer
    held = {each.strip().removeprefix("W/") for each in had.split(",")}
    if had.strip() != "*" and tag.removeprefix("W/") not in held:
        return answer
    return Answer(304, b"", {name: value for name, value in answer.headers.items() if name != "Content-Type"})

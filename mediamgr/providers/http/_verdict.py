"""Owns what is made of a provider's answer: it is kept, or an error, and whether asking again is worth it. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, NamedTuple, TypeVar, cast

from mediamgr.cache_service import Answer, Policy, Unchanged
from mediamgr.errors import ProviderAnswerWrong, ProviderBusy, ProviderError, ProviderRefused, ProviderUnavailable
from mediamgr.providers.http._headers import good_for, is_never_kept, retry_after
from mediamgr.providers.http._site import Site

__all__ = [
    "MANY",
    "ONCE",
    "TWICE",
    "Question",
    "Reply",
    "Verdict",
    "from_recipe",
    "judged",
    "missing_key",
    "read_json",
    "status_error",
]

MANY: Final = 1_000
TWICE: Final = 2
ONCE: Final = 1
_UNTOLD_QUOTA_SECONDS: Final = 600.0
_UNTOLD_RATE_SECONDS: Final = 1.0
_BRIEFLY: Final = 1.0
_TRIED_AGAIN: Final = frozenset({408, 425})
_NOT_MADE: Final = 501

_Outcome = TypeVar("_Outcome")


@dataclass(frozen=True, slots=True)
class Question:
    """What a provider is asked.

    Attributes:
        site: Whom.
        endpoint: Such as "search/movie".
        parameters: As they are sent, without the key.
        ttl: Seconds the answer is good where the provider does not say; None: as the cache's policy says.
    """

    site: Site
    endpoint: str
    parameters: Mapping[str, str]
    ttl: float | None = None

    def __str__(self) -> str:
        return f"{self.site.name} {self.endpoint}".strip()


class Reply(NamedTuple):
    """What came."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Verdict(Generic[_Outcome]):
    """What one attempt came to.

    Attributes:
        outcome: What was wanted; None when there is an error.
        error: What it failed with.
        attempts: So many are worth making in all, until this outcome is final.
        hold_seconds: For so long nobody is to ask; 0 when anybody may.
    """

    outcome: _Outcome | None = None
    error: ProviderError | None = None
    attempts: int = ONCE
    hold_seconds: float = 0.0

    def given(self) -> _Outcome:
        """What was wanted. Raises the error when there is one."""
        if self.error is not None:
            raise self.error
        return cast("_Outcome", self.outcome)


def judged(question: Question, reply: Reply, now: float, policy: Policy) -> Verdict[Answer | Unchanged]:
    """What is made of the answer to a question; `now`: seconds since 1970."""
    site, (status, headers, body) = question.site, reply
    if status == 304:
        return Verdict(Unchanged(_ttl(question, headers, now, policy.ttl)))
    told, is_json = read_json(body)
    if (refusal := site.refusal(status, told)) is not None:
        return _refused(refusal, headers, now)
    if status in (404, 410):
        return Verdict(_answer(question, reply, None, now, policy))
    if (failure := status_error(site, str(question), status, headers, now)) is not None:
        return failure
    if not is_json:
        wrong = f"{question} was answered with something that is no JSON; try again later, or look at its address."
        return Verdict(error=ProviderAnswerWrong(wrong), attempts=TWICE)
    return Verdict(_answer(question, reply, None if site.is_nothing(told) else body, now, policy))


def status_error(site: Site, asked: str, status: int, headers: Mapping[str, str], now: float) -> Verdict[Any] | None:
    """The error that a status stands for; None for one that means well. `asked` is named in it."""
    if status in site.busy:
        seconds = retry_after(headers, now)
        when = f"in {seconds:.0f} seconds" if seconds is not None else "later"
        busy = ProviderBusy(f"{site.name} asks for fewer questions; ask again {when}.", seconds)
        return Verdict(error=busy, attempts=MANY, hold_seconds=_UNTOLD_RATE_SECONDS if seconds is None else seconds)
    if status in (401, 403):
        return Verdict(error=_forbidden(site, status))
    if status in _TRIED_AGAIN or (status >= 500 and status != _NOT_MADE):
        failed = f"{asked}: the provider is out of order (HTTP {status}); try again later."
        return Verdict(error=ProviderUnavailable(failed), attempts=MANY)
    if not 200 <= status < 300:
        wrong = f"{asked} was answered with HTTP {status}, which says nothing; look at what was asked, and of whom."
        return Verdict(error=ProviderAnswerWrong(wrong))
    return None


def missing_key(site: Site) -> ProviderRefused | None:
    """The error of a site that needs a key and has none."""
    if not site.key_in or site.key:
        return None
    return ProviderRefused(f"{site.name} needs a key of yours, and there is none; {_key_settings(site)}.")


def read_json(body: bytes) -> tuple[Any, bool]:
    """What a body says, and whether it is JSON at all."""
    try:
        return json.loads(body), True
    except (ValueError, RecursionError):
        return None, False


def _refused(error: ProviderError, headers: Mapping[str, str], now: float) -> Verdict[Any]:
    """What a site says in its own way."""
    if isinstance(error, ProviderUnavailable):
        return Verdict(error=error, attempts=MANY)
    if not isinstance(error, ProviderBusy):
        return Verdict(error=error)
    if error.retry_after_seconds is None:
        error.retry_after_seconds = retry_after(headers, now)
    if error.retry_after_seconds is None:
        # whoever comes next need not be told the same
        return Verdict(error=error, hold_seconds=_UNTOLD_QUOTA_SECONDS)
    return Verdict(error=error, attempts=MANY, hold_seconds=error.retry_after_seconds)


def _forbidden(site: Site, status: int) -> ProviderRefused:
    if not site.key_in:
        return ProviderRefused(
            f"{site.name} refuses to answer (HTTP {status}); look at its address and its terms of use."
        )
    return ProviderRefused(f"{site.name} does not take the key it was given (HTTP {status}); {_key_settings(site)}.")


def _key_settings(site: Site) -> str:
    return f"set MEDIAMGR_{site.name.upper()}_KEY, or call get_settings().set_{site.name}_key(...)"


def _answer(question: Question, reply: Reply, body: bytes | None, now: float, policy: Policy) -> Answer:
    longest = policy.negative_ttl if body is None else policy.ttl
    ttl = _ttl(question if body is not None else None, reply.headers, now, longest)
    if body is None:
        return Answer(None, ttl)
    headers = reply.headers
    return Answer(body, ttl, headers.get("ETag", ""), headers.get("Last-Modified", ""), _recipe(question))


def _ttl(question: Question | None, headers: Mapping[str, str], now: float, longest: float) -> float | None:
    """How long an answer is good: as the provider says but not longer than the user wants, else as the caller says."""
    if is_never_kept(headers):
        return 0.0
    seconds, own = good_for(headers, now), question.ttl if question else None
    can_be_asked_about = "ETag" in headers or "Last-Modified" in headers
    if seconds is None or (seconds <= 0 and own is not None and not can_be_asked_about):
        # who sends max-age=0 and no validator, as MediaWiki does, did not think of those who keep
        return own
    # one that is over at once is still worth keeping: to ask whether it changed, and for when nobody answers
    return min(max(seconds, _BRIEFLY), longest)


def _recipe(question: Question) -> str:
    how = {"endpoint": question.endpoint, "parameters": dict(question.parameters), "ttl": question.ttl}
    return json.dumps(how, ensure_ascii=False, separators=(",", ":"))


def from_recipe(site: Site, recipe: str) -> Question:
    """The question that a recipe tells of."""
    how = json.loads(recipe)
    return Question(site, how["endpoint"], how["parameters"], how["ttl"])

"""Owns what is decided about an answer: whether it is given or asked for again, and how long it is kept. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mediamgr.cache_service._entry import Entry

__all__ = ["Answer", "Policy", "State", "Unchanged", "entry_of", "renewed", "state_of"]


@dataclass(frozen=True, slots=True)
class Policy:
    """How long answers are good.

    Attributes:
        ttl: Seconds an answer is good, unless it says so itself.
        negative_ttl: Seconds for which it is good that there is nothing.
        stale_while_revalidate: Seconds after that in which it is given at once, and asked for again in the background.
        stale_if_error: Seconds after which it is not even given any more when asking again fails.
        jitter: Up to this share of its time is taken off by chance, so that answers got together do not end together.
        ahead: After this share of its time an answer that is given often is asked for again in the background.
        often: Given so many times since this process began is often.
        compress_from: Bodies of so many bytes are compressed.
        is_kept: Whether anything is kept at all.
        most_bytes: Entries may take so many bytes together; those not used for longest go first.
    """

    ttl: float = 24 * 3600.0
    negative_ttl: float = 3600.0
    stale_while_revalidate: float = 3600.0
    stale_if_error: float = 7 * 24 * 3600.0
    jitter: float = 0.1
    ahead: float = 0.8
    often: int = 3
    compress_from: int = 2048
    is_kept: bool = True
    most_bytes: int = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a loader may give when it knows more than bytes.

    Attributes:
        body: What was answered; None: that there is nothing.
        ttl: Seconds it is good, at most; None: as the policy says. 0 is not kept.
        etag: What to ask for a change with; "" when the provider gave none.
        last_modified: The other one.
        recipe: How to ask again, for `CacheService.teach`; "" when nobody needs to.
    """

    body: bytes | None
    ttl: float | None = None
    etag: str = ""
    last_modified: str = ""
    recipe: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What a loader gives when the answer that is kept still holds (HTTP 304).

    Attributes:
        ttl: Seconds it is good again; None: as long as it was.
    """

    ttl: float | None = None


class State(Enum):
    """What an entry is good for now."""

    FRESH = "given"
    AHEAD = "given, and asked for again in the background before it ends"
    STALE = "given, and asked for again in the background"
    OLD = "given only when asking again fails"
    GONE = "not given any more"


def state_of(entry: Entry, policy: Policy, now: float, hits: int = 0) -> State:
    """What an entry is good for at `now`, that was given `hits` times."""
    age = now - entry.stored_at
    if age < entry.ttl:
        is_hot = hits >= policy.often and age >= policy.ahead * entry.ttl
        return State.AHEAD if is_hot else State.FRESH
    if age >= entry.kept:
        return State.GONE
    return State.STALE if age < entry.ttl + policy.stale_while_revalidate else State.OLD


def entry_of(answer: Answer, policy: Policy, now: float, chance: float) -> Entry | None:
    """What is kept of an answer, None for nothing; `chance`, 0 to 1, says how much of its time is taken off."""
    is_negative = answer.body is None
    longest = policy.negative_ttl if is_negative else policy.ttl
    ttl = (longest if answer.ttl is None else answer.ttl) * (1 - policy.jitter * chance)
    if ttl <= 0:
        return None
    spare = 0.0 if is_negative else max(policy.stale_while_revalidate, policy.stale_if_error)
    return Entry(
        answer.body or b"", now, ttl, ttl + spare, is_negative, answer.etag, answer.last_modified, answer.recipe
    )


def renewed(entry: Entry, unchanged: Unchanged, now: float) -> Entry:
    """The entry, good again."""
    ttl = entry.ttl if unchanged.ttl is None else unchanged.ttl
    return entry._replace(stored_at=now, ttl=ttl, kept=ttl + entry.kept - entry.ttl)

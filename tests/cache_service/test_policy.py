"""How long answers are good is decided by pure functions."""

from __future__ import annotations

import pytest

from mediamgr.cache_service import Answer, Policy, Unchanged
from mediamgr.cache_service._policy import State, entry_of, renewed, state_of

POLICY = Policy(ttl=100, negative_ttl=10, stale_while_revalidate=20, stale_if_error=300, jitter=0.1, ahead=0.8, often=3)
STATES = [
    pytest.param(0, 0, State.FRESH, id="new"),
    pytest.param(79, 9, State.FRESH, id="hot, and far from its end"),
    pytest.param(80, 2, State.FRESH, id="near its end, and not hot"),
    pytest.param(80, 3, State.AHEAD, id="hot, and near its end"),
    pytest.param(99.9, 3, State.AHEAD, id="hot, and at its end"),
    pytest.param(100, 3, State.STALE, id="over"),
    pytest.param(119.9, 0, State.STALE, id="over for a little while"),
    pytest.param(120, 0, State.OLD, id="over for longer"),
    pytest.param(399.9, 0, State.OLD, id="nearly gone"),
    pytest.param(400, 9, State.GONE, id="gone"),
]


@pytest.mark.parametrize(("age", "hits", "state"), STATES)
def test_state(age: float, hits: int, state: State) -> None:
    """By age, and by how often it is given."""
    entry = entry_of(Answer(b"x"), POLICY, now=1000, chance=0)
    assert entry is not None
    assert state_of(entry, POLICY, 1000 + age, hits) is state


@pytest.mark.parametrize(
    ("answer", "chance", "ttl", "kept"),
    [
        pytest.param(Answer(b"x"), 0.0, 100, 400, id="as the policy says"),
        pytest.param(Answer(b"x"), 1.0, 90, 390, id="a tenth less by chance"),
        pytest.param(Answer(b"x", ttl=7), 0.0, 7, 307, id="as the provider says"),
        pytest.param(Answer(None), 0.0, 10, 10, id="nothing, for a shorter time and no longer"),
        pytest.param(Answer(None, ttl=5), 0.0, 5, 5, id="nothing, as the provider says"),
    ],
)
def test_how_long(answer: Answer, chance: float, ttl: float, kept: float) -> None:
    """What an answer says of itself goes before the policy; jitter only shortens."""
    entry = entry_of(answer, POLICY, 1000, chance)
    assert entry is not None
    assert (entry.ttl, entry.kept, entry.is_negative) == (ttl, kept, answer.body is None)


def test_what_is_over_at_once_is_not_kept() -> None:
    """A time of 0 keeps nothing."""
    assert entry_of(Answer(b"x", ttl=0), POLICY, 1000, 0.5) is None


def test_unchanged_is_good_again() -> None:
    """From now, for as long as it was, or as the provider says; validators stay."""
    entry = entry_of(Answer(b"x", etag='"1"'), POLICY, 1000, 0)
    assert entry is not None
    again = renewed(entry, Unchanged(), 1100)
    assert (again.stored_at, again.ttl, again.kept, again.etag) == (1100, 100, 400, '"1"')
    assert renewed(entry, Unchanged(ttl=30), 1100)[1:4] == (1100, 30, 330)

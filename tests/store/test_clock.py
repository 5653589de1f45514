"""What time it is as a library keeps it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from mediamgr.store import utc_now


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine is where it is fourteen hours later."""
    monkeypatch.setenv("TZ", "XXX-14")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("far_east")
def test_it_is_the_same_wherever_the_machine_is() -> None:
    """UTC, and no zone beside it."""
    before, now, after = datetime.now(UTC), utc_now(), datetime.now(UTC)
    assert now.tzinfo is None
    assert before <= now.replace(tzinfo=UTC) <= after

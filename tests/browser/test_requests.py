"""What the page may ask, and what becomes of all else."""

from __future__ import annotations

import json
import math
import random
from typing import Any

import pytest

from mediamgr.browser import _requests as ask

ROWS = {"type": "rows", "view": "a", "seq": 1, "revision": 0, "start": 0, "stop": 100}


@pytest.mark.parametrize(
    ("message", "request_"),
    [
        (ROWS, ask.Rows(view="a", seq=1, revision=0, start=0, stop=100)),
        ({**ROWS, "ahead": True, "speed": -2.5, "more": 1}, ask.Rows(view="a", seq=1, revision=0, start=0, stop=100, ahead=True, speed=-2.5)),
        ({"type": "search", "text": "blade"}, ask.Search(text="blade")),
        ({"type": "narrow", "name": "genre", "value": "Drama", "on": False}, ask.Narrow(name="genre", value="Drama", on=False)),
        ({"type": "clear", "name": "genre", "value": None}, ask.Clear(name="genre")),
        ({"type": "select", "ids": [3, 2.0]}, ask.Select(ids=(3, 2))),
        ({"type": "act", "action": "rate", "ids": [1], "value": 8}, ask.Act(action="rate", ids=(1,), value=8)),
        ({"type": "clear_all"}, ask.ClearAll()),
    ],
)  # fmt: skip
def test_what_may_be_asked_is_read(message: dict[str, Any], request_: ask.Request) -> None:
    """Fields that nobody knows are left out."""
    assert ask.read(message) == request_


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (None, "an object"),
        ([ROWS], "an object"),
        ({}, "no request of type 'None'"),
        ({"type": "sql", "text": "drop table media_item"}, "no request of type 'sql'"),
        ({"type": ["rows"]}, "no request of type"),
        ({**ROWS, "start": -1}, "rows: start is from 0"),
        ({**ROWS, "start": 1e300}, "rows: start is from 0"),
        ({**ROWS, "start": math.nan}, "rows: start is a whole number"),
        ({**ROWS, "stop": math.inf}, "rows: stop is"),
        ({**ROWS, "start": "0"}, "rows: start is a whole number"),
        ({**ROWS, "start": True}, "rows: start is a whole number"),
        ({**ROWS, "start": 200}, "a window has 0 to"),
        ({**ROWS, "stop": 10**7}, "a window has 0 to"),
        ({**ROWS, "view": "v" * 100}, "rows: view is text"),
        ({key: value for key, value in ROWS.items() if key != "revision"}, "revision"),
        ({"type": "search", "text": "x" * 501}, "text is text of 0 to 500"),
        ({"type": "select", "ids": list(range(1001))}, "at most 1000 ids"),
        ({"type": "select", "ids": [1, "2"]}, "a whole number"),
        ({"type": "view", "view_name": "cube"}, "one of list, wall"),
        ({"type": "act", "action": "delete", "ids": [1]}, "one of rate"),
        ({"type": "act", "action": "rate", "ids": [1], "value": {"a": 1}}, "value is text"),
    ],
)
def test_what_may_not_is_refused_and_named(message: object, told: str) -> None:
    """By the field that is wrong."""
    with pytest.raises(ask.BadRequest, match=told):
        ask.read(message)


def garbage(dice: random.Random, depth: int = 0) -> Any:
    """Some value."""
    kinds = [
        lambda: dice.choice([None, True, False, math.nan, math.inf, -math.inf, -1, 0, 2**63, 10**400, 1e308, 0.5]),
        lambda: dice.randbytes(dice.randrange(20)).decode("latin-1"),
        lambda: dice.choice(
            ["rows", "genre", "title", "'; drop table media_item; --", "\0", "𝕏" * 600, "{}", "$value"]
        ),
        lambda: dice.randrange(-(10**6), 10**6),
    ]
    if depth < 3:
        kinds.append(lambda: [garbage(dice, depth + 1) for _ in range(dice.randrange(5))])
        kinds.append(lambda: {str(garbage(dice, 3)): garbage(dice, depth + 1) for _ in range(dice.randrange(4))})
    return dice.choice(kinds)()


def random_messages(seed: int, count: int) -> list[Any]:
    """Requests with wrong types, huge offsets, absent keys; and no requests at all."""
    dice = random.Random(seed)
    names = ["view", "seq", "revision", "start", "stop", "ahead", "speed", "text", "by", "descending", "name", "value",
             "on", "ids", "id", "size", "action", "field", "person_id", "add", "view_name"]  # fmt: skip
    made: list[Any] = []
    for _ in range(count):
        if dice.random() < 0.1:
            made.append(garbage(dice))
            continue
        right = {"view": "a", "seq": 1, "revision": dice.randrange(3), "start": 0, "stop": 50, "ids": [1, 2], "id": 1,
                 "text": "a", "by": "year", "name": "genre", "value": "Drama", "on": True, "person_id": 1}  # fmt: skip
        message = {"type": dice.choice(sorted(ask._KINDS)), **right}
        for name in dice.sample(names, dice.randrange(6)):
            if dice.random() < 0.3:
                message.pop(name, None)
            else:
                message[name] = garbage(dice)
        made.append(message)
    return made


def test_ten_thousand_random_messages_are_read_or_refused() -> None:
    """Nothing else happens, and some of them are read."""
    read = 0
    for message in random_messages(7, 10_000):
        try:
            assert isinstance(ask.read(message), ask.Request)
            read += 1
        except ask.BadRequest as refused:
            assert len(str(refused)) < 1_000  # noqa: PT017
    assert 1_000 < read < 9_000


def test_json_cannot_say_more() -> None:
    """What comes from a page is JSON, in which a browser writes numbers as it likes."""
    assert ask.read(json.loads('{"type":"details","id":7.0,"seq":1e3}')) == ask.Details(id=7, seq=1000)

"""An entry is one piece of bytes that tells all of it, and is checked when read."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediamgr.cache_service._entry import Corrupt, Entry, pack, read_head, unpack

NEVER = 1 << 40
ENTRY = Entry(b'{"a": 1}' * 100, 1_700_000_000.25, 60.0, 600.0, False, 'W/"é"', "Mon, 01 Jan 2026 00:00:00 GMT", "{}")


@given(st.binary(max_size=5000), st.booleans(), st.text(), st.text(), st.integers(0, 6000))
def test_what_is_packed_is_unpacked(body: bytes, is_negative: bool, etag: str, recipe: str, compress_from: int) -> None:
    """Whatever the body, compressed or not."""
    entry = Entry(body, 1.5, 2.5, 3.5, is_negative, etag, "", recipe)
    assert unpack(pack(entry, compress_from)) == entry


@pytest.mark.parametrize("compress_from", [0, NEVER], ids=["compressed", "as it is"])
def test_damage_is_noticed(compress_from: int) -> None:
    """No flipped bit and no missing end goes unnoticed."""
    packed = pack(ENTRY, compress_from)
    for at in range(len(packed)):
        with pytest.raises(Corrupt):
            unpack(packed[:at] + bytes([packed[at] ^ 4]) + packed[at + 1 :])
        with pytest.raises(Corrupt):
            unpack(packed[:at])


def test_compression_only_where_it_helps() -> None:
    """What repeats becomes small; what does not stays as it is."""
    assert len(pack(ENTRY, 100)) < len(pack(ENTRY, NEVER)) / 4
    noise = ENTRY._replace(body=os.urandom(10_000))
    assert len(pack(noise, 100)) == len(pack(noise, NEVER))


def test_the_head_tells_what_a_listing_needs() -> None:
    """Without the body: when, how long, and how long the body is."""
    head = read_head(pack(ENTRY, 100)[:60])
    assert head == (ENTRY.stored_at, ENTRY.ttl, ENTRY.kept, False, len(ENTRY.body))
    with pytest.raises(Corrupt):
        read_head(b"something else" * 10)

"""Owns what is kept of an answer: its bytes, when it was got, how long it is good, and what revalidates it.

On every backend it is one piece of bytes that tells all of it and is checked when it is read, so that a backend need
only keep bytes. Nothing is ever unpickled.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final, NamedTuple

import pyarrow

__all__ = ["HEAD_BYTES", "Corrupt", "Entry", "Head", "pack", "read_head", "unpack"]

_MAGIC: Final = b"mmc1"
# stored_at, ttl, kept, flags, length of the texts, length of the body before it was compressed
_FACTS: Final = struct.Struct("<dddBHHHI")
_CHECK: Final = struct.Struct("<4sI")
HEAD_BYTES: Final = _CHECK.size + _FACTS.size
"""So many of its first bytes tell all but texts and body."""
_NEGATIVE, _COMPRESSED = 1, 2
_WORTH_IT: Final = 0.9
_LONGEST_TEXT: Final = 0xFFFF
_CODEC: Final = pyarrow.Codec("zstd", compression_level=3)


class Corrupt(Exception):
    """Bytes that are no entry, or one that was damaged."""


class Entry(NamedTuple):
    """An answer that is kept.

    Attributes:
        body: What was answered; empty when there is nothing.
        stored_at: When, in seconds since 1970.
        ttl: Seconds it is good.
        kept: Seconds it is kept, at least `ttl`: what is no longer good is given when nothing better is to be had.
        is_negative: Whether the answer was that there is nothing.
        etag: Validator of HTTP; "" when there is none.
        last_modified: The other one.
        recipe: How to ask again, for whoever knows; "" when nobody does.
    """

    body: bytes
    stored_at: float
    ttl: float
    kept: float
    is_negative: bool = False
    etag: str = ""
    last_modified: str = ""
    recipe: str = ""

    @property
    def fresh_until(self) -> float:
        """Seconds since 1970."""
        return self.stored_at + self.ttl

    @property
    def kept_until(self) -> float:
        """Seconds since 1970."""
        return self.stored_at + self.kept


class Head(NamedTuple):
    """What the first bytes of a packed entry tell; as in `Entry`, and the length of its body in bytes."""

    stored_at: float
    ttl: float
    kept: float
    is_negative: bool
    raw_bytes: int


def pack(entry: Entry, compress_from: int) -> bytes:
    """One piece of bytes; a body of at least `compress_from` bytes is compressed where that makes it smaller."""
    body, flags = entry.body, _NEGATIVE if entry.is_negative else 0
    if len(body) >= compress_from:
        smaller = _CODEC.compress(body, asbytes=True)
        if len(smaller) < _WORTH_IT * len(body):
            body, flags = smaller, flags | _COMPRESSED
    texts = [text.encode()[:_LONGEST_TEXT] for text in (entry.etag, entry.last_modified, entry.recipe)]
    facts = _FACTS.pack(entry.stored_at, entry.ttl, entry.kept, flags, *map(len, texts), len(entry.body))
    rest = b"".join((facts, *texts, body))
    return _CHECK.pack(_MAGIC, zlib.crc32(rest)) + rest


def unpack(packed: bytes) -> Entry:
    """The entry again. Raises `Corrupt`."""
    try:
        magic, checksum = _CHECK.unpack_from(packed)
        if magic != _MAGIC or zlib.crc32(memoryview(packed)[_CHECK.size :]) != checksum:
            raise Corrupt("it is no entry of the cache, or was damaged")
        stored_at, ttl, kept, flags, *lengths, length = _FACTS.unpack_from(packed, _CHECK.size)
        texts, start = [], HEAD_BYTES
        for each in lengths:
            texts.append(packed[start : start + each].decode())
            start += each
        body = packed[start:]
        if flags & _COMPRESSED:
            body = _CODEC.decompress(body, decompressed_size=length, asbytes=True)
    except (struct.error, ValueError, OSError) as error:
        raise Corrupt(str(error)) from None
    return Entry(body, stored_at, ttl, kept, bool(flags & _NEGATIVE), *texts)


def read_head(head: bytes) -> Head:
    """What the first bytes of a packed entry tell, unchecked. Raises `Corrupt`."""
    if len(head) < HEAD_BYTES or not head.startswith(_MAGIC):
        raise Corrupt("it is no entry of the cache")
    stored_at, ttl, kept, flags, *_, length = _FACTS.unpack_from(head, _CHECK.size)
    return Head(stored_at, ttl, kept, bool(flags & _NEGATIVE), length)

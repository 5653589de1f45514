"""Reads Kodi-style NFO files: what they say of films, shows and episodes.

Several roots in one file, an address after them, nothing but an address, old and new forms of ratings and
wrong encodings are all read. What cannot be used becomes a note; nothing in a file is ever fetched.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from mediamgr.errors import SourceError
from mediamgr.ingest.nfo._facts import NfoArt, NfoCredit, NfoFacts
from mediamgr.ingest.nfo._fields import facts_of_root, ids_in_urls
from mediamgr.ingest.nfo._xml import take_apart
from mediamgr.instrumentation import Timer

__all__ = ["NfoArt", "NfoCredit", "NfoFacts", "parse_nfo", "read_nfo"]

_READING: Final = Timer("ingest.nfo", "Reading one NFO file")
_MOST_BYTES = 8 * 1024 * 1024


def read_nfo(path: str | Path) -> tuple[NfoFacts, ...]:
    """What an NFO file says, one record a root. Raises `SourceError`, naming the file, when it says nothing."""
    with _READING.run():
        name = Path(path).name
        try:
            with open(path, "rb") as file:
                data = file.read(_MOST_BYTES + 1)
        except OSError as error:
            raise SourceError(f"{name} cannot be read: {error.strerror or error}.") from error
        if len(data) > _MOST_BYTES:
            raise SourceError(f"{name} is larger than {_MOST_BYTES // 2**20} MiB; that is no NFO file.")
        return parse_nfo(data, name)


def parse_nfo(data: bytes, name: str) -> tuple[NfoFacts, ...]:
    """What the bytes of an NFO file say; `name` is for errors.

    Ids found in addresses go to the root when there is just one, which trusts its own first. Raises
    `SourceError`.
    """
    content = take_apart(data, name)
    linked = ids_in_urls(content.urls)
    if not content.roots:
        if not linked:
            raise SourceError(f"{name} holds an address, but of no film or show that is known: {content.urls[0]}.")
        return (NfoFacts(None, external_ids=linked, notes=content.notes),)
    found = []
    for position, root in enumerate(content.roots):
        facts = facts_of_root(root, content.notes if position == 0 else ())
        if len(content.roots) == 1:
            own = dict(facts.external_ids)
            facts = replace(facts, external_ids=(*own.items(), *(each for each in linked if each[0] not in own)))
        found.append(facts)
    return tuple(found)

"""Owns reading what lies in folders, but for the videos themselves: pictures, subtitles and NFO files, each once.

A file that cannot be read is a problem with its path and reason, and costs nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from mediamgr.errors import SourceError
from mediamgr.ingest._family import beside, named_from
from mediamgr.ingest._scanned import ScannedFolder, ScannedVideo
from mediamgr.ingest.nfo import NfoFacts, read_nfo
from mediamgr.ingest.sidecars import classify
from mediamgr.ingest.walk import Entry, Walk, shown

__all__ = ["Reader"]


class Reader:
    """Reads folders of one walk.

    Attributes:
        problems: Path to what is wrong with an NFO file, as far as they were read.
    """

    def __init__(self, found: Walk, roots: Sequence[Path]) -> None:
        self.problems: dict[str, str] = {}
        self._found = found
        self._roots = {str(root): named_from(root) for root in roots}
        self._nfos: dict[str, tuple[NfoFacts, ...]] = {}

    def relative(self, path: str) -> str:
        """The path as names are understood, with '/' between folders."""
        above = next(
            above
            for root, above in self._roots.items()
            if path == root or path.startswith(root.rstrip(os.sep) + os.sep)
        )
        return shown(os.path.relpath(path, above)).replace(os.sep, "/")

    def folder(self, path: str, top: str, videos: Sequence[ScannedVideo]) -> ScannedFolder:
        """One folder with all that lies in it. `top`: its family's own folder; `videos`: those in it."""
        entries = self._found.folders.get(path, [])
        stems = [os.path.splitext(entry.name)[0] for entry in entries if entry.kind == "video"]
        place = beside(path)
        if place and not stems:
            stems = [os.path.splitext(e.name)[0] for e in self._found.folders.get(place[0], ()) if e.kind == "video"]
            stems = [stem for stem in stems if place[1] is None or stem.lower() == place[1].lower()]
        return ScannedFolder(
            path=path,
            videos=videos,
            sidecars=classify([entry.name for entry in entries if entry.kind in ("image", "subtitle")], stems),
            nfos={
                os.path.splitext(entry.name)[0].lower(): self._nfo(entry) for entry in entries if entry.kind == "nfo"
            },
            family=top,
            beside=place[0] if place else None,
        )

    def _nfo(self, entry: Entry) -> tuple[NfoFacts, ...]:
        if entry.path not in self._nfos:
            try:
                found = read_nfo(entry.path)
                notes = [note for facts in found for note in facts.notes]
            except SourceError as error:
                found, notes = (), [str(error)]
            if notes:
                self.problems[entry.path] = "; ".join(notes)
            self._nfos[entry.path] = found
        return self._nfos[entry.path]

"""Owns scanning: real folders in, items and files out, looking only at what changed since the last time.

What is committed stays: every group of folders goes in whole, so Ctrl-C or a bad file costs at most the
group at hand. Nothing is deleted: files that are gone are marked, files that moved keep their items.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import polars as pl

from mediamgr.errors import SourceError
from mediamgr.ingest import names
from mediamgr.ingest._assemble import Assembly
from mediamgr.ingest._family import beside, chunks, gathered, named_from
from mediamgr.ingest._identity import Identity
from mediamgr.ingest._known import known_items
from mediamgr.ingest._moves import LostFile, moved
from mediamgr.ingest._scan_plan import ScanPlan, plan
from mediamgr.ingest._scanned import ScannedFolder, ScannedVideo
from mediamgr.ingest.fingerprint import fingerprint
from mediamgr.ingest.nfo import NfoFacts, read_nfo
from mediamgr.ingest.people import meeting
from mediamgr.ingest.probe import Probe, probe_many
from mediamgr.ingest.sidecars import classify
from mediamgr.ingest.walk import Entry, Walk, shown, walk
from mediamgr.instrumentation import get_instrumentation, timed
from mediamgr.repository import ScanRepository
from mediamgr.store import Connection, Database, LoadReport, load, scan_memory
from mediamgr.store.jobs import Job, job

__all__ = ["ScanReport", "ShowProgress", "scan", "silent"]

_GROUP_VIDEOS = 1_000
"""How many videos go in at once: what Ctrl-C may cost."""
_SLAB_VIDEOS = 20_000
"""How many names are understood at once: enough to keep all processes busy."""
_ENTRIES: Final = pl.Schema({"path": pl.String, "size_bytes": pl.Int64, "mtime_ns": pl.Int64, "problem": pl.String})
_GUESSES: Final = pl.Schema({"name": pl.String, "guess": pl.String, "rules": pl.String})
_RENAMED: Final = pl.Schema({"old_key": pl.String, "new_key": pl.String})
_MOVES: Final = pl.Schema({"old_path": pl.String, "path": pl.String, "path_bytes": pl.Binary})
ShowProgress = Callable[[str, int | None], AbstractContextManager[Callable[[int], None]]]
"""Given a title and a total, shows a bar while its body runs; what it gives is called with steps done."""


@dataclass(slots=True)
class ScanReport:
    """How a scan went.

    Attributes:
        library: Name of the library.
        counts: What was seen and done, by name.
        set_aside: (path, reason) of what could not be used, in the order found.
    """

    library: str
    counts: dict[str, int] = field(default_factory=dict)
    set_aside: list[tuple[str, str]] = field(default_factory=list)


def silent(title: str, total: int | None) -> AbstractContextManager[Callable[[int], None]]:
    """Shows no bar."""
    return nullcontext(lambda done: None)


@timed("ingest.scan")
def scan(
    database: Database,
    roots: Sequence[Path],
    library: str,
    *,
    show_progress: ShowProgress = silent,
) -> ScanReport:
    """Bring the library up to date with what lies under `roots`.

    Raises `SourceError` when a root is not there; then nothing was changed. On Ctrl-C what was committed
    stays, the job is recorded as interrupted, and the next scan goes on where this one stopped.
    """
    absolute = [root.expanduser().absolute() for root in roots]
    with show_progress("Looking at folders", None) as advance:
        found = walk(absolute, advance)
    with database.writing() as connection, job(connection, "scan", library) as running:
        scan_memory.set_roots(connection, library, [shown(str(root)) for root in absolute])
        return _Scan(database, connection, running, library, absolute, found).run(show_progress)


class _Scan:
    """One scan under way."""

    def __init__(
        self,
        database: Database,
        connection: Connection,
        running: Job,
        library: str,
        roots: list[Path],
        found: Walk,
    ) -> None:
        self._connection = connection
        self._counts = running.counts
        self._library = library
        self._roots = {str(root): named_from(root) for root in roots}
        self._found = found
        self._memory = ScanRepository(database)
        self._report = ScanReport(library, running.counts, [(shown(p), why) for p, why in found.problems])
        self._nfos: dict[str, tuple[NfoFacts, ...]] = {}
        self._shows = frozenset(
            folder for folder, entries in found.folders.items() if any(e.name.lower() == "tvshow.nfo" for e in entries)
        )

    def run(self, show_progress: ShowProgress) -> ScanReport:
        """Compare, move, mark, then take in what changed."""
        before = self._memory.entries(self._library)
        found = plan(self._found, before, [shown(root) for root in self._roots])
        self._report.set_aside += [
            (root, "holds nothing now; is its drive mounted? Nothing was marked missing") for root in found.emptied
        ]
        self._drop(found, self._move(found))
        self._counts |= {"files_seen": sum(1 for _ in self._found.entries()), "files_unchanged": found.unchanged}
        families = self._families(found)
        weights = {folder: sum(e.kind == "video" for e in self._found.folders[folder]) for folder in families}
        if families:
            with show_progress("Reading files", sum(weights.values())) as advance:
                for slab in chunks(families, weights, _SLAB_VIDEOS):
                    facts = self._understand(slab)
                    for group in chunks({folder: families[folder] for folder in slab}, weights, _GROUP_VIDEOS):
                        self._take_in(group, families, facts, found, advance)
        self._counts["set_aside"] = len(self._report.set_aside)
        return self._report

    def _move(self, found: ScanPlan) -> pl.DataFrame:
        """Give files that were moved or renamed their new paths: same size, same fingerprint."""
        lost: dict[int, list[LostFile]] = {}
        if found.changed:
            # what lay at a path that holds something else now may have moved, too
            paths = [*found.gone, *(found.changed - found.new)]
            for path, size, mark, is_just_gone in self._memory.lost_files(self._library, paths).iter_rows():
                lost.setdefault(size, []).append(LostFile(path, mark, is_just_gone))
        entries = {
            shown(entry.path): entry
            for entry in (self._found.entries() if lost else ())
            if entry.kind == "video" and entry.size_bytes in lost and shown(entry.path) in found.changed
        }
        marks = [(path, mark) for path, entry in entries.items() if (mark := _fingerprint(entry))]
        pairs = moved([file for files in lost.values() for file in files], marks)
        moves = [
            (old, path, os.fsencode(entries[path].path) if path != entries[path].path else None)
            for path, old in pairs.items()
            if old != path
        ]
        frame = pl.DataFrame(moves, schema=_MOVES, orient="row")
        scan_memory.move_files(self._connection, self._library, frame)
        self._counts["files_moved"] = frame.height
        return frame

    def _drop(self, found: ScanPlan, moves: pl.DataFrame) -> None:
        gone = pl.DataFrame({"path": sorted(found.gone)}, schema={"path": pl.String})
        missing = gone.join(moves.select(path="old_path"), on="path", how="anti")
        self._counts["files_missing"] = scan_memory.mark_missing(self._connection, self._library, missing)
        scan_memory.forget(self._connection, self._library, gone)

    def _families(self, found: ScanPlan) -> dict[str, str]:
        """Folder to family, of every family in which anything is new, changed or gone."""
        if not found.touched:
            return {}
        families = gathered(self._found.folders, self._shows.__contains__)
        gone = gathered([each for each in found.touched if each not in families], self._shows.__contains__)
        wanted = {families.get(folder) or gone[folder] for folder in found.touched}
        return {folder: top for folder, top in families.items() if top in wanted}

    def _take_in(
        self,
        folders: list[str],
        families: dict[str, str],
        facts: dict[str, names.NameFacts],
        found: ScanPlan,
        advance: Callable[[int], None],
    ) -> None:
        """Open and load one group of folders, and remember having done so."""
        entries = [entry for folder in folders for entry in self._found.folders[folder]]
        videos = [entry for entry in entries if entry.kind == "video"]
        opened = [entry for entry in videos if shown(entry.path) in found.changed]
        advance(len(videos) - len(opened))
        probes: dict[str, Probe] = {}
        for path, probe in probe_many([entry.path for entry in opened]):
            probes[path] = probe
            advance(1)
        assembly = Assembly(self._library, datetime.now(UTC).replace(tzinfo=None))
        for folder in folders:
            scanned = [
                ScannedVideo(e, facts[e.path], probes.get(e.path), _fingerprint(e) if e.path in probes else None)
                for e in self._found.folders[folder]
                if e.kind == "video"
            ]
            top = families[folder]
            assembly.add(self._folder(folder, top, scanned), self._folder(top, top, ()))
        identity = Identity(known_items(self._memory, self._library, assembly.mentioned()))
        assembly.place(identity)
        renamed = pl.DataFrame(list(identity.renamed.items()), schema=_RENAMED, orient="row")
        scan_memory.rename_items(self._connection, self._library, renamed)
        self._keep_others(assembly, folders, found)
        records = meeting(self._memory, assembly.records(self._told(assembly.item_keys())))
        loaded = load(self._connection, records)
        self._set_aside(assembly, loaded)
        self._remember(entries, dict(assembly.problems))
        for table, count in loaded.inserted.items():
            self._counts[f"{table}_inserted"] = self._counts.get(f"{table}_inserted", 0) + count
        self._counts["files_read"] = self._counts.get("files_read", 0) + len(opened)
        get_instrumentation().increment_counter("ingest.files_scanned", len(opened))

    def _keep_others(self, assembly: Assembly, folders: list[str], found: ScanPlan) -> None:
        """Pictures and subtitles of these items that lie in folders not looked at now are to stay."""
        looked_at = {shown(folder) for folder in folders}
        for table in ("artwork", "subtitle"):
            for row in self._memory.sidecars(table, self._library, assembly.item_keys()).iter_rows(named=True):
                if os.path.dirname(row["path"]) not in looked_at and row["path"] not in found.gone:
                    assembly.keep(table, [row])

    def _told(self, keys: list[str]) -> dict[str, tuple[str, frozenset[str]]]:
        told = self._memory.told_fields(self._library, keys)
        return {key: (title, frozenset(fields)) for key, title, fields in told.iter_rows()}

    def _set_aside(self, assembly: Assembly, loaded: LoadReport) -> None:
        self._report.set_aside += [(shown(path), reason) for path, reason in assembly.problems]
        self._report.set_aside += [
            (key or "?", f"{table}: {reason}") for table, _, key, reason in loaded.rejected.iter_rows()
        ]

    def _understand(self, folders: list[str]) -> dict[str, names.NameFacts]:
        """What the names of the videos in these folders say, by path; guesses are kept for the next time."""
        videos = [e.path for folder in folders for e in self._found.folders[folder] if e.kind == "video"]
        relative = {path: self._relative(path) for path in videos}
        rules = names.rules_version()
        wanted = pl.DataFrame({"name": list(set(relative.values()))}, schema={"name": pl.String})
        known = {
            name: names.NameFacts.from_dict(json.loads(guess))
            for name, guess in self._memory.guesses(rules).join(wanted, on="name", how="semi").iter_rows()
        }
        understood = names.understand(relative.values(), known)
        fresh = [
            (name, json.dumps(facts.to_dict()), rules)
            for name, facts in understood.items()
            if facts.rules == "guessit" and name not in known
        ]
        scan_memory.remember_guesses(self._connection, pl.DataFrame(fresh, schema=_GUESSES, orient="row"))
        return {path: understood[name] for path, name in relative.items()}

    def _relative(self, path: str) -> str:
        """The path as names are understood, with '/' between folders."""
        above = next(
            above
            for root, above in self._roots.items()
            if path == root or path.startswith(root.rstrip(os.sep) + os.sep)
        )
        return shown(os.path.relpath(path, above)).replace(os.sep, "/")

    def _folder(self, path: str, top: str, videos: Sequence[ScannedVideo]) -> ScannedFolder:
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
            except SourceError as error:
                found = ()
                self._report.set_aside.append((shown(entry.path), str(error)))
            self._report.set_aside += [(shown(entry.path), note) for facts in found for note in facts.notes]
            self._nfos[entry.path] = found
        return self._nfos[entry.path]

    def _remember(self, entries: list[Entry], problems: dict[str, str]) -> None:
        rows = [(shown(e.path), e.size_bytes, e.mtime_ns, problems.get(e.path)) for e in entries]
        scan_memory.remember_entries(self._connection, self._library, pl.DataFrame(rows, schema=_ENTRIES, orient="row"))


def _fingerprint(entry: Entry) -> str | None:
    try:
        return fingerprint(entry.path, entry.size_bytes)
    except OSError:
        # the probe of the same file says what is wrong with it
        return None

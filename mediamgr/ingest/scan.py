"""Owns scanning: real folders in, items and files out, looking only at what changed since the last time.

What is committed stays: every group of folders goes in whole, so Ctrl-C or a bad file costs at most the
group at hand. Nothing is deleted: files that are gone are marked, files that moved keep their items.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import polars as pl

from mediamgr.errors import Interrupted
from mediamgr.ingest import names
from mediamgr.ingest._assemble import Assembly
from mediamgr.ingest._family import chunks, gathered
from mediamgr.ingest._identity import Identity
from mediamgr.ingest._known import known_items
from mediamgr.ingest._moves import LostFile, moved, without_overwriting
from mediamgr.ingest._pace import Pace
from mediamgr.ingest._reader import Reader
from mediamgr.ingest._scan_plan import ScanPlan, plan, under
from mediamgr.ingest._scanned import ScannedVideo
from mediamgr.ingest.fingerprint import fingerprint
from mediamgr.ingest.probe import Probe, probe_many
from mediamgr.ingest.walk import Entry, Walk, shown, walk
from mediamgr.instrumentation import Counter, Timer
from mediamgr.kept_pictures import keeping_pictures
from mediamgr.progress import ShowProgress, silent
from mediamgr.repository import ArtworkRepository, ScanRepository
from mediamgr.same_people import meeting
from mediamgr.store import Connection, Database, LoadReport, load, scan_memory, transaction, utc_now
from mediamgr.store.jobs import Job, job

__all__ = ["ScanReport", "scan"]

_SCAN: Final = Timer("ingest.scan", "A whole scan, from looking at folders to its end")
_ASSEMBLY: Final = Timer("ingest.assembly", "Deciding which items a group of files is, and making records of them")
_FILES: Final = Counter("ingest.files", "Files that a scan found: read, unchanged, moved or missing", "outcome")
_SLAB_VIDEOS = 5_000
"""How many names are understood at once: enough to keep all processes busy."""
_ENTRIES: Final = pl.Schema({"path": pl.String, "size_bytes": pl.Int64, "mtime_ns": pl.Int64, "problem": pl.String})
_GUESSES: Final = pl.Schema({"name": pl.String, "guess": pl.String, "rules": pl.String})
_RENAMED: Final = pl.Schema({"old_key": pl.String, "new_key": pl.String})
_MOVES: Final = pl.Schema({"old_path": pl.String, "path": pl.String, "path_bytes": pl.Binary})


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


@_SCAN
def scan(
    database: Database,
    roots: Sequence[Path],
    library: str,
    *,
    show_progress: ShowProgress = silent,
    skip_absent: bool = False,
) -> ScanReport:
    """Bring the library up to date with what lies under `roots`.

    Raises `SourceError` when a root is not there; then nothing was changed. With `skip_absent` one root is enough,
    and the others are reported. On Ctrl-C (`Interrupted`) what was committed stays, the job is recorded as
    interrupted, and the next scan goes on where this one stopped.
    """
    earlier = ScanRepository(database).roots(library)
    absolute = list(dict.fromkeys(_as_known(root.expanduser().absolute(), earlier) for root in roots))
    absent = [root for root in absolute if skip_absent and not os.path.exists(root)]
    absolute = [root for root in absolute if root not in absent] or absolute
    with show_progress("Looking at folders", None) as advance:
        found = walk(absolute, advance)
    found.problems[:0] = [(str(root), "is not there; is its drive mounted? It was left alone") for root in absent]
    with database.writing("scan") as connection, job(connection, "scan", library) as running:
        scan_memory.set_roots(connection, library, [shown(str(root)) for root in absolute])
        return _Scan(database, connection, running, library, absolute, earlier, found).run(show_progress)


class _Scan:
    """One scan under way."""

    def __init__(
        self,
        database: Database,
        connection: Connection,
        running: Job,
        library: str,
        roots: list[Path],
        earlier_roots: Sequence[str],
        found: Walk,
    ) -> None:
        self._database = database
        self._connection = connection
        self._counts = running.counts
        self._library = library
        self._roots = [shown(str(root)) for root in roots]
        self._reader = Reader(found, roots)
        self._pace = Pace()
        self._taken_in = 0
        self._earlier: dict[str, str] = {}
        self._found = found
        self._memory = ScanRepository(database)
        self._absent = [root for root in earlier_roots if not os.path.lexists(root)]
        self._report = ScanReport(library, running.counts, [(shown(p), why) for p, why in found.problems])
        self._shows = frozenset(
            folder for folder, entries in found.folders.items() if any(e.name.lower() == "tvshow.nfo" for e in entries)
        )

    def run(self, show_progress: ShowProgress) -> ScanReport:
        """Compare, move, mark, then take in what changed."""
        before = self._memory.entries(self._library)
        found = plan(self._found, before, self._roots, self._absent)
        wrong = before.filter(pl.col("problem").is_not_null() & ~pl.col("path").is_in(list(found.changed)))
        self._earlier = dict(wrong.select("path", "problem").sort("path").iter_rows())
        self._report.set_aside += [
            (root, "holds nothing now; is its drive mounted? Nothing was marked missing") for root in found.emptied
        ]
        with transaction(self._connection):
            moves = self._move(found)
            found = self._without_left_folders(found, frozenset(moves["old_path"]))
            self._drop(found, moves)
        self._counts |= {"files_seen": sum(1 for _ in self._found.entries()), "files_unchanged": found.unchanged}
        for outcome in ("unchanged", "moved", "missing"):
            _FILES.add(self._counts[f"files_{outcome}"], outcome=outcome)
        families = self._families(found)
        weights = {folder: sum(e.kind == "video" for e in self._found.folders[folder]) for folder in families}
        if families:
            with show_progress("Reading files", sum(weights.values())) as advance, self._saying_what_is_kept(weights):
                for slab in chunks(families, weights, lambda: _SLAB_VIDEOS):
                    facts = self._understand(slab)
                    for group in chunks({folder: families[folder] for folder in slab}, weights, self._pace.group):
                        with self._pace.timed():
                            self._take_in(group, families, facts, found, advance)
                        self._taken_in += sum(weights[folder] for folder in group)
        self._add_earlier_problems()
        self._counts["set_aside"] = len(self._report.set_aside)
        return self._report

    @contextmanager
    def _saying_what_is_kept(self, weights: Mapping[str, int]) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            total = sum(weights.values())
            raise Interrupted(
                f"Stopped: {self._taken_in:,} of {total:,} files are in the library; scan again to go on."
            ) from None

    def _add_earlier_problems(self) -> None:
        """What was wrong with files at an earlier scan still is, while they are there and as they were."""
        told = {path for path, _ in self._report.set_aside}
        there = {shown(entry.path) for entry in self._found.entries()} if self._earlier else set()
        self._report.set_aside += [
            (path, problem) for path, problem in self._earlier.items() if path in there and path not in told
        ]

    def _move(self, found: ScanPlan) -> pl.DataFrame:
        """Give files that were moved or renamed their new paths: same size, same fingerprint."""
        lost: dict[int, list[LostFile]] = {}
        if found.changed:
            # what lay at a path that holds something else now may have moved, too
            paths = [*found.gone, *found.away, *(found.changed - found.new)]
            for path, size, mark, is_just_gone in self._memory.lost_files(self._library, paths).iter_rows():
                lost.setdefault(size, []).append(LostFile(path, mark, is_just_gone))
        entries = {
            shown(entry.path): entry
            for entry in (self._found.entries() if lost else ())
            if entry.kind == "video" and entry.size_bytes in lost and shown(entry.path) in found.changed
        }
        marks = [(path, mark) for path, entry in entries.items() if (mark := _fingerprint(entry))]
        pairs = moved([file for files in lost.values() for file in files], marks)
        known = frozenset(self._memory.items_of_paths(self._library, list(pairs))["path"]) if pairs else frozenset()
        pairs = without_overwriting(pairs, known)
        moves = [
            (old, path, os.fsencode(entries[path].path) if path != entries[path].path else None)
            for path, old in pairs.items()
            if old != path
        ]
        frame = pl.DataFrame(moves, schema=_MOVES, orient="row")
        scan_memory.move_files(self._connection, self._library, frame)
        self._counts["files_moved"] = frame.height
        return frame

    def _without_left_folders(self, found: ScanPlan, moved_from: frozenset[str]) -> ScanPlan:
        """A folder that is not there, all of whose files were found elsewhere, was moved: nothing is left in it.

        One that holds more keeps that, as a drive that is not mounted does.
        """
        gone = found.gone | (found.away & moved_from)
        for root in self._absent:
            paths = frozenset(under(found.away, [root]))
            if paths & moved_from and not self._holds_files(paths):
                gone |= paths
                scan_memory.drop_roots(self._connection, self._library, [root])
                self._report.set_aside.append((root, "is not there, its files were found elsewhere: it was moved"))
        return replace(found, gone=gone)

    def _holds_files(self, paths: frozenset[str]) -> bool:
        return self._memory.lost_files(self._library, list(paths))["is_just_gone"].any()

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
        assembly, identity = self._assembled(folders, families, facts, probes)
        renamed = pl.DataFrame(list(identity.renamed.items()), schema=_RENAMED, orient="row")
        with transaction(self._connection):
            scan_memory.rename_items(self._connection, self._library, renamed)
            self._keep_others(assembly, folders, found)
            records = meeting(self._memory, assembly.records(self._told(assembly.item_keys())))
            records = keeping_pictures(ArtworkRepository(self._database), records)
            loaded = load(self._connection, records)
            self._set_aside(dict(assembly.problems), entries, loaded)
        self._database.share(loaded.rows)
        read = sum(shown(entry.path) in found.changed for entry in entries)
        for name, count in {**loaded.counts, "files_read": read}.items():
            self._counts[name] = self._counts.get(name, 0) + count
        _FILES.add(read, outcome="read")

    @_ASSEMBLY
    def _assembled(
        self,
        folders: list[str],
        families: dict[str, str],
        facts: dict[str, names.NameFacts],
        probes: dict[str, Probe],
    ) -> tuple[Assembly, Identity]:
        """One group of folders, put together, and whose each video is."""
        assembly = Assembly(self._library, utc_now())
        for folder in folders:
            scanned = [
                ScannedVideo(e, facts[e.path], probes.get(e.path), _fingerprint(e) if e.path in probes else None)
                for e in self._found.folders[folder]
                if e.kind == "video"
            ]
            top = families[folder]
            assembly.add(self._reader.folder(folder, top, scanned), self._reader.folder(top, top, ()))
        identity = Identity(known_items(self._memory, self._library, assembly.mentioned()))
        assembly.place(identity)
        return assembly, identity

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

    def _set_aside(self, problems: dict[str, str], entries: list[Entry], loaded: LoadReport) -> None:
        """Report what is wrong, and remember with which entries it is."""
        wrong = {e.path: self._reader.problems[e.path] for e in entries if e.path in self._reader.problems} | problems
        self._report.set_aside += [(shown(path), reason) for path, reason in wrong.items()]
        self._report.set_aside += [
            (key or "?", f"{table}: {reason}") for table, _, key, reason in loaded.rejected.iter_rows()
        ]
        rows = [
            (path, e.size_bytes, e.mtime_ns, wrong.get(e.path, None if e.kind == "nfo" else self._earlier.get(path)))
            for e, path in ((entry, shown(entry.path)) for entry in entries)
        ]
        scan_memory.remember_entries(self._connection, self._library, pl.DataFrame(rows, schema=_ENTRIES, orient="row"))

    def _understand(self, folders: list[str]) -> dict[str, names.NameFacts]:
        """What the names of the videos in these folders say, by path; guesses are kept for the next time."""
        videos = [e.path for folder in folders for e in self._found.folders[folder] if e.kind == "video"]
        relative = {path: self._reader.relative(path) for path in videos}
        rules = names.rules_version()
        guesses = self._memory.guesses(rules, list(set(relative.values())))
        known = {name: names.NameFacts.from_dict(json.loads(guess)) for name, guess in guesses.iter_rows()}
        understood = names.understand(relative.values(), known)
        fresh = [
            (name, json.dumps(facts.to_dict()), rules)
            for name, facts in understood.items()
            if facts.rules == "guessit" and name not in known
        ]
        scan_memory.remember_guesses(self._connection, pl.DataFrame(fresh, schema=_GUESSES, orient="row"))
        return {path: understood[name] for path, name in relative.items()}


def _as_known(root: Path, known: Sequence[str]) -> Path:
    """The folder by the name it was scanned under before, were it through a link."""
    same = (Path(name) for name in known if name != str(root) and os.path.exists(name) and os.path.exists(root))
    return next((path for path in same if path.samefile(root)), root)


def _fingerprint(entry: Entry) -> str | None:
    try:
        return fingerprint(entry.path, entry.size_bytes)
    except OSError:
        # the probe of the same file says what is wrong with it
        return None

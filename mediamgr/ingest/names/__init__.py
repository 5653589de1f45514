"""Understands file and folder names: the face of everything a scan learns from a path alone.

Order of trust: folder, then file name, then guess. What a folder says as a title (`Title (2001)`, or whatever
stands above a season folder) wins over the file name; a well-formed file name is read as it stands; the rest
is guessed by guessit. Numbers are the other way round: `S02E03` in a file name wins over its season folder.
Nothing here opens a file, and no name is fatal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from typing import Final

from mediamgr.errors import WorkersLost
from mediamgr.ingest.names._bare import BareNumber, find_bare
from mediamgr.ingest.names._counting import Counted, count, group_of, masked, renumbered
from mediamgr.ingest.names._facts import NameFacts
from mediamgr.ingest.names._fast import read_fast
from mediamgr.ingest.names._folders import NamedPath, ids_in, is_inner_folder, is_titled, read_path
from mediamgr.ingest.names._guess import name_only, read_guess
from mediamgr.instrumentation import Counter, Timer
from mediamgr.workers import WorkerManager

__all__ = ["NameFacts", "ids_in", "is_inner_folder", "is_titled", "parse", "parse_fast", "rules_version", "understand"]

_READING: Final = Timer("ingest.name_reading", "Reading those of some names that are well-formed or known")
_GUESSING: Final = Timer("ingest.name_guessing", "Guessing what the others of these names mean")
_NAMES: Final = Counter(
    "ingest.names", "Names of files: known, read, guessed or failed, which are not understood", "outcome"
)
_RULES: Final = 2
_CHUNK: Final = 32
_WORTH_A_POOL: Final = 250
_Guess = tuple[NameFacts, bool]
"""Facts, and whether guessit failed on the name."""
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def parse(relative_path: str) -> NameFacts:
    """Understand one path, relative to the library root, folders separated by '/'. Never raises.

    As if it lay alone in its folder: `understand` knows more of bare numbers (`Show 103`), from those beside them.
    """
    return understand([relative_path], {}, processes=1)[relative_path]


def parse_fast(relative_path: str) -> NameFacts | None:
    """Understand a well-formed name without guessit, in microseconds; None when anything in it is doubtful.

    Where it answers it agrees with guessit, but for the differences that the tests list with their reasons.
    """
    return _take_apart([relative_path])[relative_path].read()


@lru_cache(maxsize=1)
def rules_version() -> str:
    """Names our rules and guessit's version: facts kept under another version are to be read anew."""
    return f"mediamgr-{_RULES}/guessit-{metadata.version('guessit')}"


def understand(
    paths: Iterable[str],
    known: Mapping[str, NameFacts],
    *,
    processes: int | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> dict[str, NameFacts]:
    """Understand many paths, each distinct one once.

    Args:
        paths: Relative to the library root, '/' between folders.
        known: Facts of earlier scans under the present `rules_version()`; used as they are.
        processes: How many processes may guess; None is one per core, 1 stays in this process.
        on_progress: Called with the number of distinct paths understood so far, after each batch.

    Returns:
        Facts by path, for every distinct path. A name nobody can read has its stem as title and is counted
        under `ingest.names`.

    Raises:
        KeyboardInterrupt: When interrupted; waiting work is dropped and the processes are gone by then.
    """
    report = on_progress or _ignore
    asked = _take_apart(dict.fromkeys(paths))
    facts = _read_quickly(asked, known)
    doubtful = [path for path, found in facts.items() if found is None]
    understood = {path: found for path, found in facts.items() if found is not None}
    report(len(understood))
    with _GUESSING.run():
        for chunk, guesses in _guess_chunks(doubtful, processes):
            understood |= {p: asked[p].settle(found) for p, (found, _) in zip(chunk, guesses, strict=True)}
            failed = sum(is_failed for _, is_failed in guesses)
            _NAMES.add(failed, outcome="failed")
            _NAMES.add(len(guesses) - failed, outcome="guessed")
            report(len(understood))
    return {path: understood[path] for path in facts}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A path taken apart, and what its bare number counts among those beside it."""

    named: NamedPath
    counted: Counted | None

    def read(self) -> NameFacts | None:
        return read_fast(self.named, self.counted)

    def settle(self, facts: NameFacts) -> NameFacts:
        return renumbered(facts, self.named, self.counted) if self.counted else facts


def _take_apart(paths: Iterable[str]) -> dict[str, _Asked]:
    named = {path: read_path(_printable(path)) for path in paths}
    bare = {path: found for path, parts in named.items() if (found := find_bare(parts))}
    groups: dict[tuple[str, str], list[BareNumber]] = {}
    for path, number in bare.items():
        groups.setdefault(group_of(path, number), []).append(number)
    counted = {path: count(named[path], number, groups[group_of(path, number)]) for path, number in bare.items()}
    return {path: _Asked(parts, counted.get(path)) for path, parts in named.items()}


def _read_quickly(asked: Mapping[str, _Asked], known: Mapping[str, NameFacts]) -> dict[str, NameFacts | None]:
    facts: dict[str, NameFacts | None] = {}
    reused = 0
    with _READING.run():
        for path, each in asked.items():
            earlier = known.get(path)
            reused += earlier is not None
            facts[path] = each.settle(earlier) if earlier else each.read()
    _NAMES.add(reused, outcome="known")
    _NAMES.add(sum(found is not None for found in facts.values()) - reused, outcome="read")
    return facts


def _guess_chunks(paths: list[str], processes: int | None) -> Iterator[tuple[list[str], list[_Guess]]]:
    chunks = [paths[i : i + _CHUNK] for i in range(0, len(paths), _CHUNK)]
    if processes == 1 or len(paths) < _WORTH_A_POOL:
        for chunk in chunks:
            yield chunk, _guess_many(chunk)
        return
    with WorkerManager(processes, kind="processes", name="mediamgr-names") as workers:
        for outcome in workers.map(_guess_many, chunks, batch_size=1, ordered=False):
            # a script without an `if __name__ == "__main__"` guard cannot start processes: do it here
            is_lost = isinstance(outcome.error, WorkersLost)
            yield outcome.item, _guess_many(outcome.item) if is_lost else outcome.result()


def _guess_many(paths: list[str]) -> list[_Guess]:
    return [_guess(path) for path in paths]


def _guess(relative_path: str) -> _Guess:
    path = _printable(relative_path)
    named = read_path(path)
    if bare := find_bare(named):
        path, named = masked(path, named, bare)
    try:
        return read_guess(path, named), False
    except Exception:
        # guessit raises errors of many kinds on hostile names; a scan goes on without its opinion.
        return name_only(path, named), True


def _printable(path: str) -> str:
    return path if path.isprintable() else _UNPRINTABLE.sub(" ", path)


def _ignore(_: int) -> None:
    pass

"""Owns opening a DuckDB file, and what DuckDB's failures are called here."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from mediamgr.errors import (
    LibraryDamaged,
    LibraryError,
    LibraryLocked,
    LibraryNotFound,
    LibraryTooNew,
    MediaManagerError,
    QueryError,
)
from mediamgr.instrumentation import Timer
from mediamgr.store.transaction import interrupts

__all__ = ["named_failures", "open_to_read", "open_to_write", "require"]

_OPENING: Final = Timer("store.opening", "Opening a file to read or write, once other programs let go of it", "mode")

_RETRY_SECONDS = 0.05
# whatever SQL says, it reaches no other file, no network, no Python variable
_CONFIG = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # of the rows that belong to a few others, so many are looked up where they lie; beyond, the whole column is read
    "dynamic_or_filter_threshold": "500",
}
# the file is folded by whoever publishes it, so that DuckDB leaves it alone in between
_UNFOLDED = {"checkpoint_threshold": "1TB"}


def open_to_read(file: Path, library: Path, wait: float) -> duckdb.DuckDBPyConnection:
    """A connection that only reads `file`; errors name the `library` it belongs to. Waits for another writer."""
    return _connect(file, library, wait, read_only=True, config=_CONFIG)


def open_to_write(library: Path, wait: float) -> duckdb.DuckDBPyConnection:
    """A connection that writes, made when there is no file. What it commits stays in the log until a checkpoint."""
    connection = _connect(library, library, wait, read_only=False, config=_CONFIG | _UNFOLDED)
    connection.execute("pragma disable_checkpoint_on_shutdown").fetchall()
    return connection


def require(library: Path) -> None:
    """Raise `LibraryNotFound` unless there is a file, `LibraryError` when that cannot be known."""
    try:
        is_there = library.is_file()
    except OSError as error:
        raise LibraryError(f"{library} cannot be looked at: {error.strerror}; check who may read there.") from error
    if not is_there:
        raise LibraryNotFound(
            f"There is no library at {library}; make one with `mediamgr scan FOLDER` or `mediamgr demo`."
        )


@contextmanager
def named_failures(library: Path) -> Iterator[None]:
    """What DuckDB says no to in the body comes out as one of `mediamgr.errors`."""
    try:
        with interrupts():
            yield
    except MediaManagerError:
        raise
    except duckdb.Error as error:
        raise _failure(library, error) from error


def _refuse_cut_short(connection: duckdb.DuckDBPyConnection, file: Path, library: Path) -> None:
    """A copy that was interrupted opens well, and fails when its end is needed: find out before."""
    ((block_size, blocks),) = connection.execute(
        "select block_size, used_blocks from pragma_database_size()"
    ).fetchall()
    if file.stat().st_size < block_size * blocks:
        connection.close()
        raise _cut_short(library)


def _connect(
    file: Path, library: Path, wait: float, *, read_only: bool, config: Mapping[str, str]
) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + wait
    with _OPENING.run(mode="read" if read_only else "write"):
        while True:
            try:
                connection = duckdb.connect(str(file), read_only=read_only, config=dict(config))
                _refuse_cut_short(connection, file, library)
                return connection
            except duckdb.Error as error:
                failure = _failure(library, error)
                if not isinstance(failure, LibraryLocked) or time.monotonic() >= deadline:
                    raise failure from error
            time.sleep(_RETRY_SECONDS)


def _locked(path: Path, error: duckdb.Error) -> MediaManagerError:
    holder = re.search(r"PID (\d+)", str(error))
    who = f"process {holder[1]}" if holder else "another process"
    return LibraryLocked(
        f"{path} is held by {who}; let its job end (a scan lets go when it is done) or close that notebook's"
        " kernel, and try again."
    )


def _cut_short(path: Path) -> MediaManagerError:
    return LibraryDamaged(f"{path} is cut short; restore a backup over it.")


def _log_of_another(path: Path) -> MediaManagerError:
    return LibraryDamaged(
        f"Beside {path} lies the log of another file ({path.name}.wal), as after a backup was put in its place; move"
        " that log away to open what is there."
    )


def _of_another_kind(path: Path) -> MediaManagerError:
    return LibraryDamaged(f"{path} is not a DuckDB file; name another file, or restore a backup over it.")


# what DuckDB's message holds -> the failure it is; first match wins
_FAILURES: Mapping[str, Callable[[Path, duckdb.Error], MediaManagerError]] = {
    "No space left": lambda path, _: LibraryError(
        f"The disk of {path} is full; free some space and try again. What was committed is kept, the rest is not in."
    ),
    "Conflicting lock": _locked,
    "Could not set lock": _locked,
    "not a valid DuckDB database file": lambda path, _: _of_another_kind(path),
    # a SQLite file, which DuckDB would open with an extension
    "Loading external extensions": lambda path, _: _of_another_kind(path),
    "Could not read enough bytes": lambda path, _: _cut_short(path),
    "WAL does not match": lambda path, _: _log_of_another(path),
    "WAL checkpoint iteration does not match": lambda path, _: _log_of_another(path),
    "Corrupt": lambda path, error: LibraryDamaged(f"{path} is damaged ({error}); restore a backup over it."),
    "version number": lambda path, error: LibraryTooNew(
        f"{path} was written by a newer DuckDB ({error}); upgrade mediamgr and duckdb."
    ),
    "Permission denied": lambda path, _: LibraryError(f"{path} may not be opened; check its owner and permissions."),
}


def _failure(path: Path, error: duckdb.Error) -> MediaManagerError:
    text = str(error)
    for mark, failure in _FAILURES.items():
        if mark in text:
            return failure(path, error)
    if isinstance(error, (duckdb.IOException, duckdb.FatalException, duckdb.InternalException)):
        return LibraryError(f"{path}: {text}")
    return QueryError(text)

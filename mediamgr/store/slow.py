"""Owns the statements that took long, of all processes of this user: a file of JSON lines, the newest last.

It is bounded: where it has grown too long the oldest go. Processes write one after the other, so that no line is lost.
What cannot be written is logged, and fails nobody.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from mediamgr.errors import SettingsError
from mediamgr.instrumentation import Counter
from mediamgr.settings import default_of, get_settings
from mediamgr.whole_files import whole_file

__all__ = ["SlowStatement", "forget_slow_statements", "is_slow", "remember", "slow_statements"]

_SLOW: Final = Counter("store.slow_statements", "Statements that took longer than the setting slow_statement_ms")
_NEVER_SLOW_SECONDS: Final = 0.001
"""The setting counts whole milliseconds."""
_MOST_BYTES: Final = 4_000_000
_LONGEST: Final = 2_000
_log = logging.getLogger("mediamgr.slow")


@dataclass(frozen=True, slots=True)
class SlowStatement:
    """A statement that took long.

    Attributes:
        at: When it had been answered, UTC, ISO 8601.
        seconds: How long it took.
        statement: What it is counted as, "items/page"; "sql" is what a person typed.
        sql: As it was asked.
        parameters: As text, by name; cut where they are long.
        rows: That it answered.
        library: The file.
        line: The line of the user's code, "film.py:12"; None: it is not known.
        plan: As DuckDB tells it by EXPLAIN, JSON; see `mediamgr.plans.read_plan`. None: it could not be had.
        process: Its number.
    """

    at: str
    seconds: float
    statement: str
    sql: str
    parameters: Mapping[str, str]
    rows: int
    library: str
    line: str | None
    plan: str | None
    process: int


def is_slow(seconds: float) -> bool:
    """Whether a statement that took so long is to be remembered."""
    # the settings are a file, read in 20 µs; what is quicker than any of them does not look there
    if seconds < _NEVER_SLOW_SECONDS:
        return False
    most = _most_ms()
    return most > 0 and seconds * 1000 >= most


def remember(
    seconds: float, statement: str, sql: str, parameters: Mapping[str, Any], rows: int, library: Path,
    line: tuple[str, int] | None, plan: str | None,
) -> SlowStatement:  # fmt: skip
    """Write a slow statement down, and log it; arguments as in `SlowStatement`."""
    _SLOW.add()
    slow = SlowStatement(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(seconds, 6),
        statement=statement,
        sql=sql.strip(),
        parameters={name: _cut(repr(value)) for name, value in parameters.items()},
        rows=rows,
        library=str(library),
        line=f"{line[0]}:{line[1]}" if line else None,
        plan=plan,
        process=os.getpid(),
    )
    _log.warning("%s took %.0f ms; `mediamgr perf slow` shows its plan", statement, seconds * 1000)
    try:
        _append(_file(), json.dumps(asdict(slow)).encode())
    except (OSError, SettingsError) as error:
        _log.warning("slow statements cannot be written down (%s)", error)
    return slow


def slow_statements() -> list[SlowStatement]:
    """All that are written down, oldest first; lines that are no such thing are left out. Raises `OSError`."""
    try:
        text = _file().read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    return [slow for each in text.split("\n") if (slow := _read(each))]


def forget_slow_statements() -> None:
    """Begin anew. Raises `OSError`."""
    file = _file()
    if file.exists():
        with _alone(file):
            file.unlink(missing_ok=True)


def _most_ms() -> int:
    try:
        return get_settings().get_slow_statement_ms()
    except SettingsError as error:
        # the statement has its answer: a wrong setting is not to cost it
        _warn(f"{error} Until then statements are slow as by default")
        return int(default_of("slow_statement_ms"))


@cache
def _warn(of: str) -> None:
    """Say it once."""
    _log.warning("%s", of)


def _file() -> Path:
    return get_settings().get_log_dir() / "slow.jsonl"


def _append(file: Path, line: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with _alone(file):
        if file.exists() and file.stat().st_size + len(line) > _MOST_BYTES:
            _drop_oldest(file)
        with os.fdopen(os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "rb+", buffering=0) as opened:
            # what a full disk cut short is not to spoil this one
            begun = b"" if _ends_a_line(opened.fileno()) else b"\n"
            opened.write(begun + line + b"\n")


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """No other process writes the file while the body runs."""
    descriptor = os.open(file.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _drop_oldest(file: Path) -> None:
    """Keep the newest lines that fill half of the room."""
    kept, left = [], _MOST_BYTES // 2
    for line in reversed(file.read_bytes().splitlines(keepends=True)):
        left -= len(line)
        if left < 0:
            break
        kept.append(line)
    with whole_file(file, mode=0o600) as partial:
        partial.write_bytes(b"".join(reversed(kept)))


def _ends_a_line(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"


def _read(line: str) -> SlowStatement | None:
    try:
        slow = SlowStatement(**json.loads(line))
        datetime.fromisoformat(slow.at)
    except (ValueError, TypeError):
        return None
    return slow if _is_sound(slow) else None


def _is_sound(slow: SlowStatement) -> bool:
    texts = slow.statement, slow.sql, slow.library, slow.line or "", slow.plan or ""
    return (
        all(isinstance(each, str) for each in texts)
        and isinstance(slow.parameters, dict)
        and isinstance(slow.seconds, int | float)
        and isinstance(slow.rows, int)
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

"""Owns how fast providers are asked: turns that all threads and processes of this user take from one small file.

A rate is kept by the generic cell rate algorithm: one row says when the next regular turn is, and a quarter of a
window's turns may be taken ahead of it. In no stretch of a window's length are there more turns than its rate allows. A
quota, of an hour or more, may be used up as fast as one likes: its row says when its window began, and what is used.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from mediamgr.errors import ProviderBusy
from mediamgr.providers.http._site import Rate

__all__ = ["Pace"]

_log = logging.getLogger("mediamgr.providers")
_QUOTA_FROM_SECONDS: Final = 3600.0
_BUSY_FILE_SECONDS: Final = 10.0
_TRIES_OF_A_NEW_FILE: Final = 200
_NEW_FILE_SECONDS: Final = 0.02
# what is further off was written by a clock that has been set back since
_FURTHEST_TURN: Final = 3600.0
_LONGEST_HOLD: Final = 86_400.0
_HOLD: Final = "hold"
_TABLE: Final = """
create table if not exists pace (lane text, rate text, moment real not null, used integer not null,
primary key (lane, rate)) without rowid
"""
_READ: Final = "select moment, used from pace where lane = ? and rate = ?"
_WRITE: Final = "insert or replace into pace (lane, rate, moment, used) values (?, ?, ?, ?)"

_Row = tuple[float, int]
_T = TypeVar("_T")


class Pace:
    """Turns to ask.

    Args:
        file: An SQLite file that all processes of this user share; made when needed. One that cannot be used is said
            once, and turns are then taken within this process alone.
        clock: Seconds since 1970.
    """

    def __init__(self, file: Path, clock: Callable[[], float]) -> None:
        self._file, self._clock = file, clock
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None
        self._pid = 0
        self._is_alone = False

    def reserve(self, lane: str, rates: Iterable[Rate], most_seconds: float) -> float:
        """Take the next turn; the seconds to wait until it comes.

        Args:
            lane: Whom the question is for; its first word is what people call it.
            rates: All hold together.
            most_seconds: At most an hour. Raises `ProviderBusy`, and takes no turn, when the wait would be longer.
        """
        return self._asked(lambda file: self._reserved(file, lane, tuple(rates), most_seconds))

    def hold(self, lane: str, seconds: float) -> None:
        """Let nobody have a turn for so many seconds, at most a day."""
        now = self._clock()

        def later(file: sqlite3.Connection) -> None:
            held = _believed(_row(file, lane, _HOLD)[0], now + _LONGEST_HOLD)
            file.execute(_WRITE, (lane, _HOLD, max(held, now + min(seconds, _LONGEST_HOLD)), 0))

        self._asked(later)

    def close(self) -> None:
        """Let go of the file; used again, it is opened again."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _reserved(self, file: sqlite3.Connection, lane: str, rates: tuple[Rate, ...], most_seconds: float) -> float:
        now = self._clock()
        held = _believed(_row(file, lane, _HOLD)[0], now + _LONGEST_HOLD)
        rows = {rate: _row(file, lane, _named(rate)) for rate in rates}
        turn = max([now, held, *(_turn(rate, row, now, held) for rate, row in rows.items())])
        if turn - now > most_seconds:
            raise ProviderBusy(
                f"{lane.partition(' ')[0]} was asked as often as it allows; it may be asked again in"
                f" {_in_words(turn - now)}.",
                turn - now,
            )
        for rate, row in rows.items():
            file.execute(_WRITE, (lane, _named(rate), *_taken(rate, row, now, held, turn)))
        return turn - now

    def _asked(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        with self._lock:
            while True:
                try:
                    with self._turned() as file:
                        return work(file)
                except (sqlite3.Error, OSError) as error:
                    if self._is_alone:
                        raise
                    self._go_on_alone(error)

    @contextmanager
    def _turned(self) -> Iterator[sqlite3.Connection]:
        """The file, while nobody else writes it."""
        if self._opened is None or self._pid != os.getpid():
            # a connection does not survive a fork
            self._opened, self._pid = self._open(), os.getpid()
        file = self._opened
        try:
            file.execute("begin immediate")
            yield file
            file.commit()
        except BaseException:
            # Ctrl-C, too, may come at any point, and others wait for the file
            file.rollback()
            raise

    def _open(self) -> sqlite3.Connection:
        if not self._is_alone:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        where = ":memory:" if self._is_alone else str(self._file)
        # whoever uses it has the lock
        opened = sqlite3.connect(where, _BUSY_FILE_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            _into_wal(opened)
            opened.execute("pragma synchronous = normal")
            opened.execute(_TABLE)
        except sqlite3.Error:
            opened.close()
            raise
        return opened

    def _go_on_alone(self, error: Exception) -> None:
        self._opened, self._is_alone = None, True
        _log.warning(
            "%s cannot be used (%s): this process keeps to the pace of providers, but others do not know of it. Move it"
            " away, or look at its disk and permissions.",
            self._file,
            error,
        )


def _into_wal(opened: sqlite3.Connection) -> None:
    for left in reversed(range(_TRIES_OF_A_NEW_FILE)):
        try:
            opened.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            # of those who open a new file together SQLite lets some fail at once, whatever the timeout
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or not left:
                raise
            time.sleep(_NEW_FILE_SECONDS)


def _named(rate: Rate) -> str:
    return f"{rate.questions} in {rate.seconds:g} s"


def _row(file: sqlite3.Connection, lane: str, rate: str) -> _Row:
    found: _Row | None = file.execute(_READ, (lane, rate)).fetchone()
    return found or (0.0, 0)


def _believed(moment: float, furthest: float) -> float:
    return moment if moment <= furthest else 0.0


def _beat(rate: Rate) -> tuple[float, float]:
    """Seconds between regular turns, and how long before it a turn may be taken."""
    ahead = max(rate.questions // 4, 1)
    # together with those ahead, a window holds no more than its questions
    every = rate.seconds / (rate.questions - ahead + 1)
    return every, (ahead - 1) * every


def _due(rate: Rate, row: _Row, now: float, held: float) -> float:
    """The next regular turn of a rate, `row` being what is known of it; after a hold nobody goes ahead."""
    _, slack = _beat(rate)
    return max(_believed(row[0], now + slack + _FURTHEST_TURN), held + slack if held > now else now)


def _turn(rate: Rate, row: _Row, now: float, held: float) -> float:
    """The first moment a rate allows."""
    began, used = row
    if rate.seconds < _QUOTA_FROM_SECONDS:
        return _due(rate, row, now, held) - _beat(rate)[1]
    is_used_up = used >= rate.questions and began <= now + _FURTHEST_TURN and now < began + rate.seconds
    return began + rate.seconds if is_used_up else now


def _taken(rate: Rate, row: _Row, now: float, held: float, turn: float) -> _Row:
    """What is known of a rate when a turn was taken."""
    began, used = row
    if rate.seconds < _QUOTA_FROM_SECONDS:
        return max(_due(rate, row, now, held), turn) + _beat(rate)[0], 0
    return (began, used + 1) if began <= turn < began + rate.seconds else (turn, 1)


def _in_words(seconds: float) -> str:
    return f"{seconds / 3600:.1f} hours" if seconds >= _QUOTA_FROM_SECONDS else f"{seconds:.0f} seconds"

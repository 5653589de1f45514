"""Owns every error mediamgr raises, classed by what the caller can do about it.

    MediaManagerError               anything this program says no to
    ├── LibraryError                the library file: choose, free, restore or migrate it
    │   ├── LibraryNotFound         there is no library at that path
    │   ├── LibraryLocked           another process holds it: wait or close that one
    │   ├── LibraryDamaged          not a library, truncated, or from elsewhere: restore a backup
    │   ├── LibraryTooNew           written by a newer mediamgr: upgrade the program
    │   ├── LibraryClosed           used after close(): open it again
    │   └── MigrationError          a migration was edited, is missing or failed: the file is as it was
    ├── InputError                  what was handed in: correct it and try again
    │   ├── SourceError             a file or folder cannot be read as what it was said to be
    │   ├── RecordError             a record frame lacks what its table requires
    │   ├── QueryError              a query or filter that cannot be answered as written
    │   └── ItemNotFound            no item, person or library of that name or id
    ├── ProviderError               a metadata provider: wait, correct the key, or go on without it
    │   ├── ProviderUnavailable     it cannot be reached, or is out of order: try later
    │   ├── ProviderBusy            its quota or rate is used up: wait as long as the error says
    │   ├── ProviderRefused         its key is missing or wrong: set the one that the message names
    │   ├── ProviderAnswerWrong     an answer that is not what its documentation says, too large, or from elsewhere
    │   └── ProviderOffline         nobody is asked in offline mode, and nothing is kept
    ├── BudgetExceeded              something cost more than its budget allows: a warning, unless it is to fail
    ├── Cancelled                   a question that was taken back before it was answered
    ├── SettingsError               a setting that is not valid: the message names where it was set
    ├── WorkerError                 threads and processes that cannot do what they are given
    │   ├── WorkersClosed           used after shutdown(): make new ones
    │   └── WorkersLost             a process ended by itself: see why, and give it less
    └── MissingPart                 an optional package or program is not installed: install it

Every message names the thing, the reason and the remedy. `Interrupted` is no error: it is Ctrl-C, and says what
was done by then.
"""

from __future__ import annotations

__all__ = [
    "BudgetExceeded",
    "Cancelled",
    "InputError",
    "Interrupted",
    "ItemNotFound",
    "LibraryClosed",
    "LibraryDamaged",
    "LibraryError",
    "LibraryLocked",
    "LibraryNotFound",
    "LibraryTooNew",
    "MediaManagerError",
    "MigrationError",
    "MissingPart",
    "ProviderAnswerWrong",
    "ProviderBusy",
    "ProviderError",
    "ProviderOffline",
    "ProviderRefused",
    "ProviderUnavailable",
    "QueryError",
    "RecordError",
    "SettingsError",
    "SourceError",
    "WorkerError",
    "WorkersClosed",
    "WorkersLost",
]


class MediaManagerError(Exception):
    """Anything mediamgr says no to. Catch this to catch all of them."""


class LibraryError(MediaManagerError):
    """Something is wrong with the library file itself."""


class LibraryNotFound(LibraryError):
    """There is no library at that path."""


class LibraryLocked(LibraryError):
    """Another process holds the library file."""


class LibraryDamaged(LibraryError):
    """The file is not a mediamgr library, or is cut short."""


class LibraryTooNew(LibraryError):
    """The file was written by a newer mediamgr."""


class LibraryClosed(LibraryError):
    """The library was used after `close()`."""


class MigrationError(LibraryError):
    """A migration was edited, is missing or failed; the database is as it was before."""


class InputError(MediaManagerError):
    """What was handed in cannot be used as it is."""


class SourceError(InputError):
    """A file or folder cannot be read as what it was said to be."""


class RecordError(InputError):
    """A record frame lacks what its table requires."""


class QueryError(InputError):
    """A query or filter that cannot be answered as written."""


class ItemNotFound(InputError):
    """No item, person or library of that name or id."""


class ProviderError(MediaManagerError):
    """A metadata provider did not give what it was asked for. No message holds its key."""


class ProviderUnavailable(ProviderError):
    """The provider cannot be reached, or is out of order: try later."""


class ProviderBusy(ProviderError):
    """The provider's quota or rate is used up.

    Attributes:
        retry_after_seconds: When it may be asked again; None when nobody said.
    """

    def __init__(self, message: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(message, retry_after_seconds)
        self.retry_after_seconds = retry_after_seconds

    def __str__(self) -> str:
        return str(self.args[0])


class ProviderRefused(ProviderError):
    """The provider's key is missing or wrong, or it does not want to be asked."""


class ProviderAnswerWrong(ProviderError):
    """An answer of a provider that is not in the documented shape, too large, or from where it may not come."""


class ProviderOffline(ProviderError):
    """Nobody is asked in offline mode, and nothing is kept."""


class BudgetExceeded(MediaManagerError, UserWarning):
    """Something cost more than its budget allows. It is warned of, or raised where that was asked for."""


class Cancelled(MediaManagerError):
    """A question that was taken back before it was answered."""


class SettingsError(MediaManagerError):
    """A setting that is not valid."""


class WorkerError(MediaManagerError):
    """Threads or processes cannot do what they are given."""


class WorkersClosed(WorkerError):
    """The workers were used after `shutdown()`."""


class WorkersLost(WorkerError):
    """A process of the workers ended by itself, and took what it was doing with it."""


class MissingPart(MediaManagerError):
    """An optional package or program is not installed."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in long work; the message says what was done and how to go on."""

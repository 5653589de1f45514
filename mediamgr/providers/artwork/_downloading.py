"""Owns downloading the pictures that are pending: each address once, checked, kept, and noted in batches.

Safe to interrupt: what was had is noted, what was had in part is gone on with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import polars as pl

from mediamgr.errors import ProviderAnswerWrong, ProviderError
from mediamgr.instrumentation import Counter, Timer
from mediamgr.progress import ShowProgress, silent
from mediamgr.providers.artwork._checking import BadPicture, checked
from mediamgr.providers.artwork._folder import incoming, placed
from mediamgr.repository import ArtworkRepository
from mediamgr.store import Database, artwork

__all__ = ["PICTURES", "ArtworkReport", "Downloaded", "Fetch", "InParallel", "Outcome", "download_artwork"]

PICTURES: Final = pl.Schema(
    {
        "url": pl.String(),
        "media_item_id": pl.Int64(),
        "artwork_type": pl.String(),
        "download_status": pl.String(),
        "reason": pl.String(),
        "path": pl.String(),
        "width": pl.Int32(),
        "height": pl.Int32(),
        "size_bytes": pl.Int64(),
    }
)
"""What became of pictures: downloaded, failed or still pending, the last two with the reason."""
_DOWNLOADS: Final = Timer("providers.artwork", "Downloading all pictures that were asked for at once")
_OUTCOMES: Final = Counter("providers.pictures", "Pictures: downloaded, failed or pending", "outcome")
_NOTED_EVERY: Final = 50


class Downloaded(Protocol):
    """A file that was downloaded whole."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def content_type(self) -> str:
        """What the server says it is."""


class Outcome(Protocol):
    """What became of one call: its value, or the error it ended with."""

    @property
    def value(self) -> Any:
        """What the function gave."""

    @property
    def error(self) -> BaseException | None:
        """None when it ended well."""


Fetch = Callable[[str, Path], Downloaded]
"""Download an address to a file, going on with a part of it that is there. Raises `ProviderError`.

`ProviderAnswerWrong` is for what will be no better next time: there is no such picture, or it is too large.
"""
InParallel = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Outcome]]
"""Call a function with each of many things, in whatever order; outcomes as they come."""


@dataclass(frozen=True, slots=True)
class ArtworkReport:
    """What became of pictures.

    Attributes:
        pictures: A row an address, as in `PICTURES`.
    """

    pictures: pl.DataFrame

    @property
    def counts(self) -> dict[str, int]:
        """Pictures by what became of them: downloaded, failed, pending."""
        return dict(self.pictures.group_by("download_status").len().sort("download_status").iter_rows())


class _Done(NamedTuple):
    value: Any
    error: BaseException | None = None


def _in_turn(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[_Done]:
    for item in items:
        yield _Done(function(item))


@_DOWNLOADS
def download_artwork(
    database: Database,
    folder: Path,
    fetch: Fetch,
    *,
    types: Sequence[str] | None = None,
    sources: Sequence[str] | None = None,
    retry_failed: bool = False,
    limit: int | None = None,
    in_parallel: InParallel = _in_turn,
    show_progress: ShowProgress = silent,
) -> ArtworkReport:
    """Download pictures that are known by address: of each item the first of a type, when it has none on disk.

    Args:
        database: The library; written for a moment now and then.
        folder: Where pictures are kept, by their content.
        fetch: How an address is downloaded; called in the threads of `in_parallel`.
        types: Of which types; None: poster, backdrop and logo. Stills of episodes are many, and only had on request.
        sources: Only those that these providers told of; None is all, and `fetch` has to know what it may ask.
        retry_failed: Try those, too, that could not be had before.
        limit: At most so many addresses.
        in_parallel: How many are downloaded at a time; one after the other unless told otherwise.
        show_progress: Called with a title and a total, gives a context that shows a bar.

    Raises:
        LibraryError: The folder cannot be made, or a part of it leads elsewhere.
        LibraryLocked: Another process writes the library for too long; the files stay.
    """
    home = folder.expanduser().absolute()
    wanted = ArtworkRepository(database).pending(types, sources=sources, retry_failed=retry_failed, limit=limit)
    notes = _Notes(database)

    def work(row: dict[str, Any]) -> dict[str, Any]:
        return {**row, **_had(home, row["url"], fetch)}

    with show_progress("Downloading pictures", wanted.height) as advance, notes:
        for outcome in in_parallel(work, wanted.drop("source").iter_rows(named=True)):
            if outcome.error is not None:
                raise outcome.error
            notes.add(outcome.value)
            advance(1)
    return ArtworkReport(pl.DataFrame(notes.all, schema=PICTURES, orient="row"))


def _had(folder: Path, url: str, fetch: Fetch) -> dict[str, Any]:
    """Download, check and keep one picture: what became of it."""
    file = incoming(folder, url)
    try:
        had = fetch(url, file)
        picture, size = checked(had.path, had.content_type), had.path.stat().st_size
    except (BadPicture, ProviderAnswerWrong) as error:
        file.unlink(missing_ok=True)
        return {"download_status": "failed", "reason": str(error)}
    except ProviderError as error:
        return {"download_status": "pending", "reason": str(error)}
    path = placed(folder, had.path, picture.ending)
    return {
        "download_status": "downloaded", "path": str(path), "width": picture.width, "height": picture.height,
        "size_bytes": size,
    }  # fmt: skip


class _Notes:
    """What became of pictures, written to the library as they come; as a context, whatever it ends with."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[dict[str, Any]] = []
        self.all: list[dict[str, Any]] = []

    def add(self, row: dict[str, Any]) -> None:
        """Note one."""
        self.all.append(row)
        _OUTCOMES.add(outcome=row["download_status"])
        if row["download_status"] != "pending":
            self._waiting.append(row)
        if len(self._waiting) >= _NOTED_EVERY:
            self._write()

    def __enter__(self) -> _Notes:
        return self

    def __exit__(self, *failure: object) -> None:
        self._write()

    def _write(self) -> None:
        if not self._waiting:
            return
        with self._database.writing("artwork") as connection:
            changed = artwork.record(connection, pl.DataFrame(self._waiting, schema=PICTURES, orient="row"))
            self._database.share(changed)
        self._waiting = []

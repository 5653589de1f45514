"""Owns what a person holds: one `Library`, whose verbs each hand over to the room that does the work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, Unpack
from weakref import WeakValueDictionary

import polars as pl

from mediamgr import card
from mediamgr.errors import InputError, LibraryClosed, LibraryError
from mediamgr.instrumentation import Budget, budget
from mediamgr.plans import Explained
from mediamgr.progress import ShowProgress, progress, silent
from mediamgr.reports import ListStyle, Reports, write
from mediamgr.repository import (
    ArtworkRepository,
    FileRepository,
    HistoryRepository,
    ItemFilters,
    LibraryRepository,
    MatchRepository,
    MediaItemRepository,
    PersonRepository,
    ReportRepository,
    ScanRepository,
    SubtitleRepository,
    read_ids,
    takes_filters,
)
from mediamgr.settings import get_settings
from mediamgr.store import (
    Connection,
    Database,
    LoadReport,
    Records,
    backup,
    checks,
    edits,
    guard,
    jobs,
    load,
    migrations,
    query,
    snapshots,
)
from mediamgr.store.compaction import CompactReport, compact, compact_if_worn
from mediamgr.store.emptiness import remove_if_empty
from mediamgr.store.jobs import Job, JobBook, job
from mediamgr.store.past_snapshots import record_past_snapshots
from mediamgr.whole_files import whole_file
from mediamgr.workers import WorkerManager

if TYPE_CHECKING:
    from mediamgr.browser import Browser
    from mediamgr.ingest.scan import ScanReport
    from mediamgr.ingest.tables import TableImport
    from mediamgr.providers.artwork import ArtworkReport
    from mediamgr.providers.enriching import EnrichReport
    from mediamgr.providers.review import Review

__all__ = ["ImportReport", "Library", "browse", "build_demo", "filling", "open"]

_Done = TypeVar("_Done")
_LAST_WAIT: Final = 5.0
"""Seconds that a library waits, when it is closed, to record jobs that could not be before."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How an import went.

    Attributes:
        table: How the file was read: columns used and ignored, values and rows set aside with their row numbers.
        loaded: What went in.
    """

    table: TableImport
    loaded: LoadReport


_opened: WeakValueDictionary[int, Library] = WeakValueDictionary()
"""Libraries of this process that are still there, by number, as they were opened."""
_numbers: Final = count()


class Library:
    """A library file, opened. Made by `mediamgr.open()`.

    It reads published generations of the file: it never waits for who writes, and a scan in a terminal never waits for
    a notebook. What others commit is seen at the next query, or at `refresh()` when it was opened not to follow.

    `lib.items`, `lib.people`, `lib.files`, `lib.artwork`, `lib.subtitles`, `lib.history`, `lib.matches` and
    `lib.about` each read a part of it, and say what they offer when shown.
    """

    def __init__(self, database: Database) -> None:
        self._database: Database | None = database
        self._jobs = JobBook(database)
        _opened[next(_numbers)] = self

    @property
    def items(self) -> MediaItemRepository:
        """Search, pages, counts, facets."""
        return MediaItemRepository(self._open)

    @property
    def people(self) -> PersonRepository:
        """People, filmographies, credits."""
        return PersonRepository(self._open)

    @property
    def files(self) -> FileRepository:
        """Files, streams and the table of technical facts."""
        return FileRepository(self._open)

    @property
    def artwork(self) -> ArtworkRepository:
        """Pictures."""
        return ArtworkRepository(self._open)

    @property
    def subtitles(self) -> SubtitleRepository:
        """Subtitles beside files."""
        return SubtitleRepository(self._open)

    @property
    def history(self) -> HistoryRepository:
        """What was played and rated."""
        return HistoryRepository(self._open)

    @property
    def matches(self) -> MatchRepository:
        """Which works of providers the items are, and what is still to be asked or reviewed."""
        return MatchRepository(self._open)

    @property
    def reports(self) -> Reports:
        """What it holds, what it lacks, and what to do about it."""
        return Reports(lambda: ReportRepository(self._open), browse=self.browse)

    @property
    def about(self) -> LibraryRepository:
        """The libraries inside, jobs, tables."""
        return LibraryRepository(self._open)

    @property
    def path(self) -> Path:
        """The library file."""
        return self._open.path

    @takes_filters
    def search(
        self, text: str, *, limit: int | None = 100, offset: int = 0, **filters: Unpack[ItemFilters]
    ) -> pl.DataFrame:
        """Items that match by title or by a person's name, best first; `match` says how. More in `lib.items.search`."""
        return self.items.search(text, limit=limit, offset=offset, **filters)

    def sql(self, statement: str) -> pl.DataFrame:
        """The rows of one SELECT over the library's tables; anything that writes or reaches out is refused."""
        return query.run(self._open, statement)

    def browse(
        self, query: str = "", *, view: str = "list", height: int = 560, page_size: int = 100, **asked: Any
    ) -> Browser:
        """The library in a notebook cell: searched, narrowed, sorted and scrolled, however large.

        Args:
            query: What items are to match at first; "" is all.
            view: "list", or "wall" for posters.
            height: Pixels.
            page_size: Rows that the page asks for at once.
            asked: More of what is shown at first, as `lib.items.ordering` takes it: sort="year", genre="Drama".

        Raises:
            QueryError: What is to be shown cannot be.
            InputError: ipywidgets and the like are not installed.
        """
        try:
            from mediamgr.browser import Browser
        except ModuleNotFoundError as absent:
            raise InputError(f"To browse, {absent.name} is needed; pip install 'mediamgr[lab]'.") from None
        return Browser(self, {"query": query, **asked}, view=view, height=height, page_size=page_size)

    def explain(self, statement: str, *, analyze: bool = True) -> Explained:
        """How DuckDB answers one SELECT, and what to do about it: a tree of steps with time and rows, and advice.

        Args:
            statement: As for `sql`; that of a browser is `browser.sql`.
            analyze: Run it, and measure; else it is only planned, and rows are what DuckDB expects.

        Raises:
            QueryError: As `sql`.
        """
        return query.explain(self._open, statement, analyze=analyze)

    def tables(self, table: str | None = None) -> pl.DataFrame:
        """Tables and columns with their types and meaning; of one table when named. Raises `QueryError`."""
        frame = self.about.tables()
        if table is None:
            return frame
        if table not in frame["table"]:
            raise guard.no_table(table, frame["table"].unique().to_list())
        return frame.filter(pl.col("table") == table)

    def load(
        self,
        batches: Records | Iterable[Records],
        *,
        job_type: str = "import",
        title: str = "Loading",
        total: int | None = None,
        show_progress: ShowProgress = silent,
    ) -> LoadReport:
        """Load record frames; each batch goes in whole or not at all. The report lists rows set aside.

        `show_progress`: called with `title` and `total`, gives a context that shows a bar of items that went in.
        """
        given = [batches] if isinstance(batches, Records) else batches
        report = LoadReport()
        with (
            self._compacting_after(show_progress),
            self.writing(job_type) as (connection, running),
            show_progress(title, total) as advance,
        ):
            for records in given:
                loaded = load(connection, records)
                report += loaded
                running.counts.update(_counts(report))
                self._open.share(loaded.rows)
                advance(records.frames.get("media_item", pl.DataFrame()).height)
        return report

    def scan(
        self,
        *paths: str | Path,
        library: str = "Media",
        show_progress: ShowProgress = progress,
    ) -> ScanReport:
        """Bring the library up to date with folders of films and shows; look only at what changed.

        Args:
            paths: Folders (or single files); none means those of the last scan of `library`.
            library: The name of the collection inside this file.
            show_progress: Called with a title and a total, gives a context that shows a bar.

        Raises:
            SourceError: A folder named, or every one of the last scan, is not there; nothing was changed.
            Interrupted: Ctrl-C; what was committed is kept.
            InputError: No folder was ever scanned into that library, and none is given.
        """
        # guessit takes long to import, and most sessions never scan
        from mediamgr.ingest.scan import scan

        roots = self._roots(library, paths)
        with self._compacting_after(show_progress):
            return scan(self._open, roots, library, show_progress=show_progress, skip_absent=not paths)

    def import_table(
        self,
        path: str | Path,
        kind: str = "items",
        *,
        library: str = "Media",
        mapping: Mapping[str, str] | None = None,
        delimiter: str | None = None,
        show_progress: ShowProgress = progress,
    ) -> ImportReport:
        """Import a CSV, TSV, JSON, NDJSON or Parquet file; importing it again changes nothing.

        Args:
            path: The file.
            kind: "items", "people", "credits" or "history".
            library: The collection inside this file that items belong to; made when new.
            mapping: Column of the file to field, for columns whose names do not say it.
            delimiter: Between the values of a CSV file; None finds out.
            show_progress: Called with a title and a total, gives a context that shows a bar.

        Raises:
            SourceError: The file cannot be read as what its suffix says; nothing was changed.
            InputError: The kind or the mapping names something there is not, or a needed column is absent.
        """
        from mediamgr.ingest.tables import KnownKeys, read_table
        from mediamgr.same_people import meeting

        file, memory = Path(path).expanduser(), ScanRepository(self._open)
        with show_progress(f"Reading {file.name}", None):
            known = KnownKeys(memory.item_keys(library), memory.item_ids(library))
            table = read_table(file, kind, library=library, mapping=mapping, delimiter=delimiter, known=known)
        met = (meeting(memory, records) for records in table.records)
        return ImportReport(table, self.load(met, title=f"Importing {file.name}", show_progress=show_progress))

    def enrich(
        self,
        provider: str | Sequence[str] | None = None,
        *,
        library: str | None = None,
        only: Literal["new", "missing"] = "new",
        limit: int | None = None,
        dry_run: bool = False,
        show_progress: ShowProgress = progress,
    ) -> EnrichReport:
        """Fill what films and shows lack from what metadata providers know of them.

        What the user edited, what is locked and what an NFO told stays. Whom a provider was asked for is not asked for
        again; Ctrl-C keeps what was told by then, and the next call goes on. Doubtful matches wait for `lib.review()`.

        Args:
            provider: "tmdb", "tvmaze", "omdb" or "wikidata", or several; None: those whose key is set
                (MEDIAMGR_TMDB_KEY, MEDIAMGR_OMDB_KEY) and TVmaze; Wikidata when there is no key.
            library: Only of this one; None: of all.
            only: "new": all that were not asked for yet; "missing": of these, those that lack something.
            limit: At most so many items of each provider.
            dry_run: Ask, and say what would be filled, but write nothing.
            show_progress: Shows a bar for each provider.

        Raises:
            InputError: There is no provider of that name.
            LibraryLocked: Another process writes for longer than is waited; nothing is lost, for answers are kept.
        """
        from mediamgr.providers.enriching import enrich

        names = [provider] if isinstance(provider, str) else provider
        with self._compacting_after(show_progress):
            return enrich(
                self._open, providers=names, library=library, only=only, limit=limit, dry_run=dry_run,
                record=self._jobs.add, show_progress=show_progress,
            )  # fmt: skip

    def fetch_artwork(
        self,
        types: Sequence[str] | None = None,
        *,
        retry_failed: bool = False,
        limit: int | None = None,
        show_progress: ShowProgress = progress,
    ) -> ArtworkReport:
        """Download pictures that providers told of, of each item the best of a type, unless it has one.

        They are kept in `settings.get_artwork_dir()`, each once, and checked to be pictures. Ctrl-C keeps what was had.

        Args:
            types: poster, backdrop, logo, still, ...; None: the first three.
            retry_failed: Also those that could not be had before.
            limit: At most so many.
            show_progress: Shows a bar.

        Raises:
            InputError: There is no such type.
            LibraryError: The folder cannot be used.
            LibraryLocked: Another process writes for longer than is waited; the pictures stay.
        """
        from mediamgr.providers.enriching import fetch_artwork

        return fetch_artwork(
            self._open, types=types, retry_failed=retry_failed, limit=limit, record=self._jobs.add,
            show_progress=show_progress,
        )  # fmt: skip

    def review(self, provider: str | None = None, *, items: int | Iterable[int] | None = None) -> Review:
        """Doubtful matches in a notebook cell: each is accepted, or none of them is; `enrich` writes what was accepted.

        Args:
            provider: Only what was found there.
            items: Instead what was found for these, matched or not: turning one down takes back what was written.

        Raises:
            InputError: ipywidgets and the like are not installed, or there is no provider of that name.
        """
        try:
            from mediamgr.providers.enriching.reviewing import reviewed
        except ModuleNotFoundError as absent:
            raise InputError(f"To review, {absent.name} is needed; pip install 'mediamgr[lab]'.") from None
        return reviewed(lambda: self._open, provider, items)

    def _roots(self, library: str, paths: Sequence[str | Path]) -> list[Path]:
        if paths:
            return [Path(path) for path in paths]
        known = self.about.libraries().filter(pl.col("name") == library)
        roots = known["roots"].to_list()[0] if known.height else []
        if not roots:
            raise InputError(f"No folder was scanned into {library!r} yet; name the folders to scan.")
        return [Path(root) for root in roots]

    @contextmanager
    def write(self, job: str = "write", *, wait: float | None = None) -> Iterator[Library]:
        """Be the one writer while the body runs, so that its loads, scans and imports follow one another undisturbed.

            with lib.write():
                lib.import_table("films.csv")
                lib.import_table("ratings.csv", "history")

        Each of them commits, and is published, as it goes; what the body reads is what it wrote.

        Args:
            job: What others are told who wait.
            wait: Seconds to wait for another writer; None waits as long as the library was opened to.

        Raises:
            LibraryLocked: Another job still writes; the error names its process, what it does and since when.
        """
        with self._compacting_after(progress), self._open.writing(job, wait=wait):
            yield self

    def refresh(self) -> None:
        """Read what was published last from now on; needed only after `mediamgr.open(..., follow=False)`."""
        self._open.refresh()

    @contextmanager
    def writing(self, job_type: str, library: str | None = None) -> Iterator[tuple[Connection, Job]]:
        """The connection to write with and the job that is recorded; for sources, not for notebooks."""
        with self._open.writing(job_type) as connection, job(connection, job_type, library) as running:
            yield connection, running

    def workers(self, max_thread_count: int | None = None, **options: Any) -> WorkerManager:
        """Threads, or processes, whose jobs (each `map`) are recorded in this library, see `lib.about.jobs()`.

            with lib.workers() as workers:
                for outcome in workers.map(fetch, urls, job_type="fetch"):
                    ...

        A job that ends while another process writes is recorded with the next one, or when the library is closed.

        Args:
            max_thread_count: At most so many; None: two a core.
            options: As of `mediamgr.workers.WorkerManager`.
        """
        return WorkerManager(max_thread_count, record=self._jobs.add, **options)

    @contextmanager
    def _compacting_after(self, show_progress: ShowProgress) -> Iterator[None]:
        """Compact after a job that changed much, when it and all that it is part of is over."""
        yield
        if not self._open.is_writing:
            compact_if_worn(self._open, show_progress)

    def budget(self, ms: float | None = None, *, statements: int | None = None, fails: bool = False) -> Budget:
        """What a body, or each call of a function, may cost; see `mediamgr.instrumentation.budget`.

            with lib.budget(ms=500):
                lib.search("desert")

        Args:
            ms: Milliseconds it may take.
            statements: Statements that DuckDB may be asked.
            fails: Raise `BudgetExceeded` in place of warning, for tests.
        """
        return budget(ms, statements=statements, fails=fails)

    def backup(self, target: str | Path) -> Path:
        """Copy the library to a file, or into a folder that is there; return the file made."""
        return backup.backup(self._open, Path(target).expanduser())

    def compact(self, *, full: bool = False, on_table: Callable[[str], None] | None = None) -> CompactReport:
        """Make the library small and quick again; it is right, and only slower, when this is never done.

        What is derived (the order of titles, words, credits by person) is written anew when a hundredth of it changed.
        The file is written anew, in the order in which it is asked for, when a fifth of it is dead space, when what
        belongs together has been scattered, or when `full`; who reads goes on meanwhile. A job that changed much does
        the same at its end. `on_table` is told the name of each table before it is copied.
        """
        return compact(self._open, full=full, on_table=on_table)

    def edit(self, item_ids: int | Iterable[int], **fields: object) -> edits.Edit:
        """Change fields of items by hand, such as `user_rating=8` or `title="Alien"`; None empties one.

        No scan or import overwrites them then. `lib.undo(edit)` takes it back. Raises `QueryError` for a field that is
        not edited by hand (`mediamgr.store.edits.EDITABLE`), for a value it cannot have, and when no item is there.
        """
        return self._edited(lambda connection: edits.change(connection, read_ids("item_ids", item_ids), fields))

    def tag(self, item_ids: int | Iterable[int], *tags: str, remove: Iterable[str] = ()) -> edits.Edit:
        """Add tags to items, and take those of `remove` away; others stay."""
        return self._edited(
            lambda connection: edits.tag(connection, read_ids("item_ids", item_ids), add=tags, remove=remove)
        )

    def mark_watched(self, item_ids: int | Iterable[int], watched: bool = True) -> edits.Edit:
        """Say that films and episodes were watched just now, or never; of shows and seasons all episodes."""
        return self._edited(lambda connection: edits.watch(connection, read_ids("item_ids", item_ids), watched=watched))

    def undo(self, edit: edits.Edit) -> None:
        """Take back what `edit`, `tag` or `mark_watched` did."""
        self._edited(lambda connection: edits.undo(connection, edit))

    def _edited(self, work: Callable[[Connection], _Done]) -> _Done:
        with self._open.writing("edit") as connection:
            return work(connection)

    def snapshot(self) -> int | None:
        """Note what the library holds now, beside what jobs note at their end: the snapshot's id.

        None when all is as it was at the last one; `lib.about.snapshots()` lists them. It looks at every item and file,
        also at what was changed behind this program's back.

        Raises:
            LibraryLocked: Another job still writes.
        """
        with self._open.writing("snapshot") as connection:
            return snapshots.take(connection, "request", whole=True)

    def check(self) -> pl.DataFrame:
        """One row a rule that should hold: check, found (rows that break it), example."""
        return checks.check(self._open)

    def to_csv(
        self, frame: str | pl.DataFrame, path: str | Path, *, lists: ListStyle = "join", bom: bool = False
    ) -> Path:
        """Write a table, a SELECT or a frame as CSV; `lists` "join" or "json", `bom` for spreadsheets."""
        return write(self.frame(frame), Path(path), format="csv", lists=lists, bom=bom)

    def to_parquet(self, frame: str | pl.DataFrame, path: str | Path) -> Path:
        """Write a table, a SELECT or a frame as Parquet."""
        return write(self.frame(frame), Path(path), format="parquet")

    def to_json(self, frame: str | pl.DataFrame, path: str | Path) -> Path:
        """Write a table, a SELECT or a frame as a JSON array of objects."""
        return write(self.frame(frame), Path(path), format="json")

    @property
    def is_closed(self) -> bool:
        """Whether `close()` was called."""
        return self._database is None

    def close(self) -> None:
        """Let go of the file. Using the library afterwards raises `LibraryClosed`."""
        if self._database is not None:
            self._jobs.write(wait=_LAST_WAIT)
            self._database.close()
            self._database = None

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return "Library(closed)" if self._database is None else card.text(self._facts())

    def _repr_html_(self) -> str:
        return "<p>Library (closed)</p>" if self._database is None else card.html(self._facts())

    def _facts(self) -> card.CardFacts:
        return card.CardFacts(self.path, self._open.size_bytes, self.about.libraries())

    def frame(self, frame: str | pl.DataFrame) -> pl.DataFrame:
        """The rows of a table or of a SELECT; a frame is given back as it is. Raises `QueryError`."""
        return frame if isinstance(frame, pl.DataFrame) else query.table_or_select(self._open, frame)

    @property
    def _open(self) -> Database:
        if self._database is None:
            raise LibraryClosed("This library was closed; open it again with mediamgr.open().")
        return self._database


def open(path: str | Path | None = None, *, create: bool = False, wait: float = 10.0, follow: bool = True) -> Library:
    """Open a library.

    Args:
        path: The file; None opens the one in settings (MEDIAMGR_LIBRARY, or `mediamgr.settings`).
        create: Make an empty library when there is none; an older one is migrated, a copy kept beside it.
        wait: Seconds to wait for another process that writes, when this one wants to.
        follow: See what others commit at the next query; else only at `lib.refresh()`.

    Raises:
        LibraryNotFound: There is no file, and `create` is false.
        MigrationError: The library is of an older version, and `create` is false.
    """
    file = Path(path).expanduser() if path is not None else get_settings().get_library()
    database = Database(file, wait, follow=follow)
    if create:
        migrations.migrate(database)
        return Library(database)
    migrations.require_current(database)
    return Library(database)


def latest() -> Library:
    """The library that was opened last and is open still; when none is, that of the settings is opened."""
    # references, for others may open and forget some meanwhile
    known = (lib for each in reversed(_opened.valuerefs()) if (lib := each()) is not None and not lib.is_closed)
    return next(known, None) or open()


def browse(lib: Library | None = None, **options: Any) -> Browser:
    """The library in a notebook cell; None opens the one of the settings. `options`: as `Library.browse`."""
    return (lib or open()).browse(**options)


@contextmanager
def filling(path: Path, *, wait: float = 10.0) -> Iterator[Library]:
    """A library to fill, made when there is none; that one goes again when the body fails and nothing came in."""
    is_new = not path.exists()
    with open(path, create=True, wait=wait) as lib:
        try:
            yield lib
        except BaseException:
            if is_new:
                remove_if_empty(lib._open)
            raise


def build_demo(path: Path, *, items: int = 10_000, seed: int = 7, show_progress: ShowProgress = silent) -> Library:
    """Make the demo library at `path`, which must be free. An interrupted one leaves nothing behind."""
    from mediamgr.ingest import demo

    if path.exists():
        raise InputError(f"{path} is there already; name a new file, or remove that one.")
    try:
        with whole_file(path) as partial:
            partial.unlink()
            with Library(Database(partial, private=True)) as lib:
                migrations.migrate(lib._open)
                with lib._open.writing("demo") as connection:
                    lib.load(
                        _with_past(lib, connection, items, seed),
                        job_type="demo",
                        title="Building the demo library",
                        total=items,
                        show_progress=show_progress,
                    )
                    jobs.record_past_jobs(connection, demo.job_runs(items, seed))
    except OSError as error:
        raise LibraryError(f"{path} cannot be made: {error.strerror}; name another file.") from error
    return open(path)


def _with_past(lib: Library, connection: Connection, items: int, seed: int) -> Iterator[Records]:
    """The batches of the demo; when the last is in, what snapshots would have told of it. So the job takes none."""
    from mediamgr.ingest import demo

    yield from demo.generate(items, seed)
    now = demo.NOW.replace(tzinfo=None)
    former = demo.former_files(lib.frame("file_fact"), seed, now)
    record_past_snapshots(connection, list(demo.snapshot_moments(now)), former)


def _counts(report: LoadReport) -> dict[str, int]:
    return report.counts | ({"set_aside": report.rejected.height} if report.rejected.height else {})

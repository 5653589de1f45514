"""Owns the verbs that look after a library: status, check, compact, backup and migrate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mediamgr.cli._files import Wait, chosen, opened
from mediamgr.cli._say import out, say, warn
from mediamgr.cli._table import show
from mediamgr.progress import progress
from mediamgr.repository import LibraryRepository
from mediamgr.store import Database, migrations
from mediamgr.wording import human_bytes

__all__ = ["backup", "check", "compact", "migrate", "status"]


def status(context: typer.Context) -> None:
    """Version, sizes, row counts, the last jobs, who reads and who writes."""
    path = chosen(context)
    database = Database(path)
    # before this very process reads one
    generations = LibraryRepository(database).generations()
    version, left = migrations.version(database)
    say(f"{path}: {human_bytes(database.size_bytes)}, version {version}, {left} pending")
    if left:
        warn("Run `mediamgr migrate` to bring it up to date.")
        return
    lib, writer = opened(context), database.writer()
    say(f"written by {writer}" if writer else "nobody writes")
    jobs = lib.about.jobs(10).drop("id")
    show(jobs)
    if not writer and "running" in jobs["status"]:
        warn("What is said to be running ended without a word; the next job says so, and what it committed is kept.")
    show(generations)
    show(lib.about.sizes())


def migrate(
    context: typer.Context,
    to: Annotated[int | None, typer.Option(help="Version to stop at; default: the latest.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done.")] = False,
    wait: Wait = 10.0,
) -> None:
    """Bring a library to this program's version; a copy is kept beside it."""
    report = migrations.migrate(Database(chosen(context), wait), to=to, dry_run=dry_run, create=False)
    for migration in report.applied:
        out.print(f"{'would apply' if dry_run else 'applied'} {migration.version:04d}_{migration.name}")
    if report.backup:
        say(f"copy of the library as it was: {report.backup}")
    if not report.applied:
        out.print("up to date")


def backup(context: typer.Context, target: Annotated[Path, typer.Argument(help="New file, or a folder.")]) -> None:
    """Copy the library, whole and checked."""
    say(str(opened(context).backup(target)))


def compact(
    context: typer.Context,
    full: Annotated[
        bool, typer.Option("--full", help="Write the whole file anew, however little is to be gained.")
    ] = False,
    wait: Wait = 10.0,
) -> None:
    """Make a library small and quick again; whoever reads it goes on meanwhile."""
    lib = opened(context, wait)
    with progress("Compacting", None) as advance:
        done = lib.compact(full=full, on_table=lambda table: advance(1))
    say(f"{human_bytes(done.bytes_before)} before, {human_bytes(done.bytes_after)} now.")
    warn(
        "The file was written anew."
        if done.is_rewritten
        else "The file is in order and has little dead space; it was left as it is (--full writes it anew)."
    )


def check(context: typer.Context) -> None:
    """Look for rows that contradict each other; exit code 1 when there are any."""
    found = opened(context).check()
    show(found)
    if found["found"].sum():
        raise typer.Exit(1)

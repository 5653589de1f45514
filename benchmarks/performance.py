"""Claim: everyday questions are answered within their budgets at ten million items, and in the time of bare DuckDB.

Beside them a media server's SQLite, with indexes, LIMIT and OFFSET. All three answer side by side, in one run, each
question in turn; the median of several rounds counts. Nothing comes from memory: the cache of results is off. Writes
docs/performance.md and docs/images/growth.svg.

Run: make performance (MEDIAMGR_BENCH_SIZES names sizes, see benchmarks/libraries.py)
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import polars as pl
import sqlalchemy

from benchmarks.answers import Answers, all_answers
from benchmarks.libraries import ALL_SIZES
from benchmarks.questions import QUESTIONS, TENFOLD, budget_ms
from mediamgr.benchmarking.growth import draw_growth

ROOT = Path(__file__).parents[1]
ROUNDS = 5
PATIENCE_SECONDS = 8.0
"""A question that takes longer is asked fewer times."""


def timed(answer: Callable[[], Any]) -> float:
    """Milliseconds of one answer."""
    began = time.perf_counter()
    answer()
    return (time.perf_counter() - began) * 1000


def measure(answers: Answers) -> list[dict[str, Any]]:
    """A row for each question and who answers it: first (ms), median (ms)."""
    rows = []
    for question in QUESTIONS:
        first = {who: timed(asked[question]) for who, asked in answers.items()}
        taken: dict[str, list[float]] = {who: [] for who in answers}
        for _ in range(ROUNDS):
            for who, asked in answers.items():
                if sum(taken[who]) + first[who] < PATIENCE_SECONDS * 1000:
                    taken[who].append(timed(asked[question]))
        for who in answers:
            rows.append(
                {"question": question, "who": who, "first": first[who], "median": median(taken[who] or [first[who]])}
            )
            print(f"{question:40} {who:12} {rows[-1]['first']:10.1f} {rows[-1]['median']:10.1f} ms", flush=True)
    return rows


def measure_size(items: int) -> pl.DataFrame:
    """All questions on a demo library of so many items."""
    print(f"--- {items:,} items", flush=True)
    with all_answers(items) as answers:
        return pl.DataFrame(measure(answers)).with_columns(items=pl.lit(items))


def table(measured: pl.DataFrame) -> str:
    """The table of one size as Markdown."""
    by_who = measured.pivot("who", index="question", values=["median", "first"], maintain_order=True)
    lines = [
        "| question | mediamgr | first time | bare DuckDB | ratio | SQLite | ratio | budget at 10M |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for row in by_who.iter_rows(named=True):
        ours, bare, peer = (row[f"median_{who}"] for who in ("mediamgr", "DuckDB", "SQLite"))
        lines.append(
            f"| {row['question']} | {shown(ours)} | {shown(row['first_mediamgr'])} | {shown(bare)} | {ours / bare:.2f}"
            f" | {shown(peer)} | {peer / ours:.1f}× | {budget(row['question'])} |"
        )
    return "\n".join(lines)


def budget(question: str) -> str:
    """That of a question at ten million items; empty where there is none."""
    return f"< {limit} ms" if (limit := budget_ms(question)) else ""


def shown(milliseconds: float) -> str:
    """A time as people read it."""
    return f"{milliseconds / 1000:.1f} s" if milliseconds >= 1000 else f"{milliseconds:.{int(milliseconds < 10)}f} ms"


def missed(measured: pl.DataFrame) -> list[str]:
    """The goals that were not reached, a line each."""
    by_who = measured.pivot("who", index=["items", "question"], values=["median", "first"], maintain_order=True)
    lines = []
    for row in by_who.iter_rows(named=True):
        items, question, ours, first = row["items"], row["question"], row["median_mediamgr"], row["first_mediamgr"]
        ahead, behind = row["median_SQLite"] / ours, ours / row["median_DuckDB"]
        limit = budget_ms(question) or float("inf")
        where = f"- {question}, {items:,} items:"
        if ours > limit:
            lines.append(f"{where} {shown(ours)}, over its budget of {limit} ms.")
        elif first > limit:
            lines.append(f"{where} {shown(first)} the very first time, over its budget of {limit} ms.")
        if items == 1_000_000 and question in TENFOLD and ahead < 10:
            lines.append(f"{where} {ahead:.1f} times as fast as SQLite, not 10.")
        elif items == 1_000_000 and ahead < 1:
            lines.append(f"{where} {shown(ours)}, where SQLite takes {shown(row['median_SQLite'])}.")
        if behind > 1.5:
            more = shown(ours - row["median_DuckDB"])
            lines.append(f"{where} {behind:.1f} times as long as bare DuckDB, not 1.5: {more} more.")
    return lines


def write(measured: pl.DataFrame) -> None:
    """The page and its picture."""
    draw_growth(
        measured.select("question", "who", "items", milliseconds="median"), ROOT / "docs" / "images" / "growth.svg"
    )
    sizes = measured["items"].unique(maintain_order=True).to_list()
    parts = [f"## {size:,} items\n\n{table(measured.filter(pl.col('items') == size))}" for size in sizes]
    head = f"""# Performance

Written by `make performance`; not to be edited. {os.cpu_count()} cores, {platform.system()}, Python
{platform.python_version()}, DuckDB {duckdb.__version__}, SQLAlchemy {sqlalchemy.__version__}.

Each time is the median of up to {ROUNDS} rounds in which all three answer in turn; "first time" is the very first,
before anything was read. No answer comes from the cache of results. *Bare DuckDB* is the barest statement that returns
the rows, on the same file. *SQLite* holds the same rows with composite indexes, asked through SQLAlchemy with LIMIT
and OFFSET; its ratio says how many times as long it takes. Pages are of the largest library inside the file, a hundred
items each.

![Growth](images/growth.svg)
"""
    goals = f"""## Goals, and those that were missed

The budgets hold at ten million items; at a million, searches and pages deep in an order are ten times as fast as SQLite
and nothing is slower; nothing takes over 1.5 times as long as bare DuckDB. Of these were missed:

{chr(10).join(missed(measured)) or "- none."}

What holds them back: DuckDB spends one to three milliseconds on a statement before it reads a row, SQLite a tenth of
that. A page, a cast or a filmography is two statements; a search looks into the dictionary and asks for each kind of
match that the words allow, three to six statements. That is more than all else while a library is small, and
does not grow with it. The very first time also reads from the disk, and a page in the middle finds out the whole order,
which is kept; the thousands of works of the busiest people lie all over the library."""
    (ROOT / "docs" / "performance.md").write_text("\n\n".join([head.rstrip(), *parts, goals]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    os.environ["MEDIAMGR_QUERY_CACHE_BYTES"] = "0"
    write(pl.concat(measure_size(size) for size in ALL_SIZES))

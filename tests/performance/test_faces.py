"""A report says the same as text, as a dict and as a panel, whatever is in it."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from rich.cells import cell_len

from mediamgr.instrumentation import GaugeMetrics, TimerMetrics
from mediamgr.performance._text import percent
from tests.performance.made import answers, report

TEXT = """\
mediamgr 1.2.3, process 4242, 2026-01-02 03:04:05 UTC

Memory
  process 300.0 MB · at most so far 400.0 MB · DuckDB 64.0 MB · kept results 1.5 MB · 2 orders of
  items 5.0 MB

Caches
  cache                     kept               size  hits  misses  hit rate
  results, in memory          12  1.5 MB of 64.0 MB    30      10       75%
  answers of providers, db    40             2.0 MB    99       1       99%
  answers are in db: films.cache.duckdb

Where the time went
  timer                        runs   total    mean     p50     p95     p99  failed
  store.statement items/page    340   1.2 s  3.5 ms  3.0 ms  9.0 ms   40 ms       2
  store.statement items/count     1  300 ms  300 ms  300 ms  300 ms  300 ms
  my_operation                   10   20 ms  2.0 ms  2.0 ms  2.0 ms  2.0 ms

Counters
  name             value
  store.rows_read  1,234

Gauges
  name         value
  queue{of=x}    2.5

Workers
  workers   threads  active  queued  done  failed  cancelled  waited    ran  used
  mediamgr   3 of 4       2       5    50       2          1   2.0 s  8.0 s   20%

Library
  /films/films.duckdb
  file 20.0 MB, of this dead space 5.0 MB (25%); log 1.0 MB; 1 generation
  generation 7, 2026-01-02 03:04:05 UTC: 0 B beside the file, current, is read
  table         rows  in the file, about
  media_item  10,000              8.0 MB
  credit      40,000              2.0 MB
  index: external_id (external_id); primary key: library (id), person (id)

Slow statements
  when, UTC             took  statement   rows  asked by
  2026-01-02 03:00:00  1.7 s  items/page   100  film.py:12
  `mediamgr perf slow --plan` shows what they were, and their plans

Advice
  threads 16: Items waited.
  batch size 100: Nothing was measured yet."""
EMPTY = report(
    memory=None, duckdb=None, results=None, answers=None, timers={}, counters={}, gauges={}, workers=(), store=None,
    slow=(), threads=None, batch_size=None,
    left_out={"store": "There is no library at /films/none.duckdb; make one.", "memory": "psutil <failed>"},
)  # fmt: skip


class Tags(HTMLParser):
    """What is in a page: tags, attributes, text; it is well formed if nothing is open at the end."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One begins."""
        self.open.append(tag)
        self.seen.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        """The last one ends."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Text."""
        self.text += data


class TestText:
    """str() and repr()."""

    def test_says_all_of_it(self) -> None:
        """In 100 columns."""
        assert str(report()) == repr(report()) == TEXT

    def test_what_is_left_out_is_named(self) -> None:
        """And nothing else is said."""
        assert str(EMPTY).split("\n\n")[1:] == [
            "Left out\n  the library: There is no library at /films/none.duckdb; make one.\n  memory: psutil <failed>"
        ]

    @pytest.mark.parametrize("name", ["x" * 300, "千と千尋の神隠し" * 20, "a\x1b[2Jb\nc", "[bold]:smile:[/]"])
    def test_is_never_wider(self, name: str) -> None:
        """However long and strange names are; none moves a cursor, and nothing of them is lost."""
        timer = TimerMetrics(name, {"of": name}, 10**9, 10**9, 1e6, 1.0, 1.0, 1.0, 1.0, 1.0)
        made = report(
            timers={name: timer}, gauges={name: GaugeMetrics(name, {}, 1e300)},
            workers=(replace(report().workers[0], name=name),), left_out={"store": name},
        )  # fmt: skip
        told = str(made)
        assert max(map(cell_len, told.splitlines())) <= 100
        assert "\x1b" not in told
        assert told.count("[bold]:smile:[/]") == name.count("[bold]") * 5

    def test_of_many_the_first_are_shown(self) -> None:
        """And how many more there are."""
        many = {f"t{n}": TimerMetrics(f"t{n}", count=1, total=1.0) for n in range(45)}
        assert "\n  t19 " in str(report(timers=many))
        assert "\n  and 25 more\n" in str(report(timers=many))
        assert "\n  t20 " not in str(report(timers=many))

    @pytest.mark.parametrize(
        ("share", "told"),
        [(None, ""), (0, "0%"), (1, "100%"), (0.5, "50%"), (0.1234, "12.3%"), (0.99996, "99.9%"), (0.00001, "0.1%")],
    )
    def test_a_share_that_is_not_all_does_not_say_so(self, share: float | None, told: str) -> None:
        """One that is not nothing neither."""
        assert percent(share) == told


class TestDict:
    """as_dict() and to_json()."""

    def test_says_all_of_it(self) -> None:
        """In JSON's types, with units in the names."""
        told = report().as_dict()
        assert json.loads(report().to_json()) == told
        assert told["at"] == "2026-01-02T03:04:05+00:00"
        assert told["memory"] == {
            "process_bytes": 300_000_000, "peak_bytes": 400_000_000, "orderings": 2, "orderings_bytes": 5_000_000,
        }  # fmt: skip
        assert told["caches"]["results"]["hit_rate"] == 0.75
        assert told["caches"]["answers"] == {"where": "db: films.cache.duckdb", **answers()}
        assert told["timers"]["store.statement{statement=items/page}"] == {
            "name": "store.statement", "labels": {"statement": "items/page"}, "count": 340, "errors": 2,
            "total_seconds": 1.2, "mean_seconds": 1.2 / 340, "minimum_seconds": 0.001, "maximum_seconds": 0.05,
            "p50_seconds": 0.003, "p95_seconds": 0.009, "p99_seconds": 0.04,
        }  # fmt: skip
        assert told["gauges"] == {"queue{of=x}": {"name": "queue", "labels": {"of": "x"}, "value": 2.5}}
        assert told["workers"][0]["utilisation"] == 0.2
        assert told["store"]["tables"][1] == {"name": "credit", "rows": 40_000, "size_bytes": 2_000_000}
        assert told["store"]["generations"][0]["published_at"] == "2026-01-02T03:04:05+00:00"
        assert told["advice"]["threads"] == {"number": 16, "reason": "Items waited."}

    def test_holds_nothing_of_what_was_asked_for(self) -> None:
        """SQL and parameters of slow statements are for their user alone."""
        assert [*report().as_dict()["slow_statements"][0]] == [
            "at", "seconds", "statement", "rows", "library", "line", "process",
        ]  # fmt: skip
        for told in (report().to_json(), report().to_prometheus(), str(report()), report()._repr_html_()):
            assert "secret" not in told
            assert "private" not in told

    def test_is_json_whatever_was_measured(self) -> None:
        """What is no number is null; a name may hold half a character."""
        odd = {"g": GaugeMetrics("g", {}, float("nan")), "h": GaugeMetrics("h", {}, float("inf"))}
        told = report(gauges=odd, left_out={"store": "\udce9"})
        assert [each["value"] for each in told.as_dict()["gauges"].values()] == [None, None]
        assert json.loads(told.to_json().encode())["left_out"] == {"store": "\udce9"}

    def test_what_is_left_out_is_none(self) -> None:
        """Every key is there, always."""
        told = EMPTY.as_dict()
        assert [*told] == [*report().as_dict()]
        assert told["store"] is told["memory"] is told["caches"]["answers"] is told["advice"]["threads"] is None
        assert told["left_out"]["memory"] == "psutil <failed>"


class TestPanel:
    """_repr_html_()."""

    def test_is_html_without_script_or_style_sheet(self) -> None:
        """Any page may hold it: it is well formed, loads nothing, and takes the colours around it."""
        page = Tags(report()._repr_html_())
        assert set(page.seen) <= {"div", "span", "details", "summary", "pre", "b"}  # fmt: skip
        assert {name for name, _ in page.attributes} <= {
            "class", "style", "title", "role", "aria-level", "aria-hidden",
        }  # fmt: skip
        assert not [value for _, value in page.attributes if "url(" in (value or "")]

    def test_dollars_make_no_formula(self) -> None:
        """JupyterLab would set what stands between two of them."""
        assert "class='mediamgr-report mathjax_ignore tex2jax_ignore'" in report()._repr_html_()

    def test_says_what_the_text_says(self) -> None:
        """Bars beside it, and the whole text below, folded."""
        page = Tags(report()._repr_html_())
        for told in ("1.2 s", "340 × 3.5 ms, p95 9.0 ms, 2 failed", "30 of 40; 12 kept", "dead space", "16 threads"):
            assert told in page.text
        assert TEXT in page.text

    def test_bars_are_as_long_as_what_they_show(self) -> None:
        """The longest fills its track; a part of a whole its share."""
        told = report()._repr_html_()
        assert "width: 100.00%; background: #3b82c4" in told
        assert "width: 25.00%; background: #3b82c4" in told  # items/count: 0.3 of 1.2 s
        assert "width: 75.00%; background: #5aa05a" in told  # 30 of 40
        assert "width: 23.81%; background: rgba(128, 128, 128, .3)" in told  # 5 of 21 MB are dead

    def test_escapes_what_strangers_wrote(self) -> None:
        """Names may be anything."""
        bad = "<script>alert(1)</script>'\"\x1b"
        timer = TimerMetrics(bad, {bad: bad}, 1, 0, 1.0)
        page = report(timers={bad: timer}, left_out={bad: bad})._repr_html_()
        assert "script" not in Tags(page).seen
        assert "\x1b" not in page
        assert bad.replace("\x1b", "\\x1b") in Tags(page).text

    def test_what_is_left_out_is_named(self) -> None:
        """And a report of nothing else is shown."""
        told = Tags(EMPTY._repr_html_()).text
        assert "The library is not in here: There is no library at /films/none.duckdb; make one." in told
        assert "Where the time went" not in told

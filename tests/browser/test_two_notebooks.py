"""Two notebooks on one library at once: the one writes, the other looks, and neither waits for the other."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser.lab_server import Lab
from tests.browser.pages import COMPLAINTS, all_have_run, keep_picture, notebook, opened, printed, start_all

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LISTS, FILMS = 6, 500
"""Lists that are imported one after the other, and films of each."""

WRITER = """
import mediamgr
from pathlib import Path
from time import monotonic, sleep

lib = mediamgr.open("shared.duckdb", create=True)
Path("writer.is.there").touch()
"""
WRITES = f"""
seen = []
for number in range({LISTS}):
    lib.import_table(f"list{{number}}.csv", library="Films")
    seen.append(lib.items.count_all())
    until = monotonic() + 120
    # whoever looks has seen this list before the next one comes
    while not Path(f"seen.{{lib.items.count_all()}}").exists() and monotonic() < until:
        sleep(0.05)
print("wrote", seen)
"""
READER = """
import mediamgr
from pathlib import Path
from time import monotonic, sleep

until = monotonic() + 120
while not Path("writer.is.there").exists() and monotonic() < until:
    sleep(0.05)
lib = mediamgr.open("shared.duckdb")
before = lib.items.ordering()
length_before = len(before)
"""
READS = f"""
seen, until = [], monotonic() + 240
while (not seen or seen[-1] < {LISTS * FILMS}) and monotonic() < until:
    count = lib.items.count_all()
    found = lib.search("common", limit=None).height
    page = lib.items.get_all(5)
    if not seen or count > seen[-1]:
        seen.append(count)
        Path(f"seen.{{count}}").touch()
print("saw", [count for count in seen if count])
print("kept", len(before) == length_before == before.ids().len())
"""


def film_list(path: Path, number: int) -> None:
    """A CSV of films that share a word."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["title", "year"])
        rows.writerows([f"Common {number} {film}", 1950 + film % 70] for film in range(FILMS))


def told(text: str, word: str) -> Any:
    """What was printed after a word."""
    found = re.search(rf"{word} (.+)", text)
    assert found, text
    return json.loads(found[1].lower())


def test_one_writes_while_the_other_looks(jupyter: Lab, browser: Browser) -> None:
    """Every import is seen next door while the writer goes on; an order that was open stays as it was."""
    for number in range(LISTS):
        film_list(jupyter.folder / f"list{number}.csv", number)
    notebook(jupyter.folder / "writer.ipynb", WRITER, WRITES)
    notebook(jupyter.folder / "reader.ipynb", READER, READS)
    writer, reader = (opened(browser, jupyter, name) for name in ("writer", "reader"))
    try:
        start_all(writer)
        start_all(reader)
        for page in (writer, reader):
            all_have_run(page)
            assert page.locator(COMPLAINTS).all_text_contents() == []
        expected = [FILMS * (number + 1) for number in range(LISTS)]
        assert told(printed(writer), "wrote") == expected
        assert told(printed(reader), "saw") == expected
        assert told(printed(reader), "kept") is True
    finally:
        keep_picture(writer, "writer")
        keep_picture(reader, "reader")
        writer.context.close()
        reader.context.close()

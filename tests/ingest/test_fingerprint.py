"""Fingerprints: the same file under another path has the same mark, another file has another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mediamgr.ingest.fingerprint import fingerprint

END = 64 * 1024


def mark(path: Path) -> str:
    """The fingerprint of a file as it is now."""
    return fingerprint(str(path), path.stat().st_size)


def write(path: Path, size: int, **changed: int) -> Path:
    """A file of `size` bytes, all "a" but those at `changed` (name to offset), which are "b"."""
    content = bytearray(b"a" * size)
    for offset in changed.values():
        content[offset] = ord("b")
    path.write_bytes(content)
    return path


def test_a_moved_file_keeps_its_mark(tmp_path: Path) -> None:
    """The mark is of the content: not of path, time or permissions."""
    first = write(tmp_path / "a.mkv", 300_000)
    before = mark(first)
    moved = first.rename(tmp_path / os.fsdecode(b"\xff\xfe.mkv"))
    os.utime(moved, (1, 1))
    moved.chmod(0o600)
    assert mark(moved) == before
    assert mark(write(tmp_path / "copy.mkv", 300_000)) == before


@pytest.mark.parametrize("size", [1, END - 1, END, END + 1, 2 * END - 1, 2 * END, 2 * END + 1, 1_000_000])
def test_a_change_at_either_end_changes_the_mark(tmp_path: Path, size: int) -> None:
    """The first and the last byte count, however the ends lie to each other."""
    plain = mark(write(tmp_path / "a", size))
    assert mark(write(tmp_path / "b", size, first=0)) != plain
    assert mark(write(tmp_path / "c", size, last=size - 1)) != plain


@pytest.mark.parametrize("offset", range(0, 2 * END, 4_001))
def test_every_byte_of_a_file_of_two_ends_counts(tmp_path: Path, offset: int) -> None:
    """Up to 128 KiB nothing lies between the ends."""
    assert mark(write(tmp_path / "b", 2 * END, middle=offset)) != mark(write(tmp_path / "a", 2 * END))


@pytest.mark.parametrize(
    ("offset", "counts"), [(END - 1, True), (END, False), (200_000 - END - 1, False), (200_000 - END, True)]
)
def test_what_lies_between_the_ends_does_not_count(tmp_path: Path, offset: int, counts: bool) -> None:
    """An end is exactly 64 KiB."""
    changed = mark(write(tmp_path / "b", 200_000, middle=offset)) != mark(write(tmp_path / "a", 200_000))
    assert changed is counts


def test_the_size_is_part_of_the_mark(tmp_path: Path) -> None:
    """Equal ends of files of different length are different files; an empty one has a mark too."""
    marks = [mark(write(tmp_path / str(size), size)) for size in (0, 200_000, 200_001)]
    assert [each.split("-")[0] for each in marks] == ["0", "200000", "200001"]
    assert len({each.split("-")[1] for each in marks}) == 2


def test_at_most_128_kib_are_read_of_a_file_of_64_gib(tmp_path: Path) -> None:
    """A sparse file that would take minutes to read; where the system counts what is read, it is counted."""
    huge = tmp_path / "huge.mkv"
    with huge.open("wb") as file:
        file.truncate(64 * 1024**3)
    before = bytes_read()
    found = mark(huge)
    read = bytes_read() - before
    assert found.startswith("68719476736-")
    # reading the count itself is counted too
    assert read <= 128 * 1024 + 1024


def bytes_read() -> int:
    """Bytes this process has read, as Linux counts them; 0 elsewhere."""
    counts = Path("/proc/self/io")
    return int(counts.read_text().split()[1]) if counts.exists() else 0


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    """The caller decides what a file that vanished means."""
    with pytest.raises(FileNotFoundError):
        fingerprint(str(tmp_path / "none"), 5)

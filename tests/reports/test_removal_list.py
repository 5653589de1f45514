"""The list of files that would go: read by a real shell, on real files with hostile names."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import polars as pl
import pytest

from mediamgr.errors import InputError
from mediamgr.reports.duplicates import removal_list
from tests.reports.holdings import File, Held, held

HOSTILE = (
    b"new\nline.mkv", b"\nrm -rf x\n", b"it's.mkv", b'"$(touch pwned)".mkv', b"`touch pwned`", b"-rf", b"a b  c.mkv",
    b"$HOME;touch pwned", b"back\\slash\\n", b"\xff\xfe.mkv", b"\\xff.mkv", b"#no comment", b"*", b"~", b"\r\n", b"\x1b[2J",
    "ünïcödé 🎬".encode(), b"trailing\n",
)  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> list[bytes]:
    """Real files with hostile names, in a folder whose name is hostile as well."""
    folder = os.fsencode(tmp_path) + b"/it's $(here)\n"
    os.mkdir(folder)
    paths = [os.path.join(folder, name) for name in HOSTILE]
    for path in paths:
        with open(path, "wb") as file:
            file.write(b"a film")
    return paths


def answer(paths: list[bytes], keep: bytes) -> pl.DataFrame:
    """Rows as a report gives them: one to keep, the others to go."""
    rows = [
        {
            "group_number": 1, "to_remove": path != keep, "item": "A\nfilm\u2028$(touch pwned)", "reason": "same\rid",
            "choice": "lower", "paths": [_shown(path)], "path_hex": [path.hex()] if _shown(path).encode() != path else None,
            "freed_bytes": 6,
        }
        for path in paths
    ]  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"path_hex": pl.List(pl.String)})


def _shown(path: bytes) -> str:
    return path.decode("utf-8", "backslashreplace")


def run(*command: str, cwd: Path, given: bytes = b"") -> bytes:
    """What a program prints."""
    return subprocess.run(command, cwd=cwd, input=given, capture_output=True, check=True).stdout


class TestNamesForXargs:
    """Names with a zero byte after each."""

    def test_are_just_those(self, tmp_path: Path, files: list[bytes]) -> None:
        """A real xargs is given the very names, none more, and nothing is deleted by the list itself."""
        written = removal_list(answer(files, files[0]), tmp_path / "list", "paths0")
        found = run(
            "xargs",
            "-0",
            "sh",
            "-c",
            r'for each; do printf "%s\0" "$each"; done',
            "sh",
            cwd=tmp_path,
            given=written.read_bytes(),
        )
        assert found.split(b"\0")[:-1] == files[1:]
        assert all(map(os.path.exists, files))

    def test_let_go_just_those(self, tmp_path: Path, files: list[bytes]) -> None:
        """Given to rm they are deleted, and the one to keep is not."""
        written = removal_list(answer(files, files[0]), tmp_path / "list", "paths0")
        run("xargs", "-0", "rm", "--", cwd=tmp_path, given=written.read_bytes())
        assert [path for path in files if os.path.exists(path)] == files[:1]


class TestScript:
    """Lines for a shell, all of them comments."""

    @pytest.mark.parametrize("shell", ["sh", "bash"])
    def test_does_nothing(self, tmp_path: Path, files: list[bytes], shell: str) -> None:
        """Run as it stands it deletes nothing, makes nothing and says nothing."""
        written = removal_list(answer(files, files[0]), tmp_path / "list.sh")
        before = sorted(os.listdir(tmp_path))
        assert run(shell, str(written), cwd=tmp_path) == b""
        assert all(map(os.path.exists, files))
        assert sorted(os.listdir(tmp_path)) == before

    @pytest.mark.parametrize("shell", ["sh", "bash"])
    def test_lets_go_what_is_uncommented(self, tmp_path: Path, files: list[bytes], shell: str) -> None:
        """With the marks before rm taken away it deletes just those files."""
        written = removal_list(answer(files, files[0]), tmp_path / "list.sh")
        written.write_bytes(written.read_bytes().replace(b"\n#rm ", b"\nrm "))
        run(shell, str(written), cwd=tmp_path)
        assert [path for path in files if os.path.exists(path)] == files[:1]
        assert "pwned" not in os.listdir(tmp_path)

    def test_of_nothing(self, tmp_path: Path, files: list[bytes]) -> None:
        """Rows of which none goes give a script of nothing."""
        written = removal_list(answer(files[:1], files[0]), tmp_path / "list.sh")
        assert b"rm --" not in written.read_bytes()


class TestWhatIsRefused:
    """Rows that would lose something."""

    def test_other_rows(self, tmp_path: Path) -> None:
        """Rows of another answer say what they lack."""
        with pytest.raises(InputError, match=r"have no group_number"):
            removal_list(pl.DataFrame({"path": ["/a"]}), tmp_path / "list")

    def test_a_file_that_stays(self, tmp_path: Path, files: list[bytes]) -> None:
        """A file cannot go and stay at once."""
        rows = pl.concat([answer(files[:2], files[0]), answer(files[:2], files[1])])
        with pytest.raises(InputError, match=r"to go and to stay at once"):
            removal_list(rows, tmp_path / "list")

    def test_a_folder_that_is_a_file(self, tmp_path: Path, files: list[bytes]) -> None:
        """A list that cannot be written says why."""
        (tmp_path / "file").touch()
        with pytest.raises(InputError, match=r"cannot be written"):
            removal_list(answer(files, files[0]), tmp_path / "file" / "list")

    def test_another_style(self, tmp_path: Path, files: list[bytes]) -> None:
        """There are two styles."""
        with pytest.raises(InputError, match=r"sh or paths0"):
            removal_list(answer(files, files[0]), tmp_path / "list", "csv")  # type: ignore[arg-type]


def test_from_a_library(tmp_path: Path) -> None:
    """The exact bytes of a name that is not UTF-8 come from the library to the list."""
    exact = b"/films/\xff.mkv"
    copies = [File("/films/a.mkv", video=("h264", 3840, 2160, "SDR")), File("/films/\\xff.mkv", path_bytes=exact)]
    with held(tmp_path / "l.duckdb", Held("x", "Alien", 1979, copies)) as lib:
        written = lib.reports.save_removal_list(lib.reports.duplicates(), tmp_path / "list", style="paths0")
    assert written.read_bytes() == exact + b"\0"

"""Looking at folders: what is found, what is left out, and that nothing found on the way is fatal."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediamgr.errors import SourceError
from mediamgr.ingest.walk import Walk, shown, walk
from tests.parts import without_rights


@pytest.fixture
def root() -> Iterator[Path]:
    """An empty folder that every user may look into (the usual temporary one is its owner's alone)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve() / "media"
        folder.parent.chmod(0o755)
        folder.mkdir()
        yield folder


def make(root: Path, *names: str) -> None:
    """Files of one byte; a name that ends in "/" is an empty folder."""
    for name in names:
        path = root / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.write_bytes(b"x")


def names(found: Walk, root: Path) -> list[str]:
    """The entries in the order found, below `root`."""
    return [os.path.relpath(entry.path, root) for entry in found.entries()]


def problems(found: Walk, root: Path) -> list[tuple[str, str]]:
    """The problems, below `root`."""
    return [(os.path.relpath(path, root), reason) for path, reason in found.problems]


LED_BACK = "was looked at already under another name (a link that leads back)"
NOT_THERE = "cannot be read: No such file or directory"


class TestKinds:
    """What counts."""

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("a.mkv", "video"), ("a.MP4", "video"), ("a.m2ts", "video"), ("a.iso", "video"), ("a.b.avi", "video"),
            ("a.nfo", "nfo"), ("movie.NFO", "nfo"), ("poster.jpg", "image"), ("a.tbn", "image"), ("a.WebP", "image"),
            ("a.en.srt", "subtitle"), ("a.idx", "subtitle"), ("a.sub", "subtitle"),
            ("a.txt", None), ("mkv", None), ("a.mkv.part", None), ("a.", None), (".mkv", None), (".hidden.mkv", None), ("a.py", None),
        ],
    )  # fmt: skip
    def test_the_extension_says_what_a_file_is(self, root: Path, name: str, kind: str | None) -> None:
        """Videos, NFOs, pictures and subtitles in any case; nothing else."""
        make(root, name)
        assert [(entry.name, entry.kind) for entry in walk([root]).entries()] == ([(name, kind)] if kind else [])

    def test_an_entry_holds_path_size_and_time(self, root: Path) -> None:
        """Size in bytes, time in nanoseconds, and its folder."""
        film = root / "A (2001)" / "A (2001).mkv"
        film.parent.mkdir()
        film.write_bytes(b"x" * 1234)
        os.utime(film, ns=(1, 1_700_000_000_123_456_789))
        (entry,) = walk([root]).entries()
        assert (entry.path, entry.folder, entry.name) == (str(film), str(film.parent), "A (2001).mkv")
        assert (entry.size_bytes, entry.mtime_ns) == (1234, 1_700_000_000_123_456_789)

    def test_folders_pipes_and_sockets_are_no_films(self, root: Path) -> None:
        """Only regular files count, whatever things are called; nothing waits on a pipe."""
        make(root, "folder.mkv/inner.mkv", "good.mkv")
        os.mkfifo(root / "pipe.mkv")
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(root / "s.mkv"))
            found = walk([root])
        assert names(found, root) == ["good.mkv", "folder.mkv/inner.mkv"]
        assert found.problems == []

    def test_folders_without_anything_are_left_out(self, root: Path) -> None:
        """Only folders that hold entries are listed."""
        make(root, "empty/", "text/a.txt", "films/deep/a.mkv")
        assert list(walk([root]).folders) == [str(root / "films/deep")]


class TestLeftOut:
    """What is not looked at."""

    @pytest.mark.parametrize(
        "folder",
        [
            ".hidden",
            ".Trash-1000",
            "@eaDir",
            "#recycle",
            "$RECYCLE.BIN",
            "System Volume Information",
            "lost+found",
            "LOST+FOUND",
        ],
    )
    def test_hidden_and_system_folders(self, root: Path, folder: str) -> None:
        """Neither they nor anything in them is seen."""
        make(root, f"{folder}/a.mkv", f"{folder}/in/b.mkv", f"in/{folder}/c.mkv", "in/d.mkv")
        found = walk([root])
        assert names(found, root) == ["in/d.mkv"]
        assert (found.problems, found.unreadable) == ([], [])

    def test_a_folder_with_nomedia_and_all_in_it(self, root: Path) -> None:
        """A file named .nomedia keeps out of the folder and those below, not of those beside."""
        make(root, "private/.nomedia", "private/a.mkv", "private/in/b.mkv", "beside/c.mkv")
        assert names(walk([root]), root) == ["beside/c.mkv"]

    def test_hidden_dangling_links_are_nobodys_business(self, root: Path) -> None:
        """The lock links of editors are no problem to tell."""
        (root / ".#a.nfo").symlink_to("user@host.1234:1")
        assert walk([root]).problems == []

    def test_a_hidden_folder_can_be_a_root(self, root: Path) -> None:
        """Who names a hidden folder means it."""
        make(root, ".films/a.mkv")
        assert names(walk([root / ".films"]), root) == [".films/a.mkv"]


class TestLinks:
    """Links are followed, once."""

    def test_a_link_to_a_file_and_to_a_folder(self, root: Path) -> None:
        """What is linked is seen under the link's name, with the size of what it leads to."""
        make(root, "elsewhere/film.mkv", "elsewhere/more/b.mkv", "films/")
        (root / "elsewhere/film.mkv").write_bytes(b"x" * 77)
        (root / "films/a.mkv").symlink_to(root / "elsewhere/film.mkv")
        (root / "films/more").symlink_to(root / "elsewhere/more")
        found = walk([root / "films"])
        assert names(found, root) == ["films/a.mkv", "films/more/b.mkv"]
        assert next(found.entries()).size_bytes == 77
        assert found.problems == []

    def test_a_link_to_the_folder_above_ends(self, root: Path) -> None:
        """A loop is told once, and every file is seen once."""
        make(root, "in/deep/a.mkv")
        (root / "in/deep/up").symlink_to("../..")
        (root / "in/deep/self").symlink_to(".")
        found = walk([root])
        assert names(found, root) == ["in/deep/a.mkv"]
        assert problems(found, root) == [("in/deep/self", LED_BACK), ("in/deep/up", LED_BACK)]
        assert found.unreadable == []

    def test_two_links_to_one_folder(self, root: Path) -> None:
        """The folder is seen under the first name, the second is told."""
        make(root, "elsewhere/a.mkv", "films/")
        for name in ("one", "two"):
            (root / "films" / name).symlink_to(root / "elsewhere")
        found = walk([root / "films"])
        assert names(found, root) == ["films/one/a.mkv"]
        assert problems(found, root) == [("films/two", LED_BACK)]

    def test_links_that_lead_nowhere(self, root: Path) -> None:
        """They are told, what was known behind them is not gone (a drive may be away), and the rest is seen."""
        make(root, "a.mkv")
        (root / "drive").symlink_to("/nowhere/films")
        (root / "b.mkv").symlink_to("none.mkv")
        (root / "c.mkv").symlink_to("c.mkv")
        found = walk([root])
        assert names(found, root) == ["a.mkv"]
        assert [name for name, _ in problems(found, root)] == ["b.mkv", "c.mkv", "drive"]
        assert problems(found, root)[0][1] == problems(found, root)[2][1] == NOT_THERE
        assert found.unreadable == [str(root / name) for name in ("b.mkv", "c.mkv", "drive")]


class TestUnreadable:
    """What may not be looked at."""

    def test_a_folder_without_permission(self, root: Path) -> None:
        """It is told and remembered as unknown; what lies beside it is seen."""
        make(root, "a/a.mkv", "locked/b.mkv", "z/c.mkv")
        (root / "locked").chmod(0)
        with without_rights():
            with pytest.raises(PermissionError):
                os.listdir(root / "locked")
            found = walk([root])
        assert names(found, root) == ["a/a.mkv", "z/c.mkv"]
        assert problems(found, root) == [("locked", "cannot be read: Permission denied")]
        assert found.unreadable == [str(root / "locked")]

    def test_a_folder_that_may_be_listed_but_not_entered(self, root: Path) -> None:
        """Each file in it is told, and none of them is gone."""
        make(root, "listed/a.mkv", "listed/b.mkv", "z/c.mkv")
        (root / "listed").chmod(0o444)
        with without_rights():
            found = walk([root])
        assert names(found, root) == ["z/c.mkv"]
        assert {name for name, _ in problems(found, root)} <= {"listed", "listed/a.mkv", "listed/b.mkv"}
        unknown = tuple(found.unreadable)
        assert all(str(root / "listed" / name).startswith(unknown) for name in ("a.mkv", "b.mkv"))

    def test_a_root_without_permission(self, root: Path) -> None:
        """A root that cannot be read holds nothing known; it is not an empty one."""
        make(root, "b.mkv")
        root.chmod(0)
        with without_rights():
            found = walk([root])
        assert (found.folders, found.unreadable) == ({}, [str(root)])

    def test_a_root_behind_a_locked_folder_is_not_there(self, root: Path) -> None:
        """A root that cannot be reached is refused like one that is not there."""
        make(root, "in/b.mkv")
        root.chmod(0)
        with without_rights(), pytest.raises(SourceError, match="in is not there"):
            walk([root / "in"])


class TestNames:
    """A name is any bytes but "/" and 0."""

    @pytest.mark.parametrize(
        "name",
        [
            b"\xff\xfe.mkv", b"caf\xe9.mkv", b"a" * 251 + b".mkv", "é".encode() * 125 + b"a.mkv", b"quotes \"and' `x`.mkv",
            b"new\nline\r\ttab.mkv", b"<b>html</b>&amp;<script>.mkv".replace(b"/", b"\\"), b"'; drop table media_item; --.mkv",
            "\u202egnp.\u200bexe.mkv".encode(), b"\x1b[31mred\x07.mkv", b"-rf *.mkv", b" .mkv", b"%s {0} $HOME.mkv", b"back\\slash.mkv",
            "日本語.mkv".encode(), b"\xf0\x9f\x8e\xac.mkv", b"\xed\xa0\x80.mkv",
        ],
    )  # fmt: skip
    def test_any_name_is_kept_byte_for_byte(self, root: Path, name: bytes) -> None:
        """Not UTF-8, 255 bytes, quotes, newlines, HTML, SQL, control codes: as file and as folder."""
        folder = os.path.join(os.fsencode(root), name)
        os.mkdir(folder)
        Path(os.fsdecode(os.path.join(folder, name))).write_bytes(b"x")
        found = walk([root])
        assert [os.fsencode(entry.path) for entry in found.entries()] == [os.path.join(folder, name)]
        assert found.problems == []

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            (b"/m/plain \xc3\xa9.mkv", "/m/plain é.mkv"),
            (b"/m/caf\xe9.mkv", "/m/caf\\xe9.mkv"),
            (b"/m/\xff\xfe.mkv", "/m/\\xff\\xfe.mkv"),
            (b"/m/back\\slash.mkv", "/m/back\\slash.mkv"),
        ],
    )
    def test_bytes_that_are_no_text_are_shown(self, path: bytes, text: str) -> None:
        """A shown path can be written anywhere."""
        assert shown(os.fsdecode(path)) == text

    def test_names_that_look_alike_are_told(self, root: Path) -> None:
        """Of two files that would be shown alike, the one with a plain name is seen and the other told."""
        make(root, "caf\\xe9.mkv", os.fsdecode(b"caf\xe9.mkv"), os.fsdecode(b"b\xe9.mkv"))
        found = walk([root])
        assert names(found, root) == [os.fsdecode(b"b\xe9.mkv"), "caf\\xe9.mkv"]
        assert problems(found, root) == [
            (os.fsdecode(b"caf\xe9.mkv"), "looks as if it had the name of another beside it; rename one of them")
        ]

    def test_a_path_too_long_for_one_call_is_seen(self, root: Path) -> None:
        """Folders nested beyond what one path may hold are told, not fatal."""
        before = os.getcwd()
        try:
            os.chdir(root)
            for _ in range(25):
                os.mkdir("n" * 200)
                os.chdir("n" * 200)
        finally:
            os.chdir(before)
        make(root, "z.mkv")
        found = walk([root])
        assert names(found, root) == ["z.mkv"]
        assert [reason for _, reason in found.problems] == ["cannot be read: File name too long"]


class TestRoots:
    """What a walk begins with."""

    @pytest.mark.parametrize("name", ["none", "none/deep", "dangling", "n" * 300, "nul\0", "pipe"])
    def test_a_root_that_is_not_there_is_refused(self, root: Path, name: str) -> None:
        """A drive that is not mounted is no empty library; the others are not looked at either."""
        make(root, "here/a.mkv")
        (root / "dangling").symlink_to("/nowhere")
        os.mkfifo(root / "pipe")
        with pytest.raises(SourceError, match="is not there; check the path, or mount the drive"):
            walk([root / "here", root / name])

    def test_a_root_may_be_a_file(self, root: Path) -> None:
        """Only that file is seen, not those beside it."""
        make(root, "a.mkv", "b.mkv")
        found = walk([root / "b.mkv"])
        assert names(found, root) == ["b.mkv"]
        assert list(found.folders) == [str(root)]

    def test_a_file_of_another_kind_is_no_root(self, root: Path) -> None:
        """Somebody who names a text file is told, and not that nothing was found."""
        make(root, "c.txt")
        with pytest.raises(SourceError, match=r"c\.txt is no video, picture, subtitle or NFO file"):
            walk([root / "c.txt"])

    def test_a_relative_root_gives_absolute_paths(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Paths are those the system needs from anywhere."""
        make(root, "in/a.mkv")
        monkeypatch.chdir(root)
        assert [entry.path for entry in walk([Path("in")]).entries()] == [str(root / "in/a.mkv")]

    @pytest.mark.parametrize(
        "roots",
        [
            ["", "in"], ["in", ""], ["", ""], ["", "in/a.mkv"], ["in/a.mkv", ""], ["in", "", "in/a.mkv", "in"],
        ],
    )  # fmt: skip
    def test_roots_in_one_another_are_seen_once(self, root: Path, roots: list[str]) -> None:
        """Whatever the order, each file is there once and nothing is a problem."""
        make(root, "in/a.mkv", "in/b.mkv", "c.mkv")
        counted: list[int] = []
        found = walk([root / name for name in roots], counted.append)
        assert sorted(names(found, root)) == ["c.mkv", "in/a.mkv", "in/b.mkv"]
        assert (found.problems, sum(counted)) == ([], 3)

    def test_two_files_of_one_folder_are_both_seen(self, root: Path) -> None:
        """Files given alone add up, by name, each once."""
        make(root, "a.mkv", "b.mkv", "c.mkv")
        found = walk([root / "c.mkv", root / "a.mkv", root / "c.mkv"])
        assert names(found, root) == ["a.mkv", "c.mkv"]

    def test_the_order_is_that_of_the_names(self, root: Path) -> None:
        """However files came to be, a folder comes before those in it, and each by name."""
        listed = ["b.mkv", "z.mkv", "a/b.mkv", "a/c/a.mkv", "a-/a.mkv", "é/a.mkv"]
        make(root, *listed[::-1])
        found = names(walk([root]), root)
        assert found == ["b.mkv", "z.mkv", "a/b.mkv", "a/c/a.mkv", "a-/a.mkv", "é/a.mkv"]

    def test_progress_counts_the_files(self, root: Path) -> None:
        """What is counted on the way adds up to what was found."""
        make(root, "a.mkv", "in/b.mkv", "in/b.nfo", "in/b.txt")
        counted: list[int] = []
        walk([root / "a.mkv", root / "in"], counted.append)
        assert sum(counted) == 3

"""Small pictures of what lies beside the films."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from mediamgr.browser import _thumbnails
from mediamgr.browser._thumbnails import SIZES, Thumbnails
from mediamgr.settings import get_settings


@pytest.fixture
def thumbnails(tmp_path: Path) -> Thumbnails:
    """In a folder of their own."""
    return Thumbnails(tmp_path / "kept")


def picture(path: Path, size: tuple[int, int] = (600, 900), mode: str = "RGB", **options: object) -> str:
    """A picture on disk."""
    Image.new(mode, size, "darkred").save(path, **options)
    return str(path)


@pytest.mark.parametrize(
    ("name", "mode"), [("a.jpg", "RGB"), ("b.png", "RGBA"), ("c.gif", "P"), ("d.jpg", "CMYK"), ("e.webp", "RGB")]
)
def test_fit_into_their_size(thumbnails: Thumbnails, tmp_path: Path, name: str, mode: str) -> None:
    """Whatever is made of them."""
    path = picture(tmp_path / name, mode=mode)
    for size, (width, height) in SIZES.items():
        made = thumbnails.get(path, size)
        assert made
        with Image.open(io.BytesIO(made)) as small:
            assert small.format == "WEBP"
            assert small.width <= width
            assert small.height == min(height, 900)


def test_are_made_once(thumbnails: Thumbnails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And anew when the picture is another."""
    path = picture(tmp_path / "a.jpg")
    first = thumbnails.get(path, "wall")
    shrunk = _thumbnails._shrunk
    monkeypatch.setattr(_thumbnails, "_shrunk", pytest.fail)
    assert thumbnails.get(path, "wall") == first
    monkeypatch.setattr(_thumbnails, "_shrunk", shrunk)
    picture(tmp_path / "a.jpg", (100, 100))
    assert thumbnails.get(path, "wall") != first


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture at all",
        b"\xff\xd8\xff\xe0 half a JPEG",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\xff" * 40,
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
    ],
)
def test_of_what_is_no_picture_there_is_none(thumbnails: Thumbnails, tmp_path: Path, content: bytes) -> None:
    """The page draws a tile."""
    (tmp_path / "x.jpg").write_bytes(content)
    assert thumbnails.get(str(tmp_path / "x.jpg"), "wall") is None


def test_of_a_picture_cut_short_there_is_none(thumbnails: Thumbnails, tmp_path: Path) -> None:
    """Its head is right."""
    path = Path(picture(tmp_path / "a.png", (900, 900)))
    path.write_bytes(path.read_bytes()[:60])
    assert thumbnails.get(str(path), "wall") is None


def test_of_what_would_fill_the_memory_there_is_none(thumbnails: Thumbnails, tmp_path: Path) -> None:
    """A small file may say that it has billions of pixels."""
    path = picture(tmp_path / "bomb.png", (12_000, 12_000), "1")
    assert thumbnails.get(path, "wall") is None


@pytest.mark.parametrize("path", ["", "/no/such/file.jpg", "/", "\0", "x" * 5_000, "http://127.0.0.1/x.jpg"])
def test_of_what_is_not_there_there_is_none(thumbnails: Thumbnails, path: str) -> None:
    """Whatever a library says of where it is."""
    assert thumbnails.get(path, "wall") is None


def test_take_no_more_room_than_the_settings_allow(thumbnails: Thumbnails, tmp_path: Path) -> None:
    """Those not looked at for longest go first."""
    paths = [picture(tmp_path / f"{n}.jpg", (300 + n, 450)) for n in range(12)]
    for number, path in enumerate(paths):
        assert thumbnails.get(path, "wall")
        kept = thumbnails._place(path, "wall", os.stat(path))
        os.utime(kept, (1_700_000_000 + number, 1_700_000_000 + number))
    files = sorted((tmp_path / "kept").rglob("*.webp"), key=lambda each: each.stat().st_mtime)
    total = sum(each.stat().st_size for each in files)
    get_settings().set_thumbnail_bytes(total // 2)
    thumbnails.prune()
    left = sorted((tmp_path / "kept").rglob("*.webp"), key=lambda each: each.stat().st_mtime)
    assert left == files[len(files) - len(left) :]
    assert 0 < sum(each.stat().st_size for each in left) <= total // 2


def test_where_none_can_be_kept_there_is_none(tmp_path: Path) -> None:
    """A file stands in the folder's place."""
    (tmp_path / "kept").write_text("")
    path = picture(tmp_path / "a.jpg")
    assert Thumbnails(tmp_path / "kept").get(path, "wall") is None

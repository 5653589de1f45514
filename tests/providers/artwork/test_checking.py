"""What is a picture, and what only says so."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from mediamgr.providers.artwork._checking import BadPicture, checked
from tests.providers.artwork.serving import picture, vast_png


def file_of(folder: Path, content: bytes) -> Path:
    """A file that holds it."""
    path = folder / "downloaded"
    path.write_bytes(content)
    return path


def moving(size: tuple[int, int], frames: int) -> bytes:
    """A GIF of so many frames."""
    first, *rest = (Image.new("L", size, number % 256) for number in range(frames))
    written = BytesIO()
    first.save(written, "GIF", save_all=True, append_images=rest, duration=40)
    return written.getvalue()


@pytest.mark.parametrize(
    ("kind", "content_type", "ending"),
    [
        ("JPEG", "image/jpeg", ".jpg"),
        ("PNG", "image/png", ".png"),
        ("WEBP", "image/webp", ".webp"),
        ("GIF", "image/gif; charset=binary", ".gif"),
        ("PNG", "IMAGE/JPG", ".png"),
    ],
)
def test_a_picture_is_what_its_bytes_are(tmp_path: Path, kind: str, content_type: str, ending: str) -> None:
    """Whichever kind of picture the server takes it for."""
    assert checked(file_of(tmp_path, picture(kind)), content_type) == (ending, 300, 450)


def test_one_that_moves_is_a_picture(tmp_path: Path) -> None:
    """All its frames are looked at."""
    whole = moving((64, 48), 12)
    assert checked(file_of(tmp_path, whole), "image/gif") == (".gif", 64, 48)
    with pytest.raises(BadPicture, match="broken"):
        checked(file_of(tmp_path, whole[: len(whole) // 2]), "image/gif")


@pytest.mark.parametrize(
    ("content", "content_type", "why"),
    [
        pytest.param(b"<html>Not found</html>", "image/jpeg", "not a JPEG, PNG, WebP or GIF", id="a page said to be a picture"),
        pytest.param(picture(), "text/html; charset=utf-8", "it is text/html", id="a picture said to be a page"),
        pytest.param(picture(), "", "it is nothing", id="nothing said"),
        pytest.param(b"", "image/jpeg", "not a JPEG", id="nothing"),
        pytest.param(picture()[:-2000], "image/jpeg", "broken", id="a JPEG cut short"),
        pytest.param(picture("PNG")[:-2000], "image/png", "broken", id="a PNG cut short"),
        pytest.param(picture("WEBP")[:-2000], "image/webp", "broken|not a JPEG", id="a WebP cut short"),
        pytest.param(picture(size=(1, 1)), "image/jpeg", "1 x 1 pixels", id="a pixel that counts visitors"),
        pytest.param(picture(size=(15, 400)), "image/jpeg", "15 x 400 pixels", id="a line"),
        pytest.param(vast_png(20_001, 20), "image/png", "20001 x 20 pixels", id="too long"),
        pytest.param(vast_png(10_000, 8_000), "image/png", "too much to decode", id="a bomb"),
        pytest.param(vast_png(19_000, 10_000), "image/png", "decompression bomb", id="a large bomb"),
        pytest.param(moving((3_000, 3_000), 7), "image/gif", "6 times", id="a bomb of frames"),
        pytest.param(picture("TIFF"), "image/jpeg", "not a JPEG", id="another kind of picture"),
        pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml", "svg", id="a drawing that may hold a program"),
    ],
)  # fmt: skip
def test_what_is_none_is_refused(tmp_path: Path, content: bytes, content_type: str, why: str) -> None:
    """With the reason."""
    with pytest.raises(BadPicture, match=why):
        checked(file_of(tmp_path, content), content_type)


def test_too_many_bytes_are_not_looked_at(tmp_path: Path) -> None:
    """Though they begin as a picture does."""
    path = file_of(tmp_path, picture())
    with path.open("r+b") as opened:
        opened.truncate(30_000_001)
    with pytest.raises(BadPicture, match="30,000,001 bytes"):
        checked(path, "image/jpeg")

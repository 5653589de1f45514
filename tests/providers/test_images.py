"""Pictures are real, of the sizes asked for, and can be had in parts."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from tests.providers.conftest import Asking


@pytest.mark.parametrize(
    ("path", "format", "size"),
    [
        pytest.param("w342/p1.jpg", "JPEG", (342, 513), id="poster by width"),
        pytest.param("original/p1.jpg", "JPEG", (1000, 1500), id="poster"),
        pytest.param("original/b1.jpg", "JPEG", (1920, 1080), id="backdrop"),
        pytest.param("w300/s1.jpg", "JPEG", (300, 169), id="still"),
        pytest.param("h632/f1.jpg", "JPEG", (421, 632), id="profile by height"),
        pytest.param("w500/l1.png", "PNG", (500, 194), id="logo"),
        pytest.param("medium_portrait/p1.jpg", "JPEG", (210, 295), id="tvmaze"),
        pytest.param("original_untouched/n1.jpg", "JPEG", (758, 140), id="banner"),
    ],
)
def test_a_picture_is_of_its_size(ask: Asking, path: str, format: str, size: tuple[int, int]) -> None:
    """It opens, and its length and type are told."""
    said = ask(f"/images/t/p/{path}")
    picture = Image.open(BytesIO(said.content))
    assert (picture.format, picture.size) == (format, size)
    assert said.headers["Content-Type"] == f"image/{format.lower()}"
    assert said.headers["Content-Length"] == str(len(said.content))


def test_pictures_differ_and_stay(ask: Asking) -> None:
    """Each item has its own, the same at every time, known by its tag."""
    one, again, other = (ask(f"/images/t/p/w92/p{number}.jpg") for number in (1, 1, 2))
    assert one.content == again.content != other.content
    assert ask("/images/t/p/w92/p1.jpg", {"If-None-Match": one.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "path", ["w342/x1.jpg", "w342/p1.png", "w342/p.jpg", "huge/p1.jpg", "w9/p1.jpg", "w9999/p1.jpg", "p1.jpg"]
)
def test_what_is_no_picture_is_404(ask: Asking, path: str) -> None:
    """Unknown kinds, sizes and names."""
    assert ask(f"/images/t/p/{path}").status_code == 404


class TestParts:
    """Range."""

    @pytest.mark.parametrize(
        ("range", "part"),
        [
            pytest.param("bytes=0-9", slice(0, 10), id="first"),
            pytest.param("bytes=10-", slice(10, None), id="from"),
            pytest.param("bytes=-10", slice(-10, None), id="last"),
            pytest.param("bytes=10-99999999", slice(10, None), id="beyond the end"),
        ],
    )
    def test_a_part_is_that_part(self, ask: Asking, range: str, part: slice) -> None:
        """206, and where it is."""
        whole = ask("/images/t/p/w342/p1.jpg").content
        said = ask("/images/t/p/w342/p1.jpg", {"Range": range})
        first, last, _ = part.indices(len(whole))
        assert (said.status_code, said.content) == (206, whole[part])
        assert said.headers["Content-Range"] == f"bytes {first}-{last - 1}/{len(whole)}"

    def test_a_part_there_is_not_is_416(self, ask: Asking) -> None:
        """With how long it is."""
        whole = ask("/images/t/p/w342/p1.jpg").content
        said = ask("/images/t/p/w342/p1.jpg", {"Range": f"bytes={len(whole)}-"})
        assert (said.status_code, said.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")

    def test_parts_of_another_picture_are_not_mixed(self, ask: Asking) -> None:
        """If-Range with another tag gets the whole."""
        whole = ask("/images/t/p/w342/p1.jpg")
        path, part = "/images/t/p/w342/p1.jpg", {"Range": "bytes=0-9"}
        assert ask(path, {**part, "If-Range": whole.headers["ETag"]}).status_code == 206
        assert ask(path, {**part, "If-Range": '"another"'}).content == whole.content

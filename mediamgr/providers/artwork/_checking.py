"""Owns whether a file that was downloaded is a picture one wants to keep: what it is, decoded whole, within bounds.

Nothing that a server says is believed: a picture is what its bytes are.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image, UnidentifiedImageError

__all__ = ["ACCEPTED", "MOST_BYTES", "BadPicture", "Picture", "checked"]

ACCEPTED: Final = ("image/jpeg", "image/png", "image/webp", "image/gif")
"""Content types of what is downloaded."""
MOST_BYTES: Final = 30_000_000
_ENDINGS: Final[Mapping[str, str]] = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}
_LEAST_SIDE: Final = 16
_MOST_SIDE: Final = 20_000
_MOST_PIXELS: Final = 50_000_000
"""Of all frames together: more would take hundreds of megabytes to decode."""


class BadPicture(Exception):
    """What was downloaded is not kept; the message says why."""


class Picture(NamedTuple):
    """What a picture turned out to be: ending of its file name (".jpg"), width and height in pixels."""

    ending: str
    width: int
    height: int


def checked(file: Path, content_type: str) -> Picture:
    """The picture in a file, which was decoded to its end. Raises `BadPicture`.

    `content_type`: as the server said, parameters included.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in (*ACCEPTED, "image/jpg"):
        raise BadPicture(f"the server says it is {kind or 'nothing'}, not a picture")
    size = file.stat().st_size
    if size > MOST_BYTES:
        raise BadPicture(f"it has {size:,} bytes, more than {MOST_BYTES:,}")
    try:
        with Image.open(file, formats=("JPEG", "PNG", "WEBP", "GIF")) as picture:
            _see_all(picture)
            return Picture(_ENDINGS[str(picture.format)], picture.width, picture.height)
    except BadPicture:
        raise
    except UnidentifiedImageError:
        raise BadPicture("it is not a JPEG, PNG, WebP or GIF") from None
    except Exception as error:
        # made by a stranger: there is nothing that a decoder may not stumble over
        raise BadPicture(f"it is broken: {error}") from error


def _see_all(picture: Image.Image) -> None:
    """Decode all frames. Raises `BadPicture` before anything is decoded that is too small or too large."""
    sides = (picture.width, picture.height)
    if min(sides) < _LEAST_SIDE or max(sides) > _MOST_SIDE:
        raise BadPicture(
            f"it is {picture.width} x {picture.height} pixels; {_LEAST_SIDE} to {_MOST_SIDE:,} a side are kept"
        )
    for frame in count():
        if (frame + 1) * picture.width * picture.height > _MOST_PIXELS:
            raise BadPicture(f"it is {picture.width} x {picture.height} pixels {frame + 1} times, too much to decode")
        try:
            picture.seek(frame)
        except EOFError:
            return
        picture.load()

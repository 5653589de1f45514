"""Owns the pictures: made on the fly, real JPEG and PNG of the sizes that were asked for, the same at every time.

A picture's name says what it shows: a letter for its kind, the number of the item or person, and "-2" for a second
one. Each says that it is simulated.
"""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from typing import Final, NamedTuple

from PIL import Image, ImageDraw

from mediamgr.providers.simulator._invent import draw

__all__ = ["KINDS", "Kind", "Picture", "drawn", "file_name", "size_of"]


class Kind(NamedTuple):
    """What a picture is of: the sizes of the original, and the letter its name begins with."""

    letter: str
    width: int
    height: int
    ending: str = "jpg"


class Picture(NamedTuple):
    """A picture in a size: its format ("JPEG", "PNG"), width and height."""

    format: str
    width: int
    height: int


KINDS: Final = {
    "poster": Kind("p", 1000, 1500),
    "backdrop": Kind("b", 1920, 1080),
    "still": Kind("s", 1280, 720),
    "profile": Kind("f", 600, 900),
    "logo": Kind("l", 800, 310, "png"),
    "banner": Kind("n", 758, 140),
}
_BY_LETTER: Final = {kind.letter: kind for kind in KINDS.values()}
_NAME: Final = re.compile(r"([a-z])(\d+)(?:-\d+)?\.(jpg|png)")
_SCALED: Final = re.compile(r"([wh])(\d{2,4})")
_BOXES: Final = {
    "medium_portrait": (210, 295),
    "medium_landscape": (250, 140),
    "original_untouched": None,
    "original": None,
}


def file_name(kind: str, number: int, place: int = 1) -> str:
    """The name of a picture of an item or person; `place`: 1 for the first of its kind."""
    return f"{KINDS[kind].letter}{number}{f'-{place}' if place > 1 else ''}.{KINDS[kind].ending}"


def size_of(name: str, size: str) -> Picture | None:
    """What is asked for by a name and "w342", "h632", "original" or "medium_portrait"; None for what is nothing."""
    named = _NAME.fullmatch(name)
    kind = _BY_LETTER.get(named[1]) if named else None
    if named is None or kind is None or named[3] != kind.ending:
        return None
    kind_format = "PNG" if kind.ending == "png" else "JPEG"
    if size in _BOXES:
        return Picture(kind_format, *(_BOXES[size] or (kind.width, kind.height)))
    scaled = _SCALED.fullmatch(size)
    if scaled is None or not 10 <= int(scaled[2]) <= 2000:
        return None
    share = int(scaled[2]) / (kind.width if scaled[1] == "w" else kind.height)
    return Picture(kind_format, round(kind.width * share), round(kind.height * share))


@lru_cache(maxsize=256)
def drawn(name: str, picture: Picture) -> bytes:
    """The picture of that name."""
    width, height = picture.width, picture.height
    colours = [tuple(40 + draw(name, f"{end} {band}", 150) for band in "rgb") for end in ("top", "bottom")]
    image = Image.new("RGB", (2, 2))
    image.putdata([colours[0], colours[0], colours[1], colours[1]])
    image = image.resize((width, height), Image.Resampling.BILINEAR)
    pen = ImageDraw.Draw(image)
    for place in range(3):
        x, y = (draw(name, f"{axis} {place}", side) for axis, side in (("x", width), ("y", height)))
        radius = max(min(width, height) * (1 + draw(name, f"radius {place}", 3)) // 8, 2)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline="white", width=max(width // 200, 1))
    pen.text((width / 2, height / 2), "simulated", fill="white", anchor="mm", font_size=max(width // 9, 6))
    written = BytesIO()
    image.save(written, picture.format, quality=75)
    return written.getvalue()

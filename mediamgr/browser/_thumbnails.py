"""Owns small pictures: made once from what lies beside the films, kept on disk up to a bound, never trusted.

A picture that is broken, huge or no picture has no thumbnail, and the page draws a tile.
"""

from __future__ import annotations

import hashlib
import logging
import os
import warnings
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from mediamgr.instrumentation import Counter, Timer
from mediamgr.settings import get_settings
from mediamgr.whole_files import whole_file

__all__ = ["MIME", "SIZES", "Thumbnails"]

_log = logging.getLogger(__name__)
_MAKING: Final = Timer("browser.thumbnail", "Making a thumbnail that was not kept; errors are pictures that have none")
_KEPT: Final = Counter("browser.kept_thumbnails", "Thumbnails that were kept, and not made")
SIZES: Final[Mapping[str, tuple[int, int]]] = {"wall": (240, 360), "detail": (480, 720)}
"""Pixels they fit into."""
MIME: Final = "image/webp"
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_MOST_PIXELS: Final = 50_000_000
_LARGEST_FILE: Final = 50_000_000
_KEPT_SHARE: Final = 0.8
"""Of the bound, when what was not looked at for longest has gone."""
_PRUNED_EVERY: Final = 200


class Thumbnails:
    """Thumbnails in one folder.

    Args:
        folder: Where they are kept; None is the cache folder of the settings.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or get_settings().get_disk_cache_dir() / "thumbnails"
        self._made = 0

    def get(self, path: str, size: str) -> bytes | None:
        """The thumbnail of a picture, made when there is none; None when there can be none."""
        try:
            stat = os.stat(path)
        except (OSError, ValueError):
            return None
        kept = self._place(path, size, stat)
        try:
            found = kept.read_bytes()
            os.utime(kept)
        except OSError:
            return self._make(path, size, stat, kept)
        _KEPT.add()
        return found

    def _place(self, path: str, size: str, stat: os.stat_result) -> Path:
        said = f"{path}\0{stat.st_mtime_ns}\0{stat.st_size}\0{size}".encode("utf-8", "surrogateescape")
        name = hashlib.sha256(said).hexdigest()
        return self._folder / name[:2] / f"{name}.webp"

    def _make(self, path: str, size: str, stat: os.stat_result, kept: Path) -> bytes | None:
        if stat.st_size > _LARGEST_FILE:
            return None
        try:
            with _MAKING.run(), warnings.catch_warnings():
                # a picture that would take a gigabyte to open is an attack, or might as well be
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                made = _shrunk(path, SIZES[size])
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombWarning, Image.DecompressionBombError) as why:
            _log.info("%s has no thumbnail: %s", path, why)
            return None
        try:
            with whole_file(kept) as partial:
                partial.write_bytes(made)
            return made
        except OSError as why:
            _log.info("a thumbnail was not kept: %s", why)
            return None
        finally:
            self._made += 1
            if self._made % _PRUNED_EVERY == 1:
                self.prune()

    def prune(self) -> None:
        """Let those go that were not looked at for longest, if all together take more than the settings allow."""
        most = get_settings().get_thumbnail_bytes()
        held = []
        for each in self._folder.glob("*/*.webp"):
            try:
                stat = each.stat()
            except OSError:
                # another process let it go
                continue
            held.append((stat.st_mtime_ns, stat.st_size, each))
        total = sum(size for _, size, _ in held)
        if total <= most:
            return
        for _, size, each in sorted(held, key=lambda one: one[0]):
            each.unlink(missing_ok=True)
            total -= size
            if total <= _KEPT_SHARE * most:
                return


def _shrunk(path: str, size: tuple[int, int]) -> bytes:
    with Image.open(path, formats=_FORMATS) as picture:
        if picture.width * picture.height > _MOST_PIXELS:
            raise ValueError(f"it has {picture.width} x {picture.height} pixels")
        # of a JPEG only as much is read as is needed
        picture.draft("RGB", size)
        upright = ImageOps.exif_transpose(picture)
        shrunk = upright.convert("RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB")
        shrunk.thumbnail(size)
        written = BytesIO()
        shrunk.save(written, format="WEBP", quality=80, method=2)
        return written.getvalue()

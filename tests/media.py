"""Real tiny media: made once a session by ffmpeg, then copied; a copy with a number differs from all others."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.parts import require_program

__all__ = ["Masters", "empty", "make_video", "truncated"]


def make_video(
    path: Path,
    *,
    seconds: float = 1,
    size: str = "64x36",
    video: Sequence[str] = ("-c:v", "libx264", "-preset", "ultrafast"),
    audio: Sequence[tuple[str, str]] = (("eng", "aac"),),
    subtitles: Sequence[tuple[str, str]] = (),
    options: Sequence[str] = (),
) -> Path:
    """Make a video with ffmpeg: audio as (language, encoder), subtitles as (language, "forced" or "")."""
    path.parent.mkdir(parents=True, exist_ok=True)
    command = [require_program("ffmpeg"), "-v", "error", "-y", "-f", "lavfi", "-t", str(seconds)]
    command += ["-i", f"testsrc=size={size}:rate=25", "-f", "lavfi", "-t", str(seconds), "-i", "sine"]
    if subtitles:
        text = path.with_suffix(".tmp.srt")
        text.write_text("1\n00:00:00,000 --> 00:00:00,900\nHello\n")
        command += ["-i", str(text)]
    command += ["-map", "0:v", *(part for _ in audio for part in ("-map", "1:a"))]
    command += [part for _ in subtitles for part in ("-map", "2:s")]
    command += [*video, "-pix_fmt", "yuv420p"]
    for number, (language, encoder) in enumerate(audio):
        command += [f"-c:a:{number}", encoder, f"-metadata:s:a:{number}", f"language={language}", "-strict", "-2"]
    for number, (language, mark) in enumerate(subtitles):
        command += [f"-metadata:s:s:{number}", f"language={language}", f"-disposition:s:{number}", mark or "0"]
    subprocess.run([*command, *options, str(path)], check=True, timeout=120)
    if subtitles:
        text.unlink()
    return path


def truncated(source: Path, target: Path, share: float = 0.5) -> Path:
    """The first `share` of a file, as a copy that was interrupted."""
    content = source.read_bytes()
    target.write_bytes(content[: int(len(content) * share)])
    return target


def empty(target: Path) -> Path:
    """A file of no bytes."""
    target.write_bytes(b"")
    return target


@dataclass(slots=True)
class Masters:
    """A film of 1 second and copies of it.

    Attributes:
        film: 64x36, h264 and aac in Matroska, with subtitles.
        made: How many copies there are.
    """

    film: bytes
    made: int = 0

    @classmethod
    def make(cls, folder: Path) -> Masters:
        """Make the master in `folder`."""
        path = make_video(folder / "master.mkv", subtitles=[("ger", ""), ("eng", "forced")], options=["-c:s", "srt"])
        return cls(path.read_bytes())

    def copy(self, path: Path | bytes, same: int | None = None) -> None:
        """A film at `path` (bytes for names that are not UTF-8); `same` gives copies of equal content."""
        self.made += 1
        name = os.fsencode(path)
        os.makedirs(os.path.dirname(name), exist_ok=True)
        # an EBML Void element at the end: valid, and different in every copy
        mark = (same if same is not None else 1_000_000 + self.made).to_bytes(8, "big")
        with open(name, "wb") as file:
            file.write(self.film + b"\xec\x88" + mark)

    def tree(self, root: Path, files: dict[str, str | bytes | None]) -> None:
        """Make a tree: relative path to its text or bytes; None is a film."""
        for name, content in files.items():
            path = root / name
            if content is None:
                self.copy(path)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

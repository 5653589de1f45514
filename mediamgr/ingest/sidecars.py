"""Owns what the files beside a video are: pictures and subtitles, by their names alone.

Names are those of Kodi, Plex and Jellyfin: `poster.jpg`, `Name-fanart.jpg`, `season01-poster.jpg`,
`Name.pt-BR.forced.srt`. The longest video name that a sidecar begins with is the one it belongs to.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mediamgr.languages import normalise_language

__all__ = ["IMAGE_EXTENSIONS", "SUBTITLE_EXTENSIONS", "VIDEO_EXTENSIONS", "Sidecar", "classify"]

VIDEO_EXTENSIONS = frozenset(
    ".mkv .mp4 .m4v .avi .mov .ts .m2ts .mts .wmv .asf .flv .webm .mpg .mpeg .m2v .vob .ogm .ogv .divx .3gp .rmvb .iso"
    .split()
)  # fmt: skip
IMAGE_EXTENSIONS = frozenset(".jpg .jpeg .png .webp .tbn .gif .bmp .avif".split())
SUBTITLE_EXTENSIONS = frozenset(".srt .ass .ssa .vtt .sub .idx .sup .smi .ttml .usf".split())

# how the ecosystem spells each type
_ARTWORK = {
    "poster": "poster", "folder": "poster", "cover": "poster", "movie": "poster", "show": "poster",
    "fanart": "backdrop", "backdrop": "backdrop", "background": "backdrop", "art": "backdrop",
    "banner": "banner", "logo": "logo", "clearlogo": "logo", "clearart": "clearart",
    "landscape": "thumb", "thumb": "thumb", "disc": "disc", "discart": "disc", "cdart": "disc",
}  # fmt: skip
_SEASON = re.compile(r"season[ ._-]?(?P<number>\d{1,4}|specials|all)(?:[-_ .]?(?P<type>[a-z]+))?", re.IGNORECASE)
_FLAGS = {
    "forced": "is_forced", "foreign": "is_forced", "default": "is_default",
    "sdh": "is_hearing_impaired", "cc": "is_hearing_impaired", "hi": "is_hearing_impaired",
}  # fmt: skip
_NUMBERED = re.compile(r"[ _-]*\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """One file beside videos.

    Attributes:
        name: The file name.
        kind: "artwork" or "subtitle".
        stem: Name of the video it belongs to, without extension; "" for the folder as a whole.
        artwork_type: poster, backdrop, banner, ...; None for subtitles.
        season_number: For pictures of a season that lie in the show's folder; 0 for specials.
        language: BCP 47; None when the name does not say.
        language_raw: As written.
        format: srt, ass, vobsub, ...; None for artwork.
        is_default: Marked as default.
        is_forced: Only what is spoken in a foreign language.
        is_hearing_impaired: With sounds described.
    """

    name: str
    kind: str
    stem: str = ""
    artwork_type: str | None = None
    season_number: int | None = None
    language: str | None = None
    language_raw: str | None = None
    format: str | None = None
    is_default: bool = False
    is_forced: bool = False
    is_hearing_impaired: bool = False


def classify(names: Iterable[str], stems: Sequence[str]) -> list[Sidecar]:
    """What the files of one folder are, in the order given; those that are neither are left out.

    `stems`: names of the folder's videos without extension. A .sub beside a .idx of its name is one subtitle.
    """
    listed = list(names)
    pairs = {os.path.splitext(name)[0].lower() for name in listed if name.lower().endswith(".idx")}
    by_length = sorted(stems, key=len, reverse=True)
    found = []
    for name in listed:
        base, extension = os.path.splitext(name)
        kind = extension.lower()
        if kind in IMAGE_EXTENSIONS:
            found.append(_artwork(name, base, by_length))
        elif kind in SUBTITLE_EXTENSIONS and not (kind == ".sub" and base.lower() in pairs):
            found.append(_subtitle(name, base, kind, by_length))
    return [sidecar for sidecar in found if sidecar]


def _owner(base: str, stems: Sequence[str]) -> str | None:
    """The longest of the names that `base` is, or begins with before a separator."""
    for stem in stems:
        rest = base[len(stem) :]
        if base.lower().startswith(stem.lower()) and (not rest or rest[0] in "-._ "):
            return stem
    return None


def _artwork(name: str, base: str, stems: Sequence[str]) -> Sidecar | None:
    stem = _owner(base, stems)
    if stem is not None:
        word = base[len(stem) :].strip("-._ ").lower()
        chosen = "thumb" if not word else _artwork_type(word)
        return Sidecar(name, "artwork", stem, chosen) if chosen else None
    season = _SEASON.fullmatch(base)
    if season:
        return _season_artwork(name, season)
    chosen = _artwork_type(base.lower())
    return Sidecar(name, "artwork", "", chosen) if chosen else None


def _artwork_type(word: str) -> str | None:
    return _ARTWORK.get(word) or _ARTWORK.get(_NUMBERED.sub("", word))


def _season_artwork(name: str, season: re.Match[str]) -> Sidecar | None:
    number = season["number"].lower()
    chosen = _ARTWORK.get((season["type"] or "poster").lower())
    if chosen is None or number == "all":
        return None
    return Sidecar(name, "artwork", "", chosen, season_number=0 if number == "specials" else int(number))


def _own_words(base: str, stem: str) -> list[str]:
    """The words of a name after those it begins with like `stem`: the "It" of "It.srt" is no Italian."""
    words, others = (re.split(r"[._ ]+", name) for name in (base, stem))
    shared = 0
    while shared < min(len(words), len(others)) and words[shared].lower() == others[shared].lower():
        shared += 1
    return words[shared:]


def _subtitle(name: str, base: str, extension: str, stems: Sequence[str]) -> Sidecar:
    stem = _owner(base, stems)
    if stem is None and len(stems) == 1:
        stem = stems[0]
        words = _own_words(base, stem)
    else:
        words = [word.strip("-") for word in re.split(r"[._ ]+", base[len(stem or "") :])]
    flags = {_FLAGS[word.lower()]: True for word in words[-3:] if word.lower() in _FLAGS}
    spoken = [word for word in words[-3:] if word and word.lower() not in _FLAGS]
    language, raw = next(((tag, word) for word in reversed(spoken) if (tag := normalise_language(word))), (None, None))
    if language is None and "hi" in (word.lower() for word in words[-3:]):
        # beside another language "hi" is hearing impaired, alone it is Hindi
        language, raw = "hi", "hi"
        flags["is_hearing_impaired"] = any(word.lower() in ("sdh", "cc") for word in words[-3:])
    return Sidecar(
        name,
        "subtitle",
        stem or "",
        language=language,
        language_raw=raw,
        format="vobsub" if extension == ".idx" else extension[1:],
        is_default=flags.get("is_default", False),
        is_forced=flags.get("is_forced", False),
        is_hearing_impaired=flags.get("is_hearing_impaired", False),
    )

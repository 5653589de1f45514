"""Owns getting from the bytes of an NFO file to its root elements, however the file was mangled.

NFO files are often no XML documents: several roots, an address after the last, bare ampersands, HTML
entities, a wrong encoding, an end in the middle. Entities of the file's own are never followed.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from html.entities import html5
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from mediamgr.errors import SourceError

__all__ = ["ROOTS", "NfoContent", "take_apart"]

ROOTS: Final = {"movie": "movie", "tvshow": "show", "episodedetails": "episode"}
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_PROLOGUE: Final = re.compile(r"<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", re.DOTALL | re.IGNORECASE)
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CDATA: Final = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_AMPERSAND: Final = re.compile(r"&(?:(?P<known>amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});|(?P<html>\w{2,31};))?")
_OPENING: Final = re.compile(rf"<({'|'.join(ROOTS)})(?=[\s>])")
_OTHER: Final = re.compile(r"<(musicvideo|concert|album|artist|set|playlist)(?=[\s>/])")
_URL: Final = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NfoContent:
    """Roots in the order of the file, addresses outside of them, and what was mended on the way."""

    roots: tuple[Element, ...]
    urls: tuple[str, ...]
    notes: tuple[str, ...]


def take_apart(data: bytes, name: str) -> NfoContent:
    """Find the roots and addresses in an NFO file. Raises `SourceError`, naming the file, when there are none."""
    text, notes = _decode(data)
    if "<!entity" in text.lower():
        raise SourceError(f"{name} declares entities, which are never followed; remove its DOCTYPE.")
    text = _mend(_PROLOGUE.sub(" ", text))
    wholes, outside, cut = _split(text)
    roots: list[Element] = []
    broken: list[str] = []
    for whole in wholes:
        try:
            roots.append(fromstring(whole))
        except (ParseError, DefusedXmlException) as error:
            broken.append(f"is not well formed ({error})")
    if cut:
        broken.append(f"ends in the middle of <{cut}>")
    urls = () if _OTHER.search(outside) else tuple(dict.fromkeys(_URL.findall(outside.replace("&amp;", "&"))))
    if not roots and not urls:
        raise SourceError(f"{name} {_why_nothing(text, broken)}.")
    return NfoContent(tuple(roots), urls, (*notes, *broken))


def _split(text: str) -> tuple[list[str], str, str | None]:
    """(root elements from tag to tag, the text between them, the name of one that is never closed)."""
    wholes: list[str] = []
    outside: list[str] = []
    place = 0
    while opening := _OPENING.search(text, place):
        outside.append(text[place : opening.start()])
        closing = f"</{opening[1]}>"
        end = text.find(closing, opening.end())
        if end < 0:
            return wholes, " ".join(outside), opening[1]
        place = end + len(closing)
        wholes.append(text[opening.start() : place])
    return wholes, " ".join([*outside, text[place:]]), None


def _decode(data: bytes) -> tuple[str, list[str]]:
    """The text by byte order mark, else as UTF-8, else as declared, else as Windows-1252, with a note."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        declared = _DECLARED.search(data)
        named = declared[1].decode("ascii") if declared else "utf-8"
        try:
            return (data.decode(named), []) if _is_text(named) else _as_western(data)
        except (LookupError, UnicodeError):
            return _as_western(data)


def _is_text(encoding: str) -> bool:
    """Whether Python decodes bytes to text by that name (some of its codecs do other things)."""
    return bool(getattr(codecs.lookup(encoding), "_is_text_encoding", True))


def _as_western(data: bytes) -> tuple[str, list[str]]:
    return data.decode("cp1252", "replace"), ["is not in the encoding it names; read as Windows-1252"]


def _mend(text: str) -> str:
    """Make XML of it: no control characters, no bare ampersands, HTML's entities as characters."""
    parts = _CDATA.split(_NOT_XML.sub("", text))
    return "".join(part if part.startswith("<![CDATA[") else _AMPERSAND.sub(_entity, part) for part in parts)


def _entity(found: re.Match[str]) -> str:
    if found["known"]:
        return found[0]
    character = html5.get(found["html"] or "")
    return character if character and character not in "<&" else f"&amp;{found[0][1:]}"


def _why_nothing(text: str, broken: list[str]) -> str:
    if broken:
        return "; ".join(broken)
    if not text.strip():
        return "is empty"
    if other := _OTHER.search(text):
        return f"describes <{other[1]}>, not a film, show or episode"
    return "holds neither <movie>, <tvshow> or <episodedetails> nor an address"

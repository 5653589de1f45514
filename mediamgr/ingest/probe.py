"""Owns what is inside a media file: container, length, streams. Reads through MediaInfo.

No file is fatal: one that cannot be read has a `problem` that says why, and the next is read. MediaInfo
reads headers, not the whole file, and releases the interpreter while it does, so threads help.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from defusedxml import ElementTree
from pymediainfo import MediaInfo, Track

from mediamgr.instrumentation import Timer
from mediamgr.languages import normalise_language
from mediamgr.workers import WorkerManager

__all__ = ["Probe", "Stream", "facts_from_tracks", "probe", "probe_many"]

_PROBE: Final = Timer("ingest.probe", "Looking into one media file")
_CONTAINERS = {
    "matroska": "mkv", "webm": "webm", "mpeg-4": "mp4", "quicktime": "mov", "avi": "avi", "mpeg-ts": "ts",
    "bdav": "m2ts", "mpeg-ps": "mpg", "windows media": "wmv", "flash video": "flv", "ogg": "ogm",
}  # fmt: skip
_VIDEO_CODECS = {
    "avc": "h264", "hevc": "hevc", "av1": "av1", "vp9": "vp9", "vp8": "vp8", "vc-1": "vc1", "mpeg-4 visual": "mpeg4",
    "xvid": "mpeg4", "divx": "mpeg4", "wmv3": "vc1", "theora": "theora", "prores": "prores", "vvc": "vvc",
}  # fmt: skip
_AUDIO_CODECS = {
    "aac": "aac", "ac-3": "ac3", "e-ac-3": "eac3", "mlp fba": "truehd", "truehd": "truehd", "flac": "flac",
    "opus": "opus", "vorbis": "vorbis", "pcm": "pcm", "alac": "alac", "wma": "wma", "ac-4": "ac4", "usac": "usac",
}  # fmt: skip
_TEXT_CODECS = {
    "utf-8": "subrip", "subrip": "subrip", "ass": "ass", "ssa": "ssa", "pgs": "pgs", "vobsub": "vobsub",
    "rle": "vobsub", "webvtt": "webvtt", "timed text": "mov_text", "tx3g": "mov_text", "dvb subtitle": "dvbsub",
    "teletext subtitle": "teletext", "eia-608": "eia608", "eia-708": "eia708", "ttml": "ttml",
}  # fmt: skip
_EBML = b"\x1aE\xdf\xa3"
_KINDS = {"Video": "video", "Audio": "audio", "Text": "subtitle"}
_HEARING_IMPAIRED = re.compile(r"\b(?:sdh|cc|hearing impaired)\b", re.IGNORECASE)
_FORCED = re.compile(r"\bforced\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream; the columns of media_stream.

    Attributes:
        stream_index: From 0, in the order of the file.
        stream_type: video, audio or subtitle.
        codec: h264, hevc, aac, eac3, subrip, ...; None when MediaInfo does not know.
        profile: As MediaInfo writes it.
        bit_depth: Bits a sample; video only.
        width: Pixels.
        height: Pixels.
        frame_rate: Frames a second.
        hdr_format: SDR, HDR10, HDR10+, HLG, Dolby Vision, or several joined by " / "; video only.
        channels: Of audio.
        bitrate_kbps: Kilobits a second.
        language: BCP 47.
        language_raw: As the file says.
        title: As the file says.
        is_default: Played unless another is chosen.
        is_forced: Only what is spoken in a foreign language.
        is_hearing_impaired: With sounds described.
    """

    stream_index: int
    stream_type: str
    codec: str | None = None
    profile: str | None = None
    bit_depth: int | None = None
    width: int | None = None
    height: int | None = None
    frame_rate: float | None = None
    hdr_format: str | None = None
    channels: int | None = None
    bitrate_kbps: int | None = None
    language: str | None = None
    language_raw: str | None = None
    title: str | None = None
    is_default: bool = False
    is_forced: bool = False
    is_hearing_impaired: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """What a file holds.

    Attributes:
        container: mkv, mp4, avi, ...; None when unknown.
        duration_seconds: Length.
        bitrate_kbps: Of everything together.
        streams: In the order of the file.
        problem: Why it could not be read, or not wholly; None when all is well.
    """

    container: str | None = None
    duration_seconds: float | None = None
    bitrate_kbps: int | None = None
    streams: tuple[Stream, ...] = ()
    problem: str | None = None


def probe(path: str) -> Probe:
    """Look into one regular file. Never raises for what the file is or is not."""
    with _PROBE.run():
        try:
            if os.path.getsize(path) == 0:
                return Probe(problem="is empty (0 bytes)")
            tracks = _look_into(path)
        except (OSError, RuntimeError, SyntaxError, ValueError) as error:
            # SyntaxError: what MediaInfo wrote about a broken file is no XML
            return Probe(problem=f"cannot be read: {getattr(error, 'strerror', None) or error}")
        return facts_from_tracks(tracks)


def _look_into(path: str) -> list[dict[str, Any]]:
    """MediaInfo's tracks.

    By name, which is faster and tells a little more of MP4 and AVI; as an open file where the name is not UTF-8,
    which MediaInfo cannot take, and for Matroska: given the name of a broken one, it may never come back.
    """
    with open(path, "rb") as file:
        by_name = path.isprintable() and file.read(len(_EBML)) != _EBML
        text = MediaInfo.parse(path if by_name else file, output="OLDXML")
    document = ElementTree.fromstring(text.encode("utf-8", "replace"))
    for said in document.iter():
        if said.get("dt") == "binary.base64":
            said.text = _printable(base64.b64decode(said.text or ""))
    return [Track(part).to_data() for part in document.iterfind("File/track")]


def _printable(value: bytes) -> str:
    """A text that holds control codes or is not UTF-8, without them."""
    return "".join(character for character in value.decode("utf-8", "replace") if character.isprintable())


def probe_many(
    paths: Iterable[str], *, threads: int | None = None, on_progress: Callable[[int], None] | None = None
) -> Iterator[tuple[str, Probe]]:
    """Look into many files with several threads; results come as they are ready.

    At most twice as many files as threads are under way. `threads`: None is two a core, since the work
    waits on disks. On Ctrl-C the files under way are finished and the rest is left.
    """
    workers = WorkerManager(threads, name="mediamgr-probe")
    try:
        for outcome in workers.map(probe, paths, batch_size=1, ordered=False):
            if on_progress:
                on_progress(1)
            yield outcome.item, outcome.result()
    finally:
        workers.shutdown(cancel_futures=True)


def facts_from_tracks(tracks: Sequence[Mapping[str, Any]]) -> Probe:
    """The facts of MediaInfo's tracks (dicts as `Track.to_data()`): the deciding half of `probe`."""
    general = next((track for track in tracks if track.get("track_type") == "General"), {})
    media = [track for track in tracks if track.get("track_type") in _KINDS]
    streams = tuple(_stream(index, track) for index, track in enumerate(media))
    problem = None
    if not any(stream.stream_type in ("video", "audio") for stream in streams):
        problem = "holds no video or audio that MediaInfo knows"
    elif general.get("istruncated") == "Yes":
        problem = "is cut short"
    milliseconds = _number(general.get("duration"))
    return Probe(
        container="mov"
        if general.get("format_profile") == "QuickTime"
        else _lookup(_CONTAINERS, general.get("format")),
        duration_seconds=milliseconds / 1000 if milliseconds is not None else None,
        bitrate_kbps=_kbps(general.get("overall_bit_rate")),
        streams=streams,
        problem=problem,
    )


def _stream(index: int, track: Mapping[str, Any]) -> Stream:
    kind = _KINDS[track["track_type"]]
    title = _text(track.get("title"))
    raw = _text(track.get("language"))
    return Stream(
        stream_index=index,
        stream_type=kind,
        codec=_codec(kind, track),
        profile=_text(track.get("format_profile")),
        bit_depth=_whole(track.get("bit_depth")) if kind == "video" else None,
        width=_whole(track.get("width")) or None,
        height=_whole(track.get("height")) or None,
        frame_rate=(_number(track.get("frame_rate")) or None) if kind == "video" else None,
        hdr_format=_hdr(track) if kind == "video" else None,
        channels=_whole(track.get("channel_s")) if kind == "audio" else None,
        bitrate_kbps=_kbps(track.get("bit_rate")),
        language=normalise_language(raw),
        language_raw=raw,
        title=title,
        is_default=track.get("default") == "Yes",
        is_forced=track.get("forced") == "Yes" or bool(kind == "subtitle" and title and _FORCED.search(title)),
        is_hearing_impaired="HI" in str(track.get("service_kind", "")).split(" / ")
        or bool(kind == "subtitle" and title and _HEARING_IMPAIRED.search(title)),
    )


def _codec(kind: str, track: Mapping[str, Any]) -> str | None:
    form = (_text(track.get("format")) or "").lower()
    if kind == "video":
        if form == "mpeg video":
            return "mpeg1video" if "1" in str(track.get("format_version", "2")) else "mpeg2video"
        return _lookup(_VIDEO_CODECS, form) or form or None
    if kind == "subtitle":
        return _lookup(_TEXT_CODECS, form) or form or None
    if form.startswith("dts"):
        more = f"{track.get('format_additionalfeatures', '')} {track.get('commercial_name', '')}".lower()
        return "dts-hd ma" if "xll" in more or "master audio" in more else "dts-hd" if "hd" in more else "dts"
    if form == "mpeg audio":
        return {"Layer 2": "mp2", "Layer 1": "mp1"}.get(str(track.get("format_profile")), "mp3")
    return _lookup(_AUDIO_CODECS, form) or form or None


def _hdr(track: Mapping[str, Any]) -> str:
    """The formats a picture carries, richest first; SDR when it carries none."""
    said = " / ".join(
        str(track.get(k, "")) for k in ("hdr_format", "hdr_format_commercial", "hdr_format_compatibility")
    )
    transfer = str(track.get("transfer_characteristics", ""))
    found = []
    if "Dolby Vision" in said:
        found.append("Dolby Vision")
    if "HDR10+" in said or "ST 2094" in said:
        found.append("HDR10+")
    elif "HDR10" in said or "ST 2086" in said or (transfer == "PQ" and not found):
        found.append("HDR10")
    if "HLG" in said or transfer == "HLG":
        found.append("HLG")
    return " / ".join(found) or "SDR"


def _lookup(names: Mapping[str, str], form: Any) -> str | None:
    text = str(form or "").lower()
    return names.get(text) or next((short for name, short in names.items() if text.startswith(name)), None)


def _text(value: Any) -> str | None:
    return str(value).strip() or None if value is not None else None


def _number(value: Any) -> float | None:
    """The first number of what MediaInfo wrote; "24.000 / 23.976" gives 24.0."""
    match = re.match(r"\s*(\d+(?:\.\d+)?)", str(value)) if value is not None else None
    return float(match[1]) if match else None


def _whole(value: Any) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


def _kbps(value: Any) -> int | None:
    number = _number(value)
    return None if number is None else round(number / 1000)

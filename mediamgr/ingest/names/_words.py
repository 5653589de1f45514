"""Owns the words that file and folder names are made of besides titles, and the terms they stand for.

The tables are data: one row a spelling. `read_token` reads one such word at a position, nothing else does.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = [
    "DOUBTFUL",
    "EXTRAS_FOLDERS",
    "GENERIC_FOLDERS",
    "SHELVES",
    "VIDEO_CONTAINERS",
    "compare_key",
    "holds_release_word",
    "read_token",
]

VIDEO_CONTAINERS: Final = frozenset(
    {"3gp", "asf", "avi", "divx", "flv", "iso", "m2ts", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "mts"}
    | {"ogm", "ogv", "rmvb", "ts", "vob", "webm", "wmv"}
)

EXTRAS_FOLDERS: Final = {
    "behind the scenes": "extra",
    "bonus": "extra",
    "clips": "extra",
    "deleted scenes": "extra",
    "extra": "extra",
    "extras": "extra",
    "featurette": "extra",
    "featurettes": "extra",
    "interviews": "extra",
    "other": "extra",
    "sample": "sample",
    "samples": "sample",
    "scenes": "extra",
    "shorts": "extra",
    "trailer": "trailer",
    "trailers": "trailer",
}
"""Folder name in lower case to the role of the files in it."""

GENERIC_FOLDERS: Final = frozenset(
    {
        "",
        "anime",
        "cartoons",
        "complete",
        "disk",
        "documentaries",
        "downloads",
        "films",
        "kids",
        "media",
        "movies",
    }
    | {"new", "series", "shows", "television", "tv", "tv series", "tv shows", "tvshows", "unsorted", "videos"}
)
"""Folders that sort a library and say nothing about the files in them, in lower case."""

SHELVES: Final = dict.fromkeys(("films", "movies"), "films") | dict.fromkeys(
    ("anime", "series", "shows", "television", "tv", "tv series", "tv shows", "tvshows"), "shows"
)
"""Which of those folders hold films, and which shows."""

# Field, spelling, term. Within a field the longer spelling stands first. Field "" carries no fact.
_ROWS: Final = (
    ("screen_size", r"(?:480|540|576|720|1080|1440|2160|4320)[pi]", ""),
    ("screen_size", r"4K", "2160p"),
    ("quality_source", r"(?:BluRay|Blu-Ray|BDRip|BRRip|BD)[ .-]?Remux", "Remux"),
    ("quality_source", r"(?:UHD[ .]?)?(?:BluRay|Blu-Ray|BDRip|BRRip)", "Bluray"),
    ("quality_source", r"Remux", "Remux"),
    ("quality_source", r"WEB[ .-]?Rip", "WEBRip"),
    ("quality_source", r"WEB(?:[ .-]?DL)?", "WEBDL"),
    ("quality_source", r"HDTV(?:Rip)?", "HDTV"),
    ("quality_source", r"(?:PDTV|SDTV|DSR)", "SDTV"),
    ("quality_source", r"DVD(?:Rip|5|9)?", "DVD"),
    ("video_codec", r"[xh][ .]?264", "h264"),
    ("video_codec", r"[xh][ .]?265", "hevc"),
    ("video_codec", r"AVC", "h264"),
    ("video_codec", r"HEVC", "hevc"),
    ("video_codec", r"(?:XviD|DivX)", "mpeg4"),
    ("video_codec", r"AV1", "av1"),
    ("video_codec", r"VP9", "vp9"),
    ("video_codec", r"VC-?1", "vc1"),
    ("video_codec", r"MPEG-?2", "mpeg2video"),
    ("audio_codec", r"DTS-HD[ .]MA(?:[ .][257]\.[01])?", "dts-hd ma"),
    ("audio_codec", r"DTS-HD(?:[ .][257]\.[01])?", "dts-hd"),
    ("audio_codec", r"DTS(?:[ .]?[257]\.[01])?", "dts"),
    ("audio_codec", r"(?:DDP|DD\+|E-?AC-?3)(?:[ .]?[257]\.[01])?", "eac3"),
    ("audio_codec", r"(?:DD|AC-?3)(?:[ .]?[257]\.[01])?", "ac3"),
    ("audio_codec", r"AAC(?:[ .]?[257]\.[01])?", "aac"),
    ("audio_codec", r"TrueHD(?:[ .]?[257]\.[01])?", "truehd"),
    ("audio_codec", r"FLAC(?:[ .]?[1257]\.[01])?", "flac"),
    ("audio_codec", r"Opus(?:[ .]?[257]\.[01])?", "opus"),
    ("audio_codec", r"L?PCM(?:[ .]?[257]\.[01])?", "pcm"),
    ("audio_codec", r"MP3", "mp3"),
    ("edition", r"(?:Director'?s[ .]Cut|DC)", "Director's Cut"),
    ("edition", r"Extended(?:[ .](?:Cut|Edition))?", "Extended"),
    ("edition", r"Theatrical(?:[ .](?:Cut|Edition))?", "Theatrical"),
    ("edition", r"Unrated(?:[ .](?:Cut|Edition))?", "Unrated"),
    ("edition", r"Uncut", "Uncut"),
    ("edition", r"Remastered", "Remastered"),
    ("edition", r"Special[ .]Edition", "Special"),
    ("edition", r"Criterion", "Criterion"),
    ("edition", r"IMAX", "IMAX"),
    ("", r"(?:HDR10(?:\+|Plus)?|HDR|DV|HLG|SDR|10-?bit|8-?bit)", ""),
    ("", r"(?:Atmos|7\.1|5\.1|2\.0)", ""),
    ("", r"(?:Proper|Repack|Internal|v2)", ""),
    ("", r"(?:AMZN|NF|DSNP|HMAX|ATVP|HULU)", ""),
)

_EDGE: Final = r" ._\-+\[\](){}"
_TOKEN: Final = re.compile(
    "(?:" + "|".join(f"({spelling})" for _, spelling, _ in _ROWS) + f")(?=$|[{_EDGE}])", re.IGNORECASE
)
_RELEASE_WORD: Final = re.compile(f"(?:^|[{_EDGE}]){_TOKEN.pattern}", re.IGNORECASE)
_SURE_WORD: Final = re.compile(
    f"(?:^|[{_EDGE}])(?:"
    + "|".join(spelling for field, spelling, _ in _ROWS if field in ("screen_size", "video_codec"))
    + f")(?=$|[{_EDGE}])",
    re.IGNORECASE,
)

_LANGUAGE_WORDS: Final = """
    australia australian brazilian british castellano catalan català chinese czech deutsch dl dual
    dutch english espanol español flemish français french german hebrew hindi hungarian italian
    japanese korean latino multi multiple norwegian polish portuguese romanian russian spanish
    swedish swissgerman telugu ukrainian vita au br cat ces cs cz deu en eng es esp fr fra gb heb hi
    hin hu hun ita ja jp jpn ko kor mul nl nld nor pb pl po pob pol pt ptbr ro ron ru rus spa sv swe
    te tel ua uk ukr und us usa vf vff vfi vfq vo vost dub dubbed dublado esub esubs fansub fastsub
    hardsub legenda legendado legendas soft st sub subbed subforced subs subtitle subtitles
    subtitulado
"""
_RELEASE_WORDS: Final = """
    alternative anniversary classic collector colorized complet complete criterion cut dc ddc deluxe
    edition extended fan festival final hybrid imax limited oar om ov preair proper real remaster
    remastered restore restored special theatrical trailer ultimate uncensored uncut unrated version
    asrequested audio convert dirfix docu doku enc fix fixed hou hq hr hsbs internal line md ld lame
    nfofix proof prooffix postbot rc reencoded repack rerip retail rip screener stv upscaled vr
    widescreen ws xpost xxx cam camera fhd hd hdlight hdr hdrip hfr mhd ntsc pal sd sdr secam tc
    telecine telesync ts tv uhd vhs workprint aac atmos cc dd ddp divx dolby dolbydigital dovi dts
    dtsx dv dvd flac lpcm mono mpeg opus pcm stereo truehd vorbis asf avi flv idx iso mka mkv mov mp
    mpg nzb ogg ogm ogv qt ra ram rm srt ssa torrent vob wav web wma wmv com net org site www
"""
_COUNTED_WORDS: Final = """
    afl aflevering avsnitt bolum bölüm capitulo capitulos cd cds chapter disc disk ep episode
    episodes episodio episodios episodul eps folge oad oav ona ova odcinek part rész season seasons
    seria serii serija series vol volume week épisode épisodes minisode bonus extras film sample se
    i ii iii iv v vi vii viii ix x xi xii
"""
DOUBTFUL: Final = frozenset(f"{_LANGUAGE_WORDS} {_RELEASE_WORDS} {_COUNTED_WORDS}".split())
"""Lower case words that guessit 4.4 takes for a language, a release word or a count in some titles.

Found by asking guessit about single words (decision 6); a title that holds one is left to guessit.
"""


def read_token(text: str, start: int) -> tuple[str, str, int] | None:
    """The release word that starts at `start`, as (field, term, end); None when there is none.

    The field is "" for words that are known but carry no fact.
    """
    match = _TOKEN.match(text, start)
    if match is None:
        return None
    field, _, term = _ROWS[(match.lastindex or 1) - 1]
    return field, term or match.group().lower(), match.end()


def holds_release_word(text: str, *, only_sure: bool = False) -> bool:
    """Whether any word of `text` could be about the release; `only_sure`: whether one can be nothing else."""
    return (_SURE_WORD if only_sure else _RELEASE_WORD).search(text) is not None


def compare_key(text: str) -> str:
    """`text` for comparing titles: letters and digits only, no accents, no case."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(filter(str.isalnum, text)).casefold()

"""Owns the families of made film names."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from tests.ingest.corpus_words import (
    CONTAINERS,
    EDITIONS,
    FILMS,
    GROUPS,
    QUALITIES,
    SCREENS,
    VIDEOS,
    Made,
    dotted,
    scene_tail,
)

__all__ = ["FILM_FAMILIES"]


def _movie(c: random.Random) -> tuple[str, int, dict[str, Any]]:
    title, year = c.choice(FILMS)
    year += c.randrange(0, 12) if year < 2008 else 0
    return title, year, {"media_type": "movie", "title": title, "year": year, "file_role": "main"}


def _plain(c: random.Random) -> Made:
    title, year, truth = _movie(c)
    return f"{title} ({year})/{title} ({year}).{c.choice(CONTAINERS)}", truth


def _plain_flat(c: random.Random) -> Made:
    title, year, truth = _movie(c)
    return f"{title} ({year}).{c.choice(CONTAINERS)}", truth


def _quality(c: random.Random) -> Made:
    title, year, truth = _movie(c)
    text, source, screen = c.choice(QUALITIES)
    proper = c.choice(("", " Proper", "", ""))
    return f"Films/{title} ({year})/{title} ({year}) {text}{proper}.mkv", truth | {
        "quality_source": source,
        "screen_size": screen,
    }


def _tagged(c: random.Random) -> Made:
    title, year, truth = _movie(c)
    text, source, screen = c.choice(QUALITIES)
    video, codec = c.choice(VIDEOS)
    edition, _ = c.choice(EDITIONS)
    group = c.choice(GROUPS)
    number = c.randrange(1000000, 9999999)
    path = (
        f"{title} ({year})/{title} ({year}) {{imdb-tt{number}}} {{edition-{edition}}} "
        f"[{text}][{c.choice(('DTS 5.1', 'AC3 5.1', 'TrueHD Atmos 7.1', 'EAC3 5.1'))}][{video}]-{group}.mkv"
    )
    return path, truth | {
        "quality_source": source,
        "screen_size": screen,
        "video_codec": codec,
        "edition": edition,
        "release_group": group,
    }


def _labelled(c: random.Random) -> Made:
    title, year, truth = _movie(c)
    text, term = c.choice(EDITIONS)
    screen = c.choice(SCREENS)
    if c.random() < 0.5:
        return f"{title} ({year})/{title} ({year}) - {screen}.mkv", truth | {"screen_size": screen}
    return f"{title} ({year})/{title} ({year}) - {text} [{screen}].mkv", truth | {
        "edition": term,
        "screen_size": screen,
    }


def _parts(c: random.Random) -> Made:
    title, year, truth = _movie(c)
    number = c.choice((1, 2, 3))
    mark = c.choice((" - cd{}", "-cd{}", " - part{}", ".cd{}", " disc{}", " - Part {}"))
    return f"{title} ({year})/{title} ({year}){mark.format(number)}.avi", truth | {"part_number": number}


def _scene_movie(c: random.Random) -> Made:
    title, year, truth = _movie(c)
    tail, facts = scene_tail(c)
    edition, term = c.choice(
        (
            ("Extended.", "Extended"),
            ("UNRATED.", "Unrated"),
            ("DC.", "Director's Cut"),
            ("", None),
            ("", None),
            ("", None),
        )
    )
    name = f"{dotted(title)}.{year}.{edition}{tail}"
    folder = c.choice((name + "/", f"{title} ({year})/", "", ""))
    return f"{folder}{name}.mkv", truth | facts | {
        "edition": term,
        "title": title if "(" in folder else dotted(title, " "),
    }


def _scene_language(c: random.Random) -> Made:
    title, year, truth = _movie(c)
    tail, facts = scene_tail(c)
    word, code = c.choice(
        (("GERMAN", "de"), ("FRENCH", "fr"), ("iTALiAN", "it"), ("German.DL", "de"), ("SPANISH", "es"))
    )
    return f"{dotted(title)}.{year}.{word}.{tail}.mkv", truth | facts | {
        "title": dotted(title, " "),
        "languages": (code,),
    }


def _spaced(c: random.Random) -> Made:
    title, year, truth = _movie(c)
    screen = c.choice(SCREENS)
    return f"{dotted(title, ' ')} {year} {screen} BluRay x264.mkv", truth | {
        "title": dotted(title, " "),
        "screen_size": screen,
        "quality_source": "Bluray",
    }


def _loose_movie(c: random.Random) -> Made:
    title, year, truth = _movie(c)
    stem = c.choice((title.lower(), dotted(title.lower(), "_"), dotted(title, ".")))
    return f"{title} ({year})/{stem}.avi", truth


def _disc(c: random.Random) -> Made:
    title, year, truth = _movie(c)
    inner = c.choice(("VIDEO_TS/VTS_01_1.vob", "BDMV/STREAM/00001.m2ts", "CD1/movie.avi"))
    return f"{title} ({year})/{inner}", truth


def _movie_extra(c: random.Random) -> Made:
    title, year, truth = _movie(c)
    folder, role = c.choice(
        (
            ("Extras", "extra"),
            ("Featurettes", "extra"),
            ("Trailers", "trailer"),
            ("Behind The Scenes", "extra"),
            ("Deleted Scenes", "extra"),
            ("Sample", "sample"),
        )
    )
    stem = c.choice(
        (
            "Making Of",
            "Interview with the Director",
            "Teaser 2",
            "Deleted Scene 03",
            "The Beast Within",
            "sample",
        )
    )
    return f"{title} ({year})/{folder}/{stem}.mkv", truth | {"file_role": role if stem != "sample" else "sample"}


def _movie_suffix(c: random.Random) -> Made:
    title, year, truth = _movie(c)
    suffix, role = c.choice(
        (
            ("-trailer", "trailer"),
            ("-sample", "sample"),
            ("-behindthescenes", "extra"),
            ("-deleted", "extra"),
            ("-featurette", "extra"),
            ("-interview", "extra"),
            (".sample", "sample"),
            ("-trailer2", "trailer"),
        )
    )
    return f"{title} ({year})/{title} ({year}){suffix}.mkv", truth | {"file_role": role}


def _scene_sample(c: random.Random) -> Made:
    title, year, truth = _movie(c)
    tail, facts = scene_tail(c)
    name = f"{dotted(title)}.{year}.{tail}"
    return f"{name}/Sample/{name}-sample.mkv", truth | facts | {
        "title": dotted(title, " "),
        "file_role": "sample",
    }


FILM_FAMILIES: dict[str, Callable[[random.Random], Made]] = {
    "disc": _disc,
    "labelled": _labelled,
    "loose_movie": _loose_movie,
    "movie_extra": _movie_extra,
    "movie_suffix": _movie_suffix,
    "parts": _parts,
    "plain": _plain,
    "plain_flat": _plain_flat,
    "quality": _quality,
    "scene_language": _scene_language,
    "scene_movie": _scene_movie,
    "scene_sample": _scene_sample,
    "spaced": _spaced,
    "tagged": _tagged,
}
"""Family to the function that makes one name of it."""

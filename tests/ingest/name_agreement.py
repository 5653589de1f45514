"""Owns the comparison with guessit: what counts as the same, and each difference that is meant, with why.

A difference is meant only where the name holds one of the words or shapes listed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from mediamgr.ingest.names import NameFacts, parse_fast
from mediamgr.ingest.names._folders import NamedPath
from mediamgr.ingest.names._guess import facts_of_guess
from mediamgr.ingest.names._words import compare_key

__all__ = ["differences", "guess_all"]

COMPARED = (
    "media_type",
    "title",
    "year",
    "season",
    "episodes",
    "aired_on",
    "episode_title",
    "release_group",
    "screen_size",
    "quality_source",
    "video_codec",
)

# Titles that folder and file name both spell out, and of which guessit takes a word for something else.
MISREAD_TITLES: Mapping[str, Sequence[str]] = {
    "a number is read as an episode, a year or a date": (
        "(500) Days of Summer",
        "10 Things I Hate About You",
        "12 Angry Men",
        "2001 A Space Odyssey",
        "300",
        "9-1-1",
        "Apollo 13",
        "Mob Psycho 100",
        "12 Monkeys",
        "60 Minutes",
        "24",
        "30 Rock",
        "The 100",
        "Blade Runner 2049",
        "1917",
    ),
    "what follows a dash is read as an alternative title": (
        "Mission Impossible - Fallout",
        "Star Trek - Deep Space Nine",
        "Star Wars - Episode IV - A New Hope",
    ),
    "a part or volume is taken out of the title": (
        "Harry Potter and the Deathly Hallows Part 1",
        "Kill Bill Vol. 1",
        "The Godfather Part II",
    ),
    "a word is read as a country or language": (
        "The Good German",
        "La Dolce Vita",
        "The Office (US)",
        "The Italian Table",
        "The English Patient",
        "The French Connection",
        "The Spanish Apartment",
    ),
    "a word is read as a source, an edition or another release word": (
        "Cam",
        "Proper Pirates",
        "Remastered Hearts",
        "Uncut Gems",
        "Web of Lies",
        "Sample Size",
        "The Limited",
        "The Final Cut",
        "Charlotte's Web",
    ),
    "what stands in brackets is read as the release group": ("Birdman or (The Unexpected Virtue)",),
}

# Episode titles in their place, after "SxxEyy - " under a folder of the show, that guessit cuts.
MISREAD_EPISODES: Mapping[str, Sequence[str]] = {
    "a word is read as a language and the rest as the release group": (
        "Spanish Lessons",
        "The French Connection",
        "The Spanish Apartment",
    ),
    "a word is read as a release word and the rest as the release group": ("Dual Lives", "Limited Options"),
    "a part is taken out of the title": ("Part 1", "The Ship - Part 2"),
    "a number is not read as a title": ("100", "11 59", "Episode 5"),
    "cat is read as Catalan": ("Cat and Mouse",),
    "a word is read as a source or an edition": ("The Proper Way", "Extended Family", "Special Delivery"),
}

# Shapes of paths that guessit does not know.
MISREAD_SHAPES: Mapping[str, str] = {
    "a season folder named by its year is read as the title": r"/Season (?:19|20)\d\d/",
    "a special without a number is read as a film": r"/Specials/[^/\d]+$",
    "a bare number in a season folder is not always read": r"/Season \d+/\d\d - [^/]+$",
    "an extra is read by its own name instead of its folder's": (
        r"/(?:Extras|Featurettes|Trailers|Behind The Scenes|Deleted Scenes|Sample)/[^/]+$"
    ),
    "the files inside a disc are read by their own names": r"/(?:VIDEO_TS|BDMV|CD1)/",
}


def guess_all(paths: Sequence[str]) -> list[NameFacts]:
    """guessit's own opinion of each path, in our terms and without our corrections, by two processes."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        return list(pool.map(_guess, paths, chunksize=32))


def differences(paths: Sequence[str], guesses: Sequence[NameFacts]) -> list[str]:
    """Where the fast path says something else than guessit and no listed reason covers the path."""
    found = []
    for path, guess in zip(paths, guesses, strict=True):
        facts = parse_fast(path)
        assert facts is not None
        for name in COMPARED:
            ours, theirs = _comparable(facts, name), _comparable(guess, name)
            if ours != theirs and not _is_meant(path, facts):
                found.append(f"{path}: {name} is {ours!r}, guessit says {theirs!r}")
    return found


def _guess(path: str) -> NameFacts:
    from guessit import guessit

    return facts_of_guess(guessit(path), NamedPath(stem=""))


def _comparable(facts: NameFacts, name: str) -> object:
    if name in ("title", "episode_title", "release_group"):
        return compare_key(getattr(facts, name) or "")
    # guessit has one word for numbers within a season and across seasons.
    return facts.episodes or facts.absolute if name == "episodes" else getattr(facts, name)


def _is_meant(path: str, facts: NameFacts) -> bool:
    titles = [title for group in MISREAD_TITLES.values() for title in group]
    in_place = [title for group in MISREAD_EPISODES.values() for title in group]
    return (
        (facts.title in titles and facts.title in path)
        or (facts.episode_title in in_place and f" - {facts.episode_title}" in path)
        or any(re.search(shape, path) for shape in MISREAD_SHAPES.values())
    )

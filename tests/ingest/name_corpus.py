"""Owns a corpus of made names as real libraries have them, each with what it truly says.

Deterministic: the same seed and count give the same names. Families are named, so that a failure says where.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from tests.ingest.corpus_films import FILM_FAMILIES
from tests.ingest.corpus_shows import SHOW_FAMILIES

__all__ = ["FAMILIES", "TIDY_FAMILIES", "MadeName", "make_corpus", "make_tidy_tree"]

FAMILIES = FILM_FAMILIES | SHOW_FAMILIES
"""Family to the function that makes one name of it."""

TIDY_FAMILIES = (
    "multi_episode",
    "plain",
    "quality",
    "sonarr",
    "sonarr",
    "special",
    "tagged",
    "tidy_episode",
    "tidy_episode",
)
"""The families that renaming tools write, as often as a library has them."""


@dataclass(frozen=True, slots=True)
class MadeName:
    """A made name.

    Attributes:
        path: Relative to a library root.
        family: How it is written; one of `FAMILIES`.
        truth: Field of `NameFacts` to the value the name says; other fields are not claimed.
    """

    path: str
    family: str
    truth: dict[str, Any] = field(default_factory=dict)


def make_corpus(count: int, seed: int = 1) -> list[MadeName]:
    """`count` distinct names, families in turn."""
    chance = random.Random(seed)
    made: dict[str, MadeName] = {}
    names = sorted(FAMILIES)
    turn = 0
    while len(made) < count:
        family = names[turn % len(names)]
        path, truth = FAMILIES[family](chance)
        made.setdefault(path, MadeName(path, family, truth))
        turn += 1
    return list(made.values())


def make_tidy_tree(count: int, seed: int = 1) -> list[str]:
    """`count` distinct paths as a renaming tool leaves them: films and shows, well-formed families only."""
    chance = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        made[FAMILIES[chance.choice(TIDY_FAMILIES)](chance)[0]] = None
    return list(made)

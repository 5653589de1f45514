"""Owns what a bare number counts: the episodes of a whole show, those of a season, or nothing but a title's words.

The evidence, strongest first: a season folder, a fansub group or "Ep", a leading zero, the numbers beside it in
the same folder, " - " before it, and last how many episodes a season can have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from mediamgr.ingest.names._bare import BareNumber
from mediamgr.ingest.names._facts import NameFacts
from mediamgr.ingest.names._folders import NamedPath
from mediamgr.ingest.names._words import compare_key

__all__ = ["Counted", "count", "group_of", "masked", "renumbered"]

_LONGEST_SEASON: Final = 30
_MOST_VERSIONS: Final = 4
_SIZES: Final = frozenset({480, 576, 720, 1080, 2160})


@dataclass(frozen=True, slots=True)
class Counted:
    """What a bare number was found to count.

    Attributes:
        bare: The number.
        season: None for numbers across seasons, unless a season folder says it.
        episodes: Numbers within the season.
        absolute: Numbers across seasons.
        film: The title of the film whose name the number belongs to; then there are no numbers.
        screen_size: Of such a film, when the number said only that.
    """

    bare: BareNumber
    season: int | None = None
    episodes: tuple[int, ...] = ()
    absolute: tuple[int, ...] = ()
    film: str | None = None
    screen_size: str | None = None


def group_of(relative_path: str, bare: BareNumber) -> tuple[str, str]:
    """What files have in common whose numbers count the same: their folder and the title before the number."""
    return relative_path.rpartition("/")[0], compare_key(bare.title)


def count(named: NamedPath, bare: BareNumber, beside: Iterable[BareNumber]) -> Counted:
    """What the number counts. `beside`: all of its group, itself too."""
    group = list(beside)
    if named.in_season and named.season is not None:
        return _within_season(bare, named.season)
    if bare.season is not None:
        return Counted(bare, bare.season, episodes=bare.numbers)
    is_lone = len({each.numbers for each in group}) == 1
    if film := _film(named, bare, is_lone, max(each.numbers[0] for each in group)):
        return film
    if not bare.is_marked and not bare.is_padded and _is_by_season(bare, group):
        season, number = divmod(bare.numbers[0], 100)
        return Counted(bare, season, episodes=tuple(number + i for i in range(len(bare.numbers))))
    return Counted(bare, absolute=bare.numbers)


def _within_season(bare: BareNumber, season: int) -> Counted:
    """103 in the folder of season 1 is its third episode; 120 in that of season 5 can only count across seasons."""
    if not bare.is_marked and _fits(bare.numbers) and bare.numbers[0] // 100 == season > 0:
        return Counted(bare, season, episodes=tuple(number % 100 for number in bare.numbers))
    if bare.width > 2 and bare.numbers[0] > _LONGEST_SEASON and 1 < season < 100:
        return Counted(bare, season, absolute=bare.numbers)
    return Counted(bare, season, episodes=bare.numbers)


def _is_by_season(bare: BareNumber, group: list[BareNumber]) -> bool:
    """Whether 103 says season 1, episode 3."""
    counts = {number for each in group for number in each.numbers}
    if min(counts) < 100 or any(each.is_padded or not _fits(each.numbers) for each in group):
        return False
    starts = {number // 100 for number in counts if number % 100 == 1}
    return len(starts) > 1 or not bare.is_dashed


def _fits(numbers: tuple[int, ...]) -> bool:
    return all(1 <= number % 100 <= _LONGEST_SEASON for number in numbers) and numbers[0] // 100 == numbers[-1] // 100


def _film(named: NamedPath, bare: BareNumber, is_lone: bool, most: int) -> Counted | None:
    """The film whose title the number belongs to: `Apollo 13`, `300`, `Fahrenheit 451`."""
    if not bare.is_last or bare.is_padded or bare.is_marked or len(bare.numbers) > 1:
        return None
    number, stem = bare.numbers[0], _spaced(named.stem)
    if named.year is not None and named.title is not None and (found := _version(named.title, bare, is_lone, most)):
        return found
    if bare.is_dashed:
        return Counted(bare, film=stem) if is_lone and bare.width == 1 and not bare.is_owners else None
    if named.owner and compare_key(named.stem) == compare_key(named.owner):
        return Counted(bare, film=named.owner) if " " in named.owner or named.owner.isdigit() else None
    if not is_lone or named.shelf == "shows" or (bare.is_owners and named.owner and not 2000 <= number < 2100):
        return None
    is_title = number < 100 or not _fits(bare.numbers) or bare.is_first or named.shelf == "films"
    return Counted(bare, film=stem) if is_title else None


def _version(title: str, bare: BareNumber, is_lone: bool, most: int) -> Counted | None:
    """`Title (2001) - 1080` and `Title (2001) - 2` are versions of the film, as is `01.mkv` alone in its folder."""
    if bare.is_dashed and is_lone and bare.numbers[0] in _SIZES:
        return Counted(bare, film=title, screen_size=f"{bare.numbers[0]}p")
    if (bare.is_first and is_lone) or (bare.is_dashed and bare.width == 1 and most <= _MOST_VERSIONS):
        return Counted(bare, film=title)
    return None


def masked(relative_path: str, named: NamedPath, bare: BareNumber) -> tuple[str, NamedPath]:
    """The path and its parts with the number written as S01E012, which nobody mistakes for anything else."""
    folder, slash, name = relative_path.rpartition("/")
    stem = named.stem
    lead = stem[: bare.start] if stem[: bare.start].strip(" ._-") else f"{bare.title} - "
    written = f"{lead}S01E{bare.numbers[0] % 1000:03d}{stem[bare.end :]}"
    return folder + slash + name.replace(stem, written, 1), replace(named, stem=written)


def renumbered(facts: NameFacts, named: NamedPath, counted: Counted) -> NameFacts:
    """A reading of the name with the numbers, the title and the year that belong to it."""
    if counted.film is not None:
        return NameFacts(
            "movie", counted.film, named.year, edition=named.edition, screen_size=counted.screen_size,
            container=named.container, file_role=named.file_role, part_number=named.part_number,
        )  # fmt: skip
    bare = counted.bare
    owner = named.owner if bare.is_owners and named.owner and not set("._") & set(named.owner) else None
    before = compare_key(named.stem[: bare.start])
    return replace(
        facts,
        media_type="episode",
        title=named.title or owner or bare.title or facts.title,
        year=named.year or bare.year,
        episode_title=None if compare_key(facts.episode_title or "") in before else facts.episode_title,
        season=counted.season,
        episodes=counted.episodes,
        absolute=counted.absolute,
        aired_on=None,
        part_number=None,
    )


def _spaced(stem: str) -> str:
    return stem if " " in stem else stem.replace(".", " ").replace("_", " ").strip()

"""Owns the families of made episode names."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.ingest.corpus_words import (
    ANIME,
    ANIME_GROUPS,
    EPISODES,
    GROUPS,
    QUALITIES,
    SHOWS,
    Made,
    dotted,
    scene_tail,
)

__all__ = ["SHOW_FAMILIES"]


def _show(c: random.Random) -> tuple[str, int, int, int, dict[str, Any]]:
    title, year = c.choice(SHOWS)
    season, episode = c.randrange(1, 13), c.randrange(1, 24)
    truth = {
        "media_type": "episode",
        "title": title,
        "season": season,
        "episodes": (episode,),
        "file_role": "main",
    }
    return title, year, season, episode, truth


def _tidy_episode(c: random.Random) -> Made:
    title, year, season, episode, truth = _show(c)
    name = c.choice(EPISODES)
    folder = f"{title} ({year})" if c.random() < 0.5 else title
    in_name = c.choice((title, title, f"{title} ({year})" if folder != title else title))
    code = c.choice((f"S{season:02}E{episode:02}", f"s{season:02}e{episode:02}", f"{season}x{episode:02}"))
    seen = {"year": year} if folder != title else {}
    season_folder = c.choice((f"Season {season:02}", f"Season {season}"))
    return f"{folder}/{season_folder}/{in_name} - {code} - {name}.mkv", truth | seen | {"episode_title": name}


def _sonarr(c: random.Random) -> Made:
    title, year, season, episode, truth = _show(c)
    name, group = c.choice(EPISODES), c.choice(GROUPS)
    text, source, screen = c.choice(QUALITIES)
    style = c.choice((f" [{text}][x264][AC3 5.1]-{group}", f" {text}", f" {text} Proper", f" [{text}]"))
    facts = {"year": year, "quality_source": source, "screen_size": screen, "episode_title": name}
    if group in style:
        facts |= {"release_group": group, "video_codec": "h264", "audio_codec": "ac3"}
    return (
        f"TV/{title} ({year})/Season {season:02}/{title} ({year}) - S{season:02}E{episode:02} - {name}{style}.mkv",
        truth | facts,
    )


def _multi_episode(c: random.Random) -> Made:
    title, _, season, episode, truth = _show(c)
    name = c.choice(EPISODES)
    a, b = f"{episode:02}", f"{episode + 1:02}"
    code, last = c.choice(
        (
            (f"S{season:02}E{a}-E{b}", episode + 1),
            (f"S{season:02}E{a}E{b}", episode + 1),
            (f"{season}x{a}-{b}", episode + 1),
            (f"S{season:02}E{a}-{b}", episode + 1),
            (f"S{season:02}E{a}-E{episode + 2:02}", episode + 2),
            (f"S{season:02}E{a}E{b}E{episode + 2:02}", episode + 2),
        )
    )
    truth["episodes"] = tuple(range(episode, last + 1))
    return f"{title}/Season {season:02}/{title} - {code} - {name}.mkv", truth | {"episode_title": name}


def _special(c: random.Random) -> Made:
    title, year, _, episode, truth = _show(c)
    name = c.choice(EPISODES)
    folder = c.choice(("Specials", "Season 00", "Season 0"))
    return f"{title} ({year})/{folder}/{title} - S00E{episode:02} - {name}.mkv", truth | {
        "season": 0,
        "year": year,
        "episode_title": name,
    }


def _bare_special(c: random.Random) -> Made:
    title, year, _, _, truth = _show(c)
    stem = c.choice(("The Making Of", "Gag Reel", "Christmas Special", "Unaired Pilot"))
    return f"{title} ({year})/Specials/{stem}.mkv", truth | {
        "season": 0,
        "episodes": (),
        "year": year,
        "episode_title": stem,
    }


def _scene_episode(c: random.Random) -> Made:
    title, year, season, episode, truth = _show(c)
    tail, facts = scene_tail(c)
    name = c.choice((*EPISODES, "", "", ""))
    middle = f"{dotted(name)}." if name else ""
    stem = f"{dotted(title)}.S{season:02}E{episode:02}.{middle}{tail}"
    folder = c.choice(
        (
            f"{title} ({year})/Season {season}/",
            f"{dotted(title)}.S{season:02}.{tail}/",
            "",
            f"{title}/Season {season:02}/",
        )
    )
    own = title if "Season" in folder else dotted(title, " ")
    return f"{folder}{stem}.mkv", truth | facts | {"title": own, "episode_title": dotted(name, " ") or None}


def _dated(c: random.Random) -> Made:
    title, _, _, _, _ = _show(c)
    day = date(c.randrange(2005, 2024), c.randrange(1, 13), c.randrange(1, 29))
    name = c.choice(EPISODES)
    truth = {"media_type": "episode", "title": title, "aired_on": day, "episode_title": name}
    if c.random() < 0.5:
        return f"{title}/Season {day.year}/{title} - {day.isoformat()} - {name}.mkv", truth
    tail, facts = scene_tail(c)
    return f"{dotted(title)}.{day:%Y.%m.%d}.{dotted(name)}.{tail}.mkv", truth | facts | {
        "title": dotted(title, " "),
        "episode_title": dotted(name, " "),
    }


def _anime(c: random.Random) -> Made:
    title, group, number = c.choice(ANIME), c.choice(ANIME_GROUPS), c.randrange(1, 900)
    screen = c.choice(("480p", "720p", "1080p"))
    end = c.choice((f"({screen}) [{c.randrange(16**8):08X}]", f"[{screen}]", f"[{screen}][HEVC]"))
    number_text = f"{number:0{c.choice((2, 3))}}"
    truth = {
        "media_type": "episode",
        "title": title,
        "absolute": (number,),
        "episodes": (),
        "season": None,
        "screen_size": screen,
        "release_group": group,
    }
    folder = c.choice((f"{title}/", "", ""))
    return f"{folder}[{group}] {title} - {number_text} {end}.mkv", truth


def _bare_numbers(c: random.Random) -> Made:
    title, year, season, episode, truth = _show(c)
    name = c.choice(EPISODES)
    stem = c.choice(
        (
            f"S{season:02}E{episode:02}",
            f"{episode:02} - {name}",
            f"Episode {episode:02}",
            f"{title} {season}x{episode:02}",
        )
    )
    return f"{title} ({year})/Season {season:02}/{stem}.mkv", truth | {"year": year}


def _show_extra(c: random.Random) -> Made:
    title, year, season, _, truth = _show(c)
    folder, role = c.choice((("Extras", "extra"), ("Featurettes", "extra"), ("Trailers", "trailer")))
    return f"{title} ({year})/Season {season:02}/{folder}/Making Of.mkv", truth | {
        "episodes": (),
        "year": year,
        "file_role": role,
    }


SHOW_FAMILIES: dict[str, Callable[[random.Random], Made]] = {
    "anime": _anime,
    "bare_numbers": _bare_numbers,
    "bare_special": _bare_special,
    "dated": _dated,
    "multi_episode": _multi_episode,
    "scene_episode": _scene_episode,
    "show_extra": _show_extra,
    "sonarr": _sonarr,
    "special": _special,
    "tidy_episode": _tidy_episode,
}
"""Family to the function that makes one name of it."""

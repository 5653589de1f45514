"""Owns the words that the corpus of made names is built from: titles, groups, release words."""

from __future__ import annotations

import random
from typing import Any

__all__ = [
    "ANIME",
    "ANIME_GROUPS",
    "AUDIOS",
    "CONTAINERS",
    "EDITIONS",
    "EPISODES",
    "FILMS",
    "GROUPS",
    "QUALITIES",
    "SCREENS",
    "SHOWS",
    "SOURCES",
    "VIDEOS",
    "Made",
    "dotted",
    "scene_tail",
]


def _cut(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split("|"))


def _cut_dated(text: str) -> tuple[tuple[str, int], ...]:
    return tuple((title, int(year)) for title, year in (part.split(" = ") for part in _cut(text)))


FILMS = _cut_dated(
    """
    Alien = 1979 | Aliens = 1986 | The Matrix = 1999 | Heat = 1995 | Seven Samurai = 1954 | The Seventh
    Seal = 1957 | Paris, Texas = 1984 | Amélie = 2001 | Das Boot = 1981 | La La Land = 2016 | Le
    Samouraï = 1967 | La Dolce Vita = 1960 | Cinema Paradiso = 1988 | El Topo = 1970 | Ran = 1985 | 12
    Angry Men = 1957 | 2001 A Space Odyssey = 1968 | 1917 = 2019 | 300 = 2006 | Se7en = 1995 | Blade
    Runner 2049 = 2017 | District 9 = 2009 | Apollo 13 = 1995 | Ocean's Eleven = 2001 | The Italian Job
    = 1969 | The English Patient = 1996 | The French Connection = 1971 | The Good German = 2006 | An
    American Werewolf in London = 1981 | The Spanish Apartment = 2002 | Mission Impossible - Fallout =
    2018 | Star Wars - Episode IV - A New Hope = 1977 | Spider-Man = 2002 | X-Men = 2000 | WALL-E = 2008
    | Dr. Strangelove = 1964 | Mr. & Mrs. Smith = 2005 | Brazil = 1985 | Crouching Tiger, Hidden Dragon
    = 2000 | (500) Days of Summer = 2009 | It = 2017 | Us = 2019 | Her = 2013 | Up = 2009 | Pi = 1998 |
    V for Vendetta = 2005 | Kill Bill Vol. 1 = 2003 | The Godfather Part II = 1974 | Rocky IV = 1985 |
    10 Things I Hate About You = 1999 | The Final Cut = 2004 | Uncut Gems = 2019 | Cam = 2018 | The
    Limited = 2011 | Proper Pirates = 2012 | Casablanca = 1942 | Chicago = 2002 | Australia = 2008 |
    Metropolis = 1927 | A Trip to the Moon = 1902 | Harry Potter and the Deathly Hallows Part 1 = 2010 |
    Birdman or (The Unexpected Virtue) = 2014 | Rosencrantz & Guildenstern Are Dead = 1990 | What's
    Eating Gilbert Grape = 1993 | Tár = 2022 | The Lives of Others = 2006 | Wings of Desire = 1987 | In
    the Mood for Love = 2000 | Memories of Murder = 2003 | Stalker = 1979 | Solaris = 1972 | Come and
    See = 1985 | The Apartment = 1960 | Some Like It Hot = 1959 | Rear Window = 1954 | North by
    Northwest = 1959 | Sunset Boulevard = 1950 | Double Indemnity = 1944 | The Third Man = 1949 | Don't
    Look Now = 1973 | Local Hero = 1983 | Withnail and I = 1987 | Trainspotting = 1996 | The Big
    Lebowski = 1998 | No Country for Old Men = 2007 | There Will Be Blood = 2007 | 千と千尋の神隠し = 2001 |
    Сталкер = 1979 | 기생충 = 2019 | Das Leben der Anderen = 2006 | La Haine = 1995 | Les Misérables = 2019
    | Der Untergang = 2004 | El Laberinto del Fauno = 2006 | Il Postino = 1994 | O Brother, Where Art
    Thou = 2000 | 8½ = 1963 | Face-Off = 1997 | TRON = 1982 | Charlotte's Web = 2006 | Web of Lies = 2009
    | Remastered Hearts = 2013 | Sample Size = 2010 | Multiplicity = 1996
    """
)
SHOWS = _cut_dated(
    """
    Breaking Bad = 2008 | The Wire = 2002 | The Office (US) = 2005 | 24 = 2001 | The 100 = 2014 | 9-1-1
    = 2018 | Band of Brothers = 2001 | Doctor Who = 2005 | Mr. Robot = 2015 | The X-Files = 1993 | Star
    Trek - Deep Space Nine = 1993 | Law & Order = 1990 | House of Cards = 2013 | Shameless = 2011 |
    Battlestar Galactica = 2003 | Brooklyn Nine-Nine = 2013 | Two and a Half Men = 2003 | 30 Rock = 2006
    | 60 Minutes = 1968 | 12 Monkeys = 2015 | Extras = 2005 | Person of Interest = 2011 | Dexter = 2006
    | Dark = 2017 | Lupin = 2021 | La Casa de Papel = 2017 | Borgen = 2010 | Marvel's Agent Carter =
    2015 | It's Always Sunny in Philadelphia = 2005 | M.A.S.H = 1972 | The Americans = 2013 | Broen =
    2011 | Twin Peaks = 1990 | Mad Men = 2007 | Fargo = 2014 | Deadwood = 2004 | Rome = 2005 | Misfits =
    2009 | The Sopranos = 1999 | Six Feet Under = 2001 | Black Mirror = 2011 | Peaky Blinders = 2013 |
    Sherlock = 2010 | Fleabag = 2016 | Line of Duty = 2012 | Happy Valley = 2014 | Severance = 2022 |
    The Good Wife = 2009 | Halt and Catch Fire = 2014 | Better Call Saul = 2015 | The Leftovers = 2014 |
    The Italian Table = 2014 | The Late Night Hour = 2015 | Ted Lasso = 2020 | Utopia = 2013 | V = 2009
    """
)
ANIME = _cut(
    """
    Cowboy Bebop | One Piece | Attack on Titan | Mob Psycho 100 | Steins;Gate | Monster | Naruto |
    Fullmetal Alchemist Brotherhood | Sousou no Frieren | Vinland Saga | Serial Experiments Lain |
    Mushishi
    """
)
EPISODES = _cut(
    """
    Pilot | The Target | Old Cases | Made in Japan | Part 1 | The Ship - Part 2 | 100 | The 3rd Wheel |
    Uncensored | The Final Cut | Dead Freight | Fly | Ozymandias | Who's Who | Chapter One | A.K.A.
    Smile | To Market, to Market | The One Where It Rains | The German | Lost in Translation | Mr. Nice
    Guy | Finale | The Long Night | A Study in Pink | Home | Crossroads | The French Connection | Bob &
    Ray | Über Alles | Le Grand Départ | Noël | El Camino | Die Brücke | Once Upon a Time in the West |
    11 59 | No More Mr. Nice | Two to Go | What Kate Did | Unaired Pilot | Half Measures | Full Measure
    | Face Off | Say My Name | The Constant | Blink | Midnight | Heaven Sent | The Suitcase | The Wheel
    | Two Boats and a Helicopter | Extended Family | Limited Options | Special Delivery | Spanish
    Lessons | In the Weeds | Live and Let Die | The Proper Way | Remastered | Subtle Hints | Dual Lives
    | The Net | Cat and Mouse | Episode 5 | It | Is This the Way Home | The Last Day of the Rest of Our
    Lives | Birds, Bees and Trees | Why Not | Yes | Caught in the Web | The Opus
    """
)
GROUPS = (
    "SPARKS",
    "NTb",
    "DIMENSION",
    "LOL",
    "CtrlHD",
    "FraMeSToR",
    "AMIABLE",
    "ION10",
    "FLUX",
    "DON",
    "EbP",
    "KiNGS",
)
ANIME_GROUPS = ("SubsPlease", "HorribleSubs", "Erai-raws", "Judas", "GJM", "Commie")
SCREENS = ("480p", "576p", "720p", "1080p", "2160p")
SOURCES = (
    ("BluRay", "Bluray"),
    ("WEB-DL", "WEBDL"),
    ("WEBRip", "WEBRip"),
    ("HDTV", "HDTV"),
    ("DVDRip", "DVD"),
    ("WEB", "WEBDL"),
    ("BDRip", "Bluray"),
)
VIDEOS = (
    ("x264", "h264"),
    ("x265", "hevc"),
    ("H.264", "h264"),
    ("HEVC", "hevc"),
    ("h265", "hevc"),
    ("XviD", "mpeg4"),
    ("AV1", "av1"),
)
AUDIOS = (
    ("AC3", "ac3"),
    ("DTS", "dts"),
    ("DD5.1", "ac3"),
    ("DDP5.1", "eac3"),
    ("AAC2.0", "aac"),
    ("DTS-HD.MA.5.1", "dts-hd ma"),
    ("TrueHD.7.1.Atmos", "truehd"),
    ("FLAC", "flac"),
    ("", None),
)
EDITIONS = (
    ("Director's Cut", "Director's Cut"),
    ("Extended", "Extended"),
    ("Unrated", "Unrated"),
    ("Theatrical", "Theatrical"),
    ("Remastered", "Remastered"),
)
CONTAINERS = ("mkv", "mkv", "mkv", "mp4", "avi", "m4v", "ts")
QUALITIES = (
    ("Bluray-1080p", "Bluray", "1080p"),
    ("WEBDL-1080p", "WEBDL", "1080p"),
    ("WEBDL-2160p", "WEBDL", "2160p"),
    ("HDTV-720p", "HDTV", "720p"),
    ("Remux-2160p", "Remux", "2160p"),
    ("WEBRip-720p", "WEBRip", "720p"),
    ("Bluray-720p", "Bluray", "720p"),
    ("DVD", "DVD", None),
)

Made = tuple[str, dict[str, Any]]
"""A path and what it truly says."""


def dotted(title: str, separator: str = ".") -> str:
    """A title as scene names write it: no marks, words joined by `separator`."""
    kept = "".join(ch for ch in title if ch not in "',&()½")
    return separator.join(kept.replace(" - ", " ").replace(".", " ").split())


def scene_tail(c: random.Random) -> tuple[str, dict[str, Any]]:
    """The end of a scene name and the facts it states."""
    source, source_term = c.choice(SOURCES)
    video, video_term = c.choice(VIDEOS)
    audio, audio_term = c.choice(AUDIOS)
    screen = c.choice(SCREENS)
    group = c.choice(GROUPS)
    extra = c.choice(("", "", "PROPER.", "REPACK.", "INTERNAL."))
    words = ".".join(filter(None, (extra + screen, source, audio, video)))
    return f"{words}-{group}", {
        "quality_source": source_term,
        "screen_size": screen,
        "video_codec": video_term,
        "audio_codec": audio_term,
        "release_group": group,
    }

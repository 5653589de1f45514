"""Owns what a scan learnt of one folder, before it is decided which items that is: its videos and what is said of them.

Pure. What a video's names and NFO say together is settled here, and so is what it would be called.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from mediamgr.ingest._identity import Claim, Naming
from mediamgr.ingest._trust import matching, name_key, numbers, trusted
from mediamgr.ingest.names import NameFacts, ids_in
from mediamgr.ingest.nfo import NfoFacts
from mediamgr.ingest.probe import Probe
from mediamgr.ingest.sidecars import Sidecar
from mediamgr.ingest.walk import Entry, shown

__all__ = ["MainVideo", "ScannedFolder", "ScannedVideo"]


@dataclass(frozen=True, slots=True)
class ScannedVideo:
    """One video file.

    Attributes:
        entry: The file.
        facts: What its name says.
        probe: What it holds; None when it was not opened, being unchanged.
        fingerprint: Of its content; None when it was not opened, or could not be.
    """

    entry: Entry
    facts: NameFacts
    probe: Probe | None
    fingerprint: str | None

    @property
    def stem(self) -> str:
        """The file name without its extension."""
        return os.path.splitext(self.entry.name)[0]


@dataclass(frozen=True)
class ScannedFolder:
    """One folder with all that lies in it.

    Attributes:
        path: As the system wants it.
        videos: Its videos.
        sidecars: Its artwork and subtitles.
        nfos: Stem of each NFO file, in lower case, to what it says.
        family: The folder of the film or show that this one is a part of; itself when it is no part.
        beside: For a folder of subtitles, the folder of the videos they are for.
    """

    path: str
    videos: Sequence[ScannedVideo]
    sidecars: Sequence[Sidecar]
    nfos: Mapping[str, tuple[NfoFacts, ...]]
    family: str
    beside: str | None = None

    @cached_property
    def is_of_one(self) -> bool:
        """Whether its videos are all of one film, and what is said of the folder is said of that."""
        mains = [video.facts for video in self.videos if video.facts.file_role == "main"]
        return len({(facts.media_type, name_key(facts.title), facts.year) for facts in mains}) == 1


@dataclass(frozen=True, slots=True)
class MainVideo:
    """A video that is an item's own.

    Attributes:
        video: Its facts already corrected by what its NFO says.
        folder: Where it lies.
        own: Its family's own folder.
        told: What its NFO file says.
        whole: What the NFO of the film, or of the episode's show, says.
    """

    video: ScannedVideo
    folder: ScannedFolder
    own: ScannedFolder
    told: Sequence[NfoFacts]
    whole: NfoFacts | None

    @classmethod
    def of(cls, video: ScannedVideo, folder: ScannedFolder, own: ScannedFolder) -> MainVideo:
        """With the NFO of its name, or the movie.nfo of a folder whose videos are all of one film."""
        told = folder.nfos.get(video.stem.lower()) or (folder.nfos.get("movie", ()) if folder.is_of_one else ())
        show = own.nfos.get("tvshow", ())
        video = replace(video, facts=_told_apart(trusted(video.facts, told, show), video.stem))
        kind, said = ("show", show) if video.facts.media_type == "episode" else ("movie", told)
        return cls(video, folder, own, told, next((nfo for nfo in said if nfo.kind in (None, kind)), None))

    @property
    def path(self) -> str:
        """As text."""
        return shown(self.video.entry.path)

    @property
    def is_film(self) -> bool:
        """Whether it is a film, and not an episode."""
        return self.video.facts.media_type != "episode"

    @property
    def naming(self) -> Naming:
        """What names the film, or the episode's show."""
        facts, nfo = self.video.facts, self.whole
        titles = [(name_key(facts.title), facts.year)]
        if nfo and nfo.title:
            titles.append((name_key(nfo.title), nfo.year or facts.year))
        kind = "movie" if self.is_film else "show"
        return Naming(kind, tuple(dict.fromkeys(titles)), self.ids)

    @property
    def ids(self) -> tuple[tuple[str, str], ...]:
        """(source, external id) of the film, or of the episode's show: of the NFO, then of file and folder names."""
        around = (self.folder.path, self.own.path) if self.folder.is_of_one else ()
        places = (self.video.stem, *around) if self.is_film else (self.own.path,)
        told = dict(self.whole.external_ids if self.whole else ())
        for source, value in (each for place in places for each in ids_in(os.path.basename(place))):
            told.setdefault(source, value)
        return tuple(told.items())

    def episode_nfo(self, position: int) -> NfoFacts | None:
        """What the NFO says of the episode in that place of the file, from 0."""
        return matching(self.told, numbers(self.video.facts)[position][2], position)

    def claim(self, whole: str) -> Claim:
        """Which item the file says it is. `whole`: the key of the film, or of the episode's show."""
        is_read = self.video.probe is not None
        if self.is_film:
            return Claim(self.path, "movie", whole, self.naming.ids, is_read)
        nfo = self.episode_nfo(0)
        key = f"{whole}/{numbers(self.video.facts)[0][0]}"
        return Claim(self.path, "episode", key, nfo.external_ids if nfo else (), is_read)


def _told_apart(facts: NameFacts, stem: str) -> NameFacts:
    """An episode of which neither number, date nor title is known is called as its file."""
    known = facts.episodes or facts.absolute or facts.aired_on or facts.episode_title
    return facts if known or facts.media_type != "episode" else replace(facts, episode_title=stem)

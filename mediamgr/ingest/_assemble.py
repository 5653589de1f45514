"""Owns turning what a scan learnt of some folders into record frames.

Identity is decided here: which item a file, a picture or a subtitle belongs to, and that items keep their
natural keys. No file is opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import polars as pl

from mediamgr.ingest._trust import matching, measured, name_key, numbers, told_fields, trusted
from mediamgr.ingest.names import NameFacts
from mediamgr.ingest.nfo import NfoFacts
from mediamgr.ingest.probe import Probe
from mediamgr.ingest.sidecars import Sidecar
from mediamgr.ingest.walk import Entry, shown
from mediamgr.search import normalise
from mediamgr.store.records import TABLES, Records

__all__ = ["Assembly", "KnownItems", "ScannedFolder", "ScannedVideo"]


@dataclass(frozen=True, slots=True)
class KnownItems:
    """What the library knew before, so that items keep their identity.

    Attributes:
        by_path: Path to (item_key, media_type) of the file's item.
        by_external_id: (source, id_space, external id) to item_key.
        keys: All item keys of the library.
        told: Item key to the title and the fields that an NFO filled.
    """

    by_path: Mapping[str, tuple[str, str]]
    by_external_id: Mapping[tuple[str, str, str], str]
    keys: frozenset[str]
    told: Mapping[str, tuple[str, frozenset[str]]]


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


@dataclass(frozen=True, slots=True)
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


@dataclass(slots=True)
class Assembly:
    """Records in the making. Add whole families of folders, their own folder first; then take `records`."""

    library: str
    known: KnownItems
    now: datetime
    problems: list[tuple[str, str]] = field(default_factory=list)
    _rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in TABLES})
    _items: dict[str, dict[str, Any]] = field(default_factory=dict)
    _told: dict[str, set[str]] = field(default_factory=dict)
    _new_ids: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _stems: dict[str, dict[str, str]] = field(default_factory=dict)
    _wholes: dict[str, set[str]] = field(default_factory=dict)
    _extras: list[tuple[ScannedVideo, ScannedFolder]] = field(default_factory=list)
    _sidecars: list[tuple[Sidecar, ScannedFolder]] = field(default_factory=list)

    def add(self, folder: ScannedFolder, own: ScannedFolder) -> None:
        """Take in one folder. `own`: its family's own folder, where a tvshow.nfo and pictures are."""
        stems = self._stems.setdefault(folder.path, {})
        for video in folder.videos:
            if video.facts.file_role == "main":
                stems[video.stem.lower()] = self._add_main(video, folder, own)
            else:
                self._extras.append((video, folder))
        self._sidecars += [(sidecar, folder) for sidecar in folder.sidecars]

    def item_keys(self) -> list[str]:
        """The natural keys of the items so far."""
        return list(self._items)

    def keep(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Records of another folder that are to stay: what is loaded replaces all of an item's."""
        self._rows[table] += [dict(row) for row in rows]

    def records(self) -> Records:
        """The frames: all tables that a scan replaces, empty ones included."""
        for video, folder in self._extras:
            self._add_extra(video, folder)
        for sidecar, folder in self._sidecars:
            self._add_sidecar(sidecar, folder)
        self._rows["media_item"] = list(self._items.values())
        frames = {
            name: pl.DataFrame(rows, schema=_columns(name, rows), orient="row")
            for name, rows in self._rows.items()
            if rows or TABLES[name].owner
        }
        return Records(self.library, frames, source="scan")

    def _add_main(self, video: ScannedVideo, folder: ScannedFolder, own: ScannedFolder) -> str:
        only = sum(each.facts.file_role == "main" for each in folder.videos) == 1
        told = folder.nfos.get(video.stem.lower()) or (folder.nfos.get("movie", ()) if only else ())
        video = replace(video, facts=trusted(video.facts, told, own.nfos.get("tvshow", ())))
        if video.facts.media_type == "episode":
            return self._add_episodes(video, folder, told, own)
        nfo = next((each for each in told if each.kind in (None, "movie")), None)
        facts = video.facts
        key = self._key(f"movie:{name_key(facts.title)}:{facts.year or ''}", "movie", video, nfo)
        row = {"item_key": key, "media_type": "movie", "title": facts.title, "year": facts.year}
        self._add_item(row | told_fields(nfo) | measured(nfo, video.facts, video.probe), nfo, "movie")
        self._add_file(video, key, nfo)
        self._wholes.setdefault(folder.path, set()).add(key)
        self._wholes.setdefault(folder.family, set()).add(key)
        return key

    def _add_episodes(
        self, video: ScannedVideo, folder: ScannedFolder, told: Sequence[NfoFacts], own: ScannedFolder
    ) -> str:
        show_key = self._add_show(video.facts, own)
        numbered = numbers(video.facts)
        first: str | None = None
        for position, (suffix, title, wanted) in enumerate(numbered):
            nfo = matching(told, wanted, position)
            parent = show_key
            if wanted.get("season_number") is not None:
                parent = self._add_season(show_key, wanted["season_number"])
            key = self._key(f"{show_key}/{suffix}", "episode", video if first is None else None, nfo)
            row = {"item_key": key, "media_type": "episode", "title": title, "parent_key": parent, **wanted}
            length = measured(nfo, video.facts, video.probe) if len(numbered) == 1 else {}
            self._add_item(row | told_fields(nfo) | length | {"shared_file_key": first}, nfo, "episode")
            if first is None:
                first = key
                self._add_file(video, key, nfo)
                if folder.path != folder.family:
                    self._wholes.setdefault(folder.path, set()).add(parent)
        assert first is not None
        return first

    def _add_show(self, facts: NameFacts, own: ScannedFolder) -> str:
        nfo = next((each for each in own.nfos.get("tvshow", ()) if each.kind in (None, "show")), None)
        key = self._key(f"show:{name_key(facts.title)}:{facts.year or ''}", "show", None, nfo)
        if key not in self._items:
            row = {"item_key": key, "media_type": "show", "title": facts.title, "year": facts.year}
            self._add_item(row | told_fields(nfo), nfo, "show")
        if nfo or normalise(facts.title) in normalise(os.path.basename(own.path)):
            self._wholes.setdefault(own.path, set()).add(key)
        return key

    def _add_season(self, show_key: str, number: int) -> str:
        key = f"{show_key}/s{number:02d}"
        if key not in self._items:
            title = "Specials" if number == 0 else f"Season {number}"
            row = {"media_type": "season", "title": title, "parent_key": show_key, "season_number": number}
            self._add_item({"item_key": key, **row}, None, "season")
        return key

    def _add_extra(self, video: ScannedVideo, folder: ScannedFolder) -> None:
        """An extra belongs to the film whose name it begins with, else to the only film or show around it."""
        stem = video.stem.lower()
        named = {key for name, key in self._stems[folder.path].items() if stem.startswith(name)}
        around = (named, self._wholes.get(folder.path, set()), self._wholes.get(folder.family, set()))
        owners = next((keys for keys in around if keys), set())
        known = self.known.by_path.get(shown(video.entry.path))
        if len(owners) == 1:
            self._add_file(video, next(iter(owners)), None)
        elif known and known[0] in self._items:
            self._add_file(video, known[0], None)
        elif video.probe is not None:
            self.problems.append((video.entry.path, f"is a {video.facts.file_role} of no film or show beside it"))

    def _key(self, computed: str, space: str, video: ScannedVideo | None, nfo: NfoFacts | None) -> str:
        """The natural key: of the item with the same external id, of that name, of that file, or a new one."""
        ids = [(source, space, value) for source, value in (nfo.external_ids if nfo else ())]
        for each in ids:
            if found := self._new_ids.get(each) or self.known.by_external_id.get(each):
                return found
        held = self.known.by_path.get(shown(video.entry.path)) if video else None
        taken = computed in self.known.keys or computed in self._items
        key = held[0] if held and held[1] == space and (not taken or not video or video.probe is None) else computed
        self._new_ids.update(dict.fromkeys(ids, key))
        return key

    def _add_item(self, row: dict[str, Any], nfo: NfoFacts | None, space: str) -> None:
        key = row["item_key"]
        told = told_fields(nfo)
        # a version of a film that has no NFO leaves what the NFO of another said
        title, known = self.known.told.get(key, (row["title"], frozenset()))
        held = self._told.setdefault(key, set(known))
        fields = {name: value for name, value in row.items() if name in told or name not in held}
        held |= told.keys()
        earlier = self._items.get(key, {"title": title})
        self._items[key] = earlier | {name: value for name, value in fields.items() if value is not None}
        if nfo is None:
            return
        self._rows["external_id"] += [
            {"item_key": key, "source": source, "id_space": space, "external_id": value}
            for source, value in nfo.external_ids
        ]
        self._rows["field_source"] += [
            {"item_key": key, "field_name": name, "source": "nfo", "set_at": self.now} for name in told
        ]
        self._add_people(key, nfo)
        for art in nfo.artwork:
            if art.season is None:
                self._rows["artwork"].append(
                    {"item_key": key, "artwork_type": art.artwork_type, "url": art.url,
                     "download_status": "pending", "source": "nfo"}
                )  # fmt: skip
        if nfo.last_played is not None and (nfo.play_count or 0) > 0:
            self._rows["history_event"].append(
                {"item_key": key, "event_type": "played", "occurred_at": nfo.last_played, "value": 1.0,
                 "source": "nfo"}
            )  # fmt: skip

    def _add_people(self, key: str, nfo: NfoFacts) -> None:
        for person in nfo.people:
            ids = sorted(person.ids)
            person_key = ":".join(ids[0]) if ids else f"name:{name_key(person.name)}"
            self._rows["person"].append({"person_key": person_key, "name": person.name})
            self._rows["external_id"] += [
                {"person_key": person_key, "source": source, "id_space": "person", "external_id": value}
                for source, value in ids
            ]
            self._rows["credit"].append(
                {"item_key": key, "person_key": person_key, "department": person.department, "role": person.role,
                 "character": person.character, "position": person.position, "source": "nfo"}
            )  # fmt: skip

    def _add_file(self, video: ScannedVideo, key: str, nfo: NfoFacts | None) -> None:
        """The file and its streams; nothing for one that was not opened, being unchanged."""
        if video.probe is None:
            return
        entry, facts, path = video.entry, video.facts, shown(video.entry.path)
        self._rows["media_file"].append(
            {
                "item_key": key,
                "path": path,
                "path_bytes": os.fsencode(entry.path) if path != entry.path else None,
                "file_role": facts.file_role,
                "part_number": facts.part_number,
                "size_bytes": entry.size_bytes,
                "mtime_ns": entry.mtime_ns,
                "container": video.probe.container or facts.container,
                "duration_seconds": video.probe.duration_seconds,
                "bitrate_kbps": video.probe.bitrate_kbps,
                "edition": (nfo.edition if nfo else None) or facts.edition,
                "quality_source": facts.quality_source,
                "release_group": facts.release_group,
                "fingerprint": video.fingerprint,
                "problem": video.probe.problem,
                "missing_since": None,
            }
        )
        if video.probe.problem:
            self.problems.append((entry.path, video.probe.problem))
        self._rows["media_stream"] += [
            {"path": path, **{name: getattr(stream, name) for name in _STREAM_FIELDS}} for stream in video.probe.streams
        ]

    def _add_sidecar(self, sidecar: Sidecar, folder: ScannedFolder) -> None:
        key = self._owner(sidecar, folder)
        if key is None or key not in self._items:
            return
        if sidecar.kind == "artwork":
            self._add_artwork(sidecar, folder.path, key)
        else:
            self._add_subtitle(sidecar, folder.path, key)

    def _owner(self, sidecar: Sidecar, folder: ScannedFolder) -> str | None:
        """The item of the video it is named after; else the only film here, or for a picture the season or show."""
        place = folder.beside or folder.path
        wholes = self._wholes.get(place, set())
        whole = next(iter(wholes)) if len(wholes) == 1 else None
        if sidecar.season_number is not None:
            return f"{whole}/s{sidecar.season_number:02d}" if whole else None
        if named := self._stems.get(place, {}).get(sidecar.stem.lower()):
            return named
        is_film = whole is not None and self._items[whole]["media_type"] == "movie"
        return whole if not sidecar.stem and (sidecar.kind == "artwork" or is_film) else None

    def _add_artwork(self, sidecar: Sidecar, folder: str, key: str) -> None:
        path = shown(os.path.join(folder, sidecar.name))
        is_still = sidecar.artwork_type == "thumb" and self._items[key]["media_type"] == "episode"
        self._rows["artwork"].append(
            {"item_key": key, "artwork_type": "still" if is_still else sidecar.artwork_type, "path": path,
             "language": sidecar.language, "download_status": "local", "source": "scan"}
        )  # fmt: skip

    def _add_subtitle(self, sidecar: Sidecar, folder: str, key: str) -> None:
        self._rows["subtitle"].append(
            {
                "item_key": key,
                "path": shown(os.path.join(folder, sidecar.name)),
                "language": sidecar.language,
                "language_raw": sidecar.language_raw,
                "format": sidecar.format,
                "is_default": sidecar.is_default,
                "is_forced": sidecar.is_forced,
                "is_hearing_impaired": sidecar.is_hearing_impaired,
                "download_status": "local",
                "source": "scan",
            }
        )


_STREAM_FIELDS = tuple(name for name in TABLES["media_stream"].columns if name != "path")


def _columns(table: str, rows: Iterable[Mapping[str, Any]]) -> pl.Schema:
    """Types of the columns that any row has; those a table requires always."""
    used = set(TABLES[table].required).union(*rows)
    return pl.Schema({name: dtype for name, dtype in TABLES[table].columns.items() if name in used})

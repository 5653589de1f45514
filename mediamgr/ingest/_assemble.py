"""Owns turning what a scan learnt of some folders into record frames: which item a file, a picture or a subtitle
belongs to, and what is said of it.

Folders are added, then placed by an `Identity`, then taken as records. No file is opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl

from mediamgr.ingest._identity import Identity, Mentioned, Naming
from mediamgr.ingest._scanned import MainVideo, ScannedFolder, ScannedVideo
from mediamgr.ingest._trust import measured, merged, name_key, numbers, told_fields
from mediamgr.ingest.nfo import NfoFacts
from mediamgr.ingest.sidecars import Sidecar
from mediamgr.ingest.walk import shown
from mediamgr.search import normalise
from mediamgr.store.records import TABLES, Records

__all__ = ["Assembly"]


@dataclass(slots=True)
class Assembly:
    """Records in the making. Add whole families of folders, their own folder first; place them; take `records`."""

    library: str
    now: datetime
    problems: list[tuple[str, str]] = field(default_factory=list)
    _mains: list[MainVideo] = field(default_factory=list)
    _extras: list[tuple[ScannedVideo, ScannedFolder]] = field(default_factory=list)
    _sidecars: list[tuple[Sidecar, ScannedFolder]] = field(default_factory=list)
    _rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in TABLES})
    _said: dict[str, list[tuple[dict[str, Any], NfoFacts | None]]] = field(default_factory=dict)
    _stems: dict[str, dict[str, str]] = field(default_factory=dict)
    _wholes: dict[str, set[str]] = field(default_factory=dict)

    def add(self, folder: ScannedFolder, own: ScannedFolder) -> None:
        """Take in one folder. `own`: its family's own folder, where a tvshow.nfo and pictures are."""
        for video in folder.videos:
            if video.facts.file_role == "main":
                self._mains.append(MainVideo.of(video, folder, own))
            else:
                self._extras.append((video, folder))
        self._sidecars += [(sidecar, folder) for sidecar in folder.sidecars]

    def mentioned(self) -> Mentioned:
        """What has to be asked of the library before anything can be placed."""
        paths = [main.path for main in self._mains] + [shown(video.entry.path) for video, _ in self._extras]
        ids = [value for main in self._mains for nfo in main.told for _, value in nfo.external_ids]
        ids += [value for main in self._mains for _, value in main.naming.ids]
        return Mentioned(tuple(paths), tuple(dict.fromkeys(main.naming for main in self._mains)), tuple(ids))

    def place(self, identity: Identity) -> None:
        """Decide whose each video is."""
        namings: dict[Naming, set[str]] = {}
        for main in self._mains:
            namings.setdefault(main.naming, set()).add(main.path)
        wholes = identity.wholes({naming: frozenset(paths) for naming, paths in namings.items()})
        keys = identity.files([main.claim(wholes[main.naming]) for main in self._mains])
        for main in self._mains:
            key, whole = keys[main.path], wholes[main.naming]
            self._stems.setdefault(main.folder.path, {})[main.video.stem.lower()] = key
            if main.is_film:
                self._add_film(main, key)
            else:
                self._add_show(main, whole)
                self._add_episodes(main, key, whole, identity)
        for video, folder in self._extras:
            self._add_extra(video, folder, identity)

    def item_keys(self) -> list[str]:
        """The natural keys of the items, once placed."""
        return list(self._said)

    def keep(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Records of another folder that are to stay: what is loaded replaces all of an item's."""
        self._rows[table] += [dict(row) for row in rows]

    def records(self, told: Mapping[str, tuple[str, frozenset[str]]]) -> Records:
        """The frames: all tables that a scan replaces, empty ones included.

        `told`: of items that the library has: the title, and the fields that somebody filled.
        """
        for sidecar, folder in self._sidecars:
            self._add_sidecar(sidecar, folder)
        self._rows["media_item"] = [merged(said, told.get(key)) for key, said in self._said.items()]
        frames = {
            name: pl.DataFrame(rows, schema=_columns(name, rows), orient="row")
            for name, rows in self._rows.items()
            if rows or name in _REPLACED
        }
        return Records(self.library, frames, source="scan")

    def _add_film(self, main: MainVideo, key: str) -> None:
        facts, nfo = main.video.facts, main.whole
        row = {"item_key": key, "media_type": "movie", "title": facts.title, "year": facts.year}
        self._add_item(row | told_fields(nfo) | measured(nfo, facts, main.video.probe), nfo)
        self._add_ids(key, "movie", main.ids)
        self._add_file(main.video, key, nfo)
        self._wholes.setdefault(main.folder.path, set()).add(key)
        self._wholes.setdefault(main.folder.family, set()).add(key)

    def _add_episodes(self, main: MainVideo, first: str, show_key: str, identity: Identity) -> None:
        facts, folder = main.video.facts, main.folder
        numbered = numbers(facts)
        for position, (suffix, title, wanted) in enumerate(numbered):
            nfo = main.episode_nfo(position)
            parent = show_key
            if wanted.get("season_number") is not None:
                parent = self._add_season(show_key, wanted["season_number"])
            key = first if position == 0 else identity.episode(f"{show_key}/{suffix}", nfo.external_ids if nfo else ())
            shared = {"shared_file_key": first if position else None}
            row = {"item_key": key, "media_type": "episode", "title": title, "parent_key": parent, **wanted}
            length = measured(nfo, facts, main.video.probe) if len(numbered) == 1 else {}
            self._add_item(row | told_fields(nfo) | length | shared, nfo)
            self._add_ids(key, "episode", nfo.external_ids if nfo else ())
            if position == 0:
                self._add_file(main.video, key, nfo)
                if folder.path != folder.family:
                    self._wholes.setdefault(folder.path, set()).add(parent)

    def _add_show(self, main: MainVideo, key: str) -> None:
        facts, own, nfo = main.video.facts, main.own, main.whole
        if key not in self._said:
            row = {"item_key": key, "media_type": "show", "title": facts.title, "year": facts.year}
            self._add_item(row | told_fields(nfo), nfo)
            self._add_ids(key, "show", main.ids)
        if nfo or normalise(facts.title) in normalise(os.path.basename(own.path)):
            self._wholes.setdefault(own.path, set()).add(key)

    def _add_season(self, show_key: str, number: int) -> str:
        key = f"{show_key}/s{number:02d}"
        if key not in self._said:
            title = "Specials" if number == 0 else f"Season {number}"
            row = {"media_type": "season", "title": title, "parent_key": show_key, "season_number": number}
            self._add_item({"item_key": key, **row}, None)
        return key

    def _add_extra(self, video: ScannedVideo, folder: ScannedFolder, identity: Identity) -> None:
        """An extra belongs to the film whose name it begins with, else to the only film or show around it."""
        stem = video.stem.lower()
        named = {key for name, key in self._stems.get(folder.path, {}).items() if stem.startswith(name)}
        around = (named, self._wholes.get(folder.path, set()), self._wholes.get(folder.family, set()))
        owners = next((keys for keys in around if keys), set())
        known = identity.key_of_path(shown(video.entry.path))
        if len(owners) == 1:
            self._add_file(video, next(iter(owners)), None)
        elif known in self._said:
            self._add_file(video, known, None)
        elif video.probe is not None:
            self.problems.append((video.entry.path, f"is a {video.facts.file_role} of no film or show beside it"))

    def _add_item(self, row: dict[str, Any], nfo: NfoFacts | None) -> None:
        key = row["item_key"]
        self._said.setdefault(key, []).append((row, nfo))
        if nfo is None:
            return
        self._rows["field_source"] += [
            {"item_key": key, "field_name": name, "source": "nfo", "set_at": self.now} for name in told_fields(nfo)
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

    def _add_ids(self, key: str, space: str, ids: Iterable[tuple[str, str]]) -> None:
        self._rows["external_id"] += [
            {"item_key": key, "source": source, "id_space": space, "external_id": value} for source, value in ids
        ]

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
        if key is None or key not in self._said:
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
        is_film = whole is not None and self._type(whole) == "movie"
        return whole if not sidecar.stem and (sidecar.kind == "artwork" or is_film) else None

    def _add_artwork(self, sidecar: Sidecar, folder: str, key: str) -> None:
        path = shown(os.path.join(folder, sidecar.name))
        is_still = sidecar.artwork_type == "thumb" and self._type(key) == "episode"
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

    def _type(self, key: str) -> str:
        return str(self._said[key][0][0]["media_type"])


_REPLACED = ("media_stream", "credit", "artwork", "subtitle")
_STREAM_FIELDS = tuple(name for name in TABLES["media_stream"].columns if name != "path")


def _columns(table: str, rows: Iterable[Mapping[str, Any]]) -> pl.Schema:
    """Types of the columns that any row has; those a table requires always."""
    used = set(TABLES[table].required).union(*rows)
    return pl.Schema({name: dtype for name, dtype in TABLES[table].columns.items() if name in used})

"""Owns which item a name or an NFO means: one that the library has, or a new one; and the natural key of either.

An item is known by an external id, then by its title and year, then by the files it has. What a user renames
stays what it is: when all files of an item say another name, the item takes that name and its key follows.
Two things that an id tells apart never become one. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

__all__ = ["Claim", "Identity", "KnownItem", "KnownItems", "Mentioned", "Naming"]

_Id = tuple[str, str]
"""(source, external id)."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What names a film or show.

    Attributes:
        media_type: "movie" or "show".
        titles: (normalised title, year), of the file name first, then of the NFO where that says another.
        ids: (source, external id) that an NFO gives.
    """

    media_type: str
    titles: tuple[tuple[str, int | None], ...]
    ids: tuple[_Id, ...] = ()

    @property
    def key(self) -> str:
        """The natural key of a new item of that name."""
        title, year = self.titles[0]
        return f"{self.media_type}:{title}:{year or ''}"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What a group of folders speaks of: the paths of its videos, its films and shows, and values of external ids."""

    paths: Sequence[str]
    namings: Sequence[Naming]
    external_ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A film or show that the library has: its natural key, normalised title, year and ids by source."""

    key: str
    media_type: str
    title_key: str
    year: int | None
    ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KnownItems:
    """What the library has of all that a group of folders may mean.

    Attributes:
        named: Films and shows of the titles, ids and keys in question.
        by_id: (source, id space, external id) to item key.
        by_path: Path of each file to (item key, media type) of its item.
        show_of: Key of an episode with a file to that of its show.
        parts: Key of a show to those of its seasons and episodes.
        files: Key of an item, shows included, to the paths of its files that are there.
    """

    named: Sequence[KnownItem] = ()
    by_id: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    by_path: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    show_of: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    files: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """A file says that it is an item.

    Attributes:
        path: The file.
        media_type: "movie" or "episode".
        key: What the item would be called.
        ids: (source, external id) that an NFO gives.
        is_read: Whether the file is new or changed, and not as it was.
    """

    path: str
    media_type: str
    key: str
    ids: tuple[_Id, ...] = ()
    is_read: bool = True


class Identity:
    """Decides for one group of folders.

    Attributes:
        known: What the library has.
        renamed: Natural keys that items had to those they have from now on; to be carried out before loading.
    """

    def __init__(self, known: KnownItems) -> None:
        self.known = known
        self.renamed: dict[str, str] = {}
        self._by_id = dict(known.by_id)
        self._items = {item.key: item for item in known.named}
        self._keys = {*self._items, *(key for key, _ in known.by_path.values())}
        self._keys = self._keys.union(*known.parts.values())

    def wholes(self, namings: Mapping[Naming, frozenset[str]]) -> dict[Naming, str]:
        """The item of each film or show named. `namings`: each with the paths of the files that say so."""
        found = {naming: key for naming in namings if (key := self._exactly(naming))}
        for naming, paths in namings.items():
            if naming not in found:
                found[naming] = self._with_id(naming.ids, naming.media_type) or self._nearly(
                    naming, paths, set(found.values())
                )
            self._note(naming.ids, naming.media_type, found[naming])
            self._is_named(found[naming], naming)
        return found

    def files(self, claims: Sequence[Claim]) -> dict[str, str]:
        """The item of each file, by path."""
        leaving = self._leaving(claims)
        found = {}
        for claim in claims:
            found[claim.path] = self._with_id(claim.ids, claim.media_type) or self._of_file(claim, leaving)
            self._note(claim.ids, claim.media_type, found[claim.path])
        return found

    def episode(self, key: str, ids: tuple[_Id, ...]) -> str:
        """The item of a further episode in a file: of its id, else of its place."""
        found = self._with_id(ids, "episode") or key
        self._note(ids, "episode", found)
        return found

    def key_of_path(self, path: str) -> str | None:
        """The item that a file is known to belong to."""
        held = self.known.by_path.get(path)
        return self._now(held[0]) if held else None

    def _exactly(self, naming: Naming) -> str | None:
        """By id, else by title and year, else by key."""
        if found := self._with_id(naming.ids, naming.media_type):
            return found
        for title, year in reversed(naming.titles):
            keys = [item.key for item in self._titled(naming, title) if item.year == year]
            if len(keys) > 1:
                keys = [key for key in keys if key == naming.key]
            if keys:
                return keys[0]
        held = self._items.get(naming.key)
        return held.key if held and not _differ(held, naming) else None

    def _nearly(self, naming: Naming, paths: frozenset[str], taken: set[str]) -> str:
        """By a title whose year one side does not know, or by the files; else a new item."""
        for keys in (self._lacking_year(naming), self._shows_of(naming, paths)):
            key = next(iter(keys)) if len(keys) == 1 else None
            if key and key not in taken and self.known.files.get(key, frozenset()) <= paths:
                return self._rename(key, naming.key)
        held = self._items.get(naming.key)
        if held is None or not _differ(held, naming):
            return naming.key
        # its id says that it is not the one of that name
        source, value = naming.ids[0]
        return f"imdb:{value}" if source == "imdb" else f"{source}:{naming.media_type}:{value}"

    def _titled(self, naming: Naming, title: str) -> Iterator[KnownItem]:
        for item in self.known.named:
            if item.media_type == naming.media_type and item.title_key == title and not _differ(item, naming):
                yield item

    def _lacking_year(self, naming: Naming) -> set[str]:
        """What has the title and no year; a show may be named without its year, too."""
        return {
            item.key
            for title, year in naming.titles
            for item in self._titled(naming, title)
            if item.year is None or (year is None and naming.media_type == "show")
        }

    def _shows_of(self, naming: Naming, paths: frozenset[str]) -> set[str]:
        """The shows that these files belong to, as the library has them."""
        if naming.media_type != "show":
            return set()
        held = {self.known.by_path[path][0] for path in paths if path in self.known.by_path}
        return {self.known.show_of[key] for key in held if key in self.known.show_of}

    def _rename(self, old: str, new: str) -> str:
        """The key that a show or film has from now on: the new one if it is free, and the old one made of a name."""
        if old == new or new in self._keys or not _is_name(old):
            return old
        self.renamed[old] = new
        for part in self.known.parts.get(old, ()):
            if part.startswith(f"{old}/"):
                self.renamed[part] = new + part.removeprefix(old)
        return new

    def _leaving(self, claims: Sequence[Claim]) -> set[str]:
        """Items all of whose files claim one other name that is free or is being left: they take it."""
        wants: dict[str, set[str]] = defaultdict(set)
        by: dict[str, set[str]] = defaultdict(set)
        for claim in claims:
            held = self.known.by_path.get(claim.path)
            if held and held[1] == claim.media_type and not self._with_id(claim.ids, claim.media_type):
                wants[held[0]].add(claim.key)
                by[held[0]].add(claim.path)
        leaving: dict[str, str] = {}
        for key, names in wants.items():
            new = next(iter(names))
            is_whole = len(names) == 1 and self.known.files.get(key, frozenset()) <= by[key]
            if is_whole and new != self._now(key) and new not in leaving.values():
                leaving[key] = new
        there = {self._now(key) for key in self._keys}
        while blocked := {k for k, new in leaving.items() if new in there - {self._now(each) for each in leaving}}:
            leaving = {key: new for key, new in leaving.items() if key not in blocked}
        for key, new in leaving.items():
            if _is_name(key) and _is_name(new):
                self.renamed[key] = new
        return set(leaving)

    def _of_file(self, claim: Claim, leaving: set[str]) -> str:
        held = self.known.by_path.get(claim.path)
        if held is None or held[1] != claim.media_type or (claim.is_read and held[0] not in leaving):
            return claim.key
        return self._now(held[0])

    def _with_id(self, ids: Iterable[_Id], space: str) -> str | None:
        keys = (self._by_id.get((source, space, value)) for source, value in ids)
        return next((self._now(key) for key in keys if key), None)

    def _note(self, ids: Iterable[_Id], space: str, key: str) -> None:
        for source, value in ids:
            self._by_id.setdefault((source, space, value), key)

    def _is_named(self, key: str, naming: Naming) -> None:
        """The item of that key has these ids, too."""
        held = self._items.get(key) or KnownItem(key, naming.media_type, *naming.titles[0], ids={})
        self._items[key] = replace(held, ids={**dict(naming.ids), **held.ids})

    def _now(self, key: str) -> str:
        return self.renamed.get(key, key)


def _is_name(key: str) -> bool:
    """Whether a natural key is made of a name, and not an id."""
    return key.startswith(("movie:", "show:"))


def _differ(item: KnownItem, naming: Naming) -> bool:
    """Whether ids of one source say that these are two things."""
    return any(item.ids.get(source, value) != value for source, value in naming.ids)

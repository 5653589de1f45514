"""Owns reading an item of Wikidata: its labels, and the values of its claims, the preferred before the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from mediamgr.providers.reading import Said, reading_day

__all__ = ["Claim", "Item"]

_A_DAY: Final = 11
_A_YEAR: Final = 9
_TIME: Final = re.compile(r"\+(\d{4})-\d\d-\d\d")


class Claim(NamedTuple):
    """One value of a property, and what qualifies it."""

    value: Said
    qualifiers: Said

    def item(self) -> str | None:
        """The item that it names."""
        return self.value.one("value").text("id")

    def text(self) -> str | None:
        """An id, or words in whatever language."""
        return self.value.text("value") or self.value.one("value").text("text")

    def day(self) -> tuple[int, date | None] | None:
        """The year, and the day where that is known."""
        told = self.value.one("value")
        written = _TIME.match(told.text("time") or "")
        if written is None or (told.whole("precision") or 0) < _A_YEAR:
            return None
        exact = reading_day(written[0][1:]) if told.whole("precision") == _A_DAY else None
        return int(written[1]), exact

    def amount(self, unit: str) -> float | None:
        """How many of a unit, "Q7727" for minutes; None when they are of another."""
        told = self.value.one("value")
        return told.number("amount") if (told.text("unit") or "").endswith(f"/{unit}") else None


class Item:
    """An item.

    Args:
        q: Its number, "Q42".
        told: What Wikidata says of it.
    """

    def __init__(self, q: str, told: Said) -> None:
        self.q, self._told = q, told

    def label(self, languages: Sequence[str]) -> str | None:
        """What it is called in the first of the languages that has a name for it."""
        labels = self._told.one("labels")
        return next((label for each in languages if (label := labels.one(each).text("value"))), None)

    def names(self) -> list[str]:
        """All that it is called."""
        labels, aliases = self._told.one("labels"), self._told.one("aliases")
        called = [labels.one(each).text("value") for each in labels.names()]
        called += [name for each in aliases.names() for name in aliases.texts(each, "value")]
        return list(dict.fromkeys(name for name in called if name))

    def claims(self, p: str) -> list[Claim]:
        """The values of a property; where some are preferred only these, and none that are deprecated."""
        ranked = list(self._ranked(p))
        best = [claim for rank, claim in ranked if rank == "preferred"]
        return best or [claim for rank, claim in ranked if rank != "deprecated"]

    def texts(self, p: str) -> list[str]:
        """The values of a property that is an id or words."""
        return [text for each in self.claims(p) if (text := each.text())]

    def items(self, p: str) -> list[str]:
        """The numbers of the items that a property names."""
        return [q for each in self.claims(p) if (q := each.item())]

    def _ranked(self, p: str) -> Iterator[tuple[str | None, Claim]]:
        for each in self._told.one("claims").each(p):
            snak = each.one("mainsnak")
            if snak.text("snaktype") == "value":
                yield each.text("rank"), Claim(snak.one("datavalue"), each.one("qualifiers"))

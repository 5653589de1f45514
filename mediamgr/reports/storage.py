"""Owns the storage report: what takes the room, and what would free some."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from mediamgr.reports._asker import Asker
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports._question import Question, Report

__all__ = ["STORAGE", "StorageQuestions"]

By = Literal["library", "type", "codec", "resolution", "hdr", "container", "decade", "folder", "source", "audio"]
LargestBy = Literal["item", "show"]
DensityBy = Literal["codec", "resolution", "hdr", "source", "container", "library"]
DensestBy = Literal["times_usual", "bits_per_pixel", "gb_per_hour"]
GrowthBy = Literal["all", "library", "type", "codec", "resolution"]
Every = Literal["day", "week", "month", "quarter", "year"]
SavingsBy = Literal["way", "item", "codec", "resolution", "library"]
TargetCodec = Literal["hevc", "av1", "h264"]

_FILTERS: Final = {
    "library": "library",
    "type": "media_type",
    "codec": "video_codec",
    "resolution": "resolution",
    "decade": "decade",
}


def _opened(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Items with a file like that, of the library that was asked for; None where no filter of the browser says so."""
    name, value = _FILTERS.get(row["by"]), row["value"]
    if name is None or value is None or not value.strip():
        return None
    narrowed = {"library": row["library"]} if row["library"] else {}
    return {**narrowed, name: value}


_BY: Final = Question(
    "storage",
    "Where the bytes are",
    "A row that has many gigabytes an hour beside few bits per pixel gained nothing by them: old codecs, as a rule.",
    opens=_opened,
)
_LARGEST: Final = Question(
    "storage_largest",
    "The largest items",
    "Several files beside several resolutions are copies of the same thing; one that is long is large by right: look "
    "at its gigabytes an hour.",
)
_DENSITY: Final = Question(
    "storage_density",
    "How dense the files are",
    "Old codecs lie to the right: they need more bits for the same picture. A long bar is a property whose files have "
    "little in common: those at its right end are worth a look.",
)
_DENSEST: Final = Question(
    "storage_densest",
    "The densest files",
    "Times usual says how many times the bits of the middle file of the same codec and resolution; 3 and more is a "
    "copy made for an archive, or one made without care.",
)
_GROWTH: Final = Question(
    "storage_growth",
    "How it grew",
    "A step is a day on which much came at once. The last year's slope says when the disks are full.",
)
_SAVINGS: Final = Question(
    "storage_savings",
    "What would free room",
    "An estimate by a model that its SQL states. Samples and spare copies cost nothing but a look; encoding anew takes "
    "weeks of computing and loses a little: begin with the old codecs.",
)
STORAGE: Final = Report(
    "storage",
    "Storage",
    "What takes the room, and what would free some.",
    (_BY, _LARGEST, _DENSITY, _DENSEST, _GROWTH, _SAVINGS),
)


class StorageQuestions(Asker):
    """Asks them."""

    def storage(self, by: By = "codec", *, library: str | None = None, depth: int = 3) -> ReportFrame:
        """What takes the room, by one property of files; see `sql/reports/storage.sql` for columns and units.

        Args:
            by: What makes a row.
            library: Only of this one; None: of all.
            depth: How many folders of a path make one, for by="folder".
        """
        return self._ask(_BY, by=by, library=library, depth=depth)

    def storage_largest(self, by: LargestBy = "item", *, library: str | None = None, rows: int = 50) -> ReportFrame:
        """The items that take the most room; see `sql/reports/storage_largest.sql` for columns and units.

        Args:
            by: "item": an episode is a row; "show": a show is one, with all its episodes. Films are rows in both.
            library: Only of this one; None: of all.
            rows: How many.
        """
        return self._ask(_LARGEST, by=by, library=library, rows=rows)

    def storage_density(self, by: DensityBy = "codec", *, library: str | None = None) -> ReportFrame:
        """Gigabytes an hour and bits per pixel of main files; see `sql/reports/storage_density.sql` for columns.

        Args:
            by: What makes a row.
            library: Only of this one; None: of all.
        """
        return self._ask(_DENSITY, by=by, library=library)

    def storage_densest(
        self, by: DensestBy = "times_usual", *, library: str | None = None, least_minutes: float = 5.0, rows: int = 50
    ) -> ReportFrame:
        """The files with the most bits for what they show; see `sql/reports/storage_densest.sql` for columns and units.

        Args:
            by: What they are ranked by.
            library: Only of this one; None: of all.
            least_minutes: Shorter files are left out.
            rows: How many.
        """
        return self._ask(_DENSEST, by=by, library=library, least_minutes=least_minutes, rows=rows)

    def storage_growth(
        self, by: GrowthBy = "resolution", *, every: Every = "month", library: str | None = None
    ) -> ReportFrame:
        """Bytes and files by when they were added; see `sql/reports/storage_growth.sql` for columns and units.

        Args:
            by: What makes a line.
            every: How long a period is.
            library: Only of this one; None: of all.
        """
        return self._ask(_GROWTH, by=by, every=every, library=library)

    def storage_savings(
        self,
        by: SavingsBy = "way",
        *,
        codec: TargetCodec = "hevc",
        quality: float = 1.0,
        sound_kbps: float = 448.0,
        least_share: float = 0.2,
        library: str | None = None,
        rows: int = 100,
    ) -> ReportFrame:
        """What encoding old codecs anew, and letting go of what nobody watches, would free by a model.

        A file is in one way at most: sample, trailer or extra; else spare copy, of an item nobody played, beside a
        better file of the same edition; else re-encode, when its codec wants more bits than the target codec. The
        target is seconds x (width x height x frame rate x bits per pixel of the target codec x factor of the resolution
        x quality + 1000 x sound_kbps) / 8, never more than its size. `sql/reports/storage_savings.sql` has the numbers.

        Args:
            by: What makes a row; "item" ranks items by the bytes they would free.
            codec: What old codecs would be encoded to.
            quality: Times the target's bits per pixel: 2 for hardly any loss, 0.7 for small files.
            sound_kbps: Kilobits a second that the target spends on sound.
            least_share: Of a file's size, 0 to 1: encoding anew for less is left out.
            library: Only of this one; None: of all.
            rows: How many.
        """
        return self._ask(
            _SAVINGS,
            by=by,
            codec=codec,
            quality=quality,
            sound_kbps=sound_kbps,
            least_share=least_share,
            library=library,
            rows=rows,
        )

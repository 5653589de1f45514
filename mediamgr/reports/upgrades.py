"""Owns the report on quality upgrades: what is worth a better copy, and the rules that say so."""

from __future__ import annotations

from typing import Final, Literal

from mediamgr.reports._asker import Asker
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports._question import Question, Report

__all__ = ["UPGRADES", "UpgradesQuestions"]

Resolution = Literal["480p", "576p", "720p", "1080p", "1440p", "2160p"]
UpgradesBy = Literal["library", "type", "decade", "resolution", "codec", "source", "all"]

_ITEMS: Final = Question(
    "upgrades",
    "Worth a better copy",
    "The first rows are watched often, rated well and held badly. The reasons say what to look for in a better copy; "
    "the factors say what each costs: the smallest hurts most.",
)
_BY: Final = Question(
    "upgrades_by",
    "What is lacking, and where",
    "A dark cell is a habit: a library that was filled from one kind of source lacks the same thing all over.",
)
_SCORES: Final = Question(
    "upgrades_scores",
    "How the scores spread",
    "Two hills are two times of collecting. What lies left of 50 is from the years of DVDs.",
)
_RULES: Final = Question(
    "upgrades_rules",
    "The rules",
    "A score is 100 times the product of five factors, one of each property. Nothing else is in it.",
)
UPGRADES: Final = Report(
    "upgrades",
    "Quality upgrades",
    "What is worth a better copy, by rules that can be read.",
    (_ITEMS, _BY, _SCORES, _RULES),
)


class UpgradesQuestions(Asker):
    """Asks them."""

    def upgrades(
        self,
        *,
        library: str | None = None,
        least_resolution: Resolution = "1080p",
        least_bitrate: float = 1.0,
        least_channels: int = 6,
        hdr_from: Resolution = "2160p",
        poor: float = 0.9,
        min_rating: float = 0.0,
        unrated: float = 5.0,
        rows: int = 100,
    ) -> ReportFrame:
        """Items whose best file lacks something, and what; see `sql/reports/upgrades.sql` for columns and units.

        A score is 100 times the product of the factors for source, resolution, codec, HDR and sound
        (`lib.reports.upgrades_rules()`). A file with too few bits for its resolution counts as the highest resolution
        for which it has enough. priority is (100 - score) / 100 x (1 + log2(1 + plays)) x rating.

        Args:
            library: Only of this one; None: of all.
            least_resolution: Fewer lines are a reason.
            least_bitrate: Times the megabits a second that the rules want: less is a reason, and counts as fewer lines.
            least_channels: Of sound: fewer are a reason.
            hdr_from: SDR of as many lines is a reason.
            poor: A source or a codec of a smaller factor is a reason.
            min_rating: Only of items rated so or better, 0 to 10.
            unrated: The rating that items without one are taken to have.
            rows: How many.
        """
        return self._ask(
            _ITEMS,
            library=library,
            least_resolution=least_resolution,
            least_bitrate=least_bitrate,
            least_channels=least_channels,
            hdr_from=hdr_from,
            poor=poor,
            min_rating=min_rating,
            unrated=unrated,
            rows=rows,
        )

    def upgrades_by(
        self,
        by: UpgradesBy = "library",
        *,
        library: str | None = None,
        least_resolution: Resolution = "1080p",
        least_bitrate: float = 1.0,
        least_channels: int = 6,
        hdr_from: Resolution = "2160p",
        poor: float = 0.9,
    ) -> ReportFrame:
        """How many items lack what; see `sql/reports/upgrades_by.sql` for columns and units.

        Args:
            by: What makes a row, with the reason.
            library: Only of this one; None: of all.
            least_resolution: Fewer lines are a reason.
            least_bitrate: Times the megabits a second that the rules want: less is a reason, and counts as fewer lines.
            least_channels: Of sound: fewer are a reason.
            hdr_from: SDR of as many lines is a reason.
            poor: A source or a codec of a smaller factor is a reason.
        """
        return self._ask(
            _BY,
            by=by,
            library=library,
            least_resolution=least_resolution,
            least_bitrate=least_bitrate,
            least_channels=least_channels,
            hdr_from=hdr_from,
            poor=poor,
        )

    def upgrades_scores(
        self, by: UpgradesBy = "library", *, library: str | None = None, least_bitrate: float = 1.0
    ) -> ReportFrame:
        """How the scores of items spread; see `sql/reports/upgrades_scores.sql` for columns and units.

        Args:
            by: What makes a line.
            library: Only of this one; None: of all.
            least_bitrate: Times the megabits a second that the rules want: with less a file counts as fewer lines.
        """
        return self._ask(_SCORES, by=by, library=library, least_bitrate=least_bitrate)

    def upgrades_rules(self) -> ReportFrame:
        """The rules that judge a file, one row each; see `sql/reports/upgrades_rules.sql` for columns and units."""
        return self._ask(_RULES)

"""Owns the report of metadata health: what is missing, broken or doubtful, and what would help most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from mediamgr.languages import normalise_language
from mediamgr.reports._asker import Asker
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports._question import Given, Question, Report

__all__ = ["HEALTH", "HealthQuestions"]

Complaint = Literal[
    "all", "no_year", "no_runtime", "no_plot", "no_poster", "no_external_id", "no_genres", "no_wanted_audio",
    "no_wanted_subtitles", "no_file", "file_gone", "broken_file", "doubtful_match", "sources_disagree",
    "runtime_differs", "picture_failed", "uncertain_person", "file_set_aside", "file_of_no_item", "job_failed",
]  # fmt: skip
_WANTED: Final = ["en"]
_FILTERS: Final[Mapping[str, Mapping[str, Any]]] = {
    "no_poster": {"lacks": "poster"},
    "no_plot": {"lacks": "plot", "media_type": ["movie", "show", "episode"]},
    "file_gone": {"missing": True, "media_type": ["movie", "episode"]},
}
"""Complaints that the browser has a filter for."""


def _with_complaint(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """All items of the row's library that have its complaint, where a filter says just that."""
    found = _FILTERS.get(row["complaint"] or "")
    return {"library": row["library"], **found} if found else None


def _language_of(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """What has sound in the row's language."""
    return {"library": row["library"], "audio_language": row["language"]} if row["language"] and row["audio"] else None


def _in_tags(given: Given) -> Given:
    """Languages as the library's columns have them; what is no language stays as it is, and finds nothing."""
    named = given.get("languages", ())
    return {**given, "languages": [normalise_language(each) or each for each in named]} if named else given


_COMPLAINTS: Final = Question(
    "health",
    "What is wrong",
    "A complaint that most items have comes from one cause, as a rule: nobody was asked yet, or a drive is not mounted."
    " The rare ones are about the item itself.",
    reads=_in_tags,
    opens=_with_complaint,
)
_ITEMS: Final = Question(
    "health_items",
    "What to do, item by item",
    "Begin with broken files and files that are gone: all else can be asked for again at any time.",
    reads=_in_tags,
)
_SCORE: Final = Question(
    "health_score",
    "How healthy each library is",
    "The complaint on top of a library is the one whose end would raise its score most. The weights are in the"
    " statement: change them there to what matters to you.",
    reads=_in_tags,
    opens=_with_complaint,
)
_LANGUAGES: Final = Question(
    "health_languages",
    "Languages heard and read",
    "Sound that does not say its language cannot be chosen by a player. A language with many subtitles and little sound"
    " is one in which you read.",
    opens=_language_of,
)
HEALTH: Final = Report(
    "health",
    "Metadata health",
    "What is missing, broken, doubtful or contradictory, what to do about it, and what would help most.",
    (_COMPLAINTS, _ITEMS, _SCORE, _LANGUAGES),
)


class HealthQuestions(Asker):
    """Asks them."""

    def health(self, *, library: str | None = None, languages: Sequence[str] = _WANTED) -> ReportFrame:
        """What is wrong or missing in each library, with an example; see `sql/reports/health.sql`.

        Args:
            library: Only of this one; None: of all.
            languages: Wanted in sound and subtitles, any of them: "es", "pt-BR" or "Spanish".
        """
        return self._ask(_COMPLAINTS, library=library, languages=languages)

    def health_items(
        self,
        complaint: Complaint = "all",
        *,
        library: str | None = None,
        languages: Sequence[str] = _WANTED,
        most: int = 100,
    ) -> ReportFrame:
        """Each item, file or job that something is wrong with, and what to do; see `sql/reports/health_items.sql`.

        Args:
            complaint: Which.
            library: Only of this one; None: of all.
            languages: Wanted in sound and subtitles, any of them: "es", "pt-BR" or "Spanish".
            most: At most so many of each complaint.
        """
        return self._ask(_ITEMS, complaint=complaint, library=library, languages=languages, most=most)

    def health_score(self, *, library: str | None = None, languages: Sequence[str] = _WANTED) -> ReportFrame:
        """A score by library, 0 to 100, and what would raise it most; see `sql/reports/health_score.sql`.

        Args:
            library: Only of this one; None: of all.
            languages: Wanted in sound and subtitles, any of them: "es", "pt-BR" or "Spanish".
        """
        return self._ask(_SCORE, library=library, languages=languages)

    def health_languages(self, *, library: str | None = None) -> ReportFrame:
        """Which languages films and episodes are heard and read in; see `sql/reports/health_languages.sql`.

        Args:
            library: Only of this one; None: of all.
        """
        return self._ask(_LANGUAGES, library=library)

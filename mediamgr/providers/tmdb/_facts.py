"""Owns how TMDB's answers become facts: its names for kinds, jobs and states, and the addresses of its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

from mediamgr.countries import country_code
from mediamgr.providers.facts import ROLES, CreditFacts, MediaType, PictureFacts, WorkFacts
from mediamgr.providers.genres import same_genres
from mediamgr.providers.reading import Said, known

__all__ = ["Reader"]

_JOBS: Final = {
    "Director": "director", "Writer": "writer", "Screenplay": "writer", "Story": "writer", "Teleplay": "writer",
    "Author": "writer", "Novel": "writer", "Producer": "producer", "Executive Producer": "producer",
    "Original Music Composer": "composer", "Music": "composer", "Director of Photography": "cinematographer",
    "Editor": "editor", "Creator": "creator",
}  # fmt: skip
_STATES: Final = {
    "Returning Series": "continuing", "Ended": "ended", "Canceled": "canceled", "Planned": "upcoming",
    "In Production": "upcoming", "Pilot": "upcoming", "Post Production": "upcoming",
}  # fmt: skip
_PICTURES: Final = {
    "posters": ("poster", "poster_path", 780),
    "backdrops": ("backdrop", "backdrop_path", 1280),
    "logos": ("logo", "logo_path", 500),
    "stills": ("still", "still_path", 300),
}
"""List of pictures to what they are here, the field of the best of them, and the width in pixels that is fetched."""


class Reader:
    """Reads answers.

    Args:
        pictures: Address below which pictures are.
        language: What was asked for, BCP 47; its region is whose content rating is meant.
    """

    def __init__(self, pictures: str, language: str) -> None:
        self._pictures = pictures
        self._region = language.partition("-")[2].upper() or "US"

    def found(self, told: Said, media_type: MediaType) -> WorkFacts:
        """A film or show among results."""
        is_movie = media_type == "movie"
        title = told.text("title" if is_movie else "name")
        original = told.text("original_title" if is_movie else "original_name")
        premiered_on = told.day("release_date" if is_movie else "first_air_date")
        votes = told.whole("vote_count")
        fields = known(
            original_title=original if original != title else None,
            year=premiered_on.year if premiered_on else None,
            premiered_on=premiered_on,
            rating=told.number("vote_average", 0, 10) if votes else None,
            votes=votes or None,
            plot=told.text("overview"),
            original_language=told.text("original_language"),
        )
        own = told.text("id") or ""
        others = (original,) if original and original != title else ()
        pictures = tuple(self._best(told, ("posters", "backdrops")))
        return WorkFacts("tmdb", own, media_type, title or original or "", fields, {"tmdb": own}, others, (), pictures)

    def whole(self, told: Said, media_type: MediaType) -> WorkFacts:
        """All of a film or show; of its seasons what the show's own answer says."""
        short = self.found(told, media_type)
        return WorkFacts(
            "tmdb",
            short.id,
            media_type,
            short.title,
            {
                **short.fields,
                **(self._of_film(told) if media_type == "movie" else self._of_show(told)),
                **_of_any(told),
            },
            {**short.ids, **_ids(told)},
            tuple(dict.fromkeys((*short.other_titles, *_other_titles(told)))),
            tuple(chain(_creators(told), _credits(told.one("credits"), "actor"))),
            _once((*short.pictures, *self._all(told.one("images")))),
            tuple(self.season(each) for each in told.each("seasons")),
            is_whole=True,
        )

    def season(self, told: Said) -> WorkFacts:
        """A season, with its episodes where they are told."""
        premiered_on = told.day("air_date")
        number = told.whole("season_number")
        fields = known(
            season_number=number,
            premiered_on=premiered_on,
            year=premiered_on.year if premiered_on else None,
            plot=told.text("overview"),
        )
        own = told.text("id") or ""
        episodes = tuple(self._episode(each) for each in told.each("episodes"))
        pictures = tuple(self._best(told, ("posters",)))
        title = told.text("name") or f"Season {number}"
        return WorkFacts("tmdb", own, "season", title, fields, _own(own), (), (), pictures, episodes, is_whole=True)

    def _episode(self, told: Said) -> WorkFacts:
        premiered_on, votes, own = told.day("air_date"), told.whole("vote_count"), told.text("id") or ""
        fields = known(
            season_number=told.whole("season_number"),
            episode_number=told.whole("episode_number"),
            premiered_on=premiered_on,
            year=premiered_on.year if premiered_on else None,
            runtime_minutes=told.whole("runtime", 1, 2000),
            rating=told.number("vote_average", 0, 10) if votes else None,
            votes=votes or None,
            plot=told.text("overview"),
        )
        credits = tuple(chain(_credits(told, "guest_star")))
        pictures = tuple(self._best(told, ("stills",)))
        title = told.text("name") or f"Episode {fields.get('episode_number', '')}".strip()
        return WorkFacts("tmdb", own, "episode", title, fields, _own(own), (), credits, pictures, is_whole=True)

    def _of_film(self, told: Said) -> dict[str, Any]:
        return known(
            runtime_minutes=told.whole("runtime", 1, 2000),
            collection=told.one("belongs_to_collection").text("name"),
            studios=told.texts("production_companies", "name"),
            content_rating=self._certification(
                (country.text("iso_3166_1"), (each.text("certification") for each in country.each("release_dates")))
                for country in told.one("release_dates").each("results")
            ),
        )

    def _of_show(self, told: Said) -> dict[str, Any]:
        minutes = told.texts("episode_run_time")
        return known(
            runtime_minutes=Said({"": minutes[0]}).whole("", 1, 2000) if minutes else None,
            series_status=_STATES.get(told.text("status") or ""),
            studios=told.texts("networks", "name"),
            content_rating=self._certification(
                (country.text("iso_3166_1"), (country.text("rating"),))
                for country in told.one("content_ratings").each("results")
            ),
        )

    def _certification(self, by_country: Iterable[tuple[str | None, Iterable[str | None]]]) -> str | None:
        """Of the region asked for, else the American one."""
        told = {country: next((each for each in ratings if each), None) for country, ratings in by_country}
        return told.get(self._region) or told.get("US")

    def _best(self, told: Said, lists: Iterable[str]) -> Iterator[PictureFacts]:
        """The pictures that TMDB shows itself."""
        for name in lists:
            artwork_type, field, width = _PICTURES[name]
            if path := told.text(field):
                yield PictureFacts(artwork_type, self._address(path, width))

    def _all(self, told: Said) -> Iterator[PictureFacts]:
        for name, (artwork_type, _, most) in _PICTURES.items():
            for each in told.each(name):
                path, width, height = each.text("file_path"), each.whole("width", 1), each.whole("height", 1)
                if path and width and height:
                    shown = min(width, most)
                    address, spoken = self._address(path, most), each.text("iso_639_1")
                    yield PictureFacts(artwork_type, address, shown, round(height * shown / width), spoken)

    def _address(self, path: str, width: int) -> str:
        return f"{self._pictures}/w{width}/{path.lstrip('/')}"


def _once(pictures: Iterable[PictureFacts]) -> tuple[PictureFacts, ...]:
    """Each picture once, where it is named first, as the one who knows its size tells of it."""
    told: dict[str, PictureFacts] = {}
    for each in pictures:
        if each.url not in told or each.width:
            told[each.url] = each
    return tuple(told.values())


def _of_any(told: Said) -> dict[str, Any]:
    countries = told.texts("production_countries", "iso_3166_1") or told.texts("origin_country")
    return known(
        tagline=told.text("tagline"),
        genres=same_genres(told.texts("genres", "name")),
        countries=list(dict.fromkeys(code for each in countries if (code := country_code(each)))),
    )


def _own(own: str) -> dict[str, str]:
    return {"tmdb": own} if own else {}


def _ids(told: Said) -> dict[str, str]:
    said = told.one("external_ids")
    given = {"imdb": said.text("imdb_id") or told.text("imdb_id"), "tvdb": said.text("tvdb_id")}
    return {source: value for source, value in {**given, "wikidata": said.text("wikidata_id")}.items() if value}


def _other_titles(told: Said) -> list[str]:
    said = told.one("alternative_titles")
    return [*said.texts("titles", "title"), *said.texts("results", "title")]


def _creators(told: Said) -> Iterator[CreditFacts]:
    for position, each in enumerate(told.each("created_by")):
        if name := each.text("name"):
            yield CreditFacts(name, "creator", ROLES["creator"], None, position, _own(each.text("id") or ""))


def _credits(told: Said, acting: str) -> Iterator[CreditFacts]:
    """The cast, who are `acting` (actor or guest_star), and those of the crew whose job has a role here."""
    for each in chain(told.each("cast"), told.each("guest_stars")):
        if name := each.text("name"):
            ids = _own(each.text("id") or "")
            yield CreditFacts(name, acting, "cast", each.text("character"), each.whole("order"), ids)
    counted: dict[str, int] = {}
    for each in told.each("crew"):
        name, role = each.text("name"), _JOBS.get(each.text("job") or "")
        if name and role:
            position = counted[role] = counted.get(role, -1) + 1
            yield CreditFacts(name, role, ROLES[role], None, position, _own(each.text("id") or ""))

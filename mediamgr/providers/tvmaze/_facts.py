"""Owns how TVmaze's answers become facts; specials, which have no number there, are left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from mediamgr.countries import country_code
from mediamgr.languages import normalise_language
from mediamgr.providers.facts import CreditFacts, PictureFacts, WorkFacts
from mediamgr.providers.genres import same_genres
from mediamgr.providers.reading import Said, known, without_markup

__all__ = ["found", "whole"]

_STATES: Final = {
    "Running": "continuing",
    "To Be Determined": "continuing",
    "Ended": "ended",
    "In Development": "upcoming",
}
_PICTURES: Final = {"poster": "poster", "background": "backdrop", "banner": "banner", "typography": "logo"}


def found(told: Said) -> WorkFacts:
    """A show, as far as it tells of itself."""
    premiered_on = told.day("premiered")
    channel = told.one("network") or told.one("webChannel")
    country = country_code(channel.one("country").text("code") or "")
    fields = known(
        year=premiered_on.year if premiered_on else None,
        premiered_on=premiered_on,
        runtime_minutes=told.whole("averageRuntime", 1, 2000) or told.whole("runtime", 1, 2000),
        rating=told.one("rating").number("average", 0, 10),
        plot=without_markup(told.text("summary")),
        genres=same_genres(told.texts("genres")),
        countries=[country] if country else None,
        studios=[name] if (name := channel.text("name")) else None,
        original_language=normalise_language(told.text("language") or ""),
        series_status=_STATES.get(told.text("status") or ""),
    )
    others = told.one("externals")
    given = {"tvmaze": told.text("id"), "imdb": others.text("imdb"), "tvdb": others.text("thetvdb")}
    ids = {source: value for source, value in given.items() if value}
    title = told.text("name") or ""
    return WorkFacts(
        "tvmaze", ids.get("tvmaze", ""), "show", title, fields, ids, (), (), tuple(_poster(told, "poster"))
    )


def whole(told: Said) -> WorkFacts:
    """A show with what was embedded: seasons and their episodes, cast, pictures."""
    short, embedded = found(told), told.one("_embedded")
    episodes = defaultdict(list)
    for each in embedded.each("episodes"):
        if (number := each.whole("season")) is not None and each.whole("number") is not None:
            episodes[number].append(_episode(each))
    seasons = {number: each for each in embedded.each("seasons") if (number := each.whole("number")) is not None}
    return WorkFacts(
        "tvmaze",
        short.id,
        "show",
        short.title,
        short.fields,
        short.ids,
        (),
        tuple(_cast(embedded)),
        tuple(_pictures(embedded)) or short.pictures,
        tuple(
            _season(number, seasons.get(number, Said({})), tuple(episodes[number]))
            for number in sorted({*seasons, *episodes})
        ),
        is_whole=True,
    )


def _season(number: int, told: Said, episodes: tuple[WorkFacts, ...]) -> WorkFacts:
    premiered_on = told.day("premiereDate")
    fields = known(
        season_number=number,
        premiered_on=premiered_on,
        year=premiered_on.year if premiered_on else None,
        plot=without_markup(told.text("summary")),
    )
    own = told.text("id") or ""
    title, ids = told.text("name") or f"Season {number}", _own(own)
    pictures = tuple(_poster(told, "poster"))
    return WorkFacts("tvmaze", own, "season", title, fields, ids, (), (), pictures, episodes, is_whole=True)


def _episode(told: Said) -> WorkFacts:
    premiered_on, own = told.day("airdate"), told.text("id") or ""
    fields = known(
        season_number=told.whole("season"),
        episode_number=told.whole("number"),
        premiered_on=premiered_on,
        year=premiered_on.year if premiered_on else None,
        runtime_minutes=told.whole("runtime", 1, 2000),
        rating=told.one("rating").number("average", 0, 10),
        plot=without_markup(told.text("summary")),
    )
    title = told.text("name") or f"Episode {fields['episode_number']}"
    pictures = tuple(_poster(told, "still"))
    return WorkFacts("tvmaze", own, "episode", title, fields, _own(own), (), (), pictures, is_whole=True)


def _own(own: str) -> dict[str, str]:
    return {"tvmaze": own} if own else {}


def _cast(embedded: Said) -> Iterator[CreditFacts]:
    for position, each in enumerate(embedded.each("cast")):
        person = each.one("person")
        if name := person.text("name"):
            character = each.one("character").text("name")
            yield CreditFacts(name, "actor", "cast", character, position, _own(person.text("id") or ""))


def _poster(told: Said, artwork_type: str) -> Iterator[PictureFacts]:
    """The one picture that an answer names itself."""
    if url := told.one("image").text("original"):
        yield PictureFacts(artwork_type, url)


def _pictures(embedded: Said) -> Iterator[PictureFacts]:
    """All pictures, the main one of each type first."""
    for each in sorted(embedded.each("images"), key=lambda each: not each.is_true("main")):
        whole = each.one("resolutions").one("original")
        artwork_type, url = _PICTURES.get(each.text("type") or ""), whole.text("url")
        if artwork_type and url:
            yield PictureFacts(artwork_type, url, whole.whole("width", 1), whole.whole("height", 1))

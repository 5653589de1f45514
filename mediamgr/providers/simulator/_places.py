"""Owns what providers say of countries and languages: names, time zones, and their Wikidata items."""

from __future__ import annotations

from typing import Final, NamedTuple

from mediamgr.languages import language_name

__all__ = ["Country", "Language", "country", "language"]


class Country(NamedTuple):
    """A country: ISO 3166-1 code, English name, time zone, Wikidata item (None: not known here)."""

    code: str
    name: str
    timezone: str = "UTC"
    wikidata: int | None = None


class Language(NamedTuple):
    """A language: ISO 639-1 code, English name, its own name, Wikidata item (None: not known here)."""

    code: str
    name: str
    own_name: str
    wikidata: int | None = None


_COUNTRIES: Final = {
    each.code: each
    for each in (
        Country("AR", "Argentina", "America/Argentina/Buenos_Aires", 414),
        Country("AT", "Austria", "Europe/Vienna", 40),
        Country("AU", "Australia", "Australia/Sydney", 408),
        Country("BE", "Belgium", "Europe/Brussels", 31),
        Country("BR", "Brazil", "America/Sao_Paulo", 155),
        Country("CA", "Canada", "America/Toronto", 16),
        Country("CH", "Switzerland", "Europe/Zurich", 39),
        Country("CL", "Chile", "America/Santiago", 298),
        Country("CN", "China", "Asia/Shanghai", 148),
        Country("CO", "Colombia", "America/Bogota", 739),
        Country("DE", "Germany", "Europe/Berlin", 183),
        Country("DK", "Denmark", "Europe/Copenhagen", 35),
        Country("ES", "Spain", "Europe/Madrid", 29),
        Country("FI", "Finland", "Europe/Helsinki", 33),
        Country("FR", "France", "Europe/Paris", 142),
        Country("GB", "United Kingdom", "Europe/London", 145),
        Country("HK", "Hong Kong", "Asia/Hong_Kong", 8646),
        Country("IE", "Ireland", "Europe/Dublin", 27),
        Country("IN", "India", "Asia/Kolkata", 668),
        Country("IT", "Italy", "Europe/Rome", 38),
        Country("JP", "Japan", "Asia/Tokyo", 17),
        Country("KR", "South Korea", "Asia/Seoul", 884),
        Country("KZ", "Kazakhstan", "Asia/Almaty", 232),
        Country("MX", "Mexico", "America/Mexico_City", 96),
        Country("NZ", "New Zealand", "Pacific/Auckland", 664),
        Country("PT", "Portugal", "Europe/Lisbon", 45),
        Country("RU", "Russia", "Europe/Moscow", 159),
        Country("SE", "Sweden", "Europe/Stockholm", 34),
        Country("TW", "Taiwan", "Asia/Taipei", 865),
        Country("US", "United States", "America/New_York", 30),
    )
}
_LANGUAGES: Final = {
    each.code: each
    for each in (
        Language("de", "German", "Deutsch", 188),
        Language("en", "English", "English", 1860),
        Language("es", "Spanish", "Español", 1321),
        Language("fr", "French", "Français", 150),
        Language("hi", "Hindi", "हिन्दी", 1568),
        Language("it", "Italian", "Italiano", 652),
        Language("ja", "Japanese", "日本語", 5287),
        Language("ko", "Korean", "한국어/조선말", 9176),
        Language("pt", "Portuguese", "Português", 5146),
        Language("ru", "Russian", "Pусский", 7737),
        Language("sv", "Swedish", "svenska", 9027),
        Language("zh", "Chinese", "普通话", 7850),
    )
}


def country(code: str) -> Country:
    """What is known of a country; of others, only the code."""
    return _COUNTRIES.get(code, Country(code, code))


def language(tag: str) -> Language:
    """What is known of the language of a BCP 47 tag."""
    code = tag.split("-")[0]
    name = language_name(code) or code
    return _LANGUAGES.get(code, Language(code, name, name))

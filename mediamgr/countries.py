"""Owns the names of countries: from whatever sites and people write to ISO 3166 codes of two letters, and back.

Countries that are no more keep the code they had (SU, YU, CS, DD). What is not understood is None.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pycountry

__all__ = ["country_code", "country_name"]

# what pycountry does not know by the name that everybody uses, and the codes that TMDB made up
_ALSO: Final = {
    "burma": "MM", "cape verde": "CV", "czechoslovakia": "CS", "ddr": "DD", "east germany": "DD", "england": "GB",
    "federal republic of yugoslavia": "YU", "german democratic republic": "DD", "great britain": "GB",
    "ivory coast": "CI", "korea": "KR", "kosovo": "XK", "macau": "MO", "macedonia": "MK", "northern ireland": "GB",
    "palestine": "PS", "people's republic of china": "CN", "republic of macedonia": "MK", "russia": "RU",
    "scotland": "GB", "serbia and montenegro": "CS", "soviet union": "SU", "swaziland": "SZ",
    "the bahamas": "BS", "the netherlands": "NL", "turkey": "TR", "uk": "GB", "ussr": "SU", "vatican city": "VA",
    "wales": "GB", "west germany": "DE", "xc": "CS", "xg": "DD", "yugoslavia": "YU",
}  # fmt: skip
_FORMER: Final = {
    "CS": "Czechoslovakia", "DD": "East Germany", "SU": "Soviet Union", "XK": "Kosovo", "YU": "Yugoslavia",
}  # fmt: skip


@lru_cache(maxsize=1024)
def country_code(name: str) -> str | None:
    """ISO 3166-1 code of a country, given its English name or a code of it; None when it is not understood.

    country_code("United Kingdom"), country_code("UK"), country_code("gbr")    # "GB"
    """
    written = " ".join(name.split())
    if code := _ALSO.get(written.casefold()):
        return code
    if written.upper() in _FORMER:
        return written.upper()
    try:
        return str(pycountry.countries.lookup(written).alpha_2)
    except LookupError:
        return None


@lru_cache(maxsize=1024)
def country_name(code: str) -> str | None:
    """What the country of an ISO 3166-1 code of two letters is called in English; None when there is none of that code.

    country_name("KR"), country_name("SU")    # "South Korea", "Soviet Union"
    """
    if former := _FORMER.get(code):
        return former
    found = pycountry.countries.get(alpha_2=code)
    return str(getattr(found, "common_name", found.name)) if found else None

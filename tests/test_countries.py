"""Countries are understood by the names that sites give them."""

from __future__ import annotations

import pytest

from mediamgr.countries import country_code, country_name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United States", "US"), ("USA", "US"), ("us", "US"), ("UK", "GB"), (" United  Kingdom ", "GB"), ("South Korea", "KR"),
        ("Russia", "RU"), ("Soviet Union", "SU"), ("SU", "SU"), ("West Germany", "DE"), ("East Germany", "DD"), ("XG", "DD"),
        ("Czechoslovakia", "CS"), ("Czech Republic", "CZ"), ("Turkey", "TR"), ("Türkiye", "TR"), ("Hong Kong", "HK"),
        ("Ruritania", None), ("", None), ("-", None),
    ],
)  # fmt: skip
def test_a_name_or_code_gives_the_code(name: str, code: str | None) -> None:
    """Also of countries that are no more."""
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("code", "name"),
    [("FR", "France"), ("KR", "South Korea"), ("TW", "Taiwan"), ("SU", "Soviet Union"), ("XK", "Kosovo"), ("ZZ", None),
     ("", None), ("France", None)],
)  # fmt: skip
def test_a_code_gives_the_name(code: str, name: str | None) -> None:
    """As everybody calls it; also of countries that are no more."""
    assert country_name(code) == name

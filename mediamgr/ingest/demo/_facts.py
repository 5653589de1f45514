"""Owns the demo library's tables of facts about works: languages, genres, countries, studios, ratings.

Rows are drawn alike, so a value that stands twice is twice as likely; rows by language follow LANGUAGES.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = [
    "CONTENT_RATINGS",
    "COUNTRIES",
    "GENRES",
    "LANGUAGE_MIX",
    "NETWORKS",
    "STUDIOS",
    "TAGS",
    "TV_RATINGS",
]

LANGUAGE_MIX: Mapping[str, Sequence[int]] = {
    "film": [0] * 61 + [1] * 9 + [2] * 6 + [3] * 5 + [4] * 4 + [5] * 4 + [6] * 3 + [7] * 2 + [8] * 2 + [9, 9, 10, 11],
    "series": [0] * 70 + [1] * 5 + [2] * 6 + [3] * 4 + [4] * 2 + [6] * 5 + [8] * 4 + [7, 9, 10, 11],
    "documentary": [0] * 66 + [1] * 10 + [2] * 6 + [3] * 8 + [5] * 4 + [8] * 3 + [9, 10, 11],
    "anime": [5],
}
"""Theme to numbers of original languages."""

GENRES: Mapping[str, Sequence[Sequence[str]]] = {
    "film": (
        ["Drama"], ["Drama"], ["Drama", "Romance"], ["Comedy"], ["Comedy", "Drama"], ["Comedy", "Romance"],
        ["Action", "Thriller"], ["Action", "Adventure", "Science Fiction"], ["Crime", "Drama"], ["Horror"],
        ["Crime", "Thriller"], ["Horror", "Mystery"], ["Science Fiction"], ["Fantasy", "Adventure", "Family"],
        ["Animation", "Family"], ["Western"], ["War", "Drama", "History"], ["Music", "Drama"],
        ["Mystery", "Thriller"],
        ["Adventure", "Comedy"],
    ),
    "series": (
        ["Drama"], ["Drama", "Crime"], ["Comedy"], ["Comedy"], ["Comedy", "Drama"],
        ["Sci-Fi & Fantasy", "Drama"],
        ["Crime", "Mystery"], ["Action & Adventure"], ["Reality"], ["Family", "Kids"], ["Drama", "Romance"],
        ["War & Politics", "Drama"], ["Soap"],
    ),
    "documentary": (
        ["Documentary"], ["Documentary"], ["Documentary", "History"], ["Documentary", "Music"],
        ["Documentary", "Nature"], ["Documentary", "Crime"], ["Documentary", "Science"],
    ),
    "anime": (
        ["Animation", "Action"], ["Animation", "Drama"], ["Animation", "Fantasy", "Adventure"],
        ["Animation", "Comedy"],
        ["Animation", "Science Fiction"], ["Animation", "Romance", "Drama"], ["Animation", "Sports"],
    ),
}  # fmt: skip

COUNTRIES: Sequence[Sequence[Sequence[str]]] = (
    (["US"], ["US"], ["US"], ["US"], ["GB"], ["GB", "US"], ["CA"], ["AU"], ["IE", "GB"], ["NZ"]),
    (["FR"], ["FR"], ["FR", "BE"], ["BE"], ["CA"], ["CH", "FR"]),
    (["ES"], ["ES"], ["MX"], ["AR"], ["CL"], ["CO"], ["ES", "AR"]),
    (["DE"], ["DE"], ["AT"], ["DE", "AT"], ["CH"]),
    (["IT"], ["IT"], ["IT", "FR"]),
    (["JP"],),
    (["KR"],),
    (["CN"], ["HK"], ["TW"]),
    (["SE"], ["SE"], ["SE", "DK"], ["FI"]),
    (["IN"],),
    (["BR"], ["BR", "PT"]),
    (["RU"], ["KZ"]),
)

CONTENT_RATINGS: Sequence[Sequence[str | None]] = (
    ("PG-13", "PG-13", "R", "R", "R", "PG", "PG", "G", "NR", None),
    ("U", "U", "12", "16", None),
    ("A", "7", "12", "16", "18", None),
    ("FSK 6", "FSK 12", "FSK 12", "FSK 16", "FSK 18", None),
    ("T", "VM14", None),
    ("G", "PG12", "R15+", None),
    ("ALL", "12", "15", "19"),
    ("IIA", "IIB", None, None),
    ("Btl", "7", "11", "15", None),
    ("U", "UA", "A", None),
    ("L", "10", "12", "14", "16"),
    ("6+", "12+", "16+", None),
)
TV_RATINGS: Sequence[str | None] = (
    "TV-14",
    "TV-14",
    "TV-MA",
    "TV-MA",
    "TV-PG",
    "TV-PG",
    "TV-G",
    "TV-Y7",
    None,
)

STUDIOS: Sequence[Sequence[str] | None] = (
    ["Northlight Pictures"], ["Harbour Gate Films"], ["Blue Kite Studio"], ["Tin Moon"], ["Papaya & Sons"],
    ["Cinématique du Port"], ["Estudios Ventana"], ["Falkenblick Film"], ["Studio Asagao"], ["Gilded Owl"],
    ["Lantern Row", "Blue Kite Studio"], ["Second Shore"], ["Ørsted & Vang"], ["Ninth Street Co-op"],
    ["Northlight Pictures", "Tin Moon"], None,
)  # fmt: skip
NETWORKS: Sequence[Sequence[str] | None] = (
    ["Channel Nine and a Half"], ["Meridian TV"], ["NRT"], ["Streamhouse"], ["Streamhouse"], ["Pavilion+"],
    ["KanalØst"],
    ["Télé Rivage"], ["Prime Meridian"], ["Orbit"], None,
)  # fmt: skip
TAGS: Sequence[Sequence[str]] = (
    ["watch-with-kids"], ["award-winner"], ["restored"], ["christmas"], ["based-on-a-book"],
    ["cult"], ["to-check"],
    ["based-on-a-book", "award-winner"], ["directors-debut"], ["black-and-white"], ["women-in-film"],
)  # fmt: skip

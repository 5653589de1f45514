"""Sidecars: what the files beside a video are, by their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediamgr.ingest.sidecars import Sidecar, classify

FILM = "Amélie (2001)"


def only(name: str, *stems: str) -> Sidecar:
    """What the one file is beside videos of these stems."""
    (found,) = classify([name], stems or (FILM,))
    assert found.name == name
    return found


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("poster.jpg", "poster"), ("POSTER.JPG", "poster"), ("folder.jpg", "poster"), ("cover.png", "poster"),
        ("movie.tbn", "poster"), ("show.webp", "poster"), ("fanart.jpg", "backdrop"), ("backdrop.jpg", "backdrop"),
        ("fanart1.jpg", "backdrop"), ("backdrop-12.avif", "backdrop"), ("background.jpg", "backdrop"), ("art.jpg", "backdrop"),
        ("banner.gif", "banner"), ("logo.png", "logo"), ("clearlogo.png", "logo"), ("clearart.png", "clearart"),
        ("landscape.jpg", "thumb"), ("thumb.jpeg", "thumb"), ("disc.png", "disc"), ("cdart.bmp", "disc"),
    ],
)  # fmt: skip
def test_pictures_of_a_folder(name: str, chosen: str) -> None:
    """A picture with a type for a name is one of the folder as a whole."""
    found = only(name)
    assert (found.kind, found.stem, found.artwork_type, found.season_number) == ("artwork", "", chosen, None)


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        (f"{FILM}-poster.jpg", "poster"), (f"{FILM}.poster.jpg", "poster"), (f"{FILM} poster.jpg", "poster"),
        ("AMÉLIE (2001)-FANART.PNG", "backdrop"), (f"{FILM}-fanart2.jpg", "backdrop"), (f"{FILM}-thumb.jpg", "thumb"),
        (f"{FILM}.jpg", "thumb"), (f"{FILM}.tbn", "thumb"), (f"{FILM}-clearlogo.png", "logo"),
    ],
)  # fmt: skip
def test_pictures_of_a_video(name: str, chosen: str) -> None:
    """A picture that begins with a video's name is the video's; with nothing more, a thumb."""
    found = only(name)
    assert (found.kind, found.stem, found.artwork_type) == ("artwork", FILM, chosen)


@pytest.mark.parametrize(
    ("name", "number", "chosen"),
    [
        ("season01-poster.jpg", 1, "poster"), ("season1.jpg", 1, "poster"), ("Season 02.png", 2, "poster"),
        ("season-specials-poster.jpg", 0, "poster"), ("season00-banner.jpg", 0, "banner"),
        ("season-03-fanart.jpg", 3, "backdrop"), ("season2024-landscape.jpg", 2024, "thumb"),
    ],
)  # fmt: skip
def test_pictures_of_a_season(name: str, number: int, chosen: str) -> None:
    """Pictures of seasons lie in the show's folder; specials are season 0."""
    found = only(name)
    assert (found.stem, found.season_number, found.artwork_type) == ("", number, chosen)


@pytest.mark.parametrize(
    ("name", "language", "raw", "flags"),
    [
        (f"{FILM}.srt", None, None, ""),
        (f"{FILM}.en.srt", "en", "en", ""),
        (f"{FILM}.en.forced.srt", "en", "en", "forced"),
        (f"{FILM}.forced.en.srt", "en", "en", "forced"),
        (f"{FILM}.eng.foreign.srt", "en", "eng", "forced"),
        (f"{FILM}.pt-BR.srt", "pt-BR", "pt-BR", ""),
        (f"{FILM}.zh-Hant.default.ass", "zh-Hant", "zh-Hant", "default"),
        (f"{FILM}.sdh.eng.srt", "en", "eng", "hearing"),
        (f"{FILM}.en.cc.default.vtt", "en", "en", "default hearing"),
        (f"{FILM}.en.hi.srt", "en", "en", "hearing"),
        (f"{FILM}.hi.srt", "hi", "hi", ""),
        (f"{FILM}.hi.forced.srt", "hi", "hi", "forced"),
        (f"{FILM}.hi.sdh.srt", "hi", "hi", "hearing"),
        (f"{FILM}-German.srt", "de", "German", ""),
        (f"{FILM}_French.sup", "fr", "French", ""),
        (f"{FILM}.Director.srt", None, None, ""),
        (f"{FILM.upper()}.EN.FORCED.SRT", "en", "EN", "forced"),
    ],
)  # fmt: skip
def test_subtitles_of_a_video(name: str, language: str | None, raw: str | None, flags: str) -> None:
    """Language and marks are in the words after the video's name, in any order."""
    found = only(name)
    marks = {"default": found.is_default, "forced": found.is_forced, "hearing": found.is_hearing_impaired}
    said = " ".join(word for word, is_set in marks.items() if is_set)
    assert (found.kind, found.stem, found.language, found.language_raw, said) == (
        "subtitle",
        FILM,
        language,
        raw,
        flags,
    )


@pytest.mark.parametrize(
    ("name", "stem", "language"),
    [
        pytest.param("English.srt", "The English Patient (1996)", "en", id="a word of the film, but not its first"),
        pytest.param("2_English.srt", "Heat", "en", id="numbered, as in a Subs folder"),
        pytest.param("It.srt", "It (2017)", None, id="It is no Italian"),
        pytest.param("It.it.srt", "It (2017) 1080p", "it", id="It in Italian"),
        pytest.param("Heat.de.srt", "Heat.1995.1080p", "de", id="a shorter name"),
    ],
)
def test_a_subtitle_of_another_name_is_of_the_only_video(name: str, stem: str, language: str | None) -> None:
    """Beside one video a subtitle is its own; what both names begin with says no language."""
    found = only(name, stem)
    assert (found.stem, found.language) == (stem, language)


@pytest.mark.parametrize(
    ("name", "stems", "stem"),
    [
        pytest.param("Heat 2-poster.jpg", ["Heat", "Heat 2"], "Heat 2", id="picture"),
        pytest.param("Heat 2-poster.jpg", ["Heat 2", "Heat"], "Heat 2", id="picture, other order"),
        pytest.param("Heat - 1080p.en.srt", ["Heat", "Heat - 1080p"], "Heat - 1080p", id="subtitle"),
        pytest.param("Heat.en.srt", ["Heat", "Heat - 1080p"], "Heat", id="subtitle of the shorter"),
        pytest.param("Heatwave-poster.jpg", ["Heat", "Heatwave"], "Heatwave", id="a beginning is not enough"),
        pytest.param("Heatwave.en.srt", ["Heat", "Hea"], "", id="no separator after it: nobody's"),
        pytest.param("Other.en.srt", ["Heat", "Ronin"], "", id="subtitle beside two others"),
        pytest.param("Other.en.srt", [], "", id="subtitle beside none"),
    ],
)
def test_the_longest_name_wins(name: str, stems: list[str], stem: str) -> None:
    """A sidecar belongs to the longest video name it begins with, or to the folder."""
    assert [found.stem for found in classify([name], stems)] == [stem]


@pytest.mark.parametrize(
    "name",
    [
        "random.jpg", f"{FILM}-holiday.jpg", "Other Film-poster.jpg", "season-all-poster.jpg", "season01-holiday.jpg",
        "posters.jpg", ".jpg", "notes.txt", FILM, f"{FILM}.mkv", f"{FILM}.nfo", "poster", "",
    ],
)  # fmt: skip
def test_what_belongs_to_nobody_is_left_out(name: str) -> None:
    """Pictures of no known type and files of other kinds are no sidecars."""
    assert classify([name], [FILM]) == []


def test_an_index_and_its_pictures_are_one_subtitle() -> None:
    """A .sub beside a .idx of its name is one VobSub; without it, it is a subtitle of its own."""
    found = classify([f"{FILM}.en.idx", f"{FILM}.EN.sub", f"{FILM}.de.sub"], [FILM])
    assert [(each.name, each.format, each.language) for each in found] == [
        (f"{FILM}.en.idx", "vobsub", "en"),
        (f"{FILM}.de.sub", "sub", "de"),
    ]


def test_the_order_given_is_kept() -> None:
    """Sidecars come in the order of the names."""
    names = ["poster.jpg", f"{FILM}.en.srt", "junk.jpg", "banner.jpg", f"{FILM}.de.srt"]
    assert [each.name for each in classify(names, [FILM])] == [name for name in names if name != "junk.jpg"]


_WORDS = st.sampled_from(["Heat", "poster", "en", "hi", "forced", "season", "01", "İ", "\udcff", "x"])
_NAMES = st.builds(
    lambda parts, by, extension: by.join(parts) + extension,
    st.lists(_WORDS | st.text(max_size=4), max_size=6),
    st.sampled_from([".", "-", " ", ""]),
    st.sampled_from([".jpg", ".srt", ".idx", ".sub", ".SUB", ".mkv", ""]),
)


@given(st.lists(_NAMES, max_size=6), st.lists(_NAMES, max_size=3))
def test_any_names_at_all_give_sidecars_of_those_names(names: list[str], stems: list[str]) -> None:
    """Nothing raises; each sidecar is one of the names, and belongs to one of the videos or to the folder."""
    for found in classify(names, stems):
        assert found.name in names
        assert found.stem in (*stems, "")
        assert (found.artwork_type is None) == (found.kind == "subtitle")

"""Names of languages: what files and people write becomes BCP 47, or nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediamgr.languages import normalise_language


@pytest.mark.parametrize(
    ("raw", "tag"),
    [
        ("de", "de"), ("ger", "de"), ("deu", "de"), ("German", "de"), ("GERMAN", "de"), ("Deutsch", "de"), (" ger ", "de"),
        ("eng", "en"), ("fre", "fr"), ("fra", "fr"), ("français", "fr"), ("scr", "hr"), ("hrv", "hr"), ("cze", "cs"),
        ("gre", "el"), ("per", "fa"), ("farsi", "fa"), ("rum", "ro"), ("wel", "cy"), ("may", "ms"), ("yue", "yue"),
        ("日本語", "ja"), ("русский", "ru"), ("Norwegian Bokmal", "nb"), ("Northern Sami", "se"), ("filipino", "fil"),
    ],
)  # fmt: skip
def test_codes_and_names_of_every_kind_give_one_tag(raw: str, tag: str) -> None:
    """Two letters, three of both kinds, English and native names, in any case."""
    assert normalise_language(raw) == tag


@pytest.mark.parametrize(
    ("raw", "tag"),
    [
        ("por-br", "pt-BR"), ("pt_BR", "pt-BR"), ("pob", "pt-BR"), ("brazilian", "pt-BR"), ("Portuguese (Brazil)", "pt-BR"),
        ("zh-Hant", "zh-Hant"), ("ZH-hant-tw", "zh-Hant-TW"), ("zh-TW-Hant", "zh-Hant-TW"), ("chs", "zh-Hans"),
        ("Chinese (Simplified)", "zh-Hans"), ("Chinese Traditional", "zh-Hant"), ("sr-Latn", "sr-Latn"),
        ("es-419", "es-419"), ("latino", "es-419"), ("en-US", "en-US"), ("English (UK)", "en-GB"), ("en-us-gb", "en-US"),
        ("deu-DE-1996", "de-DE"), ("en-US-x-private", "en-US"),
    ],
)  # fmt: skip
def test_scripts_and_regions_are_kept(raw: str, tag: str) -> None:
    """One script and one region at most, script first, in the case of BCP 47."""
    assert normalise_language(raw) == tag


@pytest.mark.parametrize(
    "raw", ["English (Full)", "English (Forced)", "en-cc", "en-hi", "en-sdh", "en-١٢٣", "English subs"]
)
def test_what_is_no_script_or_region_is_left_out(raw: str) -> None:
    """Words that say what a track is for never become a part of the tag."""
    assert normalise_language(raw) == "en"


@pytest.mark.parametrize(
    "raw",
    [None, "", " ", "-", "und", "UND", "unknown", "mis", "qaa", "x-none", "Klingon", "1080p", "()", "\udcff", "\0"],
)
def test_what_is_not_known_is_nothing(raw: str | None) -> None:
    """Undetermined, unknown and nonsense give None."""
    assert normalise_language(raw) is None


def test_several_and_none_spoken_are_kept() -> None:
    """ "mul" and "zxx" say something, and stay."""
    assert (normalise_language("mul"), normalise_language("ZXX")) == ("mul", "zxx")


_PARTS = st.sampled_from(
    ["de", "ger", "zh", "pt", "en", "hi", "und", "hant", "Latn", "full", "BR", "uk", "cc", "419", "German", "x", ""]
)


@given(
    st.text()
    | st.lists(_PARTS, max_size=4).flatmap(lambda parts: st.sampled_from("-_ (").map(lambda by: by.join(parts)))
)
def test_a_tag_is_well_formed_and_its_own_tag(raw: str) -> None:
    """Whatever comes in, nothing raises; what comes out is language[-Script][-REGION] and normalises to itself."""
    tag = normalise_language(raw)
    assert tag is None or re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?", tag, re.ASCII)
    assert tag is None or normalise_language(tag) == tag

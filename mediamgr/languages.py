"""Owns the names of languages: from whatever files and people write to BCP 47.

Three-letter codes of both kinds (ger, deu), two-letter ones, English names and a few native ones are
understood; what is not stays null, and the caller keeps the raw text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

__all__ = ["language_name", "normalise_language"]

# ISO 639-1, 639-2/T, 639-2/B where it differs, English name: one language a line of four fields
_TABLE = """
ab abk - Abkhazian|aa aar - Afar|af afr - Afrikaans|ak aka - Akan|sq sqi alb Albanian|am amh - Amharic
ar ara - Arabic|an arg - Aragonese|hy hye arm Armenian|as asm - Assamese|av ava - Avaric|ay aym - Aymara
az aze - Azerbaijani|bm bam - Bambara|ba bak - Bashkir|eu eus baq Basque|be bel - Belarusian|bn ben - Bengali
bi bis - Bislama|bs bos - Bosnian|br bre - Breton|bg bul - Bulgarian|my mya bur Burmese|ca cat - Catalan
ch cha - Chamorro|ce che - Chechen|ny nya - Chichewa|zh zho chi Chinese|cv chv - Chuvash|kw cor - Cornish
co cos - Corsican|cr cre - Cree|hr hrv scr Croatian|cs ces cze Czech|da dan - Danish|dv div - Divehi
nl nld dut Dutch|dz dzo - Dzongkha|en eng - English|eo epo - Esperanto|et est - Estonian|ee ewe - Ewe
fo fao - Faroese|fj fij - Fijian|fi fin - Finnish|fr fra fre French|ff ful - Fulah|gl glg - Galician
ka kat geo Georgian|de deu ger German|el ell gre Greek|gn grn - Guarani|gu guj - Gujarati|ht hat - Haitian
ha hau - Hausa|he heb - Hebrew|hz her - Herero|hi hin - Hindi|ho hmo - Hiri-Motu|hu hun - Hungarian
is isl ice Icelandic|io ido - Ido|ig ibo - Igbo|id ind - Indonesian|ia ina - Interlingua|ie ile - Interlingue
iu iku - Inuktitut|ik ipk - Inupiaq|ga gle - Irish|it ita - Italian|ja jpn - Japanese|jv jav - Javanese
kl kal - Kalaallisut|kn kan - Kannada|kr kau - Kanuri|ks kas - Kashmiri|kk kaz - Kazakh|km khm - Khmer
ki kik - Kikuyu|rw kin - Kinyarwanda|ky kir - Kirghiz|kv kom - Komi|kg kon - Kongo|ko kor - Korean
ku kur - Kurdish|kj kua - Kuanyama|lo lao - Lao|la lat - Latin|lv lav - Latvian|li lim - Limburgish
ln lin - Lingala|lt lit - Lithuanian|lu lub - Luba-Katanga|lb ltz - Luxembourgish|mk mkd mac Macedonian
mg mlg - Malagasy|ms msa may Malay|ml mal - Malayalam|mt mlt - Maltese|gv glv - Manx|mi mri mao Maori
mr mar - Marathi|mh mah - Marshallese|mn mon - Mongolian|na nau - Nauru|nv nav - Navajo|nd nde - North-Ndebele
nr nbl - South-Ndebele|ng ndo - Ndonga|ne nep - Nepali|se sme - Northern-Sami|no nor - Norwegian
nb nob - Norwegian-Bokmal|nn nno - Norwegian-Nynorsk|oc oci - Occitan|oj oji - Ojibwa|or ori - Oriya
om orm - Oromo|os oss - Ossetian|pi pli - Pali|pa pan - Punjabi|fa fas per Persian|pl pol - Polish
ps pus - Pashto|pt por - Portuguese|qu que - Quechua|ro ron rum Romanian|rm roh - Romansh|rn run - Rundi
ru rus - Russian|sm smo - Samoan|sg sag - Sango|sa san - Sanskrit|sc srd - Sardinian|gd gla - Gaelic
sr srp scc Serbian|sn sna - Shona|ii iii - Sichuan-Yi|sd snd - Sindhi|si sin - Sinhala|sk slk slo Slovak
sl slv - Slovenian|so som - Somali|st sot - Sotho|es spa - Spanish|su sun - Sundanese|sw swa - Swahili
ss ssw - Swati|sv swe - Swedish|tl tgl - Tagalog|ty tah - Tahitian|tg tgk - Tajik|ta tam - Tamil|tt tat - Tatar
te tel - Telugu|th tha - Thai|bo bod tib Tibetan|ti tir - Tigrinya|to ton - Tonga|ts tso - Tsonga
tn tsn - Tswana|tr tur - Turkish|tk tuk - Turkmen|tw twi - Twi|ug uig - Uighur|uk ukr - Ukrainian|ur urd - Urdu
uz uzb - Uzbek|ve ven - Venda|vi vie - Vietnamese|vo vol - Volapuk|wa wln - Walloon|cy cym wel Welsh
fy fry - Frisian|wo wol - Wolof|xh xho - Xhosa|yi yid - Yiddish|yo yor - Yoruba|za zha - Zhuang|zu zul - Zulu
"""
_ALSO = {
    "fil": "fil", "filipino": "fil", "gsw": "gsw", "yue": "yue", "cantonese": "yue", "mandarin": "zh", "cmn": "zh",
    "farsi": "fa", "gaeilge": "ga", "bokmal": "nb", "bokmål": "nb", "nynorsk": "nn", "castellano": "es",
    "deutsch": "de", "français": "fr", "francais": "fr", "español": "es", "espanol": "es", "italiano": "it",
    "português": "pt", "portugues": "pt", "nederlands": "nl", "svenska": "sv", "dansk": "da", "norsk": "no",
    "suomi": "fi", "polski": "pl", "čeština": "cs", "magyar": "hu", "türkçe": "tr", "русский": "ru", "日本語": "ja",
    "中文": "zh", "한국어": "ko", "العربية": "ar", "chs": "zh-Hans", "cht": "zh-Hant", "zhs": "zh-Hans",
    "zht": "zh-Hant", "brazilian": "pt-BR", "pob": "pt-BR", "ptb": "pt-BR", "latino": "es-419", "spl": "es-419",
    "flemish": "nl-BE", "mul": "mul", "zxx": "zxx",
}  # fmt: skip
_SCRIPTS = frozenset("arab armn beng cyrl deva geor grek hans hant hebr jpan kore latn mong thai".split())
_REGIONS = {"uk": "GB", "brazil": "BR", "canada": "CA", "mexico": "MX", "usa": "US"}
_WORDS = {"simplified": "hans", "traditional": "hant", "cyrillic": "cyrl"}
_NO_REGION = frozenset({"cc", "hi"})
_REGION = re.compile(r"[a-z]{2}|[0-9]{3}")


@lru_cache(maxsize=10_000)
def normalise_language(raw: str | None) -> str | None:
    """The BCP 47 tag: "ger" and "German" give "de", "por-br" gives "pt-BR", "und" and the unknown None.

    "mul" (several) and "zxx" (none spoken) are kept.
    """
    text = (raw or "").strip().lower()
    if found := _known().get(text):
        return found
    head, *rest = re.split(r"[-_ (]+", text.rstrip(")"))
    language = _known().get(head)
    if language is None or "-" in language:
        return language
    scripts = [word.title() for part in rest[:2] if (word := _WORDS.get(part, part)) in _SCRIPTS]
    regions = [region for part in rest[:2] if (region := _region(part))]
    return "-".join([language, *scripts[:1], *regions[:1]])


def _region(word: str) -> str | None:
    """The region a word stands for; "cc" and "hi" beside a language mean that sounds are described."""
    if word in _REGIONS:
        return _REGIONS[word]
    return word.upper() if _REGION.fullmatch(word) and word not in _NO_REGION else None


@cache
def _known() -> dict[str, str]:
    names = dict(_ALSO)
    for two, terminology, bibliographic, english in _languages():
        names |= dict.fromkeys((two, terminology, bibliographic, english.lower().replace("-", " ")), two)
    names.pop("-", None)
    return names


def language_name(tag: str) -> str | None:
    """What a BCP 47 tag is called in English: "French", "Portuguese (BR)"; None for a language not known by name."""
    code, _, rest = tag.partition("-")
    name = _names().get(code)
    return f"{name} ({rest})" if name and rest else name


@cache
def _names() -> dict[str, str]:
    return {two: english.replace("-", " ") for two, _, _, english in _languages()}


def _languages() -> Iterator[list[str]]:
    """The fields of each language in the table."""
    return (language.split() for language in re.split(r"[|\n]", _TABLE.strip()))

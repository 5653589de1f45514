"""NFO files: every legal form is read, every mangled one costs itself at most."""

from __future__ import annotations

import contextlib
import os
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediamgr.errors import SourceError
from mediamgr.ingest.nfo import NfoArt, NfoCredit, NfoFacts, parse_nfo, read_nfo

MOVIE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<movie>
  <title>The Lantern</title><originaltitle>Lyktan</originaltitle><sorttitle>Lantern, The</sorttitle>
  <ratings>
    <rating name="imdb" max="10"><value>7.1</value><votes>1,234</votes></rating>
    <rating name="tmdb" max="100" default="true"><value>68</value><votes>90</votes></rating>
  </ratings>
  <userrating>8</userrating><plot>A light &amp; a sea.</plot><outline>Short.</outline><tagline>Look up.</tagline>
  <runtime>136</runtime><mpaa>PG-13</mpaa><playcount>2</playcount><lastplayed>2024-05-06 20:15:00</lastplayed>
  <uniqueid type="imdb" default="true">tt0123456</uniqueid><uniqueid type="tmdb">77</uniqueid>
  <genre>Drama / Mystery</genre><genre>Drama</genre><tag>sea</tag><country>Sweden</country><studio>Norr</studio>
  <set><name>Lights</name><overview>x</overview></set><premiered>1999-12-31</premiered><edition>Final Cut</edition>
  <director>Eva Berg</director><credits>Jon Dahl</credits>
  <actor><name>Mia Holm</name><role>Keeper</role><order>0</order><imdbid>nm0000042</imdbid></actor>
  <actor><name>Ove Lind</name><role></role><type>GuestStar</type></actor>
  <thumb aspect="poster">https://pictures.example/p.jpg</thumb>
  <thumb aspect="poster" type="season" season="2">https://pictures.example/s2.jpg</thumb>
  <thumb aspect="clearlogo">file:///etc/passwd</thumb>
  <fanart><thumb>http://pictures.example/f.jpg</thumb></fanart>
</movie>
"""


def one(text: str | bytes) -> NfoFacts:
    """The only record in an NFO file of that text."""
    (facts,) = parse_nfo(text if isinstance(text, bytes) else text.encode(), "movie.nfo")
    return facts


def test_a_film_is_read_whole() -> None:
    """Every field of a film's NFO reaches its field in the record."""
    assert one(MOVIE) == NfoFacts(
        kind="movie",
        title="The Lantern",
        sort_title="Lantern, The",
        original_title="Lyktan",
        year=1999,
        premiered_on=date(1999, 12, 31),
        runtime_minutes=136,
        rating=6.8,
        votes=90,
        user_rating=8.0,
        content_rating="PG-13",
        tagline="Look up.",
        plot="A light & a sea.",
        genres=("Drama", "Mystery"),
        tags=("sea",),
        countries=("Sweden",),
        studios=("Norr",),
        collection="Lights",
        edition="Final Cut",
        external_ids=(("imdb", "tt0123456"), ("tmdb", "77")),
        people=(
            NfoCredit("Eva Berg", "directing", "director", None, 0),
            NfoCredit("Jon Dahl", "writing", "writer", None, 0),
            NfoCredit("Mia Holm", "cast", "actor", "Keeper", 0, (("imdb", "nm0000042"),)),
            NfoCredit("Ove Lind", "cast", "guest_star", None, 0),
        ),
        artwork=(
            NfoArt("poster", "https://pictures.example/p.jpg"),
            NfoArt("poster", "https://pictures.example/s2.jpg", 2),
            NfoArt("backdrop", "http://pictures.example/f.jpg"),
        ),
        play_count=2,
        last_played=datetime(2024, 5, 6, 20, 15),
    )


def test_a_show_and_an_episode_have_their_own_fields() -> None:
    """A show has a status and an old-style TVDB id; an episode has numbers and the show's title."""
    show = one("<tvshow><title>Harbour</title><status>Returning Series</status><id>4711</id></tvshow>")
    assert (show.kind, show.series_status, show.external_ids) == ("show", "continuing", (("tvdb", "4711"),))
    episode = one(
        "<episodedetails><title>Fog</title><showtitle>Harbour</showtitle><season>0</season><episode>3</episode>"
        "<aired>2005-09-11</aired></episodedetails>"
    )
    assert (episode.kind, episode.show_title, episode.season_number, episode.episode_number) == (
        "episode", "Harbour", 0, 3,
    )  # fmt: skip
    assert (episode.premiered_on, episode.year) == (date(2005, 9, 11), None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<episodedetails><title>A</title></episodedetails>\n<episodedetails><title>B</title></episodedetails>", id="side by side"),
        pytest.param("<episodes><episodedetails><title>A</title></episodedetails><episodedetails><title>B</title></episodedetails></episodes>", id="in a wrapper"),
        pytest.param('<?xml version="1.0"?><episodedetails><title>A</title></episodedetails><?xml version="1.0"?><episodedetails><title>B</title></episodedetails>', id="two declarations"),
    ],
)  # fmt: skip
def test_several_roots_are_several_records(text: str) -> None:
    """A file for a multi-episode video gives one record an episode, in order."""
    assert [facts.title for facts in parse_nfo(text.encode(), "e.nfo")] == ["A", "B"]


@pytest.mark.parametrize(
    ("url", "ids"),
    [
        pytest.param("https://www.imdb.com/title/tt0123456/", (("imdb", "tt0123456"),), id="imdb"),
        pytest.param("https://www.imdb.com/de/title/tt0123456", (("imdb", "tt0123456"),), id="imdb, in a language"),
        pytest.param("https://www.themoviedb.org/movie/77-lantern", (("tmdb", "77"),), id="tmdb"),
        pytest.param("https://thetvdb.com/?tab=series&id=4711&lid=7", (("tvdb", "4711"),), id="tvdb"),
        pytest.param("https://www.tvmaze.com/shows/82/x", (("tvmaze", "82"),), id="tvmaze"),
    ],
)
def test_an_address_alone_is_an_id(url: str, ids: tuple[tuple[str, str], ...]) -> None:
    """A file with nothing but a provider's page gives its id and no kind."""
    facts = one(url + "\n")
    assert (facts.kind, facts.external_ids, facts.title) == (None, ids, None)


def test_an_address_after_the_xml_adds_its_id() -> None:
    """XML followed by an address is read; the XML's own ids win."""
    text = '<movie><title>A</title><uniqueid type="imdb">tt7654321</uniqueid></movie>\n'
    urls = "https://www.imdb.com/title/tt0000001/\nhttps://www.themoviedb.org/movie/77"
    assert one(text + urls).external_ids == (("imdb", "tt7654321"), ("tmdb", "77"))


@pytest.mark.parametrize(
    ("inner", "rating", "votes"),
    [
        pytest.param("<rating>7,8</rating><votes>1.234</votes>", 7.8, 1234, id="old form, comma decimals"),
        pytest.param("<rating max='5'>4</rating>", 8.0, None, id="out of five"),
        pytest.param("<rating>78</rating>", 7.8, None, id="out of a hundred, unsaid"),
        pytest.param("<rating>0.0</rating><votes>0</votes>", None, 0, id="none yet"),
        pytest.param("<ratings><rating max='10'><value>0</value></rating><rating><value>6.5</value></rating></ratings>", 6.5, None, id="first that is not zero"),
        pytest.param("<rating>nan</rating>", None, None, id="not a number"),
        pytest.param("<rating max='10'>700</rating>", None, None, id="out of range"),
    ],
)  # fmt: skip
def test_ratings_old_and_new_become_0_to_10(inner: str, rating: float | None, votes: int | None) -> None:
    """Whatever the form and scale of a rating, it is stored from 0 to 10."""
    facts = one(f"<movie>{inner}</movie>")
    assert (facts.rating, facts.votes) == (rating, votes)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("136", 136), ("136 min", 136), ("2h 16m", 136), ("2h16min", 136), ("2:16", 136), ("02:16:30", 136),
     ("1 hour", 60), ("95.5", 95), ("0", None), ("long", None)],
)  # fmt: skip
def test_runtimes_become_minutes(written: str, minutes: int | None) -> None:
    """A runtime is minutes however it was written; what is no length is left out."""
    assert one(f"<movie><runtime>{written}</runtime></movie>").runtime_minutes == minutes


@pytest.mark.parametrize(
    ("data", "title", "note"),
    [
        pytest.param(b"<movie><title>Tom & Ann</title></movie>", "Tom & Ann", None, id="bare ampersand"),
        pytest.param(b"<movie><title>Caf&eacute;&nbsp;&unknown;</title></movie>", "Café\u00a0&unknown;", None, id="html entities"),
        pytest.param(b"<movie><title>A\x00\x1bB</title></movie>", "AB", None, id="control characters"),
        pytest.param(b"<movie><title><![CDATA[A & <B>]]></title></movie>", "A & <B>", None, id="cdata"),
        pytest.param(b'\xef\xbb\xbf<?xml version="1.0"?><movie><title>A</title></movie>', "A", None, id="utf-8 mark"),
        pytest.param("\ufeff<movie><title>Ω</title></movie>".encode("utf-16-le"), "Ω", None, id="utf-16"),
        pytest.param('<?xml version="1.0" encoding="windows-1251"?><movie><title>Брат</title></movie>'.encode("cp1251"), "Брат", None, id="declared encoding"),
        pytest.param('<?xml version="1.0" encoding="utf-8"?><movie><title>Café</title></movie>'.encode("latin-1"), "Café", "is not in the encoding it names; read as Windows-1252", id="wrong encoding"),
        pytest.param('<?xml version="1.0" encoding="rot13"?><movie><title>Café</title></movie>'.encode("latin-1"), "Café", "is not in the encoding it names; read as Windows-1252", id="no encoding at all"),
        pytest.param(b"<movie><title>A</title></movie><movie><title>B", "A", "ends in the middle of <movie>", id="half written"),
        pytest.param(b"<movie><title>A</title></movie><movie><x></y></movie>", "A", "is not well formed (mismatched tag: line 1, column 12)", id="one broken root"),
        pytest.param(b"<!DOCTYPE movie><movie><title>A</title></movie>", "A", None, id="harmless doctype"),
    ],
)  # fmt: skip
def test_a_mangled_file_gives_what_it_holds(data: bytes, title: str, note: str | None) -> None:
    """What can be read of a mangled file is read, and what was wrong is noted."""
    facts = one(data)
    assert facts.title == title
    assert facts.notes == ((note,) if note else ())


BOMB = """<?xml version="1.0"?><!DOCTYPE movie [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>
<movie><title>&b;</title></movie>"""
OUTSIDE = '<!DOCTYPE movie [<!ENTITY x SYSTEM "file:///etc/passwd">]><movie><title>&x;</title></movie>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"hello", "holds neither", id="plain text"),
        pytest.param(b"<movie><title>A</title>", "ends in the middle of <movie>", id="half written"),
        pytest.param(b"<movie><title>A</movie>", "is not well formed", id="not well formed"),
        pytest.param(b"<album><title>A</title><thumb>http://x.example/a.jpg</thumb></album>", "describes <album>", id="music"),
        pytest.param(b"http://x.example/a", "of no film or show that is known", id="a strange address"),
        pytest.param(BOMB.encode(), "declares entities", id="entity bomb"),
        pytest.param(OUTSIDE.encode(), "declares entities", id="outside entity"),
        pytest.param(b"\x00\xff" * 999, "holds neither", id="binary"),
    ],
)  # fmt: skip
def test_a_file_that_says_nothing_is_refused_by_name(data: bytes, why: str) -> None:
    """A file without a film, show or episode raises `SourceError` with its name and the reason."""
    with pytest.raises(SourceError, match=why) as raised:
        parse_nfo(data, "odd.nfo")
    assert str(raised.value).startswith("odd.nfo ")


def test_a_bad_value_costs_only_itself() -> None:
    """A field that makes no sense is left out and noted; the others are kept."""
    facts = one("<tvshow><title>A</title><year>soon</year><status>Lost</status><premiered>31/31</premiered></tvshow>")
    assert (facts.title, facts.year, facts.series_status, facts.premiered_on) == ("A", None, None, None)
    assert facts.notes == (
        "<premiered> '31/31' is not understood", "<year> 'soon' is not understood", "<status> 'Lost' is not understood"
    )  # fmt: skip


def test_kodis_words_for_nothing_are_no_faults() -> None:
    """Kodi writes -1, -2 and empty elements for "none": they give nothing and no note."""
    empty = "<season>-2</season><episode>-1</episode><aired></aired><userrating>0</userrating><top250>-1</top250>"
    assert one(f"<episodedetails>{empty}</episodedetails>") == NfoFacts("episode")


def test_a_file_is_read_from_disk_within_bounds(tmp_path: Path) -> None:
    """Files that are missing or far too large are refused by name."""
    good, large = tmp_path / "a.nfo", tmp_path / "b.nfo"
    good.write_text("<movie><title>A</title></movie>")
    large.write_bytes(b" " * (8 * 2**20 + 1))
    assert read_nfo(good)[0].title == "A"
    with pytest.raises(SourceError, match=r"b\.nfo is larger than 8 MiB"):
        read_nfo(large)
    with pytest.raises(SourceError, match=r"c\.nfo cannot be read: No such file"):
        read_nfo(tmp_path / "c.nfo")


def test_a_million_openings_are_read_in_one_pass() -> None:
    """A hostile file of nothing but opening tags is refused without trying every pair."""
    with pytest.raises(SourceError, match="ends in the middle"):
        parse_nfo(b"<movie>" * 500_000, "hostile.nfo")


_PIECES = st.sampled_from(
    ["<movie>", "</movie>", "<title>", "</title>", "<rating>", "</rating>", "&", "&amp;", "<![CDATA[", "]]>", "<!--",
     "-->", "7,8", "tt0123456", "http://imdb.com/title/tt0123456", "<?xml", "?>", "<!DOCTYPE", "<actor>", "</actor>"]
)  # fmt: skip


@given(st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=30))
def test_no_text_breaks_the_reader(pieces: list[str]) -> None:
    """Any text is either read or refused with `SourceError`."""
    with contextlib.suppress(SourceError):
        parse_nfo("".join(pieces).encode("utf-8", "surrogatepass"), "x.nfo")


def test_real_files_of_the_ecosystem_are_read() -> None:
    """Every film, show and episode NFO among real samples is read with its title."""
    folder = Path(os.environ.get("MEDIAMGR_REAL_DATA") or Path(__file__).parents[3] / "shared" / "data")
    files = sorted(folder.glob("kodi_nfo_*/movie/*.nfo")) + sorted(folder.glob("kodi_nfo_*/show/*.nfo"))
    if not files:
        pytest.skip("no real samples: set MEDIAMGR_REAL_DATA to a folder with kodi_nfo_*/{movie,show}/*.nfo")
    for file in files:
        for facts in read_nfo(file):
            assert (facts.title is None) == ("empty" in file.name), file
            assert facts.notes == (), file

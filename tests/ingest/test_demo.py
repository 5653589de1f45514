"""The demo library: the same rows everywhere, in keeping with the schema, faulty as real libraries are."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from mediamgr.errors import QueryError
from mediamgr.ingest.demo import NOW, generate, job_runs
from mediamgr.store.records import TABLES

MIGRATION = Path(__file__).parents[2] / "sql" / "migrations" / "0001_library.sql"
ITEMS = 6_000
Demo = dict[str, pl.DataFrame]

FILLED = {
    # what only providers say
    name: {column: kind for column, kind in spec.columns.items() if (name, column) != ("artwork", "position")}
    for name, spec in TABLES.items()
}
"""The tables and columns of the demo."""
# sha256 over the text of every row of 1,200 items with seed 7, tables and rows in order
ROWS_OF_SEED_7 = "ac98309a5feb1efd4d507360e430e1841ba98fc09f9945c78068921caf1dab66"


def collect(items: int, seed: int = 7, **options: object) -> Demo:
    """All frames of a demo, each with a first column that names the library."""
    frames: dict[str, list[pl.DataFrame]] = {name: [] for name in FILLED}
    for records in generate(items, seed, **options):  # type: ignore[arg-type]
        for name, frame in records.frames.items():
            frames[name].append(frame.select(pl.lit(records.library).alias("library"), pl.all()))
    return {name: pl.concat(parts) for name, parts in frames.items() if parts}


def text_of(frame: pl.DataFrame) -> list[str]:
    """Rows as sorted lines of text: lists joined, times in whole microseconds, bytes left out."""
    plain = frame.select(
        pl.col(name).list.join("|") if dtype == pl.List(pl.String)
        else pl.col(name).cast(pl.Int64) if dtype == pl.Datetime("us")
        else pl.col(name)
        for name, dtype in frame.schema.items() if dtype != pl.Binary
    )  # fmt: skip
    return sorted(plain.write_csv(include_header=False, null_value="\\N").splitlines())


def checksum(demo: Demo) -> str:
    """One sha256 of all rows of a demo, whatever their order."""
    digest = hashlib.sha256()
    for name in FILLED:
        for line in text_of(demo[name]):
            digest.update(f"{name}:{line}\n".encode())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def demo() -> Demo:
    """A demo of 6,000 items."""
    return collect(ITEMS)


@pytest.fixture(scope="module")
def films(demo: Demo) -> pl.DataFrame:
    """Its films, in whatever library."""
    return demo["media_item"].filter(pl.col("media_type") == "movie")


@pytest.fixture(scope="module")
def episodes(demo: Demo) -> pl.DataFrame:
    """Its episodes."""
    return demo["media_item"].filter(pl.col("media_type") == "episode")


def test_rows_do_not_change() -> None:
    """The rows of a seed are the same on every machine and with every version."""
    assert checksum(collect(1_200)) == ROWS_OF_SEED_7


def test_seeds_differ() -> None:
    """Another seed gives other films."""
    seven, eight = (next(generate(100, seed)).frames["media_item"]["title"].to_list() for seed in (7, 8))
    assert len(set(seven) & set(eight)) < 3


def test_batches_do_not_matter(demo: Demo) -> None:
    """Small batches and one large batch a library hold the same rows."""
    small = collect(ITEMS, batch_items=1_000)
    for name in FILLED:
        assert text_of(small[name]) == text_of(demo[name]), name


def test_present_moves_times() -> None:
    """A later present, whatever its time zone, brings later events; none lies after it."""
    now = datetime(2031, 5, 4, 12, tzinfo=UTC)
    played = collect(500, now=now)["history_event"]["occurred_at"]
    assert now.replace(tzinfo=None) - timedelta(days=365) < played.max() < now.replace(tzinfo=None)


@pytest.mark.parametrize("items", [0, 1, 9, 137])
def test_count_is_exact(items: int) -> None:
    """There are exactly as many items as were asked for."""
    assert sum(len(records.frames["media_item"]) for records in generate(items)) == items


def test_batches_are_bounded() -> None:
    """No batch has more items than asked, but for a show that is larger by itself."""
    for records in generate(1_500, batch_items=150):
        shows = records.frames["media_item"].filter(pl.col("media_type") == "show")
        assert len(records.frames["media_item"]) <= 150 or len(shows) == 1


@pytest.mark.parametrize(("items", "batch_items"), [pytest.param(-1, 10, id="items"), pytest.param(10, 0, id="batch")])
def test_senseless_sizes_are_refused(items: int, batch_items: int) -> None:
    """Fewer than no items, or batches of none, are refused before anything is made."""
    with pytest.raises(QueryError, match="batches"):
        generate(items, batch_items=batch_items)


def test_frames_have_the_columns_and_types_of_the_contract() -> None:
    """Frames have the columns of their table, in order and of its types; required ones have no nulls."""
    for records in generate(400):
        for name, columns in FILLED.items():
            frame = records.frames[name]
            assert dict(frame.schema) == columns, name
            assert not any(frame[column].null_count() for column in TABLES[name].required), name


@pytest.mark.parametrize("name", FILLED)
def test_checks_of_the_schema_hold(demo: Demo, name: str) -> None:
    """Every row satisfies every CHECK and every type of its table."""
    connection = duckdb.connect()
    connection.execute(MIGRATION.read_text())
    checks = connection.execute(
        "select expression from duckdb_constraints() where table_name = ? and constraint_type = 'CHECK'",
        [name],
    ).fetchall()
    keys = {identity: column for column, (_, identity) in TABLES[name].references.items()}
    connection.register("rows", demo[name].rename({column: identity for identity, column in keys.items()}))
    for (expression,) in checks:
        if "matched_by" not in expression:
            broken = connection.execute(f"select count(*) from rows where not ({expression})").fetchone()
            assert broken == (0,), expression


@pytest.mark.parametrize("name", FILLED)
def test_keys_are_unique(demo: Demo, name: str) -> None:
    """No two rows of a library have the same key."""
    key = ["library", *TABLES[name].key]
    assert demo[name].select(key).is_duplicated().sum() == 0


@pytest.mark.parametrize(
    ("name", "column", "target", "target_column"),
    [
        pytest.param(name, column, target, TABLES[target].key[0], id=f"{name}.{column}")
        for name in FILLED
        for column, (target, _) in TABLES[name].references.items()
    ],
)
def test_references_resolve(demo: Demo, name: str, column: str, target: str, target_column: str) -> None:
    """Whatever a row names is there: items and files in its own library, people in any."""
    on = ["library"] if target != "person" else []
    named = demo[name].filter(pl.col(column).is_not_null()).select(*on, pl.col(column).alias(target_column))
    assert named.join(demo[target], on=[*on, target_column], how="anti").is_empty()


def test_people_and_parents_come_in_time() -> None:
    """A batch names nobody and nothing that it or an earlier batch has not told of."""
    people: set[str] = set()
    items: set[tuple[str, str]] = set()
    for records in generate(2_000, batch_items=400):
        people |= set(records.frames["person"]["person_key"])
        items |= {(records.library, key) for key in records.frames["media_item"]["item_key"]}
        assert set(records.frames["credit"]["person_key"]) <= people
        assert {(records.library, key) for key in records.frames["media_item"]["parent_key"].drop_nulls()} <= items


def test_libraries(demo: Demo) -> None:
    """Five libraries, 45 in 100 items are films, and all kinds are there."""
    kinds = demo["media_item"]["media_type"]
    assert demo["media_item"]["library"].unique().sort().to_list() == [
        "Anime", "Documentaries", "Films", "Films 4K", "Series",
    ]  # fmt: skip
    assert (kinds == "movie").sum() == 2_700
    assert set(kinds) == {"movie", "show", "season", "episode"}


def test_tree(demo: Demo) -> None:
    """Films and shows have no parent, seasons a show, episodes a season; containers have no files."""
    items = demo["media_item"]
    parents = items.select("library", parent_key="item_key", parent_type="media_type")
    tree = items.join(parents, on=["library", "parent_key"], how="left")
    pairs = set(tree.select("media_type", "parent_type").unique().rows())
    assert pairs == {("movie", None), ("show", None), ("season", "show"), ("episode", "season")}
    held = demo["media_file"].join(items, on=["library", "item_key"])
    assert set(held["media_type"]) == {"movie", "episode"}


def test_titles_of_many_kinds(films: pl.DataFrame) -> None:
    """Titles have accents, other scripts, digits and punctuation; sequels and remakes share theirs."""
    titles = films["title"].unique()
    for pattern in (
        r"[éèüñöã]",
        r"\p{Han}",
        r"\p{Hangul}",
        r"\p{Cyrillic}",
        r"^\d",
        "'",
        "/",
        ": ",
        r" (II|2)$",
    ):
        assert titles.str.contains(pattern).any(), pattern
    same = films.filter(pl.col("library") == "Films").group_by("title").agg(pl.col("year").n_unique())
    assert (same["year"] > 1).sum() > 5
    assert films["collection"].n_unique() > 10


def test_paths_are_sane(demo: Demo) -> None:
    """Paths are absolute, five to seven parts deep, with no empty part nor one too long for a disk."""
    paths = demo["media_file"]["path"]
    assert paths.str.starts_with("/media/demo/").all()
    parts = paths.str.split("/")
    assert parts.list.len().is_between(6, 7).all()
    assert parts.explode().str.len_bytes().max() < 255
    assert not paths.str.slice(1).str.contains("//|/ | /").any()


def test_years_are_mostly_recent(films: pl.DataFrame) -> None:
    """Half of the films are of the last quarter of a century, and some are old."""
    assert films["year"].median() > 2000
    assert films["year"].min() < 1935
    assert films["year"].max() == 2025


def test_credits_have_a_heavy_tail(demo: Demo) -> None:
    """A hundredth of the people has a twelfth of the credits; the busiest have dozens, many have a few."""
    counts = demo["credit"].group_by("person_key").len()["len"].sort(descending=True)
    assert counts[: len(counts) // 100].sum() > counts.sum() / 12
    assert counts[0] > 60
    assert (counts <= 3).sum() > len(counts) / 6


def test_people_with_one_name(demo: Demo) -> None:
    """Some people share a name and not an id, and some are known by name only."""
    people = demo["person"].filter(pl.col("person_key").str.starts_with("imdb:nm"))
    assert people["name"].is_duplicated().sum() > 0
    assert demo["person"]["person_key"].str.starts_with("name:").sum() > 50


def test_second_library_repeats_the_first(demo: Demo, films: pl.DataFrame) -> None:
    """Every film of the 4K library is in Films too, and some are the very same file."""
    kept = films.filter(pl.col("library") == "Films").select("item_key", "title", "year")
    again = films.filter(pl.col("library") == "Films 4K").select("item_key", "title", "year")
    assert len(again) > 300
    assert again.join(kept, on=["item_key", "title", "year"], how="anti").is_empty()
    files = demo["media_file"].filter(pl.col("fingerprint").is_not_null())
    copies = files.group_by("fingerprint").agg(pl.col("library").n_unique(), pl.col("size_bytes").n_unique())
    copies = copies.filter(pl.col("library") == 2)
    assert len(copies) > 50
    assert copies["size_bytes"].to_list() == [1] * len(copies)


def test_seasons_have_gaps_and_specials(episodes: pl.DataFrame) -> None:
    """Some seasons lack an episode in the middle, some shows have specials."""
    regular = episodes.filter(pl.col("season_number") > 0).group_by("library", "parent_key")
    seasons = regular.agg(pl.col("episode_number").max().alias("last"), pl.len())
    assert 0 < (seasons["last"] > seasons["len"]).sum() < len(seasons) / 4
    assert (episodes["season_number"] == 0).sum() > 10


def test_some_shows_are_listed(demo: Demo, episodes: pl.DataFrame) -> None:
    """Lists have what gaps leave out, and of shows that go on what is still to come."""
    listed, key = demo["listed_episode"], ["library", "parent_key", "episode_number"]
    shows = demo["media_item"].filter(pl.col("media_type") == "show")
    assert 0.2 < listed["item_key"].n_unique() / shows.height < 0.6
    seasons = demo["media_item"].filter(pl.col("media_type") == "season")
    held = seasons.select("library", "season_number", item_key="parent_key", parent_key="item_key").join(
        listed, on=["library", "item_key", "season_number"]
    )
    assert held.height == listed.height
    absent = held.join(episodes, on=key, how="anti")
    assert absent.height > 20
    ahead = listed.filter(pl.col("premiered_on") >= NOW.date())
    going = shows.filter(pl.col("series_status") == "continuing")
    assert not ahead.is_empty()
    assert set(ahead["item_key"]) <= set(going["item_key"])


def test_two_episodes_share_a_file(demo: Demo, episodes: pl.DataFrame) -> None:
    """The second of two episodes in one file has none of its own; the first one's is twice as long."""
    second = episodes.filter(pl.col("shared_file_key").is_not_null())
    assert len(second) > 10
    files = demo["media_file"]
    assert second.join(files, on=["library", "item_key"], how="semi").is_empty()
    shared = files.join(second, left_on=["library", "item_key"], right_on=["library", "shared_file_key"])
    assert shared["path"].str.contains(r"E\d+-E\d+ - ").all()


def test_anime_is_numbered_throughout(episodes: pl.DataFrame) -> None:
    """Regular episodes of anime, and no others, have numbers across seasons, each but once in a show."""
    counted = episodes.filter(pl.col("absolute_number").is_not_null())
    assert counted["library"].unique().to_list() == ["Anime"]
    show = counted.with_columns(show=pl.col("parent_key").str.extract(r"^(demo/show/\d+)/"))
    assert show.select("show", "absolute_number").is_duplicated().sum() == 0
    assert counted["absolute_number"].max() > 30


def test_files_are_of_their_time(demo: Demo) -> None:
    """There are all resolutions, sources and codecs; old codecs are small, HDR is large."""
    video = demo["media_stream"].filter(pl.col("stream_type") == "video")
    assert set(video["codec"]) == {"h264", "hevc", "av1", "vc1", "mpeg4", "mpeg2video"}
    assert video.filter(pl.col("codec") == "mpeg2video")["height"].max() <= 576
    assert video.filter(pl.col("hdr_format") != "SDR")["width"].min() > 2_560
    sources = set(demo["media_file"]["quality_source"].drop_nulls())
    assert sources == {"Bluray", "Remux", "WEBDL", "WEBRip", "HDTV", "DVD"}
    assert set(demo["media_file"]["file_role"]) == {"main", "extra", "trailer", "sample"}


def test_sizes_follow_from_bitrate_and_duration(demo: Demo) -> None:
    """A file is as large as its bitrate times its duration, within two in a hundred."""
    whole = demo["media_file"].filter(pl.col("problem").is_null() & (pl.col("size_bytes") > 1_000_000))
    expected = whole["bitrate_kbps"] * 125.0 * whole["duration_seconds"]
    assert ((whole["size_bytes"] / expected) - 1).abs().max() < 0.02


def test_streams_are_numbered_from_zero(demo: Demo) -> None:
    """The streams of a file are 0, 1, 2, ... : one video, one to three audio, then subtitles."""
    streams = demo["media_stream"].group_by("library", "path").agg(
        pl.col("stream_index").max().alias("last"), pl.len(),
        (pl.col("stream_type") == "video").sum().alias("video"),
        (pl.col("stream_type") == "audio").sum().alias("audio"),
    )  # fmt: skip
    assert (streams["last"] == streams["len"] - 1).all()
    assert set(streams["video"]) == {1}
    assert set(streams["audio"]) == {1, 2, 3}


def test_files_have_faults(demo: Demo) -> None:
    """A few files are missing, a few cannot be read and then have no streams, some items have several."""
    files = demo["media_file"]
    assert 0.003 < files["missing_since"].is_not_null().mean() < 0.03
    broken = files.filter(pl.col("problem").is_not_null())
    assert 5 < len(broken) < 100
    assert broken.join(demo["media_stream"], on=["library", "path"], how="semi").is_empty()
    main = files.filter((pl.col("file_role") == "main") & pl.col("part_number").is_null())
    assert (main.group_by("library", "item_key").len()["len"] > 1).sum() > 100
    assert files["part_number"].max() == 2
    assert files["edition"].drop_nulls().n_unique() > 4
    assert (
        files["missing_since"].drop_nulls() >= files.filter(pl.col("missing_since").is_not_null())["added_at"]
    ).all()


def test_pictures_subtitles_and_ids_have_gaps(demo: Demo, films: pl.DataFrame) -> None:
    """Some films lack a poster, Spanish subtitles or an id; downloads are in all states."""
    posters = demo["artwork"].filter(pl.col("artwork_type") == "poster")
    spanish = demo["subtitle"].filter(pl.col("language") == "es")
    imdb = demo["external_id"].filter(pl.col("source") == "imdb")
    for told, least, most in ((posters, 0.02, 0.15), (spanish, 0.6, 0.9), (imdb, 0.03, 0.15)):
        lacking = len(films.join(told, on=["library", "item_key"], how="anti")) / len(films)
        assert least < lacking < most
    for name in ("artwork", "subtitle"):
        assert set(demo[name]["download_status"]) == {"local", "downloaded", "pending", "failed"}


def test_ids_are_unique_in_their_space(demo: Demo) -> None:
    """One id of one space is one work or one person; the two libraries that share films agree on it."""
    ids = demo["external_id"].select("item_key", "person_key", "source", "id_space", "external_id").unique()
    assert ids.select("source", "id_space", "external_id").is_duplicated().sum() == 0
    imdb = ids.filter(pl.col("source") == "imdb")["external_id"]
    assert imdb.str.contains(r"^(tt|nm)\d{7,8}$").all()


def test_ratings_follow_votes(films: pl.DataFrame) -> None:
    """Ratings lie around six and a half; better films have more votes; a few have neither."""
    assert 6.0 < films["rating"].mean() < 7.0
    good = films.filter(pl.col("rating") > 7)["votes"].mean()
    assert good > films.filter(pl.col("rating") < 6)["votes"].mean() * 1.2
    assert films["rating"].is_null().sum() == films["votes"].is_null().sum() > 20


def test_history_is_three_peoples_evenings(demo: Demo) -> None:
    """Three people over years, each play in their evening; some see a film again, some leave early."""
    events = demo["history_event"]
    assert set(events["event_type"]) == {"played", "paused", "rated", "added", "watchlisted"}
    played = events.filter(pl.col("event_type") == "played")
    assert set(played["user_name"]) == {"ana", "björn", "chen"}
    assert played.filter(pl.col("user_name") == "ana")["occurred_at"].dt.hour().is_between(19, 23).mean() > 0.8
    assert played["occurred_at"].dt.year().n_unique() > 6
    assert played.group_by("library", "item_key", "user_name").len()["len"].max() > 1
    assert 0.01 < (played["value"] < 1).mean() < 0.2
    assert played["value"].is_between(0, 1).all()


def test_ratings_of_the_owner_agree(demo: Demo) -> None:
    """Ana's rating events are the items' own ratings."""
    rated = demo["history_event"].filter(pl.col("event_type") == "rated")
    joined = rated.join(demo["media_item"], on=["library", "item_key"])
    assert len(joined) > 100
    assert (joined["value"] == joined["user_rating"]).all()


def test_job_runs_are_past() -> None:
    """Three dozen runs, oldest first, before the present; some failed and say why, some never ended."""
    runs = job_runs(5_000)
    assert len(runs) == 36
    assert {run["job_type"] for run in runs} == {"scan", "import", "enrich"}
    assert {run["status"] for run in runs} == {"succeeded", "failed", "interrupted"}
    assert [run["started_at"] for run in runs] == sorted(run["started_at"] for run in runs)
    assert max(run["started_at"] for run in runs) < datetime(2026, 1, 1)
    assert all((run["error"] is not None) == (run["status"] == "failed") for run in runs)
    assert all((run["finished_at"] is None) == (run["status"] == "interrupted") for run in runs)
    assert runs == job_runs(5_000)

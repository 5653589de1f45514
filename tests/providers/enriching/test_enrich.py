"""A library is enriched: what is empty is filled, nothing is asked twice, and whatever goes wrong costs only itself."""

from __future__ import annotations

import polars as pl
import pytest

from mediamgr.errors import InputError
from mediamgr.library import Library
from mediamgr.progress import silent
from mediamgr.providers.enriching import EnrichReport
from mediamgr.providers.simulator import Faults, Simulator

SOURCES = "select field_name, source from field_source where media_item_id = {} order by field_name"


def enriched(lib: Library, provider: str | list[str] | None = "tmdb", **options: object) -> EnrichReport:
    """Without a bar."""
    return lib.enrich(provider, show_progress=silent, **options)  # type: ignore[arg-type]


def works(lib: Library) -> int:
    """How many films and shows there are."""
    return lib.items.count_all(media_type="movie") + lib.items.count_all(media_type="show")


def some_film(lib: Library) -> int:
    """The first film by id."""
    return int(lib.sql("select min(id) as id from media_item where media_type = 'movie'")["id"].item())


class TestAll:
    """One provider is asked for everything."""

    def test_what_is_empty_is_filled_and_nothing_is_asked_twice(self, mine: Library, sites: Simulator) -> None:
        """Each work is found, or noted as doubtful or not there; a second run makes no request."""
        report = enriched(mine)
        (told,) = report.rounds
        assert (told.due, told.failed, told.left) == (works(mine), 0, 0)
        assert told.matched > 0.9 * told.due
        assert told.requests == sites.count("tmdb")
        found = mine.sql("select status, count(*) as works from provider_match group by all order by all")
        wanted = {"matched": told.matched, "doubtful": told.doubtful, "nothing": told.nothing}
        assert {each["status"]: each["works"] for each in found.to_dicts() if each["status"] != "doubtful"} == {
            name: count for name, count in wanted.items() if count and name != "doubtful"
        }
        fields = mine.sql("select count(*) from field_source where source = 'tmdb' and field_name not like 'id:%'")
        assert report.filled.height == fields.item()
        assert mine.sql("select count(*) from media_item where media_type = 'movie' and plot is not null").item() > 0
        assert mine.sql("select count(*) from listed_episode where source = 'tmdb'").item() > 0
        assert mine.check()["found"].sum() == 0

        before = sites.count()
        again = enriched(mine)
        assert sites.count() == before
        assert [each.due for each in again.rounds] == [0]
        assert again.loaded.rows == 0

    def test_a_second_provider_fills_what_the_first_left(self, mine: Library, sites: Simulator) -> None:
        """And takes nothing of it away."""
        enriched(mine)
        known = mine.sql(
            "select id, plot, rating, runtime_minutes from media_item where media_type = 'show' order by id"
        )
        report = enriched(mine, ["tvmaze"])
        assert report.rounds[0].matched > 0
        now = mine.sql("select id, plot, rating, runtime_minutes from media_item where media_type = 'show' order by id")
        assert now.equals(known)
        assert mine.sql("select count(*) from external_id where source = 'tvmaze' and id_space = 'show'").item() > 0

    def test_all_that_can_be_asked_are_asked_unless_one_is_named(
        self, mine: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Those with a key and TVmaze; without any key Wikidata, which knows films."""
        assert [each.provider for each in enriched(mine, None, limit=1).rounds] == ["tmdb", "tvmaze", "omdb"]
        monkeypatch.delenv("MEDIAMGR_TMDB_KEY")
        monkeypatch.delenv("MEDIAMGR_OMDB_KEY")
        assert [each.provider for each in enriched(mine, None, limit=1).rounds] == ["tvmaze", "wikidata"]

    def test_the_run_is_a_job(self, mine: Library) -> None:
        """With what it did."""
        report = enriched(mine, limit=3)
        job = mine.about.jobs().row(0, named=True)
        assert (job["job_type"], job["status"]) == ("enrich", "succeeded")
        counts = mine.sql("select map_entries(counts) as told from job_run order by id desc limit 1")["told"][0]
        assert {each["key"]: each["value"] for each in counts} == report.counts

    def test_people_and_pictures_come_in(self, mine: Library) -> None:
        """With ids of their own, and as pictures to be had."""
        enriched(mine, limit=2)
        assert mine.sql("select count(*) from credit where source = 'tmdb'").item() > 0
        assert mine.sql("select count(*) from external_id where source = 'tmdb' and id_space = 'person'").item() > 0
        kinds = mine.sql("select distinct artwork_type, download_status from artwork where source = 'tmdb'").rows()
        assert ("poster", "pending") in kinds


class TestWhatStays:
    """What others said."""

    def test_what_the_user_edited_stays_and_the_rest_says_who_filled_it(self, mine: Library) -> None:
        """Field by field."""
        film = some_film(mine)
        mine.edit(film, plot="My own words.", genres=["Mine"])
        enriched(mine)
        row = mine.sql(f"select plot, genres, runtime_minutes from media_item where id = {film}").row(0, named=True)
        assert (row["plot"], row["genres"]) == ("My own words.", ["Mine"])
        assert row["runtime_minutes"] is not None
        sources = dict(mine.sql(SOURCES.format(film)).iter_rows())
        assert (sources["plot"], sources["genres"], sources["runtime_minutes"]) == ("user", "user", "tmdb")

    def test_a_dry_run_asks_and_writes_nothing(self, mine: Library, sites: Simulator) -> None:
        """What it says is what comes then, without another request."""
        dry = enriched(mine, dry_run=True)
        assert dry.filled.height > 0
        assert mine.sql("select count(*) from provider_match").item() == 0
        assert mine.sql("select count(*) from field_source").item() == 0
        assert mine.about.jobs().height == 1
        before = sites.count()
        wet = enriched(mine)
        assert sites.count() == before
        assert wet.rounds[0].hit_rate == 1.0
        order = ["item_id", "field_name"]
        assert wet.filled.sort(order).equals(dry.filled.sort(order))


class TestParts:
    """Of a library, a few at a time."""

    def test_a_limit_is_a_limit_and_the_next_run_goes_on(self, mine: Library) -> None:
        """Until all were asked for."""
        assert [each.due for each in enriched(mine, limit=4).rounds] == [4]
        assert mine.sql("select count(distinct media_item_id) from provider_match").item() == 4
        assert enriched(mine).rounds[0].due == works(mine) - 4

    def test_only_what_lacks_something_is_asked_for(self, mine: Library) -> None:
        """A field that the provider knows, people or a poster."""
        enriched(mine)
        missing = enriched(mine, "tvmaze", only="missing").rounds[0]
        assert missing.due <= mine.items.count_all(media_type="show")
        with pytest.raises(InputError, match="only is 'new' or 'missing', not 'all'"):
            enriched(mine, only="all")

    def test_only_one_library_of_the_file(self, mine: Library) -> None:
        """The others are left alone."""
        with pytest.raises(InputError, match="no library 'Another' in this file; there are Mine"):
            enriched(mine, library="Another")
        assert enriched(mine, library="Mine", limit=1).rounds[0].due == 1


class TestDoubt:
    """What nobody can tell from names."""

    def test_people_without_ids_come_in(self, mine: Library) -> None:
        """OMDb knows them by name only."""
        report = enriched(mine, "omdb", limit=2)
        assert report.rounds[0].matched == 2
        assert mine.sql("select count(*) from credit where source = 'omdb'").item() > 0

    def test_what_was_accepted_is_written_by_the_next_run(self, mine: Library) -> None:
        """And what was turned down is not asked for again."""
        years = mine.sql("select id, year from media_item where media_type = 'movie' and year is not null order by id")
        for film, year in years.head(3).iter_rows():
            mine.edit(film, year=year + 2)
        enriched(mine)
        doubtful = mine.matches.doubtful()
        items = doubtful["media_item_id"].unique(maintain_order=True).to_list()
        review = mine.review()
        first = doubtful.filter(pl.col("media_item_id") == items[0]).row(0, named=True)
        assert review.accept(items[0], "tmdb", first["external_id"])
        for each in items[1:]:
            assert review.reject(each, "tmdb")
        again = enriched(mine)
        assert (again.rounds[0].due, again.rounds[0].matched) == (1, 1)
        assert set(again.filled["item_id"]) == {items[0]}
        assert mine.matches.doubtful().is_empty()
        assert enriched(mine).rounds[0].due == 0

    def test_what_was_taken_for_the_wrong_film_can_be_corrected(self, mine: Library) -> None:
        """Facts and ids of it go, whatever site they are of; it is not taken again."""
        film = some_film(mine)
        enriched(mine, limit=1)
        assert "imdb" in mine.items.external_ids(film)["source"]
        review = mine.review(items=film)
        assert review.reject(film, "tmdb")
        assert mine.items.external_ids(film).is_empty()
        assert mine.sql(f"select plot from media_item where id = {film}")["plot"].item() is None
        assert enriched(mine, limit=1).filled.filter(pl.col("item_id") == film).is_empty()
        with pytest.raises(InputError, match="no provider 'foo'"):
            mine.review("foo")

    def test_what_was_not_found_is_asked_for_again_when_its_name_is_corrected(self, mine: Library) -> None:
        """And only then."""
        film = some_film(mine)
        title, year = mine.sql(f"select title, year from media_item where id = {film}").row(0)
        mine.edit(film, title="Zzyzx Qwfpgj", year=1903)
        assert enriched(mine, limit=1).rounds[0].nothing == 1
        rest = enriched(mine).rounds[0].due
        assert rest == works(mine) - 1
        mine.edit(film, title=title, year=year)
        assert [(each.due, each.matched) for each in enriched(mine).rounds] == [(1, 1)]

    def test_what_is_not_there_is_noted(self, mine: Library) -> None:
        """And is not asked for again."""
        mine.edit(some_film(mine), title="Zzyzx Qwfpgj", year=1903)
        told = enriched(mine, limit=1).rounds[0]
        assert (told.nothing, told.matched) == (1, 0)
        assert enriched(mine, limit=1).rounds[0].matched <= 1


class TestBadNetworks:
    """What can go wrong does."""

    @pytest.mark.parametrize("fault", ["errors", "resets", "truncated", "too_many", "wrong_json"])
    def test_what_is_spoilt_is_asked_for_again(self, mine: Library, sites: Simulator, fault: str) -> None:
        """All is found all the same."""
        sites.faults["tmdb"] = Faults(**{fault: 2}, every=3)  # type: ignore[arg-type]
        told = enriched(mine, limit=6).rounds[0]
        assert (told.failed, told.matched + told.doubtful + told.nothing) == (0, 6)

    def test_one_that_is_out_of_order_is_given_up_and_the_next_is_asked(self, mine: Library, sites: Simulator) -> None:
        """The report says so; the next run goes on."""
        sites.faults["tmdb"] = Faults(errors=10**6, every=1)
        report = enriched(mine, ["tmdb", "tvmaze"], limit=30)
        tmdb, tvmaze = report.rounds
        assert tmdb.matched == 0
        assert tmdb.stopped is not None
        assert report.failures["provider"].unique().to_list() == ["tmdb"]
        assert tvmaze.matched > 0
        assert "given up" in repr(report)
        del sites.faults["tmdb"]

    def test_a_wrong_key_is_told_at_once(
        self, mine: Library, sites: Simulator, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With what to set; the key is not shown."""
        monkeypatch.setenv("MEDIAMGR_TMDB_KEY", "wrongsecret")
        told = enriched(mine).rounds[0]
        assert told.matched == 0
        assert told.stopped is not None
        assert "MEDIAMGR_TMDB_KEY" in told.stopped
        assert "wrongsecret" not in told.stopped
        assert sites.count("tmdb") <= 16

    def test_offline_gives_what_is_kept(self, mine: Library, sites: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
        """And asks nobody."""
        enriched(mine, limit=3, dry_run=True)
        before = sites.count()
        monkeypatch.setenv("MEDIAMGR_PROVIDER_OFFLINE", "true")
        told = enriched(mine, limit=5).rounds[0]
        assert sites.count() == before
        assert (told.matched + told.doubtful + told.nothing, told.failed) == (3, 2)

    def test_a_provider_that_is_none_is_named(self, mine: Library) -> None:
        """With those there are."""
        with pytest.raises(InputError, match="no provider 'tmbd'; there are tmdb, tvmaze, omdb, wikidata"):
            enriched(mine, "tmbd")

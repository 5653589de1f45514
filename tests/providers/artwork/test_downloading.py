"""Pictures that are pending are downloaded: once, checked, kept by content, and noted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest

from mediamgr.errors import LibraryError
from mediamgr.library import Library
from mediamgr.providers.artwork import ArtworkReport, download_artwork
from mediamgr.providers.simulator import Simulator
from mediamgr.store import Records
from tests.builders import copy_of
from tests.providers.artwork.serving import Had, Site, fetch, picture, serving


@pytest.fixture
def lib(tmp_path: Path, made: bytes) -> Iterator[Library]:
    """Ten films and a show; one film has a poster on disk."""
    with copy_of(made, tmp_path / "l.duckdb") as lib:
        yield lib


@pytest.fixture
def site() -> Iterator[Site]:
    """A server of pictures."""
    with serving() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where pictures are to be."""
    return tmp_path / "l.artwork"


def pending(lib: Library, *rows: tuple[str, str, str]) -> None:
    """Note addresses of pictures: item_key, artwork_type, url, the best first."""
    frame = pl.DataFrame(rows, schema=["item_key", "artwork_type", "url"], orient="row").with_row_index("position")
    lib.load(Records("Films", {"artwork": frame.with_columns(download_status=pl.lit("pending"))}, source="tmdb"))


def download(lib: Library, folder: Path, **more: Any) -> ArtworkReport:
    """Download what is pending."""
    return download_artwork(lib._open, folder, **{"fetch": fetch, **more})


def statuses(lib: Library) -> list[tuple[str, str, str | None]]:
    """item_key, status and name of the file of all pictures but those beside films."""
    frame = lib.sql(
        "select i.item_key, a.download_status, a.path from artwork a join media_item i on i.id = a.media_item_id"
        " where a.url is not null order by i.id, a.position"
    )
    return [(key, status, Path(path).name if path else None) for key, status, path in frame.iter_rows()]


def files(folder: Path) -> list[str]:
    """What lies in the folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


class TestDownloading:
    """download_artwork()."""

    def test_a_picture_is_kept_by_its_content(self, lib: Library, site: Site, folder: Path) -> None:
        """With its real size, whatever was said; and shown as the item's."""
        body = picture()
        pending(lib, ("walle", "poster", site.has("/1.jpg", body)))
        report = download(lib, folder)
        name = hashlib.sha256(body).hexdigest()
        assert files(folder) == [f"{name[:2]}/{name}.jpg"]
        assert (folder / name[:2] / f"{name}.jpg").read_bytes() == body
        assert report.counts == {"downloaded": 1}
        said = lib.sql("select path, width, height, download_status from artwork where url is not null").row(0)
        assert said == (str(folder / name[:2] / f"{name}.jpg"), 300, 450, "downloaded")
        assert lib.artwork.posters(lib.search("walle")["id"].to_list())["path"].item() == said[0]
        assert report.pictures.select("artwork_type", "width", "size_bytes").row(0) == ("poster", 300, len(body))

    def test_once_is_enough(self, lib: Library, site: Site, folder: Path) -> None:
        """An address that several items have is asked for once, and one of the same content is the same file."""
        body = picture()
        one, two = site.has("/1.jpg", body), site.has("/2.jpg", body)
        pending(lib, ("walle", "poster", one), ("aeon", "poster", one), ("dont", "poster", two))
        assert download(lib, folder).counts == {"downloaded": 2}
        name = hashlib.sha256(body).hexdigest() + ".jpg"
        assert statuses(lib) == [(key, "downloaded", name) for key in ("walle", "aeon", "dont")]
        assert site.asked == {"/1.jpg": 1, "/2.jpg": 1}
        assert len(files(folder)) == 1
        assert download(lib, folder).pictures.is_empty()

    def test_one_of_each_type_is_enough(self, lib: Library, site: Site, folder: Path) -> None:
        """The first; none for what lies beside the film, and the next when the first cannot be had."""
        urls = [
            site.has(f"/{number}.jpg", picture(colour=colour)) for number, colour in enumerate(("red", "blue", "lime"))
        ]
        gone = f"{site.url}/gone.jpg"
        pending(
            lib,
            ("walle", "poster", gone),
            *(("walle", "poster", url) for url in urls),
            ("blade", "poster", f"{site.url}/other.jpg"),
        )
        assert download(lib, folder).counts == {"failed": 1}
        assert download(lib, folder).counts == {"downloaded": 1}
        assert [status for _, status, _ in statuses(lib)] == ["pending", "failed", "downloaded", "pending", "pending"]
        assert download(lib, folder).pictures.is_empty()

    def test_stills_only_on_request(self, lib: Library, site: Site, folder: Path) -> None:
        """And no more than are asked for."""
        pending(lib, *((key, "still", site.has(f"/{key}.jpg", picture())) for key in ("walle", "aeon")))
        assert download(lib, folder).counts == {}
        assert download(lib, folder, types=["still"], sources=["tvmaze"]).counts == {}
        assert download(lib, folder, types=["still"], sources=["tvmaze", "tmdb"], limit=1).counts == {"downloaded": 1}

    def test_many_at_a_time(self, lib: Library, site: Site, folder: Path) -> None:
        """In the threads of whoever calls; noted as they come."""
        keys = ["walle", "aeon", "dont", "acdc", "8half", "sling"]
        colours = ["red", "lime", "blue", "navy", "pink", "gold"]
        addresses = [site.has(f"/{key}.jpg", picture(colour=colour)) for key, colour in zip(keys, colours, strict=True)]
        pending(lib, *((key, "poster", url) for key, url in zip(keys, addresses, strict=True)))
        seen = []

        def in_parallel(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Ended]:
            with ThreadPoolExecutor(4) as pool:
                for future in as_completed([pool.submit(function, each) for each in items]):
                    yield Ended(None if future.exception() else future.result(), future.exception())
                    seen.append(future)

        assert download(lib, folder, in_parallel=in_parallel).counts == {"downloaded": 6}
        assert len(files(folder)) == len(seen) == 6

    def test_pictures_of_the_simulator(self, lib: Library, folder: Path) -> None:
        """Drawn for the library itself."""
        with Simulator(lib) as simulator:
            url = f"{simulator.url}/images/t/p/w342"
            pending(lib, ("walle", "poster", f"{url}/p6.jpg"), ("walle", "logo", f"{url}/l6.png"))
            assert download(lib, folder).counts == {"downloaded": 2}
        assert lib.sql("select width, height from artwork where artwork_type = 'poster' and url is not null").row(
            0
        ) == (342, 513)


class Ended(NamedTuple):
    """What became of a call."""

    value: Any
    error: BaseException | None


class TestTrouble:
    """What cannot be had."""

    def test_what_is_no_picture_failed(self, lib: Library, site: Site, folder: Path) -> None:
        """Nothing of it stays; it is tried again only when asked."""
        pending(
            lib,
            ("walle", "poster", site.has("/page.jpg", b"<html>", "image/jpeg")),
            ("aeon", "poster", site.has("/cut.jpg", picture()[:-3000])),
            ("dont", "poster", f"{site.url}/none.jpg"),
        )
        report = download(lib, folder)
        assert report.counts == {"failed": 3}
        assert all(report.pictures["reason"].is_not_null())
        assert files(folder) == []
        assert {status for _, status, _ in statuses(lib)} == {"failed"}
        assert download(lib, folder).pictures.is_empty()
        site.has("/cut.jpg", picture())
        assert download(lib, folder, retry_failed=True).counts == {"downloaded": 1, "failed": 2}

    def test_an_outage_leaves_it_pending(self, lib: Library, site: Site, folder: Path) -> None:
        """For the next time."""
        pending(lib, ("walle", "poster", site.has("/1.jpg", picture())))
        site.down = True
        assert download(lib, folder).counts == {"pending": 1}
        assert statuses(lib) == [("walle", "pending", None)]
        site.down = False
        assert download(lib, folder).counts == {"downloaded": 1}

    def test_a_part_is_gone_on_with(self, lib: Library, site: Site, folder: Path) -> None:
        """It is where it was the last time."""
        body = picture()
        url = site.has("/1.jpg", body)
        pending(lib, ("walle", "poster", url))

        def breaks_off(url: str, file: Path) -> Had:
            file.with_name(f"{file.name}.part").write_bytes(body[:5000])
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            download(lib, folder, fetch=breaks_off)
        site.answers["/1.jpg"] = (b"x" * 5000 + body[5000:], "image/jpeg")
        assert download(lib, folder).counts == {"downloaded": 1}
        assert files(folder)[0].endswith(f"{hashlib.sha256(body).hexdigest()}.jpg")

    @pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
    def test_what_was_had_is_noted_whatever_comes_then(
        self, lib: Library, site: Site, folder: Path, stop: type[BaseException]
    ) -> None:
        """The rest stays pending."""
        colours = {"walle": "red", "aeon": "lime", "dont": "blue"}
        pending(lib, *((key, "poster", site.has(f"/{key}.jpg", picture(colour=c))) for key, c in colours.items()))

        def stops(url: str, file: Path) -> Had:
            if "dont" in url:
                raise stop
            return fetch(url, file)

        with pytest.raises(stop):
            download(lib, folder, fetch=stops)
        assert [status for _, status, _ in statuses(lib)] == ["downloaded", "downloaded", "pending"]

    def test_no_address_leads_out_of_the_folder(self, lib: Library, site: Site, folder: Path) -> None:
        """A path is made of the content alone."""
        body = picture()
        paths = ["../../../etc/passwd", "..%2f..%2fx.jpg", "a/b/../c.jpg", "%00.jpg", "long" * 300, "con.jpg?x=../y"]
        keys = ["walle", "aeon", "dont", "acdc", "8half", "sling"]
        pending(lib, *((key, "poster", f"{site.url}/{path}") for key, path in zip(keys, paths, strict=True)))

        def any_way(url: str, file: Path) -> Had:
            return fetch(site.has("/1.jpg", body), file)

        assert download(lib, folder, fetch=any_way).counts == {"downloaded": len(paths)}
        name = hashlib.sha256(body).hexdigest()
        assert files(folder) == [f"{name[:2]}/{name}.jpg"]

    @pytest.mark.parametrize("which", ["kept", "incoming"])
    def test_a_link_that_leads_out_is_refused(
        self, lib: Library, site: Site, folder: Path, tmp_path: Path, which: str
    ) -> None:
        """Nothing is written there; the artwork folder itself may be a link."""
        body = picture()
        pending(lib, ("walle", "poster", site.has("/1.jpg", body)))
        elsewhere, real = tmp_path / "elsewhere", tmp_path / "real"
        elsewhere.mkdir()
        real.mkdir()
        folder.symlink_to(real)
        name = hashlib.sha256(body).hexdigest()
        link = real / (name[:2] if which == "kept" else ".incoming")
        link.symlink_to(elsewhere)
        with pytest.raises(LibraryError, match="leads out of the artwork folder"):
            download(lib, folder)
        assert files(elsewhere) == []
        assert statuses(lib) == [("walle", "pending", None)]
        link.unlink()
        assert download(lib, folder).counts == {"downloaded": 1}

    def test_a_folder_that_cannot_be_made(self, lib: Library, site: Site, tmp_path: Path) -> None:
        """Says what to set."""
        (tmp_path / "file").touch()
        pending(lib, ("walle", "poster", site.has("/1.jpg", picture())))
        with pytest.raises(LibraryError, match="set another artwork_dir"):
            download(lib, tmp_path / "file")

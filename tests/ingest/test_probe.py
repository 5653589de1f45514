"""Looking into media files: what MediaInfo says of real ones becomes facts, and no file is fatal."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediamgr.ingest.probe import Probe, Stream, facts_from_tracks, probe, probe_many
from tests.media import Masters, empty, make_video, truncated
from tests.parts import without_rights

NO_MEDIA = "holds no video or audio that MediaInfo knows"
X265 = "log-level=error:colorprim=bt2020:colormatrix=bt2020nc:repeat-headers=1"
MASTERING = (
    "hdr10=1:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400"
)
TRACKS = b"\x16T\xaek"
"""Begins the list of tracks in Matroska."""
TEN_BIT = ("-pix_fmt", "yuv420p10le")


def x265(*params: str) -> tuple[str, ...]:
    """Arguments that encode HEVC."""
    return ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", ":".join((X265, *params)))


def probed_apart(folder: Path) -> list[str | None]:
    """The problems of all files of a folder, looked into by a process that has a minute for it."""
    code = (
        "import json, os, sys; from mediamgr.ingest.probe import probe;"
        "print(json.dumps([probe(entry.path).problem for entry in os.scandir(sys.argv[1])]))"
    )
    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(command, check=True, timeout=60, capture_output=True, text=True)
    problems: list[str | None] = json.loads(done.stdout)
    return problems


@pytest.fixture(scope="session")
def film(masters: Masters, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of one second in Matroska: h264, aac, a German subtitle and a forced English one."""
    path = tmp_path_factory.mktemp("probe") / "film.mkv"
    path.write_bytes(masters.film)
    return path


class TestContainersAndCodecs:
    """Real files of every kind."""

    @pytest.mark.parametrize(
        ("name", "options", "container", "codecs"),
        [
            ("a.mkv", {}, "mkv", ["h264", "aac"]),
            ("a.mp4", {"audio": [("eng", "aac"), ("fra", "ac3")]}, "mp4", ["h264", "aac", "ac3"]),
            ("a.m4v", {}, "mp4", ["h264", "aac"]),
            ("a.mov", {}, "mov", ["h264", "aac"]),
            ("a.avi", {"video": ("-c:v", "mpeg4"), "audio": [("eng", "ac3")]}, "avi", ["mpeg4", "ac3"]),
            ("a.webm", {"video": ("-c:v", "libvpx"), "audio": [("eng", "libopus")]}, "webm", ["vp8", "opus"]),
            ("a.webm", {"video": ("-c:v", "libvpx-vp9", "-cpu-used", "8"), "audio": []}, "webm", ["vp9"]),
            ("a.ts", {"video": ("-c:v", "mpeg2video")}, "ts", ["mpeg2video", "aac"]),
            ("a.m2ts", {}, "m2ts", ["h264", "aac"]),
            ("a.mpg", {"video": ("-c:v", "mpeg1video"), "audio": [("eng", "mp2")]}, "mpg", ["mpeg1video", "mp2"]),
            ("a.wmv", {"video": ("-c:v", "wmv2"), "audio": [("eng", "wmav2")]}, "wmv", ["wmv2", "wma"]),
            ("a.flv", {}, "flv", ["h264", "aac"]),
            ("a.ogv", {"video": ("-c:v", "libtheora"), "audio": [("eng", "libvorbis")]}, "ogm", ["theora", "vorbis"]),
            (
                "all.mkv",
                {
                    "audio": [
                        (language, codec)
                        for language, codec in zip(
                            ("eng", "fra", "ger", "jpn", "ita", "spa", "zho"),
                            ("flac", "libopus", "eac3", "pcm_s16le", "libmp3lame", "dca", "truehd"),
                            strict=True,
                        )
                    ]
                },
                "mkv",
                ["h264", "flac", "opus", "eac3", "pcm", "mp3", "dts", "truehd"],
            ),
        ],
    )  # fmt: skip
    def test_are_named_as_people_name_them(
        self, tmp_path: Path, name: str, options: dict[str, Any], container: str, codecs: list[str]
    ) -> None:
        """Container and codecs have their short names; length and numbering are right."""
        found = probe(str(make_video(tmp_path / name, **options)))
        assert (found.container, found.problem) == (container, None)
        assert [stream.codec for stream in found.streams] == codecs
        assert [stream.stream_index for stream in found.streams] == list(range(len(codecs)))
        assert [stream.stream_type for stream in found.streams] == ["video"] + ["audio"] * (len(codecs) - 1)
        assert found.duration_seconds == pytest.approx(1.0, abs=0.35)
        assert found.bitrate_kbps is not None
        assert 10 < found.bitrate_kbps < 5000

    def test_the_facts_of_a_picture(self, tmp_path: Path) -> None:
        """Size in pixels, frames a second, bits and range are those it was made with."""
        path = make_video(tmp_path / "a.mp4", size="322x182", seconds=2, options=["-r", "24000/1001"], audio=[])
        found = probe(str(path))
        (stream,) = found.streams
        assert (stream.width, stream.height, stream.bit_depth, stream.hdr_format) == (322, 182, 8, "SDR")
        assert stream.frame_rate == pytest.approx(23.976, abs=0.001)
        assert found.duration_seconds == pytest.approx(2.0, abs=0.1)
        assert stream.profile is not None
        assert (stream.channels, stream.language, stream.is_forced) == (None, None, False)

    def test_the_facts_of_sound(self, tmp_path: Path) -> None:
        """Channels, bit rate, title and language; the depth and size of pictures are not for sound."""
        options = ["-ac", "6", "-b:a", "192k", "-metadata:s:a:0", "title=Director's commentary"]
        path = make_video(tmp_path / "a.mkv", audio=[("jpn", "ac3")], options=options)
        stream = probe(str(path)).streams[1]
        assert (stream.codec, stream.channels, stream.bitrate_kbps) == ("ac3", 6, 192)
        assert (stream.language, stream.title) == ("ja", "Director's commentary")
        assert (stream.width, stream.frame_rate, stream.bit_depth, stream.hdr_format) == (None, None, None, None)

    @pytest.mark.parametrize(
        ("params", "pixels", "hdr", "bits"),
        [
            pytest.param((), (), "SDR", 8, id="SDR"),
            pytest.param(("transfer=smpte2084", MASTERING), TEN_BIT, "HDR10", 10, id="HDR10"),
            pytest.param(("transfer=smpte2084",), TEN_BIT, "HDR10", 10, id="PQ without mastering data"),
            pytest.param(("transfer=arib-std-b67",), TEN_BIT, "HLG", 10, id="HLG"),
        ],
    )
    def test_high_dynamic_range(
        self, tmp_path: Path, params: tuple[str, ...], pixels: tuple[str, ...], hdr: str, bits: int
    ) -> None:
        """What the stream says of its brightness is its format."""
        path = make_video(tmp_path / "a.mkv", video=x265(*params), options=pixels, audio=[], seconds=0.2)
        (stream,) = probe(str(path)).streams
        assert (stream.codec, stream.hdr_format, stream.bit_depth) == ("hevc", hdr, bits)


class TestSubtitlesAndMarks:
    """Languages, and what is default or forced."""

    def test_subtitles_in_matroska(self, film: Path) -> None:
        """SubRip with language and mark."""
        found = [each for each in probe(str(film)).streams if each.stream_type == "subtitle"]
        assert [(each.codec, each.language, each.is_forced, each.is_default) for each in found] == [
            ("subrip", "de", False, False),
            ("subrip", "en", True, False),
        ]

    def test_default_and_hearing_impaired(self, tmp_path: Path) -> None:
        """The container's mark, and a title that says so, count; a title of sound does not."""
        titles = [
            "-metadata:s:s:0",
            "title=English (SDH)",
            "-metadata:s:s:1",
            "title=Forced",
            "-metadata:s:a:0",
            "title=forced cc",
        ]
        path = make_video(
            tmp_path / "a.mkv",
            subtitles=[("eng", "default"), ("por", ""), ("und", "")],
            options=["-c:s", "srt", "-disposition:a:0", "default", *titles],
        )
        _, sound, *texts = probe(str(path)).streams
        assert (sound.is_default, sound.is_forced, sound.is_hearing_impaired) == (True, False, False)
        assert [(each.is_default, each.is_forced, each.is_hearing_impaired) for each in texts] == [
            (True, False, True),
            (False, True, False),
            (False, False, False),
        ]
        assert [each.language for each in texts] == ["en", "pt", None]

    def test_subtitles_in_mp4(self, tmp_path: Path) -> None:
        """MP4 has a kind of text of its own."""
        path = make_video(tmp_path / "a.mp4", subtitles=[("dut", "")], options=["-c:s", "mov_text"])
        text = probe(str(path)).streams[2]
        assert (text.stream_type, text.codec, text.language) == ("subtitle", "mov_text", "nl")

    def test_a_title_may_hold_anything(self, tmp_path: Path) -> None:
        """Markup inside the file is text; control codes are left out."""
        titles = ["-metadata:s:a:0", "title=<b>&amp;]]> \"' 日本", "-metadata:s:v:0", "title=Direc\x1b[31mtor\x01 日本"]
        found = probe(str(make_video(tmp_path / "a.mkv", options=titles)))
        assert found.problem is None
        assert [each.title for each in found.streams] == ["Direc[31mtor 日本", "<b>&amp;]]> \"' 日本"]


class TestBrokenFiles:
    """A problem, never an exception."""

    def test_an_empty_file(self, tmp_path: Path) -> None:
        """Zero bytes are told as such."""
        assert probe(str(empty(tmp_path / "a.mkv"))) == Probe(problem="is empty (0 bytes)")

    @pytest.mark.parametrize("share", [0.5, 0.9, 0.99])
    def test_a_film_cut_short(self, film: Path, tmp_path: Path, share: float) -> None:
        """What its head says is kept, and that it is cut short is told."""
        found = probe(str(truncated(film, tmp_path / "cut.mkv", share)))
        assert found.problem == "is cut short"
        assert [stream.codec for stream in found.streams] == ["h264", "aac", "subrip", "subrip"]

    def test_a_film_of_which_only_the_beginning_is_there(self, film: Path, tmp_path: Path) -> None:
        """A Matroska header alone holds no streams."""
        assert probe(str(truncated(film, tmp_path / "cut.mkv", 0.01))).problem == NO_MEDIA

    def test_an_mp4_without_its_index(self, tmp_path: Path) -> None:
        """An MP4 whose download stopped has its index missing; it is told."""
        whole = make_video(tmp_path / "a.mp4")
        found = probe(str(truncated(whole, tmp_path / "cut.mp4", 0.5)))
        assert found.problem in (NO_MEDIA, "is cut short")

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(b"this is no film\n" * 100, id="text"),
            pytest.param(b"\0" * 5000, id="zeros"),
            pytest.param(b"x", id="one byte"),
            pytest.param(b"<?xml version='1.0'?><movie/>", id="xml"),
            pytest.param(b"\x1aE\xdf\xa3", id="the mark of Matroska alone"),
            pytest.param(random.Random(1).randbytes(20_000), id="noise"),
        ],
    )
    def test_what_is_no_film_at_all(self, tmp_path: Path, content: bytes) -> None:
        """A name does not make a film."""
        (tmp_path / "a.mkv").write_bytes(content)
        found = probe(str(tmp_path / "a.mkv"))
        assert (found.problem, found.streams) == (NO_MEDIA, ())

    def test_a_film_that_mediainfo_would_never_finish(self, film: Path, tmp_path: Path) -> None:
        """A Matroska file whose tracks are not found, for one wrong byte, is told at once."""
        content = film.read_bytes()
        at = content.rindex(TRACKS)
        (tmp_path / "a.mkv").write_bytes(content[:at] + b"\x16T\xc4k" + content[at + len(TRACKS) :])
        assert probed_apart(tmp_path) == [NO_MEDIA]

    def test_films_with_random_damage(self, film: Path, tmp_path: Path) -> None:
        """Whatever bytes of its head are wrong, a film has facts or a problem."""
        chance = random.Random(2)
        for number in range(150):
            content = bytearray(film.read_bytes())
            for _ in range(chance.randint(1, 40)):
                content[chance.randrange(chance.choice([300, 1500, len(content)]))] = chance.randrange(256)
            (tmp_path / f"{number}.mkv").write_bytes(content)
        told = probed_apart(tmp_path)
        assert len(told) == 150
        assert NO_MEDIA in told
        assert None in told

    def test_text_in_a_film_that_is_no_text(self, tmp_path: Path) -> None:
        """Half a character in a tag does not cost the film its facts."""
        path = make_video(tmp_path / "a.wmv", video=("-c:v", "wmv2"), audio=[("eng", "wmav2")])
        path.write_bytes(path.read_bytes().replace("Lavf".encode("utf-16-le"), b"L\0\x30\xddv\0f\0"))
        found = probe(str(path))
        assert (found.problem, [stream.codec for stream in found.streams]) == (None, ["wmv2", "wma"])

    def test_what_is_no_file(self, tmp_path: Path) -> None:
        """Folders, links to nowhere and paths that cannot be are told."""
        (tmp_path / "folder.mkv").mkdir()
        (tmp_path / "link.mkv").symlink_to("none.mkv")
        told = {
            name: probe(str(tmp_path / name)).problem
            for name in ("folder.mkv", "link.mkv", "none.mkv", "n" * 300, "nul\0")
        }
        assert told == {
            "folder.mkv": "cannot be read: Is a directory",
            "link.mkv": "cannot be read: No such file or directory",
            "none.mkv": "cannot be read: No such file or directory",
            "n" * 300: "cannot be read: File name too long",
            "nul\0": "cannot be read: embedded null byte",
        }

    def test_a_film_without_permission(self, masters: Masters) -> None:
        """What may not be read is told."""
        with tempfile.TemporaryDirectory() as name:
            os.chmod(name, 0o755)
            path = Path(name) / "a.mkv"
            masters.copy(path)
            path.chmod(0)
            with without_rights():
                assert probe(str(path)).problem == "cannot be read: Permission denied"

    @pytest.mark.parametrize(
        "name", [b"\xff\xfe.mkv", b"new\nline.mkv", b"<b>'\".mkv", "日本.mkv".encode(), b"a" * 251 + b".mkv"]
    )
    def test_a_name_of_any_bytes(self, film: Path, tmp_path: Path, name: bytes) -> None:
        """What a file is called changes nothing of what is in it."""
        path = tmp_path / os.fsdecode(name)
        path.write_bytes(film.read_bytes())
        assert probe(str(path)) == probe(str(film))


class TestMany:
    """Several at once."""

    @pytest.mark.parametrize("threads", [1, 4, None])
    def test_every_file_has_one_answer(self, masters: Masters, tmp_path: Path, threads: int | None) -> None:
        """Good and bad ones, each with its path, whatever the number of threads."""
        paths = [str(tmp_path / f"{number}.mkv") for number in range(30)]
        for path in paths:
            masters.copy(Path(path))
        empty(Path(paths[3]))
        os.unlink(paths[7])
        counted: list[int] = []
        found = list(probe_many(iter(paths), threads=threads, on_progress=counted.append))
        assert sorted(path for path, _ in found) == sorted(paths)
        assert {path: each.problem for path, each in found if each.problem} == {
            paths[3]: "is empty (0 bytes)",
            paths[7]: "cannot be read: No such file or directory",
        }
        assert sum(counted) == 30

    def test_nothing_to_do(self) -> None:
        """No files, no answers."""
        assert list(probe_many([])) == []

    def test_closing_it_leaves_the_rest(self, masters: Masters, tmp_path: Path) -> None:
        """Whoever has seen enough stops: few are looked at in vain, and no thread stays."""
        masters.copy(tmp_path / "a.mkv")
        taken: list[int] = []

        def paths() -> Iterator[str]:
            for number in range(1000):
                taken.append(number)
                yield str(tmp_path / "a.mkv")

        results = probe_many(paths(), threads=2)
        assert next(results)[1].problem is None
        assert next(results)[1].problem is None
        results.close()
        # twice as many as threads are under way, and one more for each that was seen
        assert len(taken) <= 4 + 2 + 2
        assert not [thread for thread in threading.enumerate() if thread.name.startswith("mediamgr-probe")]

    def test_paths_that_fail_on_the_way_end_it(self, masters: Masters, tmp_path: Path) -> None:
        """What goes wrong while paths are listed is the caller's, and no thread stays."""
        masters.copy(tmp_path / "a.mkv")

        def paths() -> Iterator[str]:
            yield from [str(tmp_path / "a.mkv")] * 20
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            list(probe_many(paths(), threads=2))
        assert not [thread for thread in threading.enumerate() if thread.name.startswith("mediamgr-probe")]


def track(kind: str, **said: Any) -> dict[str, Any]:
    """A track as MediaInfo tells it."""
    return {"track_type": kind, **said}


class TestDeciding:
    """From tracks to facts, for what ffmpeg cannot make."""

    @pytest.mark.parametrize(
        ("said", "hdr"),
        [
            ({}, "SDR"),
            ({"hdr_format": "Dolby Vision", "hdr_format_compatibility": "HDR10"}, "Dolby Vision / HDR10"),
            ({"hdr_format": "Dolby Vision / SMPTE ST 2094 App 4", "hdr_format_compatibility": "HDR10 / HDR10+ Profile B"}, "Dolby Vision / HDR10+"),
            ({"hdr_format": "Dolby Vision", "transfer_characteristics": "PQ"}, "Dolby Vision"),
            ({"hdr_format": "SMPTE ST 2086", "hdr_format_commercial": "HDR10"}, "HDR10"),
            ({"hdr_format": "SMPTE ST 2094 App 4", "hdr_format_compatibility": "HDR10+ Profile A"}, "HDR10+"),
            ({"transfer_characteristics": "HLG"}, "HLG"),
            ({"transfer_characteristics": "BT.709"}, "SDR"),
        ],
    )  # fmt: skip
    def test_the_richest_range_comes_first(self, said: dict[str, str], hdr: str) -> None:
        """Every format a picture carries, the plainer one only where it stands for itself."""
        (stream,) = facts_from_tracks([track("Video", format="HEVC", **said)]).streams
        assert stream.hdr_format == hdr

    @pytest.mark.parametrize(
        ("kind", "said", "codec"),
        [
            ("Audio", {"format": "MLP FBA 16-ch"}, "truehd"),
            ("Audio", {"format": "E-AC-3 JOC"}, "eac3"),
            ("Audio", {"format": "DTS"}, "dts"),
            ("Audio", {"format": "DTS", "format_additionalfeatures": "XLL"}, "dts-hd ma"),
            ("Audio", {"format": "DTS", "format_additionalfeatures": "XLL X"}, "dts-hd ma"),
            ("Audio", {"format": "DTS", "commercial_name": "DTS-HD High Resolution Audio"}, "dts-hd"),
            ("Audio", {"format": "AAC LC SBR"}, "aac"),
            ("Audio", {"format": "Strange Sound"}, "strange sound"),
            ("Audio", {}, None),
            ("Video", {"format": "MPEG Video", "format_version": "Version 2"}, "mpeg2video"),
            ("Video", {"format": "VC-1"}, "vc1"),
            ("Video", {"format": "AV1"}, "av1"),
            ("Text", {"format": "PGS"}, "pgs"),
            ("Text", {"format": "VobSub"}, "vobsub"),
            ("Text", {"format": "UTF-8"}, "subrip"),
        ],
    )  # fmt: skip
    def test_codecs(self, kind: str, said: dict[str, str], codec: str | None) -> None:
        """Known ones have short names, others are as MediaInfo writes them."""
        assert facts_from_tracks([track(kind, **said)]).streams[0].codec == codec

    def test_numbers_as_they_are_written(self) -> None:
        """Where MediaInfo gives several values the first counts; what is no number is None."""
        found = facts_from_tracks(
            [
                track("General", format="Matroska", duration="5400123.5", overall_bit_rate="8 000"),
                track("Audio", format="DTS", channel_s="8 / 6", bit_rate="1509000 / 768000"),
                track("Audio", format="AC-3", channel_s="Object Based", bit_rate="Unknown / 640000"),
                track("Video", format="AVC", width="", height=0, frame_rate="24.000 / 23.976"),
            ]
        )
        assert found.duration_seconds == 5400.1235
        assert [(each.channels, each.bitrate_kbps) for each in found.streams[:2]] == [(8, 1509), (None, None)]
        picture = found.streams[2]
        assert (picture.width, picture.height, picture.frame_rate) == (None, None, 24.0)

    def test_menus_and_pictures_are_no_streams(self) -> None:
        """Only video, audio and text count, numbered without gaps."""
        found = facts_from_tracks(
            [track("General"), track("Image"), track("Video"), track("Menu"), track("Audio"), track("Other")]
        )
        assert found.streams == (Stream(0, "video", hdr_format="SDR"), Stream(1, "audio"))

    @given(
        st.lists(
            st.dictionaries(
                st.sampled_from(
                    "format format_profile title language duration bit_rate width default channel_s frame_rate istruncated".split()
                ),
                st.none() | st.text(max_size=8) | st.integers() | st.floats(),
            ).flatmap(
                lambda said: st.sampled_from(["General", "Video", "Audio", "Text", "Menu"]).map(
                    lambda kind: track(kind, **said)
                )
            ),
            max_size=5,
        )
    )
    def test_any_tracks_at_all_give_facts(self, tracks: list[dict[str, Any]]) -> None:
        """Nothing raises; without video and audio there is a problem."""
        found = facts_from_tracks(tracks)
        assert len(found.streams) == sum(each["track_type"] in ("Video", "Audio", "Text") for each in tracks)
        has_media = any(each["track_type"] in ("Video", "Audio") for each in tracks)
        assert (found.problem == NO_MEDIA) is not has_media

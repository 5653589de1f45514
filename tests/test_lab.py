"""The user's notebooks are theirs, and JupyterLab is started and stopped as said."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

import pytest

from mediamgr import lab
from mediamgr.errors import InputError, MissingPart

MANIFEST = ".mediamgr-notebooks.json"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two notebooks as shipped, in place of the real ones."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "01_tour.ipynb").write_text("tour, first version")
    (folder / "02_more.ipynb").write_text("more, first version")
    (folder / "README.md").write_text("not a notebook")
    monkeypatch.setattr(lab, "shipped", {"notebooks": folder}.__getitem__)
    return folder


@pytest.fixture
def folder(tmp_path: Path, shipped: Path) -> Path:
    """A user's folder with both notebooks, as copied."""
    folder = tmp_path / "mine"
    assert lab.copy_notebooks(folder) == lab.Copied(folder, ("01_tour.ipynb", "02_more.ipynb"), ())
    return folder


class TestWorkingFolder:
    """working_folder."""

    def test_is_in_the_home_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing said, the notebooks are in ~/mediamgr."""
        monkeypatch.setenv("HOME", "/home/ida")
        assert lab.working_folder() == Path("/home/ida/mediamgr")

    def test_is_the_one_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The environment names another one, the tilde included."""
        monkeypatch.setenv("HOME", "/home/ida")
        monkeypatch.setenv("MEDIAMGR_NOTEBOOKS_DIR", "~/notes/films")
        assert lab.working_folder() == Path("/home/ida/notes/films")


class TestCopyNotebooks:
    """copy_notebooks."""

    def test_copies_the_notebooks_only(self, folder: Path) -> None:
        """A new folder gets the notebooks and the manifest, nothing else and nothing half written."""
        assert sorted(os.listdir(folder)) == [MANIFEST, "01_tour.ipynb", "02_more.ipynb"]
        assert (folder / "01_tour.ipynb").read_text() == "tour, first version"

    def test_copies_the_real_ones(self, tmp_path: Path) -> None:
        """What is shipped is a tour and it is a notebook."""
        done = lab.copy_notebooks(tmp_path / "mine")
        assert "01_tour.ipynb" in done.copied
        assert json.loads((tmp_path / "mine" / "01_tour.ipynb").read_text(encoding="utf-8"))["nbformat"] == 4

    def test_leaves_alone_what_is_up_to_date(self, folder: Path) -> None:
        """A second time nothing is written."""
        before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
        assert lab.copy_notebooks(folder) == lab.Copied(folder, (), ())
        assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before

    def test_updates_what_was_not_edited(self, folder: Path, shipped: Path) -> None:
        """A new version replaces the old one, again and again."""
        for version in ("second", "third"):
            (shipped / "01_tour.ipynb").write_text(f"tour, {version} version")
            assert lab.copy_notebooks(folder) == lab.Copied(folder, ("01_tour.ipynb",), ())
            assert (folder / "01_tour.ipynb").read_text() == f"tour, {version} version"

    def test_never_overwrites_what_was_edited(self, folder: Path, shipped: Path) -> None:
        """An edited notebook stays as it is, however often a new version comes."""
        (folder / "01_tour.ipynb").write_text("tour, with my notes")
        for version in ("first", "second", "third"):
            (shipped / "01_tour.ipynb").write_text(f"tour, {version} version")
            assert lab.copy_notebooks(folder) == lab.Copied(folder, (), ("01_tour.ipynb",))
            assert (folder / "01_tour.ipynb").read_text() == "tour, with my notes"

    def test_updates_again_when_the_edit_is_taken_back(self, folder: Path, shipped: Path) -> None:
        """A notebook that is again what was last written is replaced by the new version."""
        (folder / "01_tour.ipynb").write_text("tour, with my notes")
        (shipped / "01_tour.ipynb").write_text("tour, second version")
        lab.copy_notebooks(folder)
        (folder / "01_tour.ipynb").write_text("tour, first version")
        assert lab.copy_notebooks(folder).copied == ("01_tour.ipynb",)
        assert (folder / "01_tour.ipynb").read_text() == "tour, second version"

    def test_brings_back_what_was_deleted(self, folder: Path) -> None:
        """A notebook that was removed is copied again."""
        (folder / "02_more.ipynb").unlink()
        assert lab.copy_notebooks(folder).copied == ("02_more.ipynb",)
        assert (folder / "02_more.ipynb").read_text() == "more, first version"

    def test_leaves_a_notebook_of_that_name_alone(self, tmp_path: Path, shipped: Path) -> None:
        """A notebook of the user's own under a shipped name is theirs."""
        mine = tmp_path / "mine"
        mine.mkdir()
        (mine / "01_tour.ipynb").write_text("my own tour")
        assert lab.copy_notebooks(mine) == lab.Copied(mine, ("02_more.ipynb",), ("01_tour.ipynb",))
        assert (mine / "01_tour.ipynb").read_text() == "my own tour"

    @pytest.mark.parametrize(
        "damage",
        [
            pytest.param(b"", id="empty"),
            pytest.param(b'{"01_tour.ipynb": "ab', id="cut short"),
            pytest.param(b"\xff\x00\xfe", id="not text"),
            pytest.param(b"[1, 2]", id="a list"),
            pytest.param(b"[" * 100_000, id="nested without end"),
            pytest.param(b'{"01_tour.ipynb": null, "02_more.ipynb": ["x"]}', id="no digests"),
        ],
    )
    def test_takes_all_as_edited_without_a_manifest(self, folder: Path, shipped: Path, damage: bytes) -> None:
        """A damaged manifest stops nothing, and no new version overwrites anything on its word."""
        (folder / MANIFEST).write_bytes(damage)
        (shipped / "01_tour.ipynb").write_text("tour, second version")
        (shipped / "02_more.ipynb").write_text("more, second version")
        assert lab.copy_notebooks(folder) == lab.Copied(folder, (), ("01_tour.ipynb", "02_more.ipynb"))
        assert (folder / "01_tour.ipynb").read_text() == "tour, first version"

    def test_mends_the_manifest(self, folder: Path, shipped: Path) -> None:
        """Notebooks that are what is shipped are known again, so that the next version reaches them."""
        (folder / MANIFEST).write_text("{")
        (folder / "02_more.ipynb").write_text("more, with my notes")
        assert lab.copy_notebooks(folder) == lab.Copied(folder, (), ("02_more.ipynb",))
        (shipped / "01_tour.ipynb").write_text("tour, second version")
        assert lab.copy_notebooks(folder) == lab.Copied(folder, ("01_tour.ipynb",), ("02_more.ipynb",))

    def test_leaves_alone_what_it_cannot_read(self, folder: Path) -> None:
        """Something under the name that is no file is not ours."""
        (folder / "01_tour.ipynb").unlink()
        (folder / "01_tour.ipynb").mkdir()
        assert lab.copy_notebooks(folder) == lab.Copied(folder, (), ("01_tour.ipynb",))

    def test_says_when_the_folder_cannot_be_written(self, tmp_path: Path, shipped: Path) -> None:
        """The error names the folder and the way out."""
        (tmp_path / "file").write_text("")
        with pytest.raises(InputError, match=r"/file/mine.*MEDIAMGR_NOTEBOOKS_DIR"):
            lab.copy_notebooks(tmp_path / "file" / "mine")


class TestCommand:
    """command."""

    def test_opens_the_tour_for_this_machine_only(self) -> None:
        """The interpreter of mediamgr runs JupyterLab on the tour, at no address but this machine's."""
        argv = lab.command(Path("/films and shows"), port=None, browser=True)
        assert argv[0] == sys.executable
        assert argv[1:4] == ["-P", "-m", "jupyterlab"]
        assert "--ServerApp.root_dir=/films and shows" in argv
        assert "--LabApp.default_url=/lab/tree/01_tour.ipynb" in argv
        assert "--ServerApp.ip=127.0.0.1" in argv

    def test_leaves_the_token_to_jupyter(self) -> None:
        """Nothing said about tokens or passwords: Jupyter makes a token of its own."""
        argv = lab.command(Path("/films"), port=8899, browser=False)
        assert [part for part in argv if "token" in part or "password" in part] == []

    def test_names_the_folder_in_full(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A relative folder is made absolute."""
        monkeypatch.chdir(tmp_path)
        assert f"--ServerApp.root_dir={tmp_path}/films" in lab.command(Path("films"), port=None, browser=True)

    def test_takes_the_port_or_none(self) -> None:
        """A port that was asked for is not swapped for the next one; nothing asked, Jupyter looks for one."""
        given = lab.command(Path("/films"), port=8899, browser=True)
        assert given[given.index("--ServerApp.port=8899") + 1] == "--ServerApp.port_retries=0"
        assert [part for part in lab.command(Path("/films"), port=None, browser=True) if "port" in part] == []

    def test_opens_a_browser_unless_told_not_to(self) -> None:
        """--no-browser is there when asked for, and only then."""
        assert "--no-browser" in lab.command(Path("/films"), port=None, browser=False)
        assert "--no-browser" not in lab.command(Path("/films"), port=None, browser=True)


class TestEnvironment:
    """environment."""

    def test_answers_the_question_about_news(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """JupyterLab's own defaults are set for as long as it runs; folders named by the user stay."""
        monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/etc/ours")
        with lab.environment() as variables:
            defaults, theirs = variables["JUPYTER_CONFIG_PATH"].split(os.pathsep)
            stored = json.loads(Path(defaults, "labconfig", "default_setting_overrides.json").read_text())
        assert theirs == "/etc/ours"
        assert stored == {
            "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
        }
        assert not Path(defaults).exists()

    def test_runs_this_interpreter(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A kernel the user registered under the same name does not stand in for this interpreter."""
        pytest.importorskip("ipykernel")
        theirs = tmp_path / "data" / "kernels" / "python3"
        theirs.mkdir(parents=True)
        (theirs / "kernel.json").write_text(
            '{"argv": ["/elsewhere/python"], "display_name": "x", "language": "python"}'
        )
        monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
        monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
        monkeypatch.delenv("JUPYTER_PATH", raising=False)
        asked = "from jupyter_client.manager import KernelManager as K; print(K().format_kernel_cmd()[0])"
        with lab.environment() as variables:
            done = subprocess.run(
                [sys.executable, "-c", asked], env=variables, capture_output=True, text=True, check=True
            )
        assert done.stdout.strip() == sys.executable


# stands in for JupyterLab: says what it got, and which signals
STAND_IN = r"""
import os, signal, sys
lost = LOSES
def stopped(number, frame):
    global lost
    os.write(1, f"got {signal.Signals(number).name}\n".encode())  # print may be under way
    lost -= 1
    if lost < 0:
        sys.exit(CODE)
signal.signal(signal.SIGTERM, stopped)
signal.signal(signal.SIGINT, stopped)
signal.alarm(300)  # outlives no test run
print("ready", *sys.argv[1:], flush=True)
if ENDS:
    os.kill(os.getpid(), signal.SIGKILL) if CODE < 0 else sys.exit(CODE)
while True:
    signal.pause()
"""
# a test run in the background may have Ctrl-C and the hang-up ignored, and hand that down
RUN = """
import signal, sys
from pathlib import Path
from time import monotonic
from mediamgr import lab
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
sys.exit(lab.run(Path("."), port=8899, browser=False))
"""


@pytest.fixture
def stand_in(tmp_path: Path) -> Path:
    """A folder for PYTHONPATH whose `jupyterlab` is the stand-in."""
    package = tmp_path / "stand_in" / "jupyterlab"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    return package.parent


@contextmanager
def started(stand_in: Path, *, code: int, ends: bool, loses: int = 0) -> Iterator[subprocess.Popen[str]]:
    """Run `lab.run` in a process of its own, as the leader of a group, as a shell would; `loses`: signals."""
    said = STAND_IN.replace("CODE", str(code)).replace("ENDS", str(ends)).replace("LOSES", str(loses))
    (stand_in / "jupyterlab" / "__main__.py").write_text(said)
    root = Path(lab.__file__).parent.parent
    variables = {**os.environ, "PYTHONPATH": f"{stand_in}{os.pathsep}{root}"}
    with subprocess.Popen(
        [sys.executable, "-c", RUN], env=variables, stdout=subprocess.PIPE, text=True, process_group=0
    ) as child:
        try:
            yield child
        finally:
            child.kill()


class TestRun:
    """run."""

    @pytest.mark.parametrize(
        ("code", "given"),
        [pytest.param(0, 0, id="well"), pytest.param(3, 3, id="badly"), pytest.param(-9, 137, id="by a signal")],
    )
    def test_gives_the_exit_code(self, stand_in: Path, code: int, given: int) -> None:
        """The exit code is JupyterLab's, or 128 and the signal's number."""
        with started(stand_in, code=code, ends=True) as child:
            said, _ = child.communicate(timeout=120)
        assert child.returncode == given
        assert said.split()[0] == "ready"
        assert "--ServerApp.port=8899" in said.split()

    @pytest.mark.parametrize(
        "number",
        [
            pytest.param(signal.SIGINT, id="Ctrl-C"),
            pytest.param(signal.SIGTERM, id="terminated"),
            pytest.param(signal.SIGHUP, id="terminal closed"),
        ],
    )
    def test_stops_it_once(self, stand_in: Path, number: signal.Signals) -> None:
        """The whole foreground group gets the signal, as from a terminal; JupyterLab gets one, and ends in order."""
        with started(stand_in, code=7, ends=False) as child:
            assert child.stdout is not None
            assert child.stdout.readline().startswith("ready")
            os.killpg(child.pid, number)
            said, _ = child.communicate(timeout=120)
        assert said == "got SIGTERM\n"
        assert child.returncode == 7

    def test_stops_it_again_when_the_signal_was_lost(self, stand_in: Path) -> None:
        """Some time after the first; those in between are not passed on."""
        with started(stand_in, code=0, ends=False, loses=1) as child:
            assert child.stdout is not None
            assert child.stdout.readline().startswith("ready")
            until = monotonic() + 120
            while child.poll() is None and monotonic() < until:
                child.terminate()
                with suppress(subprocess.TimeoutExpired):
                    child.wait(0.1)
            said = child.stdout.read()
        assert said == "got SIGTERM\n" * 2
        assert child.returncode == 0

    def test_says_how_to_install_jupyterlab(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without JupyterLab nothing is started, and the remedy is named."""
        monkeypatch.setattr(sys, "path", [])
        monkeypatch.setattr(sys, "path_importer_cache", {})
        for name in [name for name in sys.modules if name.split(".")[0] == "jupyterlab"]:
            monkeypatch.delitem(sys.modules, name)
        with pytest.raises(MissingPart, match=r"pip install 'mediamgr\[lab\]'"):
            lab.run(Path("/films"), port=None, browser=False)

"""What is shipped: a wheel that works away from the checkout, and environments that agree."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import pytest

import mediamgr

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
CACHES = [ROOT / "mediamgr" / "cache_service" / name for name in ("_disk.py", "_redis.py")]
OTEL = ROOT / "mediamgr" / "performance" / "_opentelemetry.py"
WITH_THE_LAB = ("benchmarking", "browser", "charts", "notebook", "notebooks", "review", "table")
"""Rooms that import what the extra "lab" has, on first use."""


def name_of(requirement: str) -> str:
    """The package a requirement is for."""
    return re.split(r"[\[<>=!~; ]", requirement)[0]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=600)
    (path,) = folder.glob("*.whl")
    return path


class TestWheel:
    """The wheel."""

    def test_holds_the_statements_the_notebooks_and_what_pages_are_made_of(self, wheel: Path) -> None:
        """Every file of sql/, every notebook, script and style sheet is in it, and nothing of the tests is."""
        names = set(zipfile.ZipFile(wheel).namelist())
        for path in [*(ROOT / "sql").rglob("*.sql"), *(ROOT / "notebooks").glob("*.ipynb")]:
            assert f"mediamgr/_data/{path.relative_to(ROOT)}" in names
        pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "mediamgr").rglob("js/*")}
        assert pages
        assert pages <= names
        assert not [name for name in names if "test" in name.split("/")[0]]

    def test_works_in_an_empty_environment_outside_the_checkout(self, wheel: Path, tmp_path: Path) -> None:
        """Installed alone, it builds the demo, searches it and migrates a new library."""
        subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True, timeout=600)
        tools = tmp_path / "venv" / "bin"
        install = [tools / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "-c", ROOT / "constraints.txt", wheel], check=True, timeout=1200)
        clean = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "MEDIAMGR_CONFIG_DIR": str(tmp_path)}

        def run(*arguments: str) -> str:
            command = [tools / "mediamgr", *arguments]
            done = subprocess.run(command, env=clean, cwd=tmp_path, capture_output=True, text=True, timeout=600)
            assert done.returncode == 0, done.stderr
            return done.stdout

        assert "demo.duckdb" in run("demo", "--items", "500")
        title = run("sql", "select title from media_item where media_type = 'movie' limit 1").split("\n")[1]
        assert title.strip() in run("search", title.strip())
        assert run("migrate") == "up to date\n"


class TestDependencies:
    """What is installed."""

    def test_conda_has_the_same_floors(self) -> None:
        """environment.yml names the core, lab and cache requirements as pyproject.toml does."""
        listed = re.findall(r"^      - (\w.*)$", (ROOT / "environment.yml").read_text(), re.MULTILINE)
        assert sorted(listed) == sorted([*PROJECT["dependencies"], *EXTRAS["lab"], *EXTRAS["cache"]])
        assert f"python{PROJECT['requires-python']}" in (ROOT / "environment.yml").read_text()

    def test_every_pin_is_at_or_above_its_floor(self) -> None:
        """constraints.txt pins each requirement, and nothing but names and versions stands in it."""
        lines = (ROOT / "constraints.txt").read_text().split()
        assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.+!-]+", line)] == []
        pins = {name.lower().replace("_", "-"): pin for name, pin in (line.split("==") for line in lines)}
        asked = [*PROJECT["dependencies"], *(each for extra in EXTRAS.values() for each in extra)]
        for requirement in asked:
            if name_of(requirement) == PROJECT["name"]:
                continue
            floor = requirement.split(">=")[1]
            pinned = pins[name_of(requirement).lower()]
            assert [int(part) for part in floor.split(".")] <= [int(p) for p in re.findall(r"\d+", pinned)], requirement

    def test_every_core_requirement_is_imported(self) -> None:
        """Each requirement of the core is imported by the package, and nothing else from outside is."""
        core = [
            path
            for path in (ROOT / "mediamgr").rglob("*.py")
            if path.parent.name not in WITH_THE_LAB and path not in (*CACHES, OTEL)
        ]
        assert outside(core) == {name_of(each) for each in PROJECT["dependencies"]}

    def test_each_cache_needs_its_own_package(self) -> None:
        """The backends of the cache import what is in that extra, and nobody else does."""
        assert outside(CACHES) == {name_of(each) for each in EXTRAS["cache"]}

    def test_opentelemetry_is_for_who_asks_for_it(self) -> None:
        """One module imports it, and nothing else from outside; its distributions share that name."""
        assert [name_of(each) for each in EXTRAS["otel"]] == ["opentelemetry-api"]
        assert {name.split("-")[0] for name in outside([OTEL])} == {"opentelemetry"}

    @pytest.mark.parametrize("room", WITH_THE_LAB)
    def test_some_rooms_ask_for_no_more_than_the_lab_has(self, room: str) -> None:
        """What they import beyond the core is in that extra."""
        (folder,) = (path for path in (ROOT / "mediamgr").rglob(room) if path.is_dir())
        asked = [*PROJECT["dependencies"], *EXTRAS["lab"]]
        assert outside(folder.glob("*.py")) <= {name_of(each) for each in asked}


def outside(modules: Iterable[Path]) -> set[str]:
    """Distributions that modules import from."""
    imported = set()
    for path in modules:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    packages = metadata.packages_distributions()
    return {packages[name][0].lower() for name in imported - set(sys.stdlib_module_names) - {"mediamgr"}}


def test_the_program_says_its_version() -> None:
    """`mediamgr --version` prints the version of the package."""
    command = [sys.executable, "-m", "mediamgr", "--version"]
    done = subprocess.run(command, env=dict(os.environ), capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == mediamgr.__version__

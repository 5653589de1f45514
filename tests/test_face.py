"""The face of the package: what is public, and what importing it costs."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
from types import ModuleType

import pytest

import mediamgr

PUBLIC = [
    name
    for _, name, _ in pkgutil.walk_packages(mediamgr.__path__, "mediamgr.")
    if not any(part.startswith("_") for part in name.split("."))
]


@pytest.mark.parametrize("name", ["mediamgr", *PUBLIC])
def test_what_a_module_offers_is_there_and_documented(name: str) -> None:
    """`__all__` names what there is (ruff keeps it sorted), and every function and class in it has a docstring."""
    module = importlib.import_module(name)
    assert module.__doc__
    for each in module.__all__:
        thing = getattr(module, each)
        is_ours = str(getattr(thing, "__module__", "")).startswith("mediamgr")
        if is_ours and (inspect.isclass(thing) or inspect.isfunction(thing)):
            assert inspect.getdoc(thing), f"{name}.{each}"
            _members_are_documented(thing)


def _members_are_documented(thing: object) -> None:
    for name, member in vars(thing).items() if inspect.isclass(thing) else ():
        if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property)):
            assert inspect.getdoc(member), f"{thing}.{name}"


def test_reading_does_not_pay_for_scanning_or_for_notebooks() -> None:
    """Opening a library imports neither guessit nor MediaInfo nor anything of Jupyter."""
    code = "import sys, mediamgr; mediamgr.open; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    paid = {"IPython", "altair", "anywidget", "guessit", "jupyterlab", "pymediainfo", "redis", "requests"}
    assert paid & set(loaded.stdout.split()) == set()


def test_settings_are_cheap_to_import() -> None:
    """`import mediamgr.settings` loads neither DuckDB nor Polars."""
    code = "import sys, mediamgr.settings; print('duckdb' in sys.modules, 'polars' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert loaded.stdout.split() == ["False", "False"]


def test_an_unknown_name_is_an_attribute_error() -> None:
    """The lazy face says what it does not have."""
    assert isinstance(mediamgr, ModuleType)
    with pytest.raises(AttributeError, match="has no attribute 'brwose'"):
        _ = mediamgr.brwose
    assert dir(mediamgr) == sorted(mediamgr.__all__)

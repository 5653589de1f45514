"""The line that is named is the user's."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

import pytest

import mediamgr
from mediamgr.instrumentation import calling_line

PACKAGE = str(Path(mediamgr.__file__).parent)
SCRIPTS = sysconfig.get_path("scripts")


def asked_by(file: str) -> tuple[str, int] | None:
    """What is found when a line of such a file asks."""
    found: dict[str, tuple[str, int] | None] = {}
    exec(compile("\nfound['line'] = ask()", file, "exec"), {"found": found, "ask": calling_line})
    return found["line"]


@pytest.mark.parametrize("file", [f"{PACKAGE}_reports/x.py", f"{SCRIPTS}x/report.py", "<ipython-input-3>", "report.py"])
def test_the_users_own(file: str) -> None:
    """Also beside the package, in a folder whose name begins as the package's does."""
    assert asked_by(file) == (file, 2)


@pytest.mark.parametrize(
    "file", [f"{PACKAGE}/x.py", f"{SCRIPTS}/mediamgr", "<frozen runpy>", sys.modules["os"].__file__]
)
def test_not_the_users(file: str) -> None:
    """The package, what it was started by, and libraries are passed over."""
    found = asked_by(file)
    assert found is not None
    assert found[0] == __file__

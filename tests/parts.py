"""Real parts that tests need: programs, found or named with how to install them; a user without rights."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

__all__ = ["require_program", "without_rights"]

_NOBODY = 65534


def require_program(debian_package: str, *names: str) -> str:
    """The path of the first of these programs; without any, fail under CI=true and skip elsewhere."""
    for name in names or (debian_package,):
        if path := shutil.which(name):
            return path
    missing = f"{debian_package} is not installed: apt-get install {debian_package} (brew install it on macOS)"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@contextmanager
def without_rights() -> Iterator[None]:
    """The body runs as a user for whom permissions count; root, for whom they do not, becomes nobody meanwhile."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)

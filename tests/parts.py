"""Real programs that tests need: found, or named with how to install them."""

from __future__ import annotations

import os
import shutil

import pytest

__all__ = ["require_program"]


def require_program(debian_package: str, *names: str) -> str:
    """The path of the first of these programs; without any, fail under CI=true and skip elsewhere."""
    for name in names or (debian_package,):
        if path := shutil.which(name):
            return path
    missing = f"{debian_package} is not installed: apt-get install {debian_package} (brew install it on macOS)"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)

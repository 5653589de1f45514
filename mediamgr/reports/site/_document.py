"""Owns a page as a whole: its policy, its style, its head and its foot. Nothing in it is fetched."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files
from typing import Final

from mediamgr.page import THEME
from mediamgr.reports.site._records import Link, Made
from mediamgr.wording import NO_FORMULA, escaped

__all__ = ["document"]

_FOLDER: Final = files("mediamgr.reports.site") / "js"
_STYLE: Final = THEME + (_FOLDER / "site.css").read_text(encoding="utf-8")
_SCRIPT: Final = (_FOLDER / "sorting.js").read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


_POLICY: Final = (
    f"default-src 'none'; style-src {_digest(_STYLE)}; script-src {_digest(_SCRIPT)}; img-src data:;"
    " base-uri 'none'; form-action 'none'"
)
"""What the page may do: have this style and run this script."""


def document(title: str, made: Made, body: str, *, links: Sequence[Link] = (), current: str = "") -> str:
    """A page; `links`: other pages beside it, of which `current` is the file of this one."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{escaped(title)} · {escaped(made.library)}</title>
<link rel="icon" href="data:,">
<style>{_STYLE}</style>
</head>
<body class="mm-page {NO_FORMULA}">
<header>
<p class="library">{escaped(made.library)}</p>
{_navigation(links, current)}</header>
<main>
{body}
</main>
<footer><p>{escaped(_made(made))}</p></footer>
<script>{_SCRIPT}</script>
</body>
</html>
"""


def _made(made: Made) -> str:
    return f"Made {made.at:%Y-%m-%d %H:%M} UTC by mediamgr {made.version}. Nothing in this page is fetched."


def _navigation(links: Sequence[Link], current: str) -> str:
    if not links:
        return ""
    inside = "".join(
        f'<li><a href="{escaped(link.file)}"{_marked(link.file == current)}>{escaped(link.title)}</a></li>'
        for link in links
    )
    return f'<nav aria-label="Reports"><ul>{inside}</ul></nav>\n'


def _marked(is_current: bool) -> str:
    return ' aria-current="page"' if is_current else ""

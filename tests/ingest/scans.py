"""What tests of scanning do: scan quietly, and look at what is in the library then."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl

from mediamgr.ingest.scan import ScanReport
from mediamgr.library import Library
from mediamgr.progress import silent

__all__ = ["files", "keys", "scan"]


def scan(lib: Library, *roots: Path) -> ScanReport:
    """Scan without a bar; whatever comes, the library stays sound."""
    report = lib.scan(*roots, show_progress=silent)
    assert lib.check().filter(pl.col("found") > 0).is_empty()
    return report


def keys(lib: Library) -> list[str]:
    """Natural keys of all items."""
    return lib.sql("select item_key from media_item order by item_key")["item_key"].to_list()


def files(lib: Library, root: Path, *columns: str) -> list[tuple[object, ...]]:
    """(item_key, path below the root, *columns) of all files."""
    wanted = "".join(f", f.{column}" for column in columns)
    frame = lib.sql(
        f"select i.item_key, f.path{wanted} from media_file f join media_item i on i.id = f.media_item_id order by f.path"
    )
    return [(key, os.path.relpath(path, root), *rest) for key, path, *rest in frame.iter_rows()]

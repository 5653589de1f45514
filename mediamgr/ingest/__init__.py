"""The sources: each turns what it reads into record frames and hands them to the store's loader.

`scan` reads folders of films and shows, `tables` reads CSV, JSON and Parquet files, `demo` makes a library up.
"""

from __future__ import annotations

__all__: list[str] = []

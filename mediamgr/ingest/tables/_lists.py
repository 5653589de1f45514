"""Owns reading lists: nested ones, JSON in text, and text with delimiters.

Text is split by | wherever that stands, else by ;. A comma may be part of a name, so it splits only where all rows
of the column say so: none has | or ;, or one of the values between the commas stands alone in another row. A comma
stays before what is never a name of its own: Jr., III, Inc., Republic of, or the three digits of a thousand.
Every list becomes rows: `ROW`, position from 0, name, character, imdb_id. Blank names are left out.
"""

from __future__ import annotations

import ast
import json

import polars as pl

from mediamgr.ingest.tables._rejects import REJECTED, ROW, SHOWN

__all__ = ["as_lists", "list_rows"]

_NAMES = ("name", "title", "person", "full_name", "label", "tag", "english_name")
_CHARACTERS = ("character", "characters", "as", "role")
_IDS = ("imdb_id", "nconst", "imdb", "person_imdb_id")
_STAYS = (
    r"^\s*(?:(?:[JS]r|I{2,3}|IV|Esq|M\.D|Ph\.?D|Inc|Ltd|LLC|L\.L\.C|Corp|GmbH)\.?|Co\.|S\.A\.|N\.V\.|B\.V\."
    r"|.*\b(?:Republic|States?|Province|Kingdom)\b.*\bof(?: the| China)?|\d{3}(?:\D.*)?)\s*$"
)
"""What stands after a comma that is part of a name."""
_OBJECT = pl.Struct({"name": pl.String, "character": pl.String, "imdb_id": pl.String})
_ROWS = pl.Schema({ROW: pl.Int64, "name": pl.String, "character": pl.String, "imdb_id": pl.String})


def list_rows(frame: pl.DataFrame, column: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(rows of the lists in a column, values not understood as in `REJECTED`)."""
    held = frame.select(ROW, value=pl.col(column)).filter(pl.col("value").is_not_null())
    dtype = held["value"].dtype
    if isinstance(dtype, pl.Array):
        held, dtype = held.with_columns(pl.col("value").arr.to_list()), pl.List(dtype.inner)
    if isinstance(dtype, pl.List):
        return _numbered(_exploded(held)), pl.DataFrame(schema=REJECTED)
    held = held.with_columns(pl.col("value").cast(pl.String, strict=False).str.strip_chars())
    is_json = held["value"].str.starts_with("[")
    parts = [_split(held.filter(~is_json))]
    rejected = pl.DataFrame(schema=REJECTED)
    if is_json.any():
        decoded, rejected = _decoded(held.filter(is_json), column)
        parts.append(_exploded(decoded))
    return _numbered(pl.concat(parts).sort(ROW, maintain_order=True)), rejected


def as_lists(frame: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """The names of list rows as a list for each row of the frame; null where there are none."""
    lists = rows.unique([ROW, "name"], keep="first", maintain_order=True)
    lists = lists.group_by(ROW, maintain_order=True).agg("name")
    return frame.select(ROW).join(lists, on=ROW, how="left", maintain_order="left")["name"]


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    clean = rows.with_columns(pl.col("name", "character").str.strip_chars())
    clean = clean.filter(~pl.col("name").is_in(["", "\\N", "N/A"]))
    return clean.with_columns(position=pl.int_range(pl.len(), dtype=pl.Int32).over(ROW))


def _split(held: pl.DataFrame) -> pl.DataFrame:
    """Text by the delimiters of its column."""
    text = pl.col("value")
    is_barred, has_semicolon = text.str.contains("|", literal=True), text.str.contains(";", literal=True)
    held = held.with_columns(
        value=pl.when(is_barred).then(text.str.split("|")).when(has_semicolon).then(text.str.split(";"))
        .otherwise(pl.concat_list("value")),
        _whole=~(is_barred | has_semicolon),
        _text="value",
    )  # fmt: skip
    by_comma = _by_comma(held.filter(pl.col("_whole") & pl.col("_text").str.contains(",", literal=True)))
    if not held["_whole"].all():
        alone = held.filter(~pl.col(ROW).is_in(by_comma[ROW].implode()))["value"].explode().str.strip_chars().unique()
        known = by_comma.explode("parts").filter(pl.col("parts").str.strip_chars().is_in(alone.implode()))
        by_comma = by_comma.filter(pl.col(ROW).is_in(known[ROW].implode()))
    held = held.join(by_comma, on=ROW, how="left", maintain_order="left")
    held = held.select(ROW, value=pl.coalesce("parts", "value")).explode("value", empty_as_null=False)
    nothing = pl.lit(None, pl.String)
    return held.select(ROW, pl.col("value").alias("name"), character=nothing, imdb_id=nothing)


def _by_comma(held: pl.DataFrame) -> pl.DataFrame:
    """`ROW` and `parts`: the texts between those commas that are not part of a name."""
    parts = held.select(ROW, part=pl.col("_text").str.split(",")).explode("part", empty_as_null=False)
    stays = pl.col("part").str.contains(_STAYS) & (pl.int_range(pl.len()).over(ROW) > 0)
    parts = parts.with_columns(number=(~stays).cum_sum().over(ROW))
    whole = parts.group_by(ROW, "number", maintain_order=True).agg(pl.col("part").str.join(","))
    return whole.group_by(ROW, maintain_order=True).agg(parts="part")


def _exploded(held: pl.DataFrame) -> pl.DataFrame:
    rows = held.explode("value", empty_as_null=False).filter(pl.col("value").is_not_null())
    dtype = rows["value"].dtype
    if isinstance(dtype, pl.List):
        rows = rows.with_columns(pl.col("value").list.first())
        dtype = rows["value"].dtype
    if not isinstance(dtype, pl.Struct):
        nothing = pl.lit(None, pl.String)
        name = pl.col("value").cast(pl.String, strict=False)
        return rows.select(ROW, name=name, character=nothing, imdb_id=nothing)
    inner = {field.name: rows["value"].struct.field(field.name).dtype for field in dtype.fields}
    return rows.select(
        ROW,
        name=_first_of(inner, _NAMES),
        character=_first_of(inner, _CHARACTERS),
        imdb_id=_first_of(inner, _IDS).str.extract(r"(nm\d{5,10})"),
    )


def _first_of(inner: dict[str, pl.DataType], names: tuple[str, ...]) -> pl.Expr:
    found = []
    for name in names:
        value = pl.col("value").struct.field(name)
        if isinstance(dtype := inner.get(name), pl.List):
            found.append(value.cast(pl.List(pl.String), strict=False).list.join(" / "))
        elif dtype is not None and not dtype.is_nested():
            found.append(value.cast(pl.String, strict=False))
    return pl.coalesce(*found, pl.lit(None, pl.String))


def _decoded(held: pl.DataFrame, column: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """JSON in text as lists; what is not JSON is tried as a Python list, else set aside."""
    try:
        lists = held["value"].str.json_decode(infer_schema_length=None)
        if isinstance(lists.dtype, pl.List):
            return held.with_columns(lists.alias("value")), pl.DataFrame(schema=REJECTED)
    except pl.exceptions.PolarsError:
        lists = held["value"]
    values = [_objects(text) for text in held["value"]]
    good = held.with_columns(pl.Series("value", values, dtype=pl.List(_OBJECT)))
    bad = held.filter(good["value"].is_null()).select(
        pl.col(ROW).alias("row"),
        pl.lit(column).alias("column"),
        pl.col("value").str.slice(0, SHOWN),
        pl.lit('is not a list such as ["Drama", "War"]').alias("reason"),
    )
    return good.filter(pl.col("value").is_not_null()), bad


def _objects(text: str) -> list[dict[str, str | None]] | None:
    try:
        value = json.loads(text)
    except ValueError:
        try:
            value = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return None
    if not isinstance(value, list):
        return None
    return [_object(each if isinstance(each, dict) else {"name": each}) for each in value if each is not None]


def _object(given: dict[str, object]) -> dict[str, str | None]:
    def first(names: tuple[str, ...]) -> str | None:
        found = next((given[name] for name in names if given.get(name) is not None), None)
        return None if found is None else str(found)

    return {"name": first(_NAMES), "character": first(_CHARACTERS), "imdb_id": first(_IDS)}

"""The barest DuckDB statement that returns the rows of a question: no index of words, no order that is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from benchmarks.questions import Chosen
from mediamgr.search import normalise

__all__ = ["answers"]

_SHOWN = """
select i.id, i.title, i.year, i.media_type, coalesce(g.title, p.title) as show_title, i.season_number, i.episode_number,
    i.rating, i.library_id, i.parent_id, i.added_at, i.runtime_minutes, i.genres
from ({page}) page
join media_item i on i.id = page.id
left join media_item p on p.id = i.parent_id
left join media_item g on g.id = p.parent_id
order by page.place
"""


def answers(path: Path, about: Chosen) -> dict[str, Callable[[], pl.DataFrame]]:
    """Question to what answers it."""
    connection = duckdb.connect(str(path), read_only=True)

    def ask(sql: str, **parameters: Any) -> Callable[[], pl.DataFrame]:
        return lambda: connection.sql(sql, params=parameters).pl()

    def page(where: str, order: str, skip: int = 0, **parameters: Any) -> Callable[[], pl.DataFrame]:
        ids = f"select id, row_number() over () as place from (select id from media_item where {where} order by {order}"
        return ask(_SHOWN.format(page=f"{ids} limit 100 offset {skip})"), **parameters)

    def search(text: str) -> Callable[[], pl.DataFrame]:
        words = normalise(text).split()
        where = " and ".join(f"contains(search_text, $word{n})" for n in range(len(words)))
        kind = "case when title_key = $text then 0 when starts_with(title_key, $text) then 1 else 2 end"
        given = {f"word{n}": f" {word}" for n, word in enumerate(words)}
        return page(where, f"{kind}, rating desc nulls last, id", text=" ".join(words), **given)

    nineties = "media_type = 'movie' and year between 1990 and 1999"
    library = f"library_id = {about.library_id}"
    person = (
        "id in (select media_item_id from credit where person_id in (select id from person where"
        " list_bool_and([contains(' ' || name_key, ' ' || word) for word in $words])))"
    )
    film = (
        "select c.role, c.character, i.id, i.title, i.year, i.rating from credit c join media_item i on i.id ="
        " c.media_item_id where c.person_id = {} order by i.year desc"
    )
    return {
        "search, rarest word": search(about.rare),
        "search, commonest word": search(about.common),
        "search, two words": search(about.pair),
        "search, words cut short": search(about.cut),
        "search, typing error": search(about.misspelt),
        "search, no hit": search(about.absent),
        "search, a person": page(person, "rating desc nulls last, id", words=normalise(about.person).split()),
        "first page": page(library, "title_rank"),
        "page in the middle": page(library, "title_rank", about.items // 2),
        "last page": page(library, "title_rank", about.items - 100),
        "page in the middle, sorted by rating": page(library, "rating desc nulls last, id desc", about.items // 2),
        "page of a decade of films": page(nineties, "title_rank", 100),
        "filmography": ask(film.format(about.person_id)),
        "filmography of the busiest": ask(film.format(about.busiest_id)),
        "works in one role": ask(film.format(f"{about.person_id} and c.role = $role"), role=about.role),
        "cast": ask(
            "select c.role, c.character, c.position, p.name from credit c join person p on p.id = c.person_id"
            f" where c.media_item_id = {about.item_id} order by c.position"
        ),
        "count of all": ask("select count(*) from media_item"),
        "count, narrowed": ask(f"select count(*) from media_item where {nineties}"),
        "count by library": ask("select library_id, media_type, count(*) from media_item group by all"),
        "facet of genres": ask(
            "select genre, count(*) from (select unnest(genres) as genre from media_item) group by all order by 2 desc"
        ),
    }

-- What:       one page of items in the order of titles.
-- Parameters: limit, skip; those of the filters in place of the marker.
-- Result:     id, library_id, media_type, title, year, show_title (of seasons and episodes), season_number,
--             episode_number, rating (0 to 10), runtime_minutes, genres, parent_id, added_at (UTC).
with page as (
    select i.id, i.title_key
    from media_item i
    where true /* filters */
    order by i.title_key, i.id
    limit $limit offset $skip
)
select
    -- include items/_columns
from page p
join media_item i on i.id = p.id
-- include items/_show
order by p.title_key, p.id

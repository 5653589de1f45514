-- What:       one page of items in the order of titles.
-- Parameters: limit, skip; those of the filters in place of the marker.
-- Result:     id, title, year, media_type, show_title (of seasons and episodes), season_number, episode_number,
--             rating (0 to 10), library_id, parent_id, added_at (UTC), is_missing (it had files, and all are gone),
--             runtime_minutes, genres.
with page as (
    select i.id, i.title_key
    from media_item i
    where true /* filters */
    order by i.title_key, i.id
    limit $limit offset $skip
)
select
    -- include items/_columns
    -- include items/_more
from page p
join media_item i on i.id = p.id
-- include items/_show
order by p.title_key, p.id

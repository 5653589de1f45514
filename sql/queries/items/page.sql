-- What:       one page of items in an order.
-- Parameters: limit, skip; those of the filters in place of the marker, one of the sorts in place of the other.
-- Result:     id, title, year, media_type, show_title (of seasons and episodes), season_number, episode_number,
--             rating (0 to 10), library_id, parent_id, added_at (UTC), is_missing (it had files, and all are gone),
--             runtime_minutes, genres.
select
    -- include items/_row
from media_item i
where true /* filters */
order by i.title_rank /* sort */
limit $limit offset $skip

-- What:       what is shown of items themselves, by id, in no order.
-- Parameters: ids.
-- Result:     id, title, year, media_type, season_number, episode_number, rating, library_id, parent_id, added_at,
--             runtime_minutes, genres, holder_id (the item whose files it has).
select
    i.id, i.title, i.year, i.media_type, i.season_number, i.episode_number, i.rating, i.library_id, i.parent_id,
    i.added_at, i.runtime_minutes, i.genres, coalesce(i.shared_file_item_id, i.id) as holder_id,
from media_item i
where i.id in (select unnest($ids))

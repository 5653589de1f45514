-- What:       what is said of items where somebody's works are listed, by id, in no order.
-- Parameters: ids.
-- Result:     media_item_id, title, year, show_title, season_number, episode_number, media_type, rating, title_key.
select
    i.id as media_item_id, i.title, i.year, i.show_title, i.season_number, i.episode_number, i.media_type, i.rating,
    i.title_key,
from media_item i
where i.id in $ids

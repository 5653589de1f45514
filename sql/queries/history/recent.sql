-- What:       the newest events of a kind.
-- Parameters: event_type, limit, skip.
-- Result:     occurred_at (UTC), user_name, title, show_title (of episodes), season_number, episode_number, year,
--             media_type, event_type, value, media_item_id.
with newest as materialized (
    select h.*
    from history_event h
    where h.event_type = $event_type
    order by h.occurred_at desc, h.media_item_id
    limit $limit offset $skip
)
select
    h.occurred_at,
    h.user_name,
    i.title,
    i.show_title,
    i.season_number,
    i.episode_number,
    i.year,
    i.media_type,
    h.event_type,
    h.value,
    h.media_item_id,
from newest h
join media_item i on i.id = h.media_item_id
order by h.occurred_at desc, h.media_item_id

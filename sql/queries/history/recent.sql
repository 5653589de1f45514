-- What:       the newest events of a kind.
-- Parameters: event_type, limit, skip.
-- Result:     occurred_at (UTC), user_name, event_type, value, media_item_id, media_type, title, year.
with newest as (
    select h.*
    from history_event h
    where h.event_type = $event_type
    order by h.occurred_at desc, h.media_item_id
    limit $limit offset $skip
)
select h.occurred_at, h.user_name, h.event_type, h.value, h.media_item_id, i.media_type, i.title, i.year
from newest h
join media_item i on i.id = h.media_item_id
order by h.occurred_at desc, h.media_item_id

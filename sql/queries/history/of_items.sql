-- What:       what happened to items, newest first.
-- Parameters: item_ids.
-- Result:     every column of history_event.
select h.*
from history_event h
where h.media_item_id in (select unnest($item_ids))
order by h.media_item_id, h.occurred_at desc, h.event_type, h.user_name

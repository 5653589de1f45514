-- What:       which of some items were played.
-- Parameters: item_ids.
-- Result:     media_item_id, each once, in no order.
select distinct h.media_item_id
from history_event h
where h.event_type = 'played' and h.media_item_id in (select unnest($item_ids))

-- What:       which source filled which field of items.
-- Parameters: item_ids.
-- Result:     media_item_id, field_name, source, is_locked.
select s.media_item_id, s.field_name, s.source, s.is_locked
from field_source s
where s.media_item_id in (select unnest($item_ids))

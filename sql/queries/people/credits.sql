-- What:       who worked on items, as each source says it, in no order.
-- Parameters: item_ids.
-- Result:     media_item_id, person_id, department, role, character, position, source.
select c.media_item_id, c.person_id, c.department, c.role, c.character, c.position, c.source
from credit c
where c.media_item_id in $item_ids

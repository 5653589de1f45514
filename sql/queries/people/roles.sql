-- What:       what a person did in which items, as each source says it, in no order.
-- Parameters: person_id, is_indexed (credits by person are as credits are).
-- Result:     media_item_id, person_id, department, role, character, position, source.
select media_item_id, person_id, department, role, "character", "position", source
from person_credit c
where $is_indexed and c.person_id = $person_id
union all
select media_item_id, person_id, department, role, "character", "position", source
from credit c
where not $is_indexed and c.person_id = $person_id

-- What:       what a person did in which items; once, though several sources say so.
-- Parameters: person_id, is_indexed (credits by person are as credits are).
-- Result:     media_item_id, department, role, character; in no order.
with said as (
    select media_item_id, person_id, department, role, "character", "position", source
    from person_credit c
    where $is_indexed and c.person_id = $person_id
    union all
    select media_item_id, person_id, department, role, "character", "position", source
    from credit c
    where not $is_indexed and c.person_id = $person_id
),
-- include people/_told_once
select c.media_item_id, c.department, c.role, c.character
from told_once c

-- What:       who worked on items: cast in billing order, then crew; once, though several sources say so.
-- Parameters: item_ids.
-- Result:     media_item_id, person_id, name, department, role, character, position.
with said as (
    select * from credit c where c.media_item_id in (select unnest($item_ids))
),
-- include people/_told_once
select
    c.media_item_id, c.person_id, p.name, c.department, c.role, c.character,
    coalesce(c.position, c.first_position) as position,
from told_once c
join person p on p.id = c.person_id
order by c.media_item_id, c.department <> 'cast', c.role, position nulls last, p.name, c.character nulls last

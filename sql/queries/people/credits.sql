-- What:       who worked on items: cast in billing order, then crew.
-- Parameters: item_ids.
-- Result:     media_item_id, person_id, name, department, role, character, position.
select c.media_item_id, c.person_id, p.name, c.department, c.role, c.character, c.position
from credit c
join person p on p.id = c.person_id
where c.media_item_id in (select unnest($item_ids))
order by c.media_item_id, c.department <> 'cast', c.role, c.position nulls last, p.name

-- What:       what a person worked on, newest first.
-- Parameters: person_id.
-- Result:     media_item_id, media_type, title, year, department, role, character, rating.
select c.media_item_id, i.media_type, i.title, i.year, c.department, c.role, c.character, i.rating
from credit c
join media_item i on i.id = c.media_item_id
where c.person_id = $person_id
order by i.year desc nulls last, i.title_key, c.role, c.character nulls last

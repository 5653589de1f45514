-- What:       the titles of items and what they belong to, by id, in no order.
-- Parameters: ids.
-- Result:     id, title, sort_key, parent_id.
select i.id, i.title, i.sort_key, i.parent_id
from media_item i
where i.id in (select unnest($ids))

-- What:       what others call items.
-- Parameters: item_ids.
-- Result:     media_item_id, source, id_space, external_id.
select e.media_item_id, e.source, e.id_space, e.external_id
from external_id e
where e.media_item_id in (select unnest($item_ids))
order by e.media_item_id, e.source, e.id_space

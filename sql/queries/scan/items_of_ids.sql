-- What:       the natural keys of items by what providers call them.
-- Parameters: library, external_ids.
-- Result:     source, id_space, external_id, item_key.
select e.source, e.id_space, e.external_id, i.item_key
from external_id e
join media_item i on i.id = e.media_item_id
where e.external_id in (select unnest(cast($external_ids as varchar[])))
    and i.library_id = (select l.id from library l where l.name = $library)

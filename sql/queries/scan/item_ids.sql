-- What:       the natural keys of items by what providers call them.
-- Parameters: library.
-- Result:     source, id_space, external_id, item_key.
select e.source, e.id_space, e.external_id, i.item_key
from external_id e
join media_item i on i.id = e.media_item_id
where i.library_id = (select l.id from library l where l.name = $library)

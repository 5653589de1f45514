-- What:       the natural keys of all items of a library.
-- Parameters: library.
-- Result:     item_key.
select i.item_key
from media_item i
where i.library_id = (select l.id from library l where l.name = $library)

-- What:       the natural keys of items, and the libraries these are of.
-- Parameters: ids.
-- Result:     media_item_id, item_key, library.
select i.id as media_item_id, i.item_key, l.name as library
from media_item i
join library l on l.id = i.library_id
where i.id in $ids

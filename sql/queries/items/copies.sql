-- What:       the same works in all libraries of the file: items that have the natural key and the type of some others.
-- Parameters: ids.
-- Result:     id (one of those asked for), copy_id (itself, or the same in another library).
with own as (
    select i.id, i.item_key, i.media_type from media_item i where i.id in $ids
)
select o.id, i.id as copy_id
from own o
join media_item i on i.item_key = o.item_key and i.media_type = o.media_type
order by o.id, copy_id

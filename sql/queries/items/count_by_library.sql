-- What:       items by library and type.
-- Parameters: none.
-- Result:     library_id, library, media_type, items.
select l.id as library_id, l.name as library, i.media_type, count(*) as items
from media_item i
join library l on l.id = i.library_id
group by all
order by l.name, i.media_type

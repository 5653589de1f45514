-- What:       the files of items; an episode that shares a file with another gets that file.
-- Parameters: item_ids.
-- Result:     item_id (as asked), then every column of media_file but path_bytes.
with holder as (
    select i.id as item_id, coalesce(i.shared_file_item_id, i.id) as holder_id
    from media_item i
    where i.id in (select unnest($item_ids))
)
select h.item_id, f.* exclude (path_bytes)
from holder h
join media_file f on f.media_item_id = h.holder_id
order by h.item_id, f.file_role <> 'main', f.part_number nulls first, f.path

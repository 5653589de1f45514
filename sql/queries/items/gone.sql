-- What:       items that had files of which none is there any more, of some.
-- Parameters: ids (of the items that hold the files).
-- Result:     id.
select f.media_item_id as id
from media_file f
where f.media_item_id in (select unnest($ids)) and f.file_role = 'main'
group by all
having bool_and(f.missing_since is not null)

-- What:       the pictures of items.
-- Parameters: item_ids.
-- Result:     every column of artwork.
select a.*
from artwork a
where a.media_item_id in (select unnest($item_ids))
order by a.media_item_id, a.artwork_type, a.path nulls last, a.url

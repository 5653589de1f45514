-- What:       the subtitles beside the files of items; those inside are streams.
-- Parameters: item_ids.
-- Result:     every column of subtitle.
select t.*
from subtitle t
where t.media_item_id in (select unnest($item_ids))
order by t.media_item_id, t.language nulls last, t.is_forced, t.path nulls last, t.url

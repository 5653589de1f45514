-- What:       pictures on disk of some items, as records for the loader.
-- Parameters: library, item_keys.
-- Result:     the columns of an artwork record.
select i.item_key, a.artwork_type, a.path, a.url, a.width, a.height, a.language, a.download_status, a.source
from artwork a
join media_item i on i.id = a.media_item_id
where i.library_id = (select l.id from library l where l.name = $library)
    and i.item_key in (select unnest($item_keys))
    and a.source = 'scan' and a.path is not null

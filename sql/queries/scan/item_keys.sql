-- What:       the natural keys of all items of a library, and what films and shows are called.
-- Parameters: library.
-- Result:     item_key, media_type, title_key, year (null for seasons and episodes).
select
    i.item_key, i.media_type,
    case when i.media_type in ('movie', 'show') then i.title_key end as title_key,
    case when i.media_type in ('movie', 'show') then i.year end as year
from media_item i
where i.library_id = (select l.id from library l where l.name = $library)

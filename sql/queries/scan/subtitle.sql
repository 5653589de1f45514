-- What:       subtitles on disk of some items, as records for the loader.
-- Parameters: library, item_keys.
-- Result:     the columns of a subtitle record.
select
    i.item_key, s.path, s.url, s.language, s.language_raw, s.format,
    s.is_default, s.is_forced, s.is_hearing_impaired, s.download_status, s.source
from subtitle s
join media_item i on i.id = s.media_item_id
where i.library_id = (select l.id from library l where l.name = $library)
    and i.item_key in (select unnest($item_keys))
    and s.source = 'scan' and s.path is not null

-- What:       the files of a library, with the natural keys of their items.
-- Parameters: library.
-- Result:     path, size_bytes, mtime_ns, fingerprint, item_key, media_type, missing_since.
select f.path, f.size_bytes, f.mtime_ns, f.fingerprint, i.item_key, i.media_type, f.missing_since
from media_file f
join media_item i on i.id = f.media_item_id
where f.library_id = (select l.id from library l where l.name = $library)

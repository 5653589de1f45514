-- What:       files that were not found, now or earlier, and could be known again by their content.
-- Parameters: library, paths (where other files are now, or none).
-- Result:     path, size_bytes, fingerprint, is_just_gone.
select
    f.path, f.size_bytes, f.fingerprint,
    f.path in (select unnest(cast($paths as varchar[]))) as is_just_gone
from media_file f
where f.library_id = (select l.id from library l where l.name = $library)
    and f.fingerprint is not null and f.size_bytes > 0
    and (f.missing_since is not null or is_just_gone)
order by f.path

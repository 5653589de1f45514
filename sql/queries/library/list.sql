-- What:       the libraries, with what they hold.
-- Parameters: none.
-- Result:     id, name, roots, items (without seasons and episodes), episodes, files, size_bytes,
--             last_scan_at (UTC; null when never scanned).
with held as (
    select
        library_id,
        count(*) filter (media_type in ('movie', 'show')) as items,
        count(*) filter (media_type = 'episode') as episodes,
    from media_item group by all
),
stored as (
    select library_id, count(*) as files, sum(size_bytes) as size_bytes
    from media_file where missing_since is null group by all
),
scanned as (
    select library_id, max(finished_at) as last_scan_at
    from job_run where job_type = 'scan' and status = 'succeeded' group by all
)
select
    l.id,
    l.name,
    l.roots,
    coalesce(h.items, 0) as items,
    coalesce(h.episodes, 0) as episodes,
    coalesce(s.files, 0) as files,
    cast(coalesce(s.size_bytes, 0) as bigint) as size_bytes,
    d.last_scan_at,
from library l
left join held h on h.library_id = l.id
left join stored s on s.library_id = l.id
left join scanned d on d.library_id = l.id
order by l.name

-- What:       the snapshots, newest first, with what all libraries held at each.
-- Parameters: limit.
-- Result:     id, taken_at (UTC), reason (the type of the job that took it, or request), movies, episodes, files, size_bytes.
select
    s.id,
    s.taken_at,
    s.reason,
    cast(coalesce(sum(t.movies), 0) as bigint) as movies,
    cast(coalesce(sum(t.episodes), 0) as bigint) as episodes,
    cast(coalesce(sum(t.files), 0) as bigint) as files,
    cast(coalesce(sum(t.size_bytes), 0) as bigint) as size_bytes,
from snapshot s
left join snapshot_total t on t.snapshot_id = s.id
group by s.id, s.taken_at, s.reason
order by s.id desc
limit $limit

-- What:       the last jobs, newest first.
-- Parameters: limit.
-- Result:     id, library, job_type, status, started_at (UTC), seconds (null while it runs), counts (what it did, as
--             text, without what it did not do), error.
select
    j.id, l.name as library, j.job_type, j.status, j.started_at, epoch(j.finished_at - j.started_at) as seconds,
    array_to_string(
        list_transform(
            list_filter(map_entries(j.counts), lambda e: e.value > 0),
            lambda e: format('{:d} {}', e.value, replace(e.key, '_', ' '))
        ),
        ', '
    ) as counts,
    j.error,
from job_run j
left join library l on l.id = j.library_id
order by j.started_at desc, j.id desc
limit $limit

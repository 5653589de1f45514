-- What:       the last jobs, newest first.
-- Parameters: limit.
-- Result:     id, library, job_type, status, started_at, finished_at (UTC), counts, error.
select
    j.id, l.name as library, j.job_type, j.status, j.started_at, j.finished_at,
    cast(j.counts as varchar) as counts, j.error,
from job_run j
left join library l on l.id = j.library_id
order by j.started_at desc, j.id desc
limit $limit

-- What:       how the libraries grew: what each held at the last snapshot of each day, month or the like.
-- Result:     taken_at (UTC), library, movies, shows, episodes, files, size_bytes, hours (that they play), snapshot_id;
--             the oldest first.
with parameter as (
    select
        'month'::varchar as by, -- one of snapshot, day, week, month, quarter, year: of each of these the last snapshot is told
        null::varchar as library, -- only of this one; null: each of all
),
last_one as (
    select s.id, s.taken_at
    from parameter p, snapshot s
    qualify p.by = 'snapshot'
        or row_number() over (
            partition by date_trunc(if(p.by = 'snapshot', 'day', p.by), s.taken_at) order by s.id desc
        ) = 1
)
select
    s.taken_at,
    l.name as library,
    t.movies,
    t.shows,
    t.episodes,
    t.files,
    t.size_bytes,
    round(t.hours, 1) as hours,
    s.id as snapshot_id,
from parameter p, last_one s
join snapshot_total t on t.snapshot_id = s.id
join library l on l.id = t.library_id
where p.library is null or l.name = p.library
order by s.id, l.name

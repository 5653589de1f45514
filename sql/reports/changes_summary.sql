-- What:       how many things changed between two snapshots, and what that did to the bytes, by kind of change.
-- Result:     kind (as in changes), things, size_before, size_after, size_change (bytes of these things; the changes add up to
--             the growth), since_at, until_at (UTC: when the snapshots that are compared were taken); the largest change first.
with parameter as (
    select
        null::date as since, -- what was there when that day was over; null: the snapshot before that of until
        null::date as until, -- what is there when that day is over; null: the last snapshot
        null::varchar as library, -- only of this one; null: of all
),
chosen as materialized (
    select
        snapshot_of(p.until) as later,
        if(
            p.since is null,
            (select max(s.id) from snapshot s where s.id < snapshot_of(p.until)),
            snapshot_of(p.since)
        ) as earlier,
    from parameter p
)
select
    c.kind,
    count(*) as things,
    cast(sum(c.size_before) as bigint) as size_before,
    cast(sum(c.size_after) as bigint) as size_after,
    cast(sum(c.size_after - c.size_before) as bigint) as size_change,
    (select s.taken_at from snapshot s where s.id = (select h.earlier from chosen h)) as since_at,
    (select s.taken_at from snapshot s where s.id = (select h.later from chosen h)) as until_at,
from parameter p, changed_item((select h.earlier from chosen h), (select h.later from chosen h)) c
left join library l on l.id = c.library_id
where p.library is null or l.name = p.library
group by c.kind
order by abs(sum(c.size_after - c.size_before)) desc, things desc, c.kind

-- What:       what was added, removed, upgraded, moved, grown or shrunk between two snapshots, a row a thing.
-- Result:     kind (added, removed; upgraded, downgraded: its best file is better or worse by the first of resolution, HDR,
--             source and channels that is known of both and differs; grown, shrunk: its files take more or less; moved: a file
--             lies elsewhere; renamed: it has another title), library, media_type, item, was, became (its best file, with how many
--             there are when that changed; of a moved file the path, of a renamed item the title), size_before, size_after,
--             size_change (bytes of all its files, of a moved one of that file; the changes add up to the growth),
--             media_item_id; the most bytes first.
with parameter as (
    select
        null::date as since, -- what was there when that day was over; null: the snapshot before that of until
        null::date as until, -- what is there when that day is over; null: the last snapshot
        'all'::varchar as kind, -- one of all, added, removed, upgraded, downgraded, grown, shrunk, moved, renamed: only these
        null::varchar as library, -- only of this one; null: of all
        1000::bigint as most, -- rows at most
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
    l.name as library,
    c.media_type,
    c.item,
    c.was,
    c.became,
    c.size_before,
    c.size_after,
    c.size_after - c.size_before as size_change,
    c.media_item_id,
from parameter p, changed_item((select h.earlier from chosen h), (select h.later from chosen h)) c
left join library l on l.id = c.library_id
where (p.kind = 'all' or c.kind = p.kind) and (p.library is null or l.name = p.library)
order by abs(c.size_after - c.size_before) desc, c.kind, c.item, c.media_item_id, c.became
limit (select p.most from parameter p)

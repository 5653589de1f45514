-- What:       how much came, went and was replaced in each month or the like, by what snapshots of that time found new.
-- Result:     period (its first day), items_added, items_removed (films and episodes), files_added, files_removed,
--             files_replaced (by a better or another one at the same place in the library, or moved), size_added, size_removed
--             (bytes), size_replaced (bytes that the new ones have more than the old); the first snapshot counts for nothing.
with parameter as (
    select
        'month'::varchar as by, -- one of day, week, month, quarter, year: how long a period is
        null::varchar as library, -- only of this one; null: of all
),
moment as (
    select s.id, cast(date_trunc(p.by, s.taken_at) as date) as period
    from parameter p, snapshot s
    where s.id > (select min(o.id) from snapshot o)
),
wanted as (
    select i.media_item_id, i.media_type, i.from_snapshot, i.until_snapshot
    from parameter p, snapshot_item i
    join library l on l.id = i.library_id
    where p.library is null or l.name = p.library
),
-- an item that ends and begins at one snapshot was renamed
item as (
    select
        coalesce(n.from_snapshot, o.until_snapshot) as snapshot_id,
        o.media_item_id is null as is_new,
        n.media_item_id is null as is_gone,
    from (select w.* from wanted w where w.media_type in ('movie', 'episode')) n
    full join (
        select w.* from wanted w where w.until_snapshot is not null and w.media_type in ('movie', 'episode')
    ) o on o.media_item_id = n.media_item_id and o.until_snapshot = n.from_snapshot
),
kept as (
    select f.media_file_id, coalesce(f.size_bytes, 0) as size_bytes, f.from_snapshot, f.until_snapshot
    from parameter p, snapshot_file f
    where p.library is null or f.media_item_id in (select w.media_item_id from wanted w)
),
file as (
    select
        coalesce(n.from_snapshot, o.until_snapshot) as snapshot_id,
        o.media_file_id is null as is_new,
        n.media_file_id is null as is_gone,
        coalesce(n.size_bytes, 0) - coalesce(o.size_bytes, 0) as size_change,
    from kept n
    full join (select k.* from kept k where k.until_snapshot is not null) o
        on o.media_file_id = n.media_file_id and o.until_snapshot = n.from_snapshot
),
item_pace as (
    select
        m.period,
        count(*) filter (i.is_new) as items_added,
        count(*) filter (i.is_gone) as items_removed,
    from item i join moment m on m.id = i.snapshot_id
    group by m.period
),
file_pace as (
    select
        m.period,
        count(*) filter (f.is_new) as files_added,
        count(*) filter (f.is_gone) as files_removed,
        count(*) filter (not f.is_new and not f.is_gone) as files_replaced,
        sum(f.size_change) filter (f.is_new) as size_added,
        -sum(f.size_change) filter (f.is_gone) as size_removed,
        sum(f.size_change) filter (not f.is_new and not f.is_gone) as size_replaced,
    from file f join moment m on m.id = f.snapshot_id
    group by m.period
)
select
    m.period,
    coalesce(i.items_added, 0) as items_added,
    coalesce(i.items_removed, 0) as items_removed,
    coalesce(f.files_added, 0) as files_added,
    coalesce(f.files_removed, 0) as files_removed,
    coalesce(f.files_replaced, 0) as files_replaced,
    cast(coalesce(f.size_added, 0) as bigint) as size_added,
    cast(coalesce(f.size_removed, 0) as bigint) as size_removed,
    cast(coalesce(f.size_replaced, 0) as bigint) as size_replaced,
from (select distinct o.period from moment o) m
left join item_pace i on i.period = m.period
left join file_pace f on f.period = m.period
order by m.period

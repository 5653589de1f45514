-- What:       how the files that are held came: bytes and files by when they were added, and all that were there by then.
-- Result:     period (its first day), value (of the property; all: everything; null: not known), files and size_bytes (added in
--             the period), total_files and total_bytes (added by its end); in order of time, each value in each period from the
--             first to the last. Files that are gone are not in it: it tells how what there is came, not what there once was.
with parameter as (
    select
        'resolution'::varchar as by, -- one of all, library, type, codec, resolution: what makes a line
        'month'::varchar as every, -- one of day, week, month, quarter, year: how long a period is
        null::varchar as library, -- only of this one; null: of all
),
added as (
    select
        cast(date_trunc(p.every, f.added_at) as date) as period,
        case p.by
            when 'all' then 'all'
            when 'library' then l.name
            when 'type' then i.media_type
            when 'codec' then f.video_codec
            when 'resolution' then f.resolution
        end as value,
        count(*) as files,
        cast(coalesce(sum(f.size_bytes), 0) as bigint) as size_bytes,
    from parameter p, file_fact f
    join media_item i on i.id = f.media_item_id
    join library l on l.id = f.library_id
    where f.missing_since is null and (p.library is null or l.name = p.library)
    group by all
),
period as (
    select cast(unnest(generate_series(
        (select min(period) from added),
        (select max(period) from added),
        (select case every when 'quarter' then interval 3 month else cast('1 ' || every as interval) end from parameter)
    )) as date) as period
),
value as (
    select distinct value from added
),
line as (
    select
        period.period,
        value.value,
        coalesce(added.files, 0) as files,
        coalesce(added.size_bytes, 0) as size_bytes,
    from period
    cross join value
    left join added on added.period = period.period and added.value is not distinct from value.value
)
select
    period,
    value,
    files,
    size_bytes,
    cast(sum(files) over so_far as bigint) as total_files,
    cast(sum(size_bytes) over so_far as bigint) as total_bytes,
from line
window so_far as (partition by value order by period)
order by period, value

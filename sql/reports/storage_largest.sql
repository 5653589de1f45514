-- What:       which items take the most room, a show alone or with all its episodes.
-- Result:     media_item_id, item, media_type, library, files, size_bytes, hours (null: not known), gb_per_hour (10^9 bytes),
--             codecs and resolutions (of its main files), share (of all bytes, 0 to 1); the most bytes first. Extras, trailers
--             and samples of an item count, files that are gone do not.
with parameter as (
    select
        'item'::varchar as by, -- one of item, show: an episode is a row, or a show with all its episodes
        null::varchar as library, -- only of this one; null: of all
        50::bigint as rows, -- how many
),
file as (
    select
        case p.by when 'show' then coalesce(grandparent.id, parent.id, i.id) else i.id end as media_item_id,
        f.id as media_file_id,
        f.file_role,
        f.size_bytes,
        f.duration_seconds,
    from parameter p, media_file f
    join media_item i on i.id = f.media_item_id
    left join media_item parent on parent.id = i.parent_id and parent.media_type in ('season', 'show')
    left join media_item grandparent on grandparent.id = parent.parent_id and grandparent.media_type = 'show'
    join library l on l.id = f.library_id
    where f.missing_since is null and (p.library is null or l.name = p.library)
),
held as (
    select
        media_item_id,
        count(*) as files,
        cast(coalesce(sum(size_bytes), 0) as bigint) as size_bytes,
        sum(duration_seconds) / 3600 as hours,
        sum(size_bytes) filter (duration_seconds > 0) / 1e9
            / nullif(sum(duration_seconds) filter (size_bytes is not null) / 3600, 0) as gb_per_hour,
    from file
    group by all
),
largest as (
    select
        *,
        size_bytes / nullif((select sum(size_bytes) from held), 0) as share,
    from held
    order by size_bytes desc, media_item_id
    limit (select rows from parameter)
),
technical as (
    select
        media_item_id,
        list_sort(list(distinct s.codec) filter (s.codec is not null)) as codecs,
        list_sort(list(distinct s.resolution_class) filter (s.resolution_class is not null)) as resolutions,
    from largest
    join file using (media_item_id)
    join media_stream s using (media_file_id)
    where file.file_role = 'main' and s.stream_type = 'video'
    group by all
)
select
    i.id as media_item_id,
    item_label(i.title, i.show_title, i.season_number, i.episode_number) as item,
    i.media_type,
    l.name as library,
    largest.files,
    largest.size_bytes,
    round(largest.hours, 1) as hours,
    round(largest.gb_per_hour, 3) as gb_per_hour,
    coalesce(t.codecs, []) as codecs,
    coalesce(t.resolutions, []) as resolutions,
    round(largest.share, 4) as share,
from largest
join media_item i on i.id = largest.media_item_id
join library l on l.id = i.library_id
left join technical t on t.media_item_id = i.id
order by largest.size_bytes desc, i.id

-- What:       what takes the room: files, bytes and hours by one property, and how dense they are.
-- Result:     library (asked for; null: all), by (asked for), value (null: not known), items, files, size_bytes, hours,
--             gb_per_hour (10^9 bytes), bits_per_pixel, share (of all bytes, 0 to 1); the most bytes first. Extras, trailers
--             and samples count, files that are gone do not.
with parameter as (
    select
        'codec'::varchar as by, -- one of library, type, codec, resolution, hdr, container, decade, folder, source, audio
        null::varchar as library, -- only of this one; null: of all
        3::bigint as depth, -- how many folders of a path make one, for by = folder
),
file as (
    select
        case p.by
            when 'library' then l.name
            when 'type' then i.media_type
            when 'codec' then f.video_codec
            when 'resolution' then f.resolution
            when 'hdr' then f.hdr_format
            when 'container' then f.container
            when 'decade' then cast(i.year // 10 * 10 as varchar) || 's'
            when 'folder' then coalesce(nullif(array_to_string(string_split(f.path, '/')[:-2][:p.depth + 1], '/'), ''), '/')
            when 'source' then f.quality_source
            when 'audio' then f.audio_codec
        end as value,
        f.media_item_id,
        f.size_bytes,
        f.duration_seconds,
        f.duration_seconds * f.frame_rate * f.width * f.height as pixels,
    from parameter p, file_fact f
    join media_item i on i.id = f.media_item_id
    join library l on l.id = f.library_id
    where f.missing_since is null and (p.library is null or l.name = p.library)
),
held as (
    select
        value,
        count(distinct media_item_id) as items,
        count(*) as files,
        cast(coalesce(sum(size_bytes), 0) as bigint) as size_bytes,
        coalesce(sum(duration_seconds), 0) / 3600 as hours,
        sum(size_bytes) filter (duration_seconds > 0) / 1e9
            / nullif(sum(duration_seconds) filter (size_bytes is not null) / 3600, 0) as gb_per_hour,
        sum(size_bytes * 8.0) filter (pixels > 0) / sum(pixels) filter (size_bytes is not null) as bits_per_pixel,
    from file
    group by value
)
select
    p.library,
    p.by,
    value,
    items,
    files,
    size_bytes,
    round(hours, 1) as hours,
    round(gb_per_hour, 3) as gb_per_hour,
    round(bits_per_pixel, 4) as bits_per_pixel,
    round(size_bytes / nullif(sum(size_bytes) over (), 0), 4) as share,
from parameter p, held
order by size_bytes desc, value

-- What:       which main files spend the most bits on what they show, beside what is usual for their codec and resolution.
-- Result:     media_item_id, item, path, codec, resolution, hours, size_bytes, gb_per_hour (10^9 bytes), bits_per_pixel (all
--             streams counted), usual_bits_per_pixel (the median of files of that codec and resolution), times_usual; the most
--             times first, or the most of what was asked for. Files of which size, duration, picture or frame rate is not
--             known are left out.
with parameter as (
    select
        'times_usual'::varchar as by, -- one of times_usual, bits_per_pixel, gb_per_hour: what they are ranked by
        null::varchar as library, -- only of this one; null: of all
        5::double as least_minutes, -- shorter ones are left out
        50::bigint as rows, -- how many
),
file as (
    select
        f.media_file_id,
        f.media_item_id,
        f.video_codec as codec,
        f.resolution,
        f.size_bytes,
        f.duration_seconds / 3600 as hours,
        f.size_bytes * 8.0 / (f.duration_seconds * f.frame_rate * f.width * f.height) as bits_per_pixel,
    from parameter p, file_fact f
    join library l on l.id = f.library_id
    where
        f.missing_since is null
        and f.file_role = 'main'
        and f.size_bytes > 0
        and f.duration_seconds > 0
        and f.duration_seconds >= p.least_minutes * 60
        and f.frame_rate * f.width * f.height > 0
        and (p.library is null or l.name = p.library)
),
usual as (
    select
        codec,
        resolution,
        quantile_disc(bits_per_pixel, 0.5) as bits_per_pixel,
    from file
    group by all
),
densest as (
    select
        file.*,
        usual.bits_per_pixel as usual_bits_per_pixel,
        file.bits_per_pixel / usual.bits_per_pixel as times_usual,
        file.size_bytes / 1e9 / file.hours as gb_per_hour,
        case p.by
            when 'times_usual' then file.bits_per_pixel / usual.bits_per_pixel
            when 'bits_per_pixel' then file.bits_per_pixel
            when 'gb_per_hour' then file.size_bytes / 1e9 / file.hours
        end as ranked_by,
    from parameter p, file
    join usual on usual.codec is not distinct from file.codec and usual.resolution = file.resolution
    order by ranked_by desc, file.media_file_id
    limit (select rows from parameter)
)
select
    i.id as media_item_id,
    item_label(i.title, i.show_title, i.season_number, i.episode_number) as item,
    f.path,
    d.codec,
    d.resolution,
    round(d.hours, 2) as hours,
    d.size_bytes,
    round(d.gb_per_hour, 3) as gb_per_hour,
    round(d.bits_per_pixel, 4) as bits_per_pixel,
    round(d.usual_bits_per_pixel, 4) as usual_bits_per_pixel,
    round(d.times_usual, 2) as times_usual,
from densest d
join media_item i on i.id = d.media_item_id
join media_file f on f.id = d.media_file_id
order by d.ranked_by desc, d.media_file_id

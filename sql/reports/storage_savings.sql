-- What:       what would free room: encoding old codecs anew, and letting go of samples, trailers, extras and spare copies that
--             nobody watched. It estimates; nothing is changed or deleted.
-- Result:     value (what makes a row; null: not known), media_item_id (of by = item; else null), ways (re-encode, sample,
--             trailer, extra, spare copy), files, size_bytes (now), target_bytes (afterwards), saved_bytes (size - target),
--             saved_share (of size_bytes, 0 to 1), hours, bits_per_pixel (now) and target_bits_per_pixel (of those to be encoded
--             anew; else null); the most saved first.
-- Model:      each file is in one way at most, the first of these. sample, trailer, extra: files of that role; all of it is saved.
--             spare copy: a whole main file of an item nobody played that has a better whole one of the same edition (one that
--             can be read, then more lines, then more bytes); all of it is saved. re-encode: a main file whose codec wants more
--             bits per pixel than the target codec does; only with size, duration, picture and frame rate known. Its target is
--                 seconds x (width x height x frame rate x bits per pixel of the target codec x factor of its resolution
--                     x quality + 1000 x sound_kbps) / 8
--             and never more than its size; a file that would save less than least_share of its size is left as it is. The
--             numbers of the model are the CTEs codec and scale: what careful encoding gets, not a promise.
with parameter as (
    select
        'way'::varchar as by, -- one of way, item, codec, resolution, library: what makes a row
        'hevc'::varchar as codec, -- one of hevc, av1, h264: what old codecs would be encoded to
        1::double as quality, -- times the target's bits per pixel: 2 for hardly any loss, 0.7 for small files
        448::double as sound_kbps, -- kilobits a second that the target spends on sound
        0.2::double as least_share, -- of a file's size, 0 to 1: encoding anew for less is left out
        null::varchar as library, -- only of this one; null: of all
        100::bigint as rows, -- how many
),
codec as (
    select * from (values
        ('mpeg1video', 0.450),
        ('mpeg2video', 0.350),
        ('wmv2', 0.280),
        ('msmpeg4v3', 0.260),
        ('mpeg4', 0.240),
        ('vc1', 0.190),
        ('h264', 0.160),
        ('vp8', 0.170),
        ('vp9', 0.110),
        ('hevc', 0.095),
        ('av1', 0.075),
    ) as codec (codec, bits_per_pixel)
),
scale as (
    select * from (values
        ('480p', 480, 1.4),
        ('576p', 576, 1.3),
        ('720p', 720, 1.15),
        ('1080p', 1080, 1.0),
        ('1440p', 1440, 0.9),
        ('2160p', 2160, 0.75),
    ) as scale (resolution, lines, factor)
),
target as (
    select
        p.*,
        codec.bits_per_pixel,
    from parameter p
    join codec on codec.codec = p.codec
),
file as (
    select
        f.media_file_id,
        f.media_item_id,
        f.file_role,
        f.edition,
        f.part_number,
        f.problem,
        l.name as library,
        f.video_codec as codec,
        f.resolution,
        f.size_bytes,
        f.duration_seconds as seconds,
        f.duration_seconds * f.frame_rate * f.width * f.height as pixels,
        scale.lines,
        scale.factor,
    from parameter p, file_fact f
    join library l on l.id = f.library_id
    left join scale on scale.resolution = f.resolution
    where f.missing_since is null and f.size_bytes > 0 and (p.library is null or l.name = p.library)
),
copies as (
    select
        media_item_id,
        edition,
        arg_max(media_file_id, (problem is null, coalesce(lines, 0), size_bytes, -media_file_id)) as best_file_id,
    from file
    where file_role = 'main' and part_number is null
    group by all
    having count(*) > 1
),
watched as (
    select distinct coalesce(i.shared_file_item_id, i.id) as media_item_id
    from history_event h
    join media_item i on i.id = h.media_item_id
    where h.event_type = 'played'
),
spare as (
    select file.media_file_id
    from copies
    join file on
        file.media_item_id = copies.media_item_id
        and file.edition is not distinct from copies.edition
        and file.media_file_id <> copies.best_file_id
    where
        file.file_role = 'main'
        and file.part_number is null
        and copies.media_item_id not in (select media_item_id from watched)
),
estimated as (
    select
        file.*,
        case
            when file.file_role <> 'main' then file.file_role
            when spare.media_file_id is not null then 'spare copy'
            when codec.bits_per_pixel > target.bits_per_pixel and file.pixels > 0 then 're-encode'
        end as way,
        case
            when way = 're-encode' then cast(least(file.size_bytes, greatest(0, ceil((
                file.pixels * target.bits_per_pixel * file.factor * target.quality + 1000 * target.sound_kbps * file.seconds
            ) / 8))) as bigint)
            when way is not null then 0
        end as target_bytes,
    from target, file
    left join codec on codec.codec = file.codec
    left join spare on spare.media_file_id = file.media_file_id
),
saving as (
    select
        case p.by
            when 'way' then way
            when 'codec' then e.codec
            when 'resolution' then resolution
            when 'library' then e.library
        end as value,
        case p.by when 'item' then media_item_id end as media_item_id,
        [
            case when bool_or(way = 're-encode') then 're-encode' end,
            case when bool_or(way = 'sample') then 'sample' end,
            case when bool_or(way = 'trailer') then 'trailer' end,
            case when bool_or(way = 'extra') then 'extra' end,
            case when bool_or(way = 'spare copy') then 'spare copy' end,
        ] as ways,
        count(*) as files,
        cast(sum(size_bytes) as bigint) as size_bytes,
        cast(sum(target_bytes) as bigint) as target_bytes,
        cast(sum(size_bytes - target_bytes) as bigint) as saved_bytes,
        sum(seconds) / 3600 as hours,
        sum(size_bytes) filter (way = 're-encode') * 8.0 / sum(pixels) filter (way = 're-encode') as bits_per_pixel,
        sum(target_bytes) filter (way = 're-encode') * 8.0 / sum(pixels) filter (way = 're-encode') as target_bits_per_pixel,
    from parameter p, estimated e
    where way is not null and size_bytes - target_bytes >= p.least_share * size_bytes
    group by all
    order by saved_bytes desc, media_item_id, value
    limit (select rows from parameter)
)
select
    coalesce(item_label(i.title, i.show_title, i.season_number, i.episode_number), saving.value) as value,
    saving.media_item_id,
    list_filter(saving.ways, lambda way: way is not null) as ways,
    saving.files,
    saving.size_bytes,
    saving.target_bytes,
    saving.saved_bytes,
    round(saving.saved_bytes / saving.size_bytes, 4) as saved_share,
    round(saving.hours, 1) as hours,
    round(saving.bits_per_pixel, 4) as bits_per_pixel,
    round(saving.target_bits_per_pixel, 4) as target_bits_per_pixel,
from saving
left join media_item i on i.id = saving.media_item_id
order by saving.saved_bytes desc, saving.media_item_id, saving.value

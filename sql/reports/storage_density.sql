-- What:       how dense main files are: gigabytes an hour and bits per pixel, as they spread over one property.
-- Result:     value (null: not known), files, gb_per_hour_low, gb_per_hour, gb_per_hour_high (10^9 bytes an hour: a tenth of the
--             files have less than low, half less than the middle one, a tenth more than high), bits_per_pixel_low,
--             bits_per_pixel, bits_per_pixel_high (the same of the bits a pixel of a frame has, all streams counted; null:
--             size, duration, picture or frame rate not known); the densest first.
with parameter as (
    select
        'codec'::varchar as by, -- one of codec, resolution, hdr, source, container, library: what makes a row
        null::varchar as library, -- only of this one; null: of all
),
file as (
    select
        case p.by
            when 'codec' then f.video_codec
            when 'resolution' then f.resolution
            when 'hdr' then f.hdr_format
            when 'source' then f.quality_source
            when 'container' then f.container
            when 'library' then l.name
        end as value,
        f.size_bytes / 1e9 / (f.duration_seconds / 3600) as gb_per_hour,
        f.size_bytes * 8.0 / (f.duration_seconds * f.frame_rate * f.width * f.height) as bits_per_pixel,
    from parameter p, file_fact f
    join library l on l.id = f.library_id
    where
        f.missing_since is null
        and f.file_role = 'main'
        and f.size_bytes > 0
        and f.duration_seconds > 0
        and (p.library is null or l.name = p.library)
),
spread as (
    select
        value,
        count(*) as files,
        quantile_disc(gb_per_hour, [0.1, 0.5, 0.9]) as gb_per_hour,
        quantile_disc(bits_per_pixel, [0.1, 0.5, 0.9]) as bits_per_pixel,
    from file
    group by value
)
select
    value,
    files,
    round(gb_per_hour[1], 3) as gb_per_hour_low,
    round(gb_per_hour[2], 3) as gb_per_hour,
    round(gb_per_hour[3], 3) as gb_per_hour_high,
    round(bits_per_pixel[1], 4) as bits_per_pixel_low,
    round(bits_per_pixel[2], 4) as bits_per_pixel,
    round(bits_per_pixel[3], 4) as bits_per_pixel_high,
from spread
order by bits_per_pixel desc nulls last, gb_per_hour desc, value

-- What:       how many items lack what: lines, bitrate, a codec of today, a good source, channels, high dynamic range.
-- Result:     value (of the property; all: everything; null: not known), reason, items (that were judged), lacking (of these), share
--             (lacking / items, 0 to 1), mean_score (of the items, 0 to 100); every reason of each value, in order. An
--             item that lacks several things is in several rows.
-- Model:      a file's score is 100 x source x resolution x codec x hdr x sound, each a factor of quality_rule (the question
--             upgrades_rules shows them). A file with fewer megabits a second than its resolution wants in its codec counts as
--             the highest resolution for which it has enough. An item is judged by its best file that is there.
with parameter as (
    select
        'library'::varchar as by, -- one of library, type, decade, resolution, codec, source, all: what makes a row, with the reason
        null::varchar as library, -- only of this one; null: of all
        '1080p'::varchar as least_resolution, -- one of 480p, 576p, 720p, 1080p, 1440p, 2160p: fewer lines are a reason
        1::double as least_bitrate, -- times the megabits a second that the rules want: less is a reason
        6::bigint as least_channels, -- of sound: fewer are a reason
        '2160p'::varchar as hdr_from, -- one of 480p, 576p, 720p, 1080p, 1440p, 2160p: SDR of as many lines is a reason
        0.9::double as poor, -- a source or a codec of a smaller factor is a reason
),
chosen as (
    from judged_item((select library from parameter), (select least_bitrate from parameter))
),
threshold as (
    select
        (select factor from quality_rule where property = 'resolution' and value = p.least_resolution) as least_factor,
        (select factor from quality_rule where property = 'resolution' and value = p.hdr_from) as hdr_from_factor,
    from parameter p
),
lacking as (
    select
        chosen.*,
        resolution is not null and nominal_factor < t.least_factor as is_low,
        resolution_factor < nominal_factor as is_starved,
        codec_is_known and codec_factor < p.poor as is_old,
        source_is_known and source_factor < p.poor as is_poor,
        coalesce(audio_channels < p.least_channels, false) as is_quiet,
        hdr = 'SDR' and resolution is not null and nominal_factor >= t.hdr_from_factor as is_flat,
    from parameter p, threshold t, chosen
),
grouped as (
    select
        case p.by
            when 'library' then w.library
            when 'type' then i.media_type
            when 'decade' then cast(i.year // 10 * 10 as varchar) || 's'
            when 'resolution' then w.resolution
            when 'codec' then w.video_codec
            when 'source' then w.quality_source
            when 'all' then 'all'
        end as value,
        count(*) as items,
        avg(w.score) as mean_score,
        [
            {reason: 'low resolution', lacking: count_if(w.is_low)},
            {reason: 'low bitrate', lacking: count_if(w.is_starved)},
            {reason: 'old codec', lacking: count_if(w.is_old)},
            {reason: 'poor source', lacking: count_if(w.is_poor)},
            {reason: 'few channels', lacking: count_if(w.is_quiet)},
            {reason: 'no HDR', lacking: count_if(w.is_flat)},
        ] as lacks,
    from parameter p, lacking w
    join media_item i on i.id = w.media_item_id
    group by value
),
line as (
    select
        value,
        items,
        mean_score,
        unnest(lacks) as lack,
    from grouped
)
select
    value,
    lack.reason as reason,
    items,
    cast(lack.lacking as bigint) as lacking,
    round(lack.lacking / items, 4) as share,
    round(mean_score, 1) as mean_score,
from line
order by value nulls last, list_position(
    ['low resolution', 'low bitrate', 'old codec', 'poor source', 'few channels', 'no HDR'], reason
)

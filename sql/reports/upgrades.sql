-- What:       which items are worth a better copy, and why: what their best file lacks, first what is watched
--             often and rated well.
-- Result:     media_item_id, item, library, priority, score (0 to 100, the product of the five factors that follow, times 100),
--             source_factor, resolution_factor, codec_factor, hdr_factor, sound_factor, reasons (in words), plays (by anybody),
--             rating (the user's, else the community's, 0 to 10; null: none), and of the best file source, resolution, counts_as
--             (the resolution for which its bitrate is enough), codec, hdr, sound, mbit_per_second, size_bytes, path; null: not
--             known. The highest priority first; only items with a reason.
-- Model:      a file's score is 100 x source x resolution x codec x hdr x sound, each a factor of quality_rule (the question
--             upgrades_rules shows them). A file with fewer megabits a second than its resolution wants in its codec counts as
--             the highest resolution for which it has enough. An item is judged by its best file that is there.
--             priority is (100 - score) / 100 x (1 + log2(1 + plays)) x rating, unrated items taken as rated `unrated`. Missing
--             facts lower a score a little and are no reason.
with parameter as (
    select
        null::varchar as library, -- only of this one; null: of all
        '1080p'::varchar as least_resolution, -- one of 480p, 576p, 720p, 1080p, 1440p, 2160p: fewer lines are a reason
        1::double as least_bitrate, -- times the megabits a second that the rules want: less is a reason
        6::bigint as least_channels, -- of sound: fewer are a reason
        '2160p'::varchar as hdr_from, -- one of 480p, 576p, 720p, 1080p, 1440p, 2160p: SDR of as many lines is a reason
        0.9::double as poor, -- a source or a codec of a smaller factor is a reason
        0::double as min_rating, -- only of items rated so or better, 0 to 10
        5::double as unrated, -- the rating that items without one are taken to have
        100::bigint as rows, -- how many
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
play as (
    select
        coalesce(i.shared_file_item_id, i.id) as media_item_id,
        count(*) as plays,
    from history_event h
    join media_item i on i.id = h.media_item_id
    where h.event_type = 'played'
    group by all
),
ranked as (
    select
        lacking.media_file_id,
        coalesce(play.plays, 0) as plays,
        coalesce(i.user_rating, i.rating) as rating,
        (100 - score) / 100 * (1 + log2(1 + coalesce(play.plays, 0))) * coalesce(i.user_rating, i.rating, p.unrated) as priority,
    from parameter p, lacking
    join media_item i on i.id = lacking.media_item_id
    left join play on play.media_item_id = lacking.media_item_id
    where
        (is_low or is_starved or is_old or is_poor or is_quiet or is_flat)
        and coalesce(i.user_rating, i.rating, p.unrated) >= p.min_rating
    order by priority desc, lacking.media_file_id
    limit (select rows from parameter)
)
select
    i.id as media_item_id,
    item_label(i.title, i.show_title, i.season_number, i.episode_number) as item,
    w.library,
    round(r.priority, 2) as priority,
    w.score,
    w.source_factor,
    w.resolution_factor,
    w.codec_factor,
    w.hdr_factor,
    w.sound_factor,
    list_filter(
        [
            case when w.is_low then w.resolution end,
            case when w.is_starved then
                concat(round(w.mbit_per_second, 1), ' Mbit/s is low for ', w.resolution, ' in ' || w.video_codec)
            end,
            case when w.is_old then w.video_codec || ' is an old codec' end,
            case when w.is_poor then 'the source is ' || w.quality_source end,
            case
                when w.is_quiet and w.sound in ('mono', 'stereo') then w.sound || ' only'
                when w.is_quiet then w.audio_channels || ' channels of sound'
            end,
            case when w.is_flat then 'SDR although ' || w.resolution end,
        ],
        lambda reason: reason is not null
    ) as reasons,
    r.plays,
    r.rating,
    w.quality_source as source,
    w.resolution,
    w.counts_as,
    w.video_codec as codec,
    w.hdr_format as hdr,
    w.sound,
    round(w.mbit_per_second, 1) as mbit_per_second,
    w.size_bytes,
    f.path,
from ranked r
join lacking w on w.media_file_id = r.media_file_id
join media_item i on i.id = w.media_item_id
join media_file f on f.id = r.media_file_id
order by r.priority desc, r.media_file_id

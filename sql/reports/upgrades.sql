-- What:       which items are worth a better copy, and why: what their best file lacks, first what is watched
--             often and rated well.
-- Result:     media_item_id, item, library, priority, score (0 to 100, the product of the five factors that follow, times 100),
--             source_factor, resolution_factor, codec_factor, hdr_factor, sound_factor, reasons (in words), plays (by anybody),
--             rating (the user's, else the community's, 0 to 10; null: none), and of the best file source, resolution, counts_as
--             (the resolution for which its bitrate is enough), codec, hdr, sound, mbit_per_second, size_bytes, path; null: not
--             known. The highest priority first; only items with a reason.
-- Model:      a file's score is 100 x source x resolution x codec x hdr x sound, each a factor of the CTE rule (the question
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
rule as (
    select
        property,
        value,
        cast(factor as double) as factor,
        cast(wants as double) as wants,
        why,
    from (values
        ('source', 'Remux', 1.00, null, 'the disc as it is'),
        ('source', 'Bluray', 0.97, null, 'encoded from a disc'),
        ('source', 'WEBDL', 0.95, null, 'as a service sends it'),
        ('source', 'WEBRip', 0.90, null, 'recorded from a service, so encoded twice'),
        ('source', 'HDTV', 0.90, null, 'as broadcast'),
        ('source', 'DVD', 0.75, null, 'from the years of 480 and 576 lines'),
        ('source', 'SDTV', 0.65, null, 'broadcast before high definition'),
        ('source', 'TELESYNC', 0.30, null, 'filmed in a cinema, sound apart'),
        ('source', 'CAM', 0.20, null, 'filmed in a cinema'),
        ('source', 'not known', 0.90, null, 'no source is named, or one that no rule knows'),
        ('resolution', '2160p', 1.00, 12.0, 'as good as discs get'),
        ('resolution', '1440p', 0.95, 7.0, 'between high and ultra high definition'),
        ('resolution', '1080p', 0.90, 3.5, 'full high definition'),
        ('resolution', '720p', 0.75, 1.8, 'half the lines of today''s screens, or fewer'),
        ('resolution', '576p', 0.60, 1.0, 'as a European DVD'),
        ('resolution', '480p', 0.50, 0.0, 'as an American DVD, or less'),
        ('resolution', 'not known', 0.70, null, 'the picture was not looked at'),
        ('codec', 'av1', 1.00, 0.50, 'of today'),
        ('codec', 'hevc', 1.00, 0.60, 'of today'),
        ('codec', 'vp9', 1.00, 0.70, 'of today'),
        ('codec', 'h264', 0.98, 1.00, 'plays everywhere'),
        ('codec', 'vc1', 0.90, 1.20, 'of the first Blu-rays'),
        ('codec', 'mpeg2video', 0.85, 2.00, 'an old codec: of DVDs and broadcasts'),
        ('codec', 'mpeg4', 0.80, 1.50, 'an old codec: DivX and Xvid'),
        ('codec', 'not known', 0.85, 1.00, 'no codec is named, or one that no rule knows'),
        ('hdr', 'Dolby Vision', 1.00, null, 'brightness said scene by scene'),
        ('hdr', 'HDR10+', 1.00, null, 'brightness said scene by scene'),
        ('hdr', 'HDR10', 0.99, null, 'brightness said once for all'),
        ('hdr', 'HLG', 0.98, null, 'as broadcast'),
        ('hdr', 'SDR', 0.95, null, 'no high dynamic range'),
        ('hdr', 'not known', 0.95, null, 'taken for SDR'),
        ('sound', '7.1', 1.00, null, 'eight channels or more'),
        ('sound', '5.1', 0.99, null, 'six or seven channels'),
        ('sound', 'more than stereo', 0.96, null, 'three to five channels'),
        ('sound', 'stereo', 0.92, null, 'two channels'),
        ('sound', 'mono', 0.85, null, 'one channel'),
        ('sound', 'not known', 0.92, null, 'taken for stereo'),
    ) as rule (property, value, factor, wants, why)
),
ladder as (
    select
        list(wants order by wants) as wants,
        list(factor order by wants) as factors,
        list(value order by wants) as resolutions,
    from rule
    where property = 'resolution' and wants is not null
),
file as (
    select
        f.media_file_id,
        f.media_item_id,
        l.name as library,
        f.size_bytes,
        coalesce(f.size_bytes * 8 / 1e6 / nullif(f.duration_seconds, 0), f.bitrate_kbps / 1e3) as mbit_per_second,
        f.quality_source,
        f.resolution,
        f.video_codec,
        f.hdr_format,
        f.audio_channels,
        case
            when contains(f.hdr_format, 'Dolby Vision') then 'Dolby Vision'
            when contains(f.hdr_format, 'HDR10+') then 'HDR10+'
            when contains(f.hdr_format, 'HDR10') then 'HDR10'
            when contains(f.hdr_format, 'HLG') then 'HLG'
            when f.hdr_format = 'SDR' then 'SDR'
            else 'not known'
        end as hdr,
        case
            when f.audio_channels >= 8 then '7.1'
            when f.audio_channels >= 6 then '5.1'
            when f.audio_channels >= 3 then 'more than stereo'
            when f.audio_channels = 2 then 'stereo'
            when f.audio_channels = 1 then 'mono'
            else 'not known'
        end as sound,
    from parameter p, file_fact f
    join library l on l.id = f.library_id
    where f.missing_since is null and f.file_role = 'main' and (p.library is null or l.name = p.library)
),
carried as (
    select
        file.*,
        coalesce(s.factor, unknown_source.factor) as source_factor,
        coalesce(c.factor, unknown_codec.factor) as codec_factor,
        s.factor is not null as source_is_known,
        c.factor is not null as codec_is_known,
        hdr.factor as hdr_factor,
        sound.factor as sound_factor,
        r.factor as nominal_factor,
        len(list_filter(
            ladder.wants,
            lambda wants: wants * coalesce(c.wants, unknown_codec.wants) * p.least_bitrate <= file.mbit_per_second
        )) as rung,
    from parameter p, ladder, file
    join rule unknown_source on unknown_source.property = 'source' and unknown_source.value = 'not known'
    join rule unknown_codec on unknown_codec.property = 'codec' and unknown_codec.value = 'not known'
    join rule r on r.property = 'resolution' and r.value = coalesce(file.resolution, 'not known')
    join rule hdr on hdr.property = 'hdr' and hdr.value = file.hdr
    join rule sound on sound.property = 'sound' and sound.value = file.sound
    left join rule s on s.property = 'source' and s.value = file.quality_source
    left join rule c on c.property = 'codec' and c.value = file.video_codec
),
judged as (
    select
        carried.*,
        case
            when resolution is null or mbit_per_second is null then nominal_factor
            else least(nominal_factor, ladder.factors[greatest(rung, 1)])
        end as resolution_factor,
        case when resolution_factor < nominal_factor then ladder.resolutions[greatest(rung, 1)] else resolution end as counts_as,
        round(100 * source_factor * resolution_factor * codec_factor * hdr_factor * sound_factor, 2) as score,
    from ladder, carried
),
copies as (
    select media_item_id
    from media_file
    where missing_since is null and file_role = 'main'
    group by media_item_id
    having count(*) > 1
),
best as (
    select
        media_item_id,
        arg_max(media_file_id, (score, size_bytes, -media_file_id)) as media_file_id,
    from judged
    where media_item_id in (select media_item_id from copies)
    group by media_item_id
),
chosen as (
    select judged.*
    from judged
    left join best on best.media_item_id = judged.media_item_id
    where best.media_item_id is null or best.media_file_id = judged.media_file_id
),
threshold as (
    select
        (select factor from rule where property = 'resolution' and value = p.least_resolution) as least_factor,
        (select factor from rule where property = 'resolution' and value = p.hdr_from) as hdr_from_factor,
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

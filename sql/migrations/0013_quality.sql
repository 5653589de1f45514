-- What: the rules that say how good a file is, and of each item its best file, judged by them.
-- Why:  several questions judge by the same rules; said once, they cannot disagree, and whoever doubts a score can read them.
-- How:  a file's score is 100 times five factors, one for each property. One with fewer megabits a second than its resolution
--       wants in its codec counts as the highest resolution for which it has enough.

create view quality_rule as
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
) as rule (property, value, factor, wants, why);

comment on view quality_rule is 'What judges how good a file is: a factor for each value of five properties.';
comment on column quality_rule.property is 'source, resolution, codec, hdr or sound.';
comment on column quality_rule.value is 'Of the property; "not known" stands for what no rule names, too.';
comment on column quality_rule.factor is '0 to 1; a score is 100 times the product of the five.';
comment on column quality_rule.wants is 'Of a resolution: megabits a second of h264; of a codec: times those of h264; else null.';
comment on column quality_rule.why is 'In words.';

-- one row an item: its best main file that is there, with its factors and score; of one library, or of all when null
create macro judged_item(wanted_library, bitrate_share) as table (
    with asked as (
        select wanted_library as library, bitrate_share as least_bitrate
    ),
    ladder as (
        select
            list(wants order by wants) as wants,
            list(factor order by wants) as factors,
            list(value order by wants) as resolutions,
        from quality_rule
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
        from asked p, file_fact f
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
        from asked p, ladder, file
        join quality_rule unknown_source on unknown_source.property = 'source' and unknown_source.value = 'not known'
        join quality_rule unknown_codec on unknown_codec.property = 'codec' and unknown_codec.value = 'not known'
        join quality_rule r on r.property = 'resolution' and r.value = coalesce(file.resolution, 'not known')
        join quality_rule hdr on hdr.property = 'hdr' and hdr.value = file.hdr
        join quality_rule sound on sound.property = 'sound' and sound.value = file.sound
        left join quality_rule s on s.property = 'source' and s.value = file.quality_source
        left join quality_rule c on c.property = 'codec' and c.value = file.video_codec
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
    )
    from chosen
);

-- What:       the technical facts of every file, one wide row each.
-- Parameters: limit, skip; those of the filters in place of the marker (on the item `i`).
-- Result:     media_item_id, title, year, show_title, season_number, episode_number, resolution, video_codec,
--             size_bytes, gb_per_hour (10^9 bytes), duration_seconds, hdr_format, audio_codec, audio_channels,
--             audio_languages, subtitle_languages (inside and beside the file), container, bitrate_kbps, width,
--             height, bit_depth, frame_rate, edition, quality_source, release_group, file_role, missing_since,
--             media_file_id, path.
with file as materialized (
    select f.*, i.title, i.year, i.show_title, i.season_number, i.episode_number, i.title_key
    from media_file f
    join media_item i on i.id = f.media_item_id
    where true /* filters */
    order by i.title_key, f.id
    limit $limit offset $skip
),
stream as (
    select s.*
    from media_stream s
    where s.media_file_id in (select f.id from file f)
),
video as (
    select
        media_file_id,
        arg_min(codec, stream_index) as video_codec,
        arg_min(resolution_class, stream_index) as resolution,
        arg_min(width, stream_index) as width,
        arg_min(height, stream_index) as height,
        arg_min(bit_depth, stream_index) as bit_depth,
        arg_min(hdr_format, stream_index) as hdr_format,
        arg_min(frame_rate, stream_index) as frame_rate,
    from stream where stream_type = 'video' group by all
),
audio as (
    select
        media_file_id,
        arg_min(codec, stream_index) as audio_codec,
        max(channels) as audio_channels,
        list_sort(list_distinct(list(language))) as audio_languages,
    from stream where stream_type = 'audio' group by all
),
subtitle_language as (
    select f.id as media_file_id, s.language
    from file f join stream s on s.media_file_id = f.id and s.stream_type = 'subtitle'
    union
    select f.id, t.language
    from file f join subtitle t on t.media_item_id = f.media_item_id
    where t.download_status in ('local', 'downloaded')
),
subtitles as (
    select media_file_id, list_sort(list_distinct(list(language))) as subtitle_languages
    from subtitle_language group by all
)
select
    f.media_item_id,
    f.title,
    f.year,
    f.show_title,
    f.season_number,
    f.episode_number,
    v.resolution,
    v.video_codec,
    f.size_bytes,
    f.size_bytes / 1e9 / nullif(f.duration_seconds / 3600, 0) as gb_per_hour,
    f.duration_seconds,
    v.hdr_format,
    a.audio_codec,
    a.audio_channels,
    coalesce(a.audio_languages, []) as audio_languages,
    coalesce(t.subtitle_languages, []) as subtitle_languages,
    f.container,
    f.bitrate_kbps,
    v.width,
    v.height,
    v.bit_depth,
    v.frame_rate,
    f.edition,
    f.quality_source,
    f.release_group,
    f.file_role,
    f.missing_since,
    f.id as media_file_id,
    f.path,
from file f
left join video v on v.media_file_id = f.id
left join audio a on a.media_file_id = f.id
left join subtitles t on t.media_file_id = f.id
order by f.title_key, f.id

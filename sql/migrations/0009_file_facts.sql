-- What: one row a file with what its streams say, and one way to name an item in words.
-- Why:  every report asks for codec, resolution, HDR and sound of a file; said once, they cannot disagree. As views they cost
--       nothing until asked, and are there in any DuckDB shell that opens the library.

create macro item_label(title, show_title, season_number, episode_number) as (
    case
        when show_title is null then title
        when episode_number is null then show_title || ' – ' || title
        else concat(
            show_title,
            ' ',
            'S' || lpad(cast(season_number as varchar), 2, '0'),
            'E' || lpad(cast(episode_number as varchar), 2, '0'),
            ' ',
            title
        )
    end
);

create view file_fact as
with later_stream as (
    select media_file_id, stream_index
    from media_stream
    where stream_type = 'video' and stream_index > 0
        and media_file_id not in (
            select media_file_id from media_stream where stream_type = 'video' and stream_index = 0
        )
),
first_later as (
    select media_file_id, min(stream_index) as stream_index from later_stream group by all
),
-- nearly every file begins with its picture: to group all streams by file for the others takes twice as long
video as (
    select * from media_stream where stream_type = 'video' and stream_index = 0
    union all
    select s.* from media_stream s join first_later f using (media_file_id, stream_index)
),
audio as (
    select
        media_file_id,
        arg_min(codec, stream_index) as audio_codec,
        max(channels) as audio_channels,
    from media_stream where stream_type = 'audio' group by all
)
select
    f.id as media_file_id,
    f.media_item_id,
    f.library_id,
    f.path,
    f.file_role,
    f.part_number,
    f.container,
    f.size_bytes,
    f.duration_seconds,
    f.bitrate_kbps,
    f.edition,
    f.quality_source,
    f.release_group,
    f.fingerprint,
    f.problem,
    f.missing_since,
    f.added_at,
    v.codec as video_codec,
    v.resolution_class as resolution,
    v.hdr_format,
    v.width,
    v.height,
    v.frame_rate,
    v.bit_depth,
    a.audio_codec,
    a.audio_channels,
from media_file f
left join video v on v.media_file_id = f.id
left join audio a on a.media_file_id = f.id;

comment on view file_fact is 'Every file with what its streams say, one row a file.';
comment on column file_fact.media_file_id is 'The file (media_file.id).';
comment on column file_fact.media_item_id is 'The item (media_item.id) it is of.';
comment on column file_fact.library_id is 'As in media_file.';
comment on column file_fact.path is 'As in media_file.';
comment on column file_fact.file_role is 'As in media_file.';
comment on column file_fact.part_number is 'As in media_file.';
comment on column file_fact.container is 'As in media_file.';
comment on column file_fact.size_bytes is 'As in media_file.';
comment on column file_fact.duration_seconds is 'As in media_file.';
comment on column file_fact.bitrate_kbps is 'As in media_file.';
comment on column file_fact.edition is 'As in media_file.';
comment on column file_fact.quality_source is 'As in media_file.';
comment on column file_fact.release_group is 'As in media_file.';
comment on column file_fact.fingerprint is 'As in media_file.';
comment on column file_fact.problem is 'As in media_file.';
comment on column file_fact.missing_since is 'As in media_file.';
comment on column file_fact.added_at is 'As in media_file.';
comment on column file_fact.video_codec is 'Of its first video stream.';
comment on column file_fact.resolution is 'Of its first video stream: 480p to 2160p, by width and height.';
comment on column file_fact.hdr_format is 'Of its first video stream.';
comment on column file_fact.width is 'Pixels, of its first video stream.';
comment on column file_fact.height is 'Pixels, of its first video stream.';
comment on column file_fact.frame_rate is 'Frames a second, of its first video stream.';
comment on column file_fact.bit_depth is 'Of its first video stream.';
comment on column file_fact.audio_codec is 'Of its first audio stream.';
comment on column file_fact.audio_channels is 'The most that one of its audio streams has: 2 is stereo, 6 is 5.1.';

-- What: what the library held at each of a number of moments, and one way to tell what changed between two of them.
-- Why:  the tables say what is there now; what was added, removed, upgraded or moved can only be told by who remembers.
-- How:  an item or a file has one row for as long as it stays as it is (from_snapshot, until_snapshot), so that a snapshot costs
--       what changed since the one before. What changed is marked in media_item by whoever writes it (store.snapshots).

create table snapshot (
    id         integer primary key,
    taken_at   timestamp not null,
    reason     varchar not null,
    job_run_id bigint
);
comment on table snapshot is 'A moment at which it was noted what the library held. There is none when nothing had changed.';
comment on column snapshot.id is 'Counts up from 1: later ones are greater.';
comment on column snapshot.taken_at is 'UTC.';
comment on column snapshot.reason is 'The type of the job that took it (scan, import, enrich, demo, ...), or request.';
comment on column snapshot.job_run_id is 'The job (job_run.id) that took it; null when it was asked for.';

create table snapshot_total (
    snapshot_id integer not null,
    library_id  integer not null,
    movies      bigint not null,
    shows       bigint not null,
    episodes    bigint not null,
    files       bigint not null,
    size_bytes  bigint not null,
    hours       double not null
);
comment on table snapshot_total is 'What each library held at a snapshot: growth over time.';
comment on column snapshot_total.snapshot_id is 'The snapshot (snapshot.id).';
comment on column snapshot_total.library_id is 'The library (library.id).';
comment on column snapshot_total.movies is 'Films, without those whose files are all gone.';
comment on column snapshot_total.shows is 'Shows.';
comment on column snapshot_total.episodes is 'Episodes, without those whose files are all gone.';
comment on column snapshot_total.files is 'Files that were there, extras and trailers included.';
comment on column snapshot_total.size_bytes is 'Bytes of these.';
comment on column snapshot_total.hours is 'Hours that these play, as far as that is known.';

create table snapshot_item (
    media_item_id  bigint not null,
    library_id     integer not null,
    media_type     varchar not null,
    item           varchar not null,
    from_snapshot  integer not null,
    until_snapshot integer
);
comment on table snapshot_item is 'From which snapshot until which an item was there, by one name.';
comment on column snapshot_item.media_item_id is 'The item (media_item.id); it may not be there any more.';
comment on column snapshot_item.library_id is 'Its library (library.id).';
comment on column snapshot_item.media_type is 'movie, show, season or episode.';
comment on column snapshot_item.item is 'Its title; of an episode the show, the number and the title.';
comment on column snapshot_item.from_snapshot is 'The first snapshot (snapshot.id) that found it so.';
comment on column snapshot_item.until_snapshot is 'The first that did not any more; null while it is so.';

create table snapshot_file (
    media_file_id  bigint not null,
    media_item_id  bigint not null,
    file_role      varchar not null,
    path           varchar not null,
    size_bytes     bigint,
    resolution     varchar,
    hdr_format     varchar,
    quality_source varchar,
    video_codec    varchar,
    audio_channels integer,
    from_snapshot  integer not null,
    until_snapshot integer
);
comment on table snapshot_file is 'From which snapshot until which a file was there, as large and as good as this.';
comment on column snapshot_file.media_file_id is 'The file (media_file.id).';
comment on column snapshot_file.media_item_id is 'The item (media_item.id) it was of.';
comment on column snapshot_file.file_role is 'main, extra, trailer or sample.';
comment on column snapshot_file.path is 'Where it was.';
comment on column snapshot_file.size_bytes is 'Bytes; null when not known.';
comment on column snapshot_file.resolution is '480p to 2160p, as in file_fact; null when not known.';
comment on column snapshot_file.hdr_format is 'As in file_fact.';
comment on column snapshot_file.quality_source is 'Bluray, WEBDL, ...: as in media_file.';
comment on column snapshot_file.video_codec is 'As in file_fact.';
comment on column snapshot_file.audio_channels is 'The most of its audio streams, as in file_fact.';
comment on column snapshot_file.from_snapshot is 'The first snapshot (snapshot.id) that found it so.';
comment on column snapshot_file.until_snapshot is 'The first that did not any more; null while it is so.';

alter table media_item add column is_in_snapshot boolean;
comment on column media_item.is_in_snapshot is 'The last snapshot has it and its files as they are. Null and false: they may have changed since.';

-- worst first; what is in no list counts as not known
create macro quality_order() as {
    'resolution': ['480p', '576p', '720p', '1080p', '1440p', '2160p'],
    'hdr': ['SDR', 'HLG', 'HDR10', 'HDR10+', 'Dolby Vision', 'Dolby Vision / HLG', 'Dolby Vision / HDR10', 'Dolby Vision / HDR10+'],
    'source': ['CAM', 'WORKPRINT', 'TELESYNC', 'TELECINE', 'SCREENER', 'VHS', 'SDTV', 'DVD', 'HDTV', 'HDDVD', 'WEBRip', 'WEBDL', 'Bluray', 'Remux']
};

-- two digits each: resolution, HDR, source, channels; 00 where not known
create macro quality_of(resolution, hdr_format, quality_source, audio_channels) as (
    coalesce(list_position(quality_order()['resolution'], resolution), 0) * 1000000
    + coalesce(list_position(quality_order()['hdr'], if(resolution is null, hdr_format, coalesce(hdr_format, 'SDR'))), 0) * 10000
    + coalesce(list_position(quality_order()['source'], quality_source), 0) * 100
    + least(coalesce(audio_channels, 0), 99)
);

-- 1: better, -1: worse, 0: as good; the first of the four that is known of both and differs decides
create macro quality_step(was, became) as coalesce(
    if(was // 1000000 > 0 and became // 1000000 > 0, nullif(sign(became // 1000000 - was // 1000000), 0), null),
    if(was // 10000 % 100 > 0 and became // 10000 % 100 > 0, nullif(sign(became // 10000 % 100 - was // 10000 % 100), 0), null),
    if(was // 100 % 100 > 0 and became // 100 % 100 > 0, nullif(sign(became // 100 % 100 - was // 100 % 100), 0), null),
    if(was % 100 > 0 and became % 100 > 0, nullif(sign(became % 100 - was % 100), 0), null),
    0
);

-- the snapshot that tells what was there when a day was over: the last one, for null; the first, when that is later
create macro snapshot_of(day) as (
    select coalesce(max(s.id) filter (day is null or s.taken_at < day + interval 1 day), min(s.id)) from snapshot s
);

-- What changed after one snapshot and until another, a row an item and kind. An item is added, removed, upgraded, downgraded, grown
-- or shrunk, the first of these that holds; beside that it may be renamed, and each of its files moved, neither of which changes
-- any bytes: so size_after - size_before adds up to what the libraries grew by.
create macro changed_item(earlier, later) as table
with touched as (
    select i.media_item_id
    from snapshot_item i
    where (i.from_snapshot > earlier and i.from_snapshot <= later)
        or (i.until_snapshot > earlier and i.until_snapshot <= later)
    union
    select f.media_item_id
    from snapshot_file f
    where (f.from_snapshot > earlier and f.from_snapshot <= later)
        or (f.until_snapshot > earlier and f.until_snapshot <= later)
),
name as (
    select
        i.*,
        i.from_snapshot <= earlier and coalesce(i.until_snapshot > earlier, true) as was_so,
        i.from_snapshot <= later and coalesce(i.until_snapshot > later, true) as is_so,
    from snapshot_item i
    where i.media_item_id in (select t.media_item_id from touched t)
),
file as (
    select
        f.*,
        f.file_role = 'main' as is_main,
        f.from_snapshot <= earlier and coalesce(f.until_snapshot > earlier, true) as was_so,
        f.from_snapshot <= later and coalesce(f.until_snapshot > later, true) as is_so,
        quality_of(f.resolution, f.hdr_format, f.quality_source, f.audio_channels) as quality,
        concat_ws(
            ' ', f.resolution, nullif(f.hdr_format, 'SDR'), f.quality_source, f.video_codec, f.audio_channels || 'ch'
        ) as label,
    from snapshot_file f
    where f.media_item_id in (select t.media_item_id from touched t)
),
named as (
    select
        n.media_item_id,
        arg_max(n.library_id, n.from_snapshot) as library_id,
        arg_max(n.media_type, n.from_snapshot) as media_type,
        max(n.item) filter (n.was_so) as name_before,
        max(n.item) filter (n.is_so) as name_after,
        arg_max(n.item, n.from_snapshot) as last_name,
    from name n
    group by n.media_item_id
),
held as (
    select
        f.media_item_id,
        count(*) filter (f.was_so) as files_before,
        count(*) filter (f.is_so) as files_after,
        coalesce(sum(f.size_bytes) filter (f.was_so), 0) as size_before,
        coalesce(sum(f.size_bytes) filter (f.is_so), 0) as size_after,
        max(f.quality) filter (f.was_so and f.is_main) as best_before,
        arg_max(f.label, f.quality) filter (f.was_so and f.is_main) as label_before,
        max(f.quality) filter (f.is_so and f.is_main) as best_after,
        arg_max(f.label, f.quality) filter (f.is_so and f.is_main) as label_after,
    from file f
    group by f.media_item_id
),
compared as (
    select
        t.media_item_id,
        n.name_before,
        n.name_after,
        coalesce(h.files_before, 0) as files_before,
        coalesce(h.files_after, 0) as files_after,
        coalesce(h.size_before, 0) as size_before,
        coalesce(h.size_after, 0) as size_after,
        h.label_before,
        h.label_after,
        quality_step(h.best_before, h.best_after) as step,
    from touched t
    left join named n on n.media_item_id = t.media_item_id
    left join held h on h.media_item_id = t.media_item_id
),
kept_file as (
    select
        f.media_file_id,
        max(f.media_item_id) filter (f.is_so) as media_item_id,
        max(f.path) filter (f.was_so) as path_before,
        max(f.path) filter (f.is_so) as path_after,
        max(f.size_bytes) filter (f.is_so) as size,
    from file f
    group by f.media_file_id
    having path_before <> path_after and size is not distinct from max(f.size_bytes) filter (f.was_so)
),
kind_of_item as (
    select
        case
            when c.name_before is null and c.name_after is not null then 'added'
            when c.name_before is not null and c.name_after is null then 'removed'
            when c.step > 0 then 'upgraded'
            when c.step < 0 then 'downgraded'
            when c.size_after > c.size_before then 'grown'
            when c.size_after < c.size_before then 'shrunk'
        end as kind,
        c.media_item_id,
        concat_ws(', ', nullif(c.label_before, ''), if(c.files_before = c.files_after or c.files_before < 2, null, c.files_before || ' files')) as was,
        concat_ws(', ', nullif(c.label_after, ''), if(c.files_before = c.files_after or c.files_after < 2, null, c.files_after || ' files')) as became,
        c.size_before,
        c.size_after,
    from compared c
),
change as (
    select k.* from kind_of_item k where k.kind is not null
    union all
    select 'moved', k.media_item_id, k.path_before, k.path_after, coalesce(k.size, 0), coalesce(k.size, 0)
    from kept_file k
    union all
    select 'renamed', c.media_item_id, c.name_before, c.name_after, c.size_after, c.size_after
    from compared c
    where c.name_before <> c.name_after
)
select
    g.kind,
    coalesce(n.library_id, i.library_id) as library_id,
    coalesce(n.media_type, i.media_type) as media_type,
    g.media_item_id,
    coalesce(n.name_after, n.name_before, n.last_name, i.title) as item,
    nullif(g.was, '') as was,
    nullif(g.became, '') as became,
    cast(g.size_before as bigint) as size_before,
    cast(g.size_after as bigint) as size_after,
from change g
left join named n on n.media_item_id = g.media_item_id
-- an item whose films are gone and whose trailers are not has no name in any snapshot
left join media_item i on i.id = g.media_item_id
where coalesce(n.media_type, i.media_type) not in ('show', 'season')
    or g.kind not in ('added', 'removed')
    or g.size_before + g.size_after > 0;

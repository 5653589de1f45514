-- What:       which copies of a film or an episode are held more than once, beside what there is to choose by: this statement
--             gives every copy, those first that share an item, an id or their content; lib.reports.duplicates adds near titles
--             and episodes of a show held twice, makes groups of what is left, and says of each copy whether to keep it, and why.
-- Result:     of the statement: one row a copy (the parts of one film are one), and one a show, which has no file:
--             media_item_id, item, library, library_id, media_type, title, original_title, title_key, year, runtime_minutes,
--             show_id, season_number, episode_number, ids (source/space:id), media_file_ids, paths, path_hex (the exact bytes
--             where a path is not UTF-8, else null), parts (files of it), is_whole (false: a part is lacking), also_holds
--             (other episodes in its file), also_numbers (theirs: season x episode; null: there are none), fingerprint (null: of
--             some file not known), has_problem (it could not be read), size_bytes, duration_seconds, bitrate_kbps, container,
--             edition, quality_source, video_codec, resolution, width, height, hdr_format, audio_codec, audio_channels, plays (of
--             the item), is_edited (by a person), added_at;
--             same_item, same_id, same_content: how many copies, items and copies agree in that (null: none).
--             Of lib.reports.duplicates: the same without what only finds them, and before them group_number, kind (same item,
--             same id, same content, same title, same size), certainty (certain, likely, doubtful), reason (why it is the same
--             as the copy kept), keep, choice (why it is kept or not), to_remove (certain enough, by least), freed_bytes (if it
--             goes; 0 when it stays), path (the first of paths); the groups that free most first, in each the copy to keep.
with parameter as (
    select
        null::varchar as library, -- copies of this one only; null: across all
),
held as not materialized (
    select
        f.*,
        l.name as library,
        m.path_bytes,
    from parameter p, file_fact f
    join library l on l.id = f.library_id
    left join media_file m on m.id = f.media_file_id and m.path_bytes is not null
    where f.file_role = 'main' and f.missing_since is null and (p.library is null or l.name = p.library)
),
whole_copy as (
    select
        media_item_id,
        library,
        [media_file_id] as media_file_ids,
        [path] as paths,
        if(path_bytes is null, null, [hex(path_bytes)]) as path_hex,
        1 as parts,
        true as is_whole,
        fingerprint,
        problem is not null as has_problem,
        size_bytes,
        duration_seconds,
        bitrate_kbps,
        container,
        edition,
        quality_source,
        video_codec,
        resolution,
        width,
        height,
        hdr_format,
        audio_codec,
        audio_channels,
        added_at,
    from held
    where part_number is null
),
parted_copy as (
    select
        media_item_id,
        any_value(library) as library,
        list(media_file_id order by part_number, path) as media_file_ids,
        list(path order by part_number, path) as paths,
        if(count(path_bytes) = 0, null, list(hex(path_bytes) order by part_number, path)) as path_hex,
        count(*) as parts,
        count(distinct part_number) = max(part_number) and count(*) > 1 as is_whole,
        if(count(fingerprint) = count(*), string_agg(fingerprint, '+' order by part_number, path), null) as fingerprint,
        count(problem) > 0 as has_problem,
        cast(sum(size_bytes) as bigint) as size_bytes,
        if(count(duration_seconds) = count(*), sum(duration_seconds), null) as duration_seconds,
        min(bitrate_kbps) as bitrate_kbps,
        container,
        edition,
        quality_source,
        min(video_codec) as video_codec,
        resolution,
        min(width) as width,
        min(height) as height,
        min(hdr_format) as hdr_format,
        min(audio_codec) as audio_codec,
        min(audio_channels) as audio_channels,
        min(added_at) as added_at,
    from held
    where part_number is not null
    group by media_item_id, container, edition, quality_source, release_group, resolution
),
copy as (
    from whole_copy union all from parted_copy
),
called as (
    select media_item_id, list(concat(source, '/', id_space, ':', external_id) order by source, id_space, external_id) as ids
    from external_id
    where media_item_id is not null
    group by media_item_id
),
shared_id as (
    select media_item_id, max(items) as same_id
    from (
        select media_item_id, count(*) over (partition by source, id_space, external_id) as items
        from external_id
        where media_item_id is not null
    )
    where items > 1
    group by media_item_id
),
seen as (
    select media_item_id, count(*) as plays from history_event where event_type = 'played' group by media_item_id
),
edited as (
    select distinct media_item_id from field_source where source = 'user' or is_locked
),
sharing as (
    select
        shared_file_item_id as media_item_id,
        count(*) as also_holds,
        list(concat(season_number, 'x', episode_number) order by season_number, episode_number) as also_numbers,
    from media_item
    where shared_file_item_id is not null
    group by shared_file_item_id
),
version as (
    select media_item_id, fingerprint
    from media_file
    where file_role = 'main' and missing_since is null and part_number is null
    union all
    select distinct media_item_id, null from media_file
    where file_role = 'main' and missing_since is null and part_number is not null
),
same_item as (
    select media_item_id, count(*) as same_item from version group by media_item_id having count(*) > 1
),
same_content as (
    select fingerprint, count(*) as same_content
    from version
    where fingerprint is not null
    group by fingerprint
    having count(*) > 1
),
shown as (
    select
        i.id as media_item_id,
        item_label(i.title, i.show_title, i.season_number, i.episode_number) as item,
        l.name as library,
        i.library_id,
        i.media_type,
        i.title,
        i.original_title,
        i.title_key,
        i.year,
        i.runtime_minutes,
        season.parent_id as show_id,
        i.season_number,
        i.episode_number,
        called.ids,
        c.* exclude (media_item_id, library),
        coalesce(sharing.also_holds, 0) as also_holds,
        sharing.also_numbers,
        coalesce(seen.plays, 0) as plays,
        edited.media_item_id is not null as is_edited,
        same_item.same_item,
        shared_id.same_id,
        same_content.same_content,
    from parameter p, media_item i
    join library l on l.id = i.library_id
    left join copy c on c.media_item_id = i.id
    left join media_item season on season.id = i.parent_id and i.media_type = 'episode'
    left join called on called.media_item_id = i.id
    left join sharing on sharing.media_item_id = i.id
    left join seen on seen.media_item_id = i.id
    left join edited on edited.media_item_id = i.id
    left join same_item on same_item.media_item_id = i.id
    left join shared_id on shared_id.media_item_id = i.id
    left join same_content on same_content.fingerprint = c.fingerprint
    where (p.library is null or l.name = p.library) and (c.media_item_id is not null or i.media_type = 'show')
)
from shown
order by
    paths is null,
    coalesce(same_item, 0) + coalesce(same_id, 0) + coalesce(same_content, 0) desc,
    title_key,
    media_item_id,
    media_file_ids

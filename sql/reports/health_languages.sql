-- What:       which languages films and episodes have in sound and in subtitles, by library.
-- Result:     library, language (BCP 47; null: the file does not say), audio (films and episodes with such sound), subtitles
--             (with such subtitles, inside the file or beside it), either, share (either of all with a file that was looked
--             into, 0 to 1); the most first within a library.
with parameter as (
    select
        null::varchar as library, -- only of this one; null: of all
),
track as (
    select distinct f.library_id, f.media_item_id, s.stream_type = 'audio' as is_audio, s.language
    from media_stream s
    join media_file f on f.id = s.media_file_id
    where f.file_role = 'main' and f.missing_since is null and s.stream_type <> 'video'
    union
    select i.library_id, t.media_item_id, false, t.language
    from subtitle t
    join media_item i on i.id = t.media_item_id
    where t.download_status in ('local', 'downloaded')
),
item as (
    select library_id, language, media_item_id, bool_or(is_audio) as has_audio, not bool_and(is_audio) as has_subtitles
    from track
    group by all
),
looked_into as (
    select library_id, count(distinct media_item_id) as items from item group by all
)
select
    l.name as library,
    i.language,
    cast(count_if(i.has_audio) as bigint) as audio,
    cast(count_if(i.has_subtitles) as bigint) as subtitles,
    count(*) as either,
    round(count(*) / any_value(n.items), 4) as share,
from parameter p, item i
join looked_into n on n.library_id = i.library_id
join library l on l.id = i.library_id
where p.library is null or l.name = p.library
group by l.name, i.language
order by l.name, either desc, i.language

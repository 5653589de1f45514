-- What:       for each facet, its values and how many items have them.
-- Parameters: wanted (names of the facets), those of the filters in place of the marker.
-- Result:     facet, value, items; most first within a facet.
with matching as (
    select
        i.id, coalesce(i.shared_file_item_id, i.id) as holder_id, i.library_id, i.media_type, i.genres, i.year, i.rating,
        i.plot is null as lacks_plot
    from media_item i
    where true /* filters */
),
video as (
    select distinct f.media_item_id as holder_id, s.resolution_class, s.codec
    from media_file f
    join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'video' and f.media_item_id in (select m.holder_id from matching m)
),
audio as (
    select distinct f.media_item_id as holder_id, s.language
    from media_file f
    join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'audio' and f.media_item_id in (select m.holder_id from matching m)
),
subtitled as (
    select f.media_item_id as id
    from media_file f join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'subtitle'
),
counted as (
    select 'library' as facet, l.name as value, count(*) as items
    from matching m join library l on l.id = m.library_id where list_contains($wanted, 'library') group by all
    union all
    select 'media_type', m.media_type, count(*) from matching m where list_contains($wanted, 'media_type') group by all
    union all
    select 'genre', g.genre, count(*)
    from (select unnest(m.genres) as genre from matching m where list_contains($wanted, 'genre')) g
    where g.genre is not null
    group by all
    union all
    select 'decade', cast(m.year // 10 * 10 as varchar) || 's', count(*)
    from matching m where m.year is not null and list_contains($wanted, 'decade') group by all
    union all
    select 'rating', cast(cast(floor(m.rating) as integer) as varchar), count(*)
    from matching m where m.rating is not null and list_contains($wanted, 'rating') group by all
    union all
    select 'resolution', v.resolution_class, count(distinct m.id)
    from matching m join video v on v.holder_id = m.holder_id
    where v.resolution_class is not null and list_contains($wanted, 'resolution') group by all
    union all
    select 'video_codec', v.codec, count(distinct m.id)
    from matching m join video v on v.holder_id = m.holder_id
    where v.codec is not null and list_contains($wanted, 'video_codec') group by all
    union all
    select 'audio_language', a.language, count(distinct m.id)
    from matching m join audio a on a.holder_id = m.holder_id
    where a.language is not null and list_contains($wanted, 'audio_language') group by all
    union all
    select 'watched', cast(w.is_watched as varchar), count(*)
    from (
        select m.id in (select h.media_item_id from history_event h where h.event_type = 'played') as is_watched
        from matching m where list_contains($wanted, 'watched')
    ) w
    group by all
    union all
    select 'lacks', 'plot', count(*)
    from matching m
    where m.lacks_plot and list_contains($wanted, 'lacks')
    having count(*) > 0
    union all
    select 'lacks', 'poster', count(*)
    from matching m
    where list_contains($wanted, 'lacks') and m.media_type in ('movie', 'show') and m.id not in (
        select a.media_item_id from artwork a
        where a.artwork_type = 'poster' and a.download_status in ('local', 'downloaded')
    )
    having count(*) > 0
    union all
    select 'lacks', 'subtitles', count(*)
    from matching m
    where list_contains($wanted, 'lacks') and m.media_type in ('movie', 'episode')
        and m.holder_id not in (select s.id from subtitled s)
        and m.id not in (select t.media_item_id from subtitle t where t.download_status in ('local', 'downloaded'))
    having count(*) > 0
)
select facet, value, items
from counted
order by facet, items desc, value

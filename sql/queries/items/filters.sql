-- Conditions on an item `i`, by name. The repository joins those that were asked for with "and".
-- Each reads the one parameter of its name; words come as a list, any of which will do.

-- filter: library_id
i.library_id = $library_id

-- filter: library
i.library_id in (
    select l.id from library l
    where list_contains(list_transform($library, lambda name: lower(name)), lower(l.name))
)

-- filter: id
i.id in (select unnest($id))

-- filter: media_type
list_contains($media_type, i.media_type)

-- filter: parent_id
i.parent_id = $parent_id

-- filter: year
i.year = $year

-- filter: year_from
i.year >= $year_from

-- filter: year_to
i.year <= $year_to

-- filter: decade
list_contains($decade, i.year // 10 * 10)

-- filter: genre
list_has_any(i.genres, (
    select list(g.genre)
    from (select distinct unnest(m.genres) as genre from media_item m) g
    where regexp_replace(lower(strip_accents(g.genre)), '[^\p{L}\p{N}]+', '', 'g') in (
        select regexp_replace(lower(strip_accents(a.word)), '[^\p{L}\p{N}]+', '', 'g')
        from (select unnest($genre) as word) a)
))

-- filter: country
list_has_any(i.countries, (
    select list(g.country)
    from (select distinct unnest(m.countries) as country from media_item m) g
    where regexp_replace(lower(strip_accents(g.country)), '[^\p{L}\p{N}]+', '', 'g') in (
        select regexp_replace(lower(strip_accents(a.word)), '[^\p{L}\p{N}]+', '', 'g')
        from (select unnest($country) as word) a)
))

-- filter: min_rating
i.rating >= $min_rating

-- filter: max_rating
i.rating <= $max_rating

-- filter: rating
list_contains($rating, cast(floor(i.rating) as bigint))

-- filter: min_runtime_minutes
i.runtime_minutes >= $min_runtime_minutes

-- filter: max_runtime_minutes
i.runtime_minutes <= $max_runtime_minutes

-- filter: person
i.id in (
    select c.media_item_id
    from credit c
    where c.person_id in (select p.id from person p where list_contains($person, p.name_key))
)

-- filter: person_id
i.id in (select c.media_item_id from credit c where c.person_id = $person_id)

-- filter: resolution
coalesce(i.shared_file_item_id, i.id) in (
    select f.media_item_id
    from media_file f join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'video' and list_contains($resolution, s.resolution_class)
)

-- filter: video_codec
coalesce(i.shared_file_item_id, i.id) in (
    select f.media_item_id
    from media_file f join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'video' and list_contains($video_codec, lower(s.codec))
)

-- filter: audio_language
coalesce(i.shared_file_item_id, i.id) in (
    select f.media_item_id
    from media_file f join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'audio' and list_contains($audio_language, s.language)
)

-- filter: without_audio_language
i.media_type in ('movie', 'episode') and coalesce(i.shared_file_item_id, i.id) not in (
    select f.media_item_id
    from media_file f join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'audio' and list_contains($without_audio_language, s.language)
)

-- filter: subtitle_language
i.id in (
    select t.media_item_id from subtitle t
    where list_contains($subtitle_language, t.language) and t.download_status in ('local', 'downloaded')
) or coalesce(i.shared_file_item_id, i.id) in (
    select f.media_item_id
    from media_file f join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'subtitle' and list_contains($subtitle_language, s.language)
)

-- filter: without_subtitle_language
i.media_type in ('movie', 'episode') and i.id not in (
    select t.media_item_id from subtitle t
    where list_contains($without_subtitle_language, t.language) and t.download_status in ('local', 'downloaded')
) and coalesce(i.shared_file_item_id, i.id) not in (
    select f.media_item_id
    from media_file f join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'subtitle' and list_contains($without_subtitle_language, s.language)
)

-- filter: without_artwork
i.id not in (
    select a.media_item_id from artwork a
    where list_contains($without_artwork, a.artwork_type) and a.download_status in ('local', 'downloaded')
)

-- filter: lacks
(list_contains($lacks, 'plot') and i.plot is null)
or (list_contains($lacks, 'poster') and i.media_type in ('movie', 'show') and i.id not in (
    select a.media_item_id from artwork a
    where a.artwork_type = 'poster' and a.download_status in ('local', 'downloaded')
))
or (list_contains($lacks, 'subtitles') and i.media_type in ('movie', 'episode') and i.id not in (
    select t.media_item_id from subtitle t where t.download_status in ('local', 'downloaded')
) and coalesce(i.shared_file_item_id, i.id) not in (
    select f.media_item_id
    from media_file f join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'subtitle'
))

-- filter: watched
(i.id in (select h.media_item_id from history_event h where h.event_type = 'played')) = $watched

-- filter: has_file
(i.id in (
    select f.media_item_id from media_file f where f.missing_since is null
    union all
    select o.id from media_item o where o.shared_file_item_id in (
        select f.media_item_id from media_file f where f.missing_since is null)
)) = $has_file

-- filter: missing
i.is_missing = $missing

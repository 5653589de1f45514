-- Conditions on an item `i`, by name. The repository joins those that were asked for with "and".
-- Each reads the one parameter of its name.

-- filter: library_id
i.library_id = $library_id

-- filter: media_type
i.media_type = $media_type

-- filter: parent_id
i.parent_id = $parent_id

-- filter: year
i.year = $year

-- filter: year_from
i.year >= $year_from

-- filter: year_to
i.year <= $year_to

-- filter: genre
list_contains(list_transform(i.genres, lambda genre: lower(genre)), lower($genre))

-- filter: country
list_contains(i.countries, $country)

-- filter: min_rating
i.rating >= $min_rating

-- filter: max_rating
i.rating <= $max_rating

-- filter: min_runtime_minutes
i.runtime_minutes >= $min_runtime_minutes

-- filter: max_runtime_minutes
i.runtime_minutes <= $max_runtime_minutes

-- filter: person
i.id in (
    select c.media_item_id
    from credit c
    where c.person_id in (select p.id from person p where p.name_key = $person)
)

-- filter: person_id
i.id in (select c.media_item_id from credit c where c.person_id = $person_id)

-- filter: resolution
i.id in (
    select f.media_item_id
    from media_file f join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'video' and s.resolution_class = $resolution
)

-- filter: video_codec
i.id in (
    select f.media_item_id
    from media_file f join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'video' and s.codec = $video_codec
)

-- filter: audio_language
i.id in (
    select f.media_item_id
    from media_file f join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'audio' and s.language = $audio_language
)

-- filter: without_audio_language
i.media_type in ('movie', 'episode') and i.id not in (
    select f.media_item_id
    from media_file f join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'audio' and s.language = $without_audio_language
)

-- filter: subtitle_language
i.id in (
    select t.media_item_id from subtitle t
    where t.language = $subtitle_language and t.download_status in ('local', 'downloaded')
    union all
    select f.media_item_id
    from media_file f join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'subtitle' and s.language = $subtitle_language
)

-- filter: without_subtitle_language
i.media_type in ('movie', 'episode') and i.id not in (
    select t.media_item_id from subtitle t
    where t.language = $without_subtitle_language and t.download_status in ('local', 'downloaded')
    union all
    select f.media_item_id
    from media_file f join media_stream s on s.media_file_id = f.id
    where s.stream_type = 'subtitle' and s.language = $without_subtitle_language
)

-- filter: without_artwork
i.id not in (
    select a.media_item_id from artwork a
    where a.artwork_type = $without_artwork and a.download_status in ('local', 'downloaded')
)

-- filter: watched
(i.id in (select h.media_item_id from history_event h where h.event_type = 'played')) = $watched

-- filter: has_file
(i.id in (
    select f.media_item_id from media_file f where f.missing_since is null
    union all
    select o.id from media_item o where o.shared_file_item_id in (
        select f.media_item_id from media_file f where f.missing_since is null)
)) = $has_file

-- What:       films and shows that a provider is to be asked for: never asked, not found and renamed since, or found and
--             not written yet.
-- Parameters: provider; media_types; library (null for all); lacking (null for all; else fields, credits and types of artwork of which
--             the item, or an episode of it, lacks one); after (id; null for all), limit.
-- Result:     id, library, item_key, media_type, title, original_title, year, runtime_minutes, external_id (found; null when
--             the provider is to be asked); by id.
with asked as materialized (
    select
        m.media_item_id,
        max(m.external_id) filter (m.status in ('matched', 'accepted') and m.enriched_at is null) as external_id,
        bool_and(m.status in ('nothing', 'doubtful')) as is_open,
        max(m.checked_at) as checked_at,
    from provider_match m
    where m.source = $provider
    group by all
),
renamed as (
    select a.media_item_id
    from asked a
    join field_source f on f.media_item_id = a.media_item_id
    where a.is_open and f.source = 'user' and f.set_at > a.checked_at
        and f.field_name in ('title', 'original_title', 'year')
),
known_picture as (
    select a.media_item_id, list(distinct a.artwork_type) as types
    from artwork a
    where a.download_status <> 'failed'
    group by all
),
lack as (
    select coalesce(p.parent_id, i.parent_id, i.id) as id
    from media_item i
    left join media_item p on p.id = i.parent_id
    left join known_picture k on k.media_item_id = i.id
    where $lacking is not null
        and (
            (i.plot is null and i.media_type <> 'season' and list_contains($lacking, 'plot'))
            or (i.premiered_on is null and i.media_type <> 'season' and list_contains($lacking, 'premiered_on'))
            or (i.runtime_minutes is null and i.media_type <> 'season' and list_contains($lacking, 'runtime_minutes'))
            or (
                i.media_type in ('movie', 'show')
                and (
                    (i.original_title is null and list_contains($lacking, 'original_title'))
                    or (i.year is null and list_contains($lacking, 'year'))
                    or (i.rating is null and list_contains($lacking, 'rating'))
                    or (i.votes is null and list_contains($lacking, 'votes'))
                    or (i.content_rating is null and list_contains($lacking, 'content_rating'))
                    or (i.genres is null and list_contains($lacking, 'genres'))
                    or (i.countries is null and list_contains($lacking, 'countries'))
                    or (i.studios is null and list_contains($lacking, 'studios'))
                    or (i.original_language is null and list_contains($lacking, 'original_language'))
                    or (i.tagline is null and i.media_type = 'movie' and list_contains($lacking, 'tagline'))
                    or (i.collection is null and i.media_type = 'movie' and list_contains($lacking, 'collection'))
                    or (i.series_status is null and i.media_type = 'show' and list_contains($lacking, 'series_status'))
                    or (
                        list_contains($lacking, 'credits')
                        and i.id not in (select c.media_item_id from credit c)
                    )
                    or not list_has_all(
                        coalesce(k.types, []),
                        list_intersect($lacking, ['poster', 'backdrop', 'banner', 'logo', 'clearart', 'thumb', 'disc'])
                    )
                )
            )
        )
)
select
    i.id, l.name as library, i.item_key, i.media_type, i.title, i.original_title, i.year, i.runtime_minutes,
    a.external_id,
from media_item i
join library l on l.id = i.library_id
left join asked a on a.media_item_id = i.id
where i.media_type in ('movie', 'show')
    and list_contains($media_types, i.media_type)
    and (a.media_item_id is null or a.external_id is not null or i.id in (select r.media_item_id from renamed r))
    and ($library is null or l.name = $library)
    and ($after is null or i.id > $after)
    and ($lacking is null or a.external_id is not null or i.id in (select k.id from lack k))
order by i.id
limit $limit

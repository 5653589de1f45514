-- What:       films and shows with their seasons and episodes: all that a provider may fill, and what it is compared with.
-- Parameters: item_ids (of films and shows).
-- Result:     id, work_id (the film or show), work_title, library, and the columns of media_item that sources fill.
with season as materialized (
    select s.id, s.parent_id as work_id from media_item s where s.parent_id in (select unnest($item_ids))
),
part as (
    select i.*, i.id as work_id from media_item i where i.id in (select unnest($item_ids))
    union all
    select i.*, i.parent_id as work_id from media_item i where i.parent_id in (select unnest($item_ids))
    union all
    select i.*, s.work_id from media_item i join season s on s.id = i.parent_id
)
select
    p.id, p.work_id, coalesce(p.show_title, p.title) as work_title, l.name as library, p.item_key, p.media_type, p.title,
    p.original_title, p.year, p.season_number, p.episode_number, p.absolute_number, p.premiered_on, p.runtime_minutes,
    p.rating, p.votes, p.content_rating, p.tagline, p.plot, p.genres, p.countries, p.studios, p.original_language,
    p.collection, p.series_status,
from part p
join library l on l.id = p.library_id
order by p.work_id, p.season_number nulls first, p.episode_number nulls first, p.id

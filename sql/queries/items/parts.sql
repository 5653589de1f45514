-- What:       the seasons and episodes of shows.
-- Parameters: show_ids.
-- Result:     id, show_id, media_type, season_number, episode_number, premiered_on, year; in their order.
with season as materialized (
    select s.id, s.parent_id as show_id from media_item s where s.parent_id in (select unnest($show_ids))
),
part as (
    select i.*, s.show_id
    from media_item i
    join season s on s.id = i.parent_id
    union all
    select i.*, i.parent_id
    from media_item i
    where i.parent_id in (select unnest($show_ids))
)
select p.id, p.show_id, p.media_type, p.season_number, p.episode_number, p.premiered_on, p.year
from part p
order by p.show_id, p.season_number nulls last, p.episode_number nulls first, p.id

-- What:       the seasons and episodes of the show that an item is, or is a part of.
-- Parameters: item_id.
-- Result:     id, parent_id, media_type, title, season_number, episode_number, is_missing, is_watched; in their order.
with own as (
    select i.id, i.parent_id from media_item i where i.id = $item_id
),
root as (
    select coalesce(p.parent_id, o.parent_id, o.id) as id
    from own o left join media_item p on p.id = o.parent_id
),
season as materialized (
    select s.id from media_item s where s.parent_id in (select r.id from root r)
),
part as (
    select i.*
    from media_item i
    where i.parent_id in (select r.id from root r union all select s.id from season s)
)
select
    p.id, p.parent_id, p.media_type, p.title, p.season_number, p.episode_number, p.is_missing,
    p.id in (select h.media_item_id from history_event h where h.event_type = 'played') as is_watched,
from part p
order by p.season_number nulls last, p.episode_number nulls first, p.premiered_on nulls last, p.id

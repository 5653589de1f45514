-- What:       the picture on disk that stands for each item: its own poster, or that of its season or show.
-- Parameters: item_ids.
-- Result:     media_item_id, path; items without one are left out.
with asked as (
    select i.id, i.parent_id from media_item i where i.id in (select unnest($item_ids))
),
owner as (
    select a.id, a.id as owner_id, 0 as distance from asked a
    union all
    select a.id, a.parent_id, 1 from asked a where a.parent_id is not null
    union all
    select a.id, p.parent_id, 2
    from asked a join media_item p on p.id = a.parent_id
    where p.parent_id is not null
),
picture as materialized (
    select w.media_item_id, w.artwork_type, w.path
    from artwork w
    where w.media_item_id in (select o.owner_id from owner o)
        and w.path is not null and w.download_status in ('local', 'downloaded')
)
select
    o.id as media_item_id,
    arg_min(c.path, o.distance * 10 + list_position(['poster', 'thumb', 'still'], c.artwork_type)) as path,
from owner o
join picture c on c.media_item_id = o.owner_id
where c.artwork_type in ('poster', 'thumb', 'still')
group by o.id

-- What:       the seasons of a show, or the episodes of a season, in their order.
-- Parameters: parent_id.
-- Result:     as items/page.
with page as materialized (
    select
        o.id,
        row_number() over (
            order by o.season_number nulls last, o.episode_number nulls last, o.premiered_on nulls last, o.id
        ) as place,
    from media_item o
    where o.parent_id = $parent_id
),
-- include items/_shown
select
    -- include items/_columns
    -- include items/_more
from page p
join item i on i.id = p.id
-- include items/_show
order by p.place

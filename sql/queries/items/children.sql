-- What:       the seasons of a show, or the episodes of a season, in their order.
-- Parameters: parent_id.
-- Result:     as items/page.
select
    -- include items/_row
from media_item i
where i.parent_id = $parent_id
order by i.season_number nulls last, i.episode_number nulls last, i.premiered_on nulls last, i.id

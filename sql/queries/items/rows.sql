-- What:       items by id, in no order.
-- Parameters: ids.
-- Result:     as items/page.
select
    -- include items/_row
from media_item i
where i.id in $ids

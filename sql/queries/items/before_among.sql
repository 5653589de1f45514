-- What:       how many of some items come before a value in an order.
-- Parameters: ids, value; what comes before in place of the marker.
-- Result:     items.
select count(*) as items
from media_item i
where i.id in $ids and i.sort_key < $value /* before */

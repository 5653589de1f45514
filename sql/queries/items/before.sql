-- What:       how many items come before a value in an order.
-- Parameters: value; those of the filters in place of the marker, what comes before in place of the other.
-- Result:     items.
select count(*) as items
from media_item i
where true /* filters */ and i.sort_key < $value /* before */

-- What:       how many items there are.
-- Parameters: those of the filters in place of the marker.
-- Result:     items.
select count(*) as items
from media_item i
where true /* filters */

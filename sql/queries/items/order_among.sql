-- What:       some items in an order.
-- Parameters: ids; one of the sorts in place of the marker.
-- Result:     id.
select i.id
from media_item i
where i.id in $ids
order by i.title_rank /* sort */

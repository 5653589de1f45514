-- What:       the ids of items in an order.
-- Parameters: limit, skip; those of the filters in place of the marker, one of the sorts in place of the other.
-- Result:     id.
select i.id
from media_item i
where true /* filters */
order by i.title_rank /* sort */
limit $limit offset $skip

-- What:       the ids of items that match a text as in items/search, in an order.
-- Parameters: text, words, run, limit, skip as items/search; those of the filters in place of the marker, one of the sorts
--             in place of the other.
-- Result:     id.
with
-- include items/_matching
select i.id
from matching i
where i.match_rank is not null
order by i.match_rank /* sort */
limit $limit offset $skip

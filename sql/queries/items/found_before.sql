-- What:       how many of the items that match a text, as in items/search, come before a value in an order.
-- Parameters: value; text, words, run as items/search; those of the filters in place of the marker, what comes before in
--             place of the other.
-- Result:     items.
with
-- include items/_matching
select count(*) as items
from matching i
where i.match_rank is not null and i.sort_key < $value /* before */

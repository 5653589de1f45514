-- What:       the names of people, in no order.
-- Parameters: ids.
-- Result:     id, name.
select p.id, p.name
from person p
where p.id in $ids

-- Purpose:    What is kept in a place.
-- Parameters: place.
-- Result:     packed, kept_until (seconds since 1970); no row when there is nothing.
select e.packed, e.kept_until
from entry e
where e.place = $place

-- What:       the time zones that times can be shown in.
-- Parameters: none.
-- Result:     name, such as Europe/Berlin, sorted.
select name
from pg_timezone_names()
order by name

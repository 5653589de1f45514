-- What:       who the history knows.
-- Parameters: none.
-- Result:     user_name, each once, sorted.
select distinct user_name
from history_event
order by user_name

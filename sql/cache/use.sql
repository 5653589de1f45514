-- Purpose:    Remember that entries were given.
-- Parameters: the frame `incoming`: place, hits, used_at (seconds since 1970).
insert into entry_use
select place, hits, used_at
from incoming
on conflict (place) do update set
    hits = entry_use.hits + excluded.hits,
    used_at = greatest(entry_use.used_at, excluded.used_at)

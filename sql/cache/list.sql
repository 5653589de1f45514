-- Purpose:    All that is kept.
-- Parameters: prefix ("namespace/", or "" for all), head (bytes).
-- Result:     place, head (the first bytes), stored_bytes, hits, used_at (seconds since 1970; 0 when not told).
select
    e.place,
    array_slice(e.packed, 1, $head) as head,
    octet_length(e.packed) as stored_bytes,
    coalesce(u.hits, 0) as hits,
    coalesce(u.used_at, 0) as used_at
from entry e
left join entry_use u on u.place = e.place
where starts_with(e.place, $prefix)

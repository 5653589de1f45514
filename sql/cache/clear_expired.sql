-- Purpose:    Remove entries that nobody wants any more.
-- Parameters: now (seconds since 1970).
-- Result:     place, of those that were there.
delete from entry
where kept_until <= $now
returning place

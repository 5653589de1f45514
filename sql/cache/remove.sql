-- Purpose:    Remove entries.
-- Parameters: places.
-- Result:     place, of those that were there.
delete from entry
where place in (select unnest($places))
returning place

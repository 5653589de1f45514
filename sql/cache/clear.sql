-- Purpose:    Remove all entries, or all of a namespace.
-- Parameters: prefix ("namespace/", or "" for all).
-- Result:     place, of those that were there.
delete from entry
where starts_with(place, $prefix)
returning place

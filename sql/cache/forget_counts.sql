-- Purpose:    Forget what was counted, of all namespaces or of one.
-- Parameters: namespace (null for all).
delete from tally
where $namespace is null or namespace = $namespace

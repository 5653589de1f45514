-- Purpose:    What the entries take, beside the file they are in.
-- Result:     stored_bytes.
select coalesce(sum(octet_length(packed)), 0) as stored_bytes
from entry

-- Purpose:    Keep a batch of entries, in place of what was there.
-- Parameters: the frame `incoming`: place, packed, kept_until.
insert or replace into entry
select place, packed, kept_until
from incoming

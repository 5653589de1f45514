-- Purpose:    Add to what is counted.
-- Parameters: the frame `incoming`: namespace, name, amount.
insert into tally
select namespace, name, amount
from incoming
on conflict (namespace, name) do update set amount = tally.amount + excluded.amount

-- Purpose:    What was counted.
-- Result:     namespace, name, amount.
select t.namespace, t.name, t.amount
from tally t

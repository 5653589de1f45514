-- What:       file names understood earlier by the same rules.
-- Parameters: rules.
-- Result:     name, guess (JSON).
select g.name, cast(g.guess as varchar) as guess
from name_guess g
where g.rules = $rules

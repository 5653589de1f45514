-- What:       file names understood earlier by the same rules.
-- Parameters: rules, names.
-- Result:     name, guess (JSON).
select g.name, cast(g.guess as varchar) as guess
from name_guess g
where g.rules = $rules and g.name in (select unnest(cast($names as varchar[])))

-- What:       people by id, in the order asked for.
-- Parameters: ids.
-- Result:     id, person_key, name, name_key, matched_by.
with wanted as (
    select unnest($ids) as id, generate_subscripts($ids, 1) as position
)
select p.* exclude (is_indexed)
from wanted w
join person p on p.id = w.id
order by w.position

-- What:       what others call people.
-- Parameters: person_ids.
-- Result:     person_id, source, external_id.
select e.person_id, e.source, e.external_id
from external_id e
where e.person_id in (select unnest($person_ids))
order by e.person_id, e.source

-- What:       people by normalised name or external id.
-- Parameters: name_keys, external_ids.
-- Result:     person_key, name_key, ids (list of "source:id").
with found as (
    select p.id, p.person_key, p.name_key
    from person p
    where p.name_key in (select unnest(cast($name_keys as varchar[])))
        or p.id in (
            select e.person_id from external_id e
            where e.id_space = 'person' and e.external_id in (select unnest(cast($external_ids as varchar[])))
        )
)
select
    f.person_key, f.name_key,
    coalesce(list(concat(e.source, ':', e.external_id)) filter (e.source is not null), []) as ids
from found f
left join external_id e on e.person_id = f.id
group by f.person_key, f.name_key
order by f.person_key

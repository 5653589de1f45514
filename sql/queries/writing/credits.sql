-- What:       who did what in items, as sources other than one say.
-- Parameters: item_ids, provider.
-- Result:     media_item_id, person_key, role.
select c.media_item_id, p.person_key, c.role
from credit c
join person p on p.id = c.person_id
where c.media_item_id in (select unnest($item_ids)) and c.source <> $provider

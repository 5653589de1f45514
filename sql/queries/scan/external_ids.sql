-- What:       what items and people are called by whom, of some names.
-- Parameters: external_ids.
-- Result:     media_item_id (null for people), person_id (null for items), source, id_space, external_id.
select e.media_item_id, e.person_id, e.source, e.id_space, e.external_id
from external_id e
-- no other condition: with one the index would not be used
where e.external_id in $external_ids

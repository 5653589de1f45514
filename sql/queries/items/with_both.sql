-- What:       items that have one of some words and one of some others.
-- Parameters: rarer, others (ids of words), besides (ids that are not wanted); those of the filters in place of the marker.
-- Result:     id.
with rare as materialized (
    select p.media_item_id as id
    from item_word p
    where p.word_id in $rarer and not list_contains($besides, p.media_item_id) and true /* filters of p.media_item_id */
)
select distinct p.media_item_id as id
from item_word p
where p.word_id in $others and p.media_item_id in (select r.id from rare r)

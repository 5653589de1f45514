-- What:       items that somebody worked on whose name matches a text, best first; by the index of words.
-- Parameters: words (of the text), besides (ids that are not wanted), limit; those of the filters in place of the marker.
-- Result:     id, match_rank (4), rating.
with
-- include people/_named
, by_person as materialized (
    select distinct c.media_item_id as id
    from person_credit c
    where c.person_id in (select n.id from named n)
        and not list_contains($besides, c.media_item_id) and true /* filters of c.media_item_id */
)
select i.id, 4 as match_rank, i.rating
from media_item i
where i.id in (select b.id from by_person b)
order by i.rating desc nulls last, i.id
limit $limit

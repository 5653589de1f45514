-- What:       items by id, in the order asked for; ids that are not there are left out.
-- Parameters: ids.
-- Result:     every column of media_item but the internal search_text, sort_key, title_rank and is_indexed.
with wanted as (
    select unnest($ids) as id, generate_subscripts($ids, 1) as position
)
select i.* exclude (search_text, sort_key, title_rank, is_indexed)
from wanted w
join media_item i on i.id = w.id
order by w.position

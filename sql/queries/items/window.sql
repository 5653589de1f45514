-- What:       items by id, in the order asked for; ids that are not there are left out.
-- Parameters: ids.
-- Result:     as items/page.
with page as materialized (
    select unnest($ids) as id, generate_subscripts($ids, 1) as place
),
-- include items/_shown
select
    -- include items/_columns
    -- include items/_more
from page p
join item i on i.id = p.id
-- include items/_show
order by p.place

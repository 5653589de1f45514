-- What:       the items that people are best known for: those with the most votes, three of each person.
-- Parameters: person_ids, is_indexed (credits by person are as credits are).
-- Result:     person_id, media_item_id; best known first.
with said as (
    select c.person_id, c.media_item_id
    from person_credit c
    where $is_indexed and c.person_id in (select unnest($person_ids))
    union
    select c.person_id, c.media_item_id
    from credit c
    where not $is_indexed and c.person_id in (select unnest($person_ids))
)
select s.person_id, s.media_item_id
from said s
join media_item i on i.id = s.media_item_id
where i.media_type in ('movie', 'show')
qualify row_number() over (partition by s.person_id order by i.votes desc nulls last, i.id) <= 3
order by s.person_id, i.votes desc nulls last, i.id

-- What:       people whose name holds every word of the text, best known first.
-- Parameters: text (normalised query), words, limit, skip.
-- Result:     id, name, matched_by, credits (items and roles, whoever says so), match (exact, words).
with named as (
    select p.id, p.name, p.matched_by, p.name_key = $text as is_exact
    from person p
    where list_bool_and([contains(' ' || p.name_key, ' ' || word) for word in $words])
)
select
    n.id, n.name, n.matched_by,
    count(distinct (c.media_item_id, c.role)) filter (c.media_item_id is not null) as credits,
    if(n.is_exact, 'exact', 'words') as match,
from named n
left join credit c on c.person_id = n.id
group by n.id, n.name, n.matched_by, n.is_exact
order by n.is_exact desc, credits desc, n.name, n.id
limit $limit offset $skip

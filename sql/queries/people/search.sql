-- What:       people whose name holds every word of the text, best known first.
-- Parameters: text (normalised query), words, is_indexed (words are as the names are), limit, skip.
-- Result:     id, name, matched_by, credits (items and roles, whoever says so), match (exact, words).
with
-- include people/_named
, found as materialized (
    select p.id, p.name, p.matched_by, p.name_key = $text as is_exact
    from person p
    where $is_indexed and p.id in (select n.id from named n)
    union all
    select p.id, p.name, p.matched_by, p.name_key = $text
    from person p
    where not $is_indexed and list_bool_and([contains(' ' || p.name_key, ' ' || word) for word in $words])
),
said as (
    select c.person_id, c.media_item_id, c.role
    from person_credit c
    where $is_indexed and c.person_id in (select f.id from found f)
    union all
    select c.person_id, c.media_item_id, c.role
    from credit c
    where not $is_indexed and c.person_id in (select f.id from found f)
)
select
    f.id, f.name, f.matched_by,
    count(distinct (c.media_item_id, c.role)) filter (c.media_item_id is not null) as credits,
    if(f.is_exact, 'exact', 'words') as match,
from found f
left join said c on c.person_id = f.id
group by f.id, f.name, f.matched_by, f.is_exact
order by f.is_exact desc, credits desc, f.name, f.id
limit $limit offset $skip

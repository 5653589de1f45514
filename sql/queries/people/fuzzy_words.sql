-- What:       as people/fuzzy, by the index of words.
-- Parameters: words (of the normalised query), least_word (similarity of each word, 0 to 1), limit, skip.
-- Result:     as people/fuzzy.
with
-- include people/_nearly_words
, found as materialized (
    select p.id, p.name, p.matched_by, n.similarity
    from person p
    join nearly n on n.id = p.id
),
said as (
    select c.person_id, c.media_item_id, c.role from person_credit c where c.person_id in (select f.id from found f)
)
select
    f.id, f.name, f.matched_by,
    count(distinct (c.media_item_id, c.role)) filter (c.media_item_id is not null) as credits,
    'fuzzy' as match,
from found f
left join said c on c.person_id = f.id
group by f.id, f.name, f.matched_by, f.similarity
order by f.similarity desc, credits desc, f.name, f.id
limit $limit offset $skip

-- What:       people whose name is nearly the text: the second try, when people/search finds nobody.
-- Parameters: words (of the normalised query), least_word (similarity of each word, 0 to 1), limit, skip.
-- Result:     id, name, matched_by, credits, match ("fuzzy").
with
-- include people/_nearly
page as (
    select
        n.id, n.similarity,
        count(distinct (c.media_item_id, c.role)) filter (c.media_item_id is not null) as credits,
    from nearly n
    left join credit c on c.person_id = n.id
    group by all
)
select p.id, p.name, p.matched_by, g.credits, 'fuzzy' as match
from page g
join person p on p.id = g.id
order by g.similarity desc, g.credits desc, p.name, p.id
limit $limit offset $skip

-- What:       items whose title is nearly the text: the second try, when items/search finds nothing.
-- Parameters: text (normalised query), squeezed (it without blanks), least (similarity, 0 to 1), limit, skip;
--             those of the filters in place of the marker.
-- Result:     one row an item: match ("fuzzy"), then as items/page.
with compared as (
    select
        i.id,
        i.rating,
        i.title_key,
        greatest(
            jaro_winkler_similarity(i.title_key, $text),
            jaro_winkler_similarity(replace(i.title_key, ' ', ''), $squeezed)
        ) as similarity,
    from media_item i
    where true /* filters */
),
page as (
    select * from compared
    where similarity >= $least
    order by similarity desc, rating desc nulls last, title_key, id
    limit $limit offset $skip
)
select
    'fuzzy' as match,
    -- include items/_columns
from page p
join media_item i on i.id = p.id
-- include items/_show
order by p.similarity desc, p.rating desc nulls last, p.title_key, p.id

-- What:       items whose title, or the name of somebody who worked on them, is nearly the text: the second try,
--             when items/search finds nothing.
-- Parameters: text (normalised query), squeezed (it without blanks), words (its words), least (similarity of titles,
--             0 to 1), least_word (of each word of a name), limit, skip; those of the filters in place of the marker.
-- Result:     one row an item, as items/page, with match ("fuzzy", "fuzzy person") after rating.
with
-- include people/_nearly
by_person as (
    select c.media_item_id as id, max(n.similarity) as similarity
    from credit c
    join nearly n on n.id = c.person_id
    group by all
),
compared as (
    select
        i.id,
        i.rating,
        i.title_key,
        greatest(
            jaro_winkler_similarity(i.title_key, $text),
            jaro_winkler_similarity(replace(i.title_key, ' ', ''), $squeezed)
        ) as by_title,
        b.similarity as by_person,
    from media_item i
    left join by_person b on b.id = i.id
    where true /* filters */
),
page as materialized (
    select *, by_title >= $least and by_title >= coalesce(by_person, 0) as is_by_title,
        if(is_by_title, by_title, by_person) as similarity,
    from compared
    where by_title >= $least or by_person is not null
    order by similarity desc, is_by_title desc, rating desc nulls last, id
    limit $limit offset $skip
)
select
    -- include items/_row
    if(p.is_by_title, 'fuzzy', 'fuzzy person') as match,
from page p
join media_item i on i.id = p.id
order by p.similarity desc, p.is_by_title desc, p.rating desc nulls last, p.id

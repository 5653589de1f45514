-- What:       items whose title, or the name of somebody who worked on them, is nearly the text, by the index of words: titles
--             that have a word which is nearly one of the text's.
-- Parameters: text, squeezed, words, least, least_word, limit, skip as items/fuzzy; least_near (similarity of that word),
--             most_near (items to compare for words besides the rarest); those of the filters in place of the marker.
-- Result:     id, match ("fuzzy", "fuzzy person"), best first.
with
-- include people/_nearly_words
, by_person as materialized (
    select c.media_item_id as id, max(n.similarity) as similarity
    from person_credit c
    join nearly n on n.id = c.person_id
    where true /* filters of c.media_item_id */
    group by all
),
near_word as materialized (
    select a.number, w.id, w.items
    from word w
    join (select number, asked from asked union all select 0, $squeezed) a
        on jaro_winkler_similarity(w.word, a.asked) >= $least_near
),
-- a word that is nearly none says nothing; of the others the rarest leave least to compare
rarest_near as materialized (
    select number
    from (select number, sum(items) as items from near_word where number > 0 group by all having sum(items) > 0)
    window rarest_first as (order by items, number)
    qualify row_number() over rarest_first = 1 or sum(items) over rarest_first <= $most_near
),
some_item as materialized (
    select distinct p.media_item_id as id
    from item_word p
    where p.word_id in (
            select n.id from near_word n
            where n.number = 0 or n.number in (select r.number from rarest_near r)
        )
        and true /* filters of p.media_item_id */
),
titled as materialized (
    select o.id, o.title_key, o.rating from media_item o where o.id in (select s.id from some_item s)
),
by_title as (
    select
        t.id,
        greatest(
            jaro_winkler_similarity(t.title_key, $text),
            jaro_winkler_similarity(replace(t.title_key, ' ', ''), $squeezed)
        ) as similarity,
        t.rating,
    from titled t
),
rated as (
    select b.id, b.similarity, o.rating
    from by_person b
    join media_item o on o.id = b.id
),
found as (
    select
        coalesce(t.id, p.id) as id,
        coalesce(t.similarity, 0) >= $least and coalesce(t.similarity, 0) >= coalesce(p.similarity, 0) as is_by_title,
        if(is_by_title, t.similarity, p.similarity) as similarity,
        coalesce(t.rating, p.rating) as rating,
    from (from by_title where similarity >= $least) t
    full join rated p on p.id = t.id
)
select id, if(is_by_title, 'fuzzy', 'fuzzy person') as match
from found
order by similarity desc, is_by_title desc, rating desc nulls last, id
limit $limit offset $skip

-- What:       items that have, for each of several texts, a word which begins with it, or holds it inside, best first; by the
--             index of words.
-- Parameters: text (of the whole query), words (its texts), is_inside (each may be anywhere in a word), besides (ids that are
--             not wanted), limit; those of the filters in place of the marker.
-- Result:     id, match_rank (0 exact, 1 prefix, 2 words, 3 substring), rating.
with asked as (
    select unnest($words) as asked, generate_subscripts($words, 1) as number
),
meant as materialized (
    select a.number, w.id, w.items
    from word w
    join asked a on if($is_inside, contains(w.word, a.asked), starts_with(w.word, a.asked))
),
-- the items of the rarest are few; of the others only these are looked at
rarest as materialized (
    select number from meant group by all order by sum(items), number limit 1
),
candidate as materialized (
    select distinct p.media_item_id as id
    from item_word p
    where p.word_id in (select m.id from meant m join rarest r on r.number = m.number)
        and not list_contains($besides, p.media_item_id) and true /* filters of p.media_item_id */
),
held as (
    select p.media_item_id as id, m.number
    from item_word p
    join meant m on m.id = p.word_id
    where m.number not in (select r.number from rarest r) and p.media_item_id in (select c.id from candidate c)
),
matching as materialized (
    select id from held group by all having count(distinct number) = len($words) - 1
)
select
    i.id,
    case
        when $is_inside then 3
        when i.title_key = $text then 0
        when starts_with(i.title_key, $text) then 1
        else 2
    end as match_rank,
    i.rating,
from media_item i
where i.id in (select m.id from matching m)
order by match_rank, i.rating desc nulls last, i.id
limit $limit

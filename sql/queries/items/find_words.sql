-- What:       items that have, for each of several texts, a word which begins with it, or holds it inside, best first; by the
--             index of words.
-- Parameters: text (of the whole query), rarest (the text of which fewest items have a word), others (the other texts),
--             is_inside (each may be anywhere in a word), besides (ids that are not wanted), limit; those of the filters in
--             place of the marker.
-- Result:     id, match_rank (0 exact, 1 prefix, 2 words, 3 substring), rating.
with candidate as materialized (
    select distinct p.media_item_id as id
    from item_word p
    where p.word_id in (
            select w.id from word w where if($is_inside, contains(w.word, $rarest), starts_with(w.word, $rarest))
        )
        and not list_contains($besides, p.media_item_id) and true /* filters of p.media_item_id */
),
meant as materialized (
    select a.number, w.id
    from (select unnest($others) as asked, generate_subscripts($others, 1) as number) a
    join word w on if($is_inside, contains(w.word, a.asked), starts_with(w.word, a.asked))
),
-- of the other words only what those items have is looked at
matching as materialized (
    select p.media_item_id as id
    from item_word p
    join meant m on m.id = p.word_id
    where p.media_item_id in (select c.id from candidate c)
    group by all
    having count(distinct m.number) = len($others)
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

-- What:       items that have a word which begins with a text, or holds it inside, best first; by the index of words.
-- Parameters: word; is_inside (the text may be anywhere in the word); besides (ids that are not wanted); limit; those of the
--             filters in place of the marker.
-- Result:     id, match_rank (0 exact, 1 prefix, 2 words, 3 substring), rating; an item comes once for each such word.
with meant as materialized (
    select w.id, w.word = $word as is_exact
    from word w
    where if($is_inside, contains(w.word, $word), starts_with(w.word, $word))
)
select
    p.media_item_id as id,
    case when $is_inside then 3 when p.is_whole and m.is_exact then 0 when p.is_first then 1 else 2 end as match_rank,
    p.rating,
from item_word p
join meant m on m.id = p.word_id
where not list_contains($besides, p.media_item_id) and true /* filters of p.media_item_id */
order by match_rank, p.rating desc nulls last, p.media_item_id
limit $limit

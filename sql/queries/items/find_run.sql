-- What:       items in whose titles a text begins with a word and runs across others, best first: "walle" in "WALL·E"; by the
--             index of words.
-- Parameters: squeezed (the text without blanks), run (the pattern of it), besides (ids that are not wanted), limit; those of
--             the filters in place of the marker.
-- Result:     id, match_rank (3), rating.
with first as materialized (
    select w.id, substring($squeezed, length(w.word) + 1) as rest
    from word w
    where starts_with($squeezed, w.word) and length(w.word) < length($squeezed)
),
step as materialized (
    select f.id as first_id, w.id as next_id
    from first f
    join word w on starts_with(w.word, f.rest) or starts_with(f.rest, w.word)
),
begun as materialized (
    select p.word_id, p.media_item_id
    from item_word p
    where p.word_id in (select s.first_id from step s)
        and not list_contains($besides, p.media_item_id) and true /* filters of p.media_item_id */
),
gone_on as (
    select p.word_id, p.media_item_id
    from item_word p
    where p.word_id in (select s.next_id from step s) and p.media_item_id in (select b.media_item_id from begun b)
),
candidate as materialized (
    select distinct b.media_item_id as id
    from begun b
    join gone_on g on g.media_item_id = b.media_item_id
    join step s on s.first_id = b.word_id and s.next_id = g.word_id
)
select i.id, 3 as match_rank, i.rating
from media_item i
where i.id in (select c.id from candidate c) and regexp_matches(i.search_text, $run)
order by i.rating desc nulls last, i.id
limit $limit

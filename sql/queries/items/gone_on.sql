-- What:       as items/begun, but only those that also have a word with which the text goes on: for texts that many begin.
-- Parameters: as items/begun, without limit.
-- Result:     id.
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
)
select distinct b.media_item_id as id
from begun b
join gone_on g on g.media_item_id = b.media_item_id
join step s on s.first_id = b.word_id and s.next_id = g.word_id

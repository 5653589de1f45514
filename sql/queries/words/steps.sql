-- What:       pairs of words so that a text begins with the one and can go on with the other: "wall" and "e" for "walle".
-- Parameters: squeezed (the text without blanks).
-- Result:     first_id, first_items, next_id, next_items.
with first as materialized (
    select w.id, w.items, substring($squeezed, length(w.word) + 1) as rest
    from word w
    where starts_with($squeezed, w.word) and length(w.word) < length($squeezed)
)
select f.id as first_id, f.items as first_items, w.id as next_id, w.items as next_items
from first f
join word w on starts_with(w.word, f.rest) or starts_with(f.rest, w.word)
where f.items > 0 and w.items > 0

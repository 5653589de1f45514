-- What:       items that have a word with which a text begins that goes on after it; by the index of words.
-- Parameters: squeezed (the text without blanks), besides (ids that are not wanted), limit; those of the filters in place of the
--             marker.
-- Result:     id.
with first as materialized (
    select w.id
    from word w
    where starts_with($squeezed, w.word) and length(w.word) < length($squeezed)
        and exists (
            from word o
            where starts_with(o.word, substring($squeezed, length(w.word) + 1))
                or starts_with(substring($squeezed, length(w.word) + 1), o.word)
        )
)
select distinct p.media_item_id as id
from item_word p
where p.word_id in (select f.id from first f)
    and not list_contains($besides, p.media_item_id) and true /* filters of p.media_item_id */
limit $limit

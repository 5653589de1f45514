-- What:       items in whose titles a text begins with a word and runs across others, best first: "walle" in "WALL·E".
-- Parameters: ids (those that may); run (the pattern of the text), limit.
-- Result:     id, match_rank (3), rating.
with told as materialized (
    select i.id, i.rating, i.search_text from media_item i where i.id in $ids
)
select t.id, 3 as match_rank, t.rating
from told t
where regexp_matches(t.search_text, $run)
order by t.rating desc nulls last, t.id
limit $limit

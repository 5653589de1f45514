-- What:       items that match a text by title or by a person's name, best first.
-- Parameters: text (normalised query), words (its words), run (the pattern of it across words), limit, skip;
--             those of the filters in place of the marker.
-- Result:     one row an item, as items/page, with match (exact, prefix, words, substring, person) after rating.
with
-- include items/_matching
, page as materialized (
    select id, match_rank, rating from matching
    where match_rank is not null
    order by match_rank, rating desc nulls last, id
    limit $limit offset $skip
)
select
    -- include items/_row
    case p.match_rank
        when 0 then 'exact' when 1 then 'prefix' when 2 then 'words' when 3 then 'substring' else 'person'
    end as match,
from page p
join media_item i on i.id = p.id
order by p.match_rank, p.rating desc nulls last, p.id

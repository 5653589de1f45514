-- What:       what became of asking providers for items.
-- Parameters: item_ids.
-- Result:     every column of provider_match; by item and provider, the likeliest first.
select m.*
from provider_match m
where m.media_item_id in (select unnest($item_ids))
order by m.media_item_id, m.source, m.score desc nulls last, m.external_id

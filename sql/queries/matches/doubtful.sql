-- What:       candidates that wait for the user to accept or reject them; or all those of some items.
-- Parameters: provider (null for all), item_ids (null for those that wait).
-- Result:     media_item_id, item_title, item_year, media_type, library, source, external_id, title, year, score, reasons,
--             url, checked_at; by item, the likeliest first.
select
    m.media_item_id, i.title as item_title, i.year as item_year, i.media_type, l.name as library, m.source,
    m.external_id, m.title, m.year, m.score, m.reasons, m.url, m.checked_at,
from provider_match m
join media_item i on i.id = m.media_item_id
join library l on l.id = i.library_id
where ($provider is null or m.source = $provider)
    and case
        when $item_ids is null then m.status = 'doubtful'
        else m.status <> 'nothing' and list_contains(cast($item_ids as bigint[]), m.media_item_id)
    end
order by i.title, m.media_item_id, m.source, m.score desc, m.external_id

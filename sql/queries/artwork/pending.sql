-- What:       pictures known by address that are to be downloaded: of each item the first of a type, unless it has one.
-- Parameters: types, sources (who told of them; null for all), statuses (pending, or failed too), limit.
-- Result:     url, artwork_type, source, media_item_id (one of them); one row an address, by item.
with wanted as (
    select w.media_item_id, w.artwork_type, w.url, w.source, w.position
    from artwork w
    where w.artwork_type in (select unnest($types))
        and ($sources is null or list_contains($sources, w.source))
        and w.url is not null and w.path is null and w.download_status in (select unnest($statuses))
        and (w.media_item_id, w.artwork_type) not in (
            select (a.media_item_id, a.artwork_type) from artwork a where a.download_status in ('local', 'downloaded')
        )
    qualify row_number() over (
        partition by w.media_item_id, w.artwork_type order by w.position nulls last, w.source, w.url
    ) = 1
)
select
    w.url, any_value(w.artwork_type order by w.media_item_id) as artwork_type,
    any_value(w.source order by w.media_item_id) as source, min(w.media_item_id) as media_item_id,
from wanted w
group by w.url
order by media_item_id, artwork_type, w.url
limit $limit

-- What:       films and shows by normalised title or natural key.
-- Parameters: library, title_keys, item_keys.
-- Result:     item_key, media_type, title_key, year, sources and external_ids (lists that go together).
with found as (
    select i.id, i.item_key, i.media_type, i.title_key, i.year
    from media_item i
    where i.library_id = (select l.id from library l where l.name = $library)
        and i.media_type in ('movie', 'show')
        and (
            i.title_key in (select unnest(cast($title_keys as varchar[])))
            or i.item_key in (select unnest(cast($item_keys as varchar[])))
        )
)
select
    f.item_key, f.media_type, f.title_key, f.year,
    coalesce(list(e.source order by e.source) filter (e.source is not null), []) as sources,
    coalesce(list(e.external_id order by e.source) filter (e.source is not null), []) as external_ids
from found f
left join external_id e on e.media_item_id = f.id
group by f.item_key, f.media_type, f.title_key, f.year
order by f.item_key

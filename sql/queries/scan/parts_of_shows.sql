-- What:       the seasons and episodes of some shows, with their files that are there.
-- Parameters: library, show_keys.
-- Result:     show_key, item_key, path (null without a file; one row a file).
with shows as (
    select i.id, i.item_key
    from media_item i
    where i.library_id = (select l.id from library l where l.name = $library)
        and i.media_type = 'show'
        and i.item_key in (select unnest(cast($show_keys as varchar[])))
),
below as (
    select i.id, i.item_key, s.item_key as show_key
    from media_item i
    join shows s on s.id = i.parent_id
),
parts as (
    from below
    union all
    select i.id, i.item_key, b.show_key
    from media_item i
    join below b on b.id = i.parent_id
)
select p.show_key, p.item_key, f.path
from parts p
left join media_file f on f.media_item_id = p.id and f.missing_since is null

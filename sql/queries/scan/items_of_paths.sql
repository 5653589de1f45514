-- What:       the items that own any of some files, with all files of theirs.
-- Parameters: library, paths.
-- Result:     path, item_key, media_type, show_key (of an episode's show), is_missing.
with mine as (
    select distinct f.media_item_id as id
    from media_file f
    where f.library_id = (select l.id from library l where l.name = $library)
        and f.path in (select unnest(cast($paths as varchar[])))
)
select
    f.path, i.item_key, i.media_type, coalesce(top.item_key, parent.item_key) as show_key,
    f.missing_since is not null as is_missing
from mine
join media_item i on i.id = mine.id
join media_file f on f.media_item_id = mine.id
left join media_item parent on parent.id = i.parent_id
left join media_item top on top.id = parent.parent_id

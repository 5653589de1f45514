-- What:       rows that break what the program relies on beyond keys and CHECKs.
-- Result:     check, found, example.
select 'natural key of an item used twice' as check, count(*) as found, min(item_key) as example
from (select library_id, item_key from media_item group by all having count(*) > 1)
union all
select 'path of a file used twice', count(*), min(path)
from (select library_id, path from media_file group by all having count(*) > 1)
union all
select 'natural key of a person used twice', count(*), min(person_key)
from (select person_key from person group by all having count(*) > 1)
union all
select 'season whose parent is not a show', count(*), min(s.title)
from media_item s join media_item p on p.id = s.parent_id
where s.media_type = 'season' and p.media_type <> 'show'
union all
select 'episode whose parent is not a season or show', count(*), min(e.title)
from media_item e join media_item p on p.id = e.parent_id
where e.media_type = 'episode' and p.media_type not in ('season', 'show')
union all
select 'film or show with a parent', count(*), min(title)
from media_item where media_type in ('movie', 'show') and parent_id is not null
union all
select 'main file of a show or season', count(*), min(f.path)
from media_file f join media_item i on i.id = f.media_item_id
where i.media_type in ('show', 'season') and f.file_role = 'main'
union all
select 'play recorded twice', count(*), min(cast(media_item_id as varchar))
from (
    select user_name, media_item_id, event_type, occurred_at from history_event group by all having count(*) > 1
)
union all
select 'item in another library than its file', count(*), min(f.path)
from media_file f join media_item i on i.id = f.media_item_id
where f.library_id <> i.library_id
union all
select 'title of its show kept wrongly', count(*), min(i.title)
from media_item i
left join media_item p on p.id = i.parent_id
left join media_item g on g.id = p.parent_id
where i.show_title is distinct from coalesce(g.title, p.title)
union all
select 'loss of its files kept wrongly', count(*), min(i.title)
from media_item i
left join (
    select media_item_id, bool_and(missing_since is not null) as is_missing
    from media_file where file_role = 'main' group by all
) f on f.media_item_id = coalesce(i.shared_file_item_id, i.id)
where i.is_missing is distinct from coalesce(f.is_missing, false)
union all
select 'candidate of a provider recorded twice', count(*), min(external_id)
from (select media_item_id, source, external_id from provider_match group by all having count(*) > 1)
union all
select 'item accepted to be two works of a provider', count(*), min(source)
from (
    select media_item_id, source from provider_match where status = 'accepted' group by all having count(*) > 1
)
union all
select 'span of a snapshot that begins or ends at none', count(*), min(item)
from (
    select item, from_snapshot, until_snapshot from snapshot_item
    union all
    select path, from_snapshot, until_snapshot from snapshot_file
)
where from_snapshot not in (select id from snapshot)
    or coalesce(until_snapshot not in (select id from snapshot) or until_snapshot <= from_snapshot, false)
union all
select 'two spans of an item or a file at one snapshot', count(*), min(item)
from (
    select item, from_snapshot, lag(coalesce(until_snapshot, 2147483647)) over one as last_end
    from snapshot_item window one as (partition by media_item_id order by from_snapshot)
    union all
    select path, from_snapshot, lag(coalesce(until_snapshot, 2147483647)) over one
    from snapshot_file window one as (partition by media_file_id order by from_snapshot)
)
where last_end > from_snapshot

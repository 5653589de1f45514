-- What:       rows that name an item, file or person that is not there.
-- Result:     check, found, example.
select 'item without library' as check, count(*) as found, min(cast(id as varchar)) as example
from media_item where library_id not in (select id from library)
union all
select 'item whose parent is not there', count(*), min(cast(id as varchar))
from media_item where parent_id is not null and parent_id not in (select id from media_item)
union all
select 'episode whose shared file has no item', count(*), min(cast(id as varchar))
from media_item where shared_file_item_id is not null and shared_file_item_id not in (select id from media_item)
union all
select 'file without item', count(*), min(path)
from media_file where media_item_id not in (select id from media_item)
union all
select 'stream without file', count(*), min(cast(media_file_id as varchar))
from media_stream where media_file_id not in (select id from media_file)
union all
select 'credit without item', count(*), min(cast(media_item_id as varchar))
from credit where media_item_id not in (select id from media_item)
union all
select 'credit without person', count(*), min(cast(person_id as varchar))
from credit where person_id not in (select id from person)
union all
select 'external id without item', count(*), min(external_id)
from external_id where media_item_id is not null and media_item_id not in (select id from media_item)
union all
select 'external id without person', count(*), min(external_id)
from external_id where person_id is not null and person_id not in (select id from person)
union all
select 'artwork without item', count(*), min(coalesce(path, url))
from artwork where media_item_id not in (select id from media_item)
union all
select 'subtitle without item', count(*), min(coalesce(path, url))
from subtitle where media_item_id not in (select id from media_item)
union all
select 'history event without item', count(*), min(cast(media_item_id as varchar))
from history_event where media_item_id not in (select id from media_item)
union all
select 'listed episode without show', count(*), min(title)
from listed_episode where media_item_id not in (select id from media_item where media_type = 'show')
union all
select 'match without film or show', count(*), min(title)
from provider_match where media_item_id not in (select id from media_item where media_type in ('movie', 'show'))

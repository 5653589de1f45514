-- What:       the episodes that a provider listed for shows.
-- Parameters: item_ids, provider.
-- Result:     every column of listed_episode.
select e.*
from listed_episode e
where e.media_item_id in (select unnest($item_ids)) and e.source = $provider
order by e.media_item_id, e.season_number nulls last, e.episode_number nulls last

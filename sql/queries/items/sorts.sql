-- What an item `i` is sorted by, by name: one thing, then another among equals. Unknown comes last in both directions;
-- what is still equal goes by id.

-- sort: match
i.match_rank, i.rating desc nulls last

-- sort: title
i.title_rank

-- sort: title_key
i.sort_key

-- sort: show_title
(
    select coalesce(s.title_rank, p.title_rank)
    from media_item p left join media_item s on s.id = p.parent_id
    where p.id = i.parent_id
)
-- then
i.season_number
-- then
i.episode_number

-- sort: media_type
i.media_type

-- sort: genres
nullif(array_to_string(i.genres, ', '), '')

-- sort: year
i.year

-- sort: premiered_on
i.premiered_on

-- sort: rating
i.rating

-- sort: user_rating
i.user_rating

-- sort: votes
i.votes

-- sort: runtime_minutes
i.runtime_minutes

-- sort: added_at
i.added_at

-- sort: updated_at
i.updated_at

-- sort: size_bytes
(
    select sum(f.size_bytes)
    from media_file f
    where f.media_item_id = coalesce(i.shared_file_item_id, i.id) and f.missing_since is null
)

-- sort: last_played_at
(select max(h.occurred_at) from history_event h where h.media_item_id = i.id and h.event_type = 'played')

-- sort: plays
(select count(*) from history_event h where h.media_item_id = i.id and h.event_type = 'played')

-- What:       which shows somebody watched in one go: episodes on days in a row.
-- Result:     a row a binge, the most episodes first: person, item (the show), media_item_id (the show), first_on,
--             last_on, days (from the first to the last), episodes (each once), in_order (share of its plays after
--             the first that were of the episode after the last one seen, 0 to 1; null for a single play), hours
--             (runtime times the share watched). The statement alone gives the plays they are made of: person,
--             media_item_id, item, episode_id, season_number, episode_number, played_at, hours.
with parameter as (
    select
        null::varchar as person, -- only of this one, as in the history; null: of all
        null::varchar as library, -- only of this one; null: of all
        'UTC'::varchar as timezone, -- where the days and hours are those of the clock, such as Europe/Berlin
        null::date as on, -- the last day that counts; null: that of the latest event in the library
),
latest as (
    select
        coalesce(
            p.on,
            cast(if(p.timezone = 'UTC', t.at, t.at at time zone 'UTC' at time zone p.timezone) as date)
        ) as day,
    from parameter p, (
        select greatest((select max(occurred_at) from history_event), (select max(added_at) from media_item)) as at
    ) t
),
play as (
    select
        h.user_name as person,
        h.media_item_id,
        if(p.timezone = 'UTC', h.occurred_at, h.occurred_at at time zone 'UTC' at time zone p.timezone) as played_at,
        least(greatest(coalesce(h.value, 1), 0), 1) as share,
    from parameter p, history_event h
    where h.event_type = 'played' and (p.person is null or h.user_name = p.person)
),
watched as (
    select
        h.person,
        coalesce(s.parent_id, i.parent_id) as show_id,
        i.show_title,
        i.id as episode_id,
        i.season_number,
        i.episode_number,
        h.played_at,
        i.runtime_minutes * h.share / 60 as hours,
    from parameter p, latest t, play h
    join media_item i on i.id = h.media_item_id
    join library l on l.id = i.library_id
    left join media_item s on s.id = i.parent_id and s.media_type = 'season'
    where i.media_type = 'episode'
        and i.parent_id is not null
        and (p.library is null or l.name = p.library)
        and cast(h.played_at as date) <= t.day
)
select
    person,
    show_id as media_item_id,
    show_title as item,
    episode_id,
    season_number,
    episode_number,
    played_at,
    coalesce(hours, 0) as hours,
from watched
order by person, show_id, played_at, season_number, episode_number, episode_id

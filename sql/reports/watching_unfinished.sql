-- What:       which films and episodes somebody began and never saw to their end.
-- Result:     item, media_item_id, media_type, library, person, share (the furthest anybody's history has them in it,
--             0 to 1), minutes_left (null: runtime not known), begun (how often), last_on, days_ago (from then to the
--             latest day in the library), rating (0 to 10; null: not known); the latest first. Items whose files are
--             gone are left out.
with parameter as (
    select
        0.9::double as finished, -- the share of it from which on it counts as seen to its end
        null::varchar as person, -- only of this one, as in the history; null: of all
        null::varchar as library, -- only of this one; null: of all
        null::bigint as days, -- only of the last so many days; null: of all
        null::date as on, -- the last day that counts; null: that of the latest event in the library
),
latest as (
    select
        coalesce(
            p.on,
            cast(greatest((select max(occurred_at) from history_event), (select max(added_at) from media_item)) as date)
        ) as day,
    from parameter p
),
begun as (
    select
        h.user_name as person,
        h.media_item_id,
        max(least(greatest(coalesce(h.value, if(h.event_type = 'played', 1, 0)), 0), 1)) as share,
        count(*) as begun,
        max(h.occurred_at) as last_at,
    from parameter p, latest t, history_event h
    where h.event_type in ('played', 'paused')
        and (p.person is null or h.user_name = p.person)
        and cast(h.occurred_at as date) <= t.day
    group by h.user_name, h.media_item_id
)
select
    item_label(i.title, i.show_title, i.season_number, i.episode_number) as item,
    i.id as media_item_id,
    i.media_type,
    l.name as library,
    b.person,
    round(b.share, 2) as share,
    cast(round(i.runtime_minutes * (1 - b.share)) as bigint) as minutes_left,
    b.begun,
    cast(b.last_at as date) as last_on,
    t.day - cast(b.last_at as date) as days_ago,
    i.rating,
from parameter p, latest t, begun b
join media_item i on i.id = b.media_item_id
join library l on l.id = i.library_id
where b.share < p.finished
    and i.is_missing is not true
    and (p.library is null or l.name = p.library)
    and (p.days is null or t.day - cast(b.last_at as date) < p.days)
order by b.last_at desc, item, i.id, b.person

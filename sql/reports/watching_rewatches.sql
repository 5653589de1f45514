-- What:       which films and shows are watched again and again.
-- Result:     item, media_item_id (a film or a show), media_type, people (who watched something of it again), again
--             (films or episodes that were), rewatches (plays after the first one of the same film or episode by the
--             same person, each seen to its end), last_on (of a rewatch), hours (spent on rewatches), rating (0 to
--             10; null: not known); the most hours first.
with parameter as (
    select
        0.9::double as finished, -- the share of it from which on it counts as seen to its end
        6::bigint as hours_apart, -- a play so few hours after another one is that one, told twice
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
seen as (
    select
        h.user_name as person,
        h.media_item_id,
        h.occurred_at,
        lag(h.occurred_at) over (partition by h.user_name, h.media_item_id order by h.occurred_at) as before,
    from parameter p, latest t, history_event h
    where h.event_type = 'played'
        and coalesce(h.value, 1) >= p.finished
        and (p.person is null or h.user_name = p.person)
        and cast(h.occurred_at as date) <= t.day
),
rewatch as (
    select
        h.person,
        h.media_item_id,
        coalesce(s.parent_id, i.parent_id, i.id) as title_id,
        cast(h.occurred_at as date) as watched_on,
        i.runtime_minutes / 60 as hours,
    from parameter p, latest t, seen h
    join media_item i on i.id = h.media_item_id
    join library l on l.id = i.library_id
    left join media_item s on s.id = i.parent_id and s.media_type = 'season'
    where (epoch(h.occurred_at) - epoch(h.before)) / 3600 >= p.hours_apart
        and (p.library is null or l.name = p.library)
        and (p.days is null or t.day - cast(h.occurred_at as date) < p.days)
),
counted as (
    select
        title_id,
        count(distinct person) as people,
        count(distinct media_item_id) as again,
        count(*) as rewatches,
        max(watched_on) as last_on,
        coalesce(sum(hours), 0) as hours,
    from rewatch group by title_id
)
select
    i.title as item,
    i.id as media_item_id,
    i.media_type,
    c.people,
    c.again,
    c.rewatches,
    c.last_on,
    round(c.hours, 1) as hours,
    i.rating,
from counted c
join media_item i on i.id = c.title_id
order by c.hours desc, c.rewatches desc, i.title, i.id

-- What:       at which hours of which weekdays is watched.
-- Result:     weekday (1 is Monday, 7 Sunday), hour (0 to 23), plays, hours (runtime times the share watched); an
--             hour of a weekday in which nobody ever watched has no row.
with parameter as (
    select
        null::varchar as person, -- only of this one, as in the history; null: of all
        null::varchar as library, -- only of this one; null: of all
        'UTC'::varchar as timezone, -- where the days and hours are those of the clock, such as Europe/Berlin
        null::bigint as days, -- only of the last so many days; null: of all
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
        isodow(h.played_at) as weekday,
        hour(h.played_at) as hour,
        i.runtime_minutes * h.share / 60 as hours,
    from parameter p, latest t, play h
    join media_item i on i.id = h.media_item_id
    join library l on l.id = i.library_id
    where (p.library is null or l.name = p.library)
        and cast(h.played_at as date) <= t.day
        and (p.days is null or t.day - cast(h.played_at as date) < p.days)
)
select weekday, hour, count(*) as plays, round(coalesce(sum(hours), 0), 1) as hours
from watched
group by weekday, hour
order by weekday, hour

-- What:       on how many days in a row somebody watched something.
-- Result:     a row a streak, the longest first: person, first_on, last_on, days, plays, hours (runtime times the
--             share watched), days_ago (from its last day to the latest in the library: 0 or 1 is a streak that may
--             go on). The statement alone gives the days they are made of: person, day, plays, hours, days_ago.
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
        cast(h.played_at as date) as day,
        i.runtime_minutes * h.share / 60 as hours,
    from parameter p, play h
    join media_item i on i.id = h.media_item_id
    join library l on l.id = i.library_id
    where p.library is null or l.name = p.library
)
select
    w.person,
    w.day,
    count(*) as plays,
    coalesce(sum(w.hours), 0) as hours,
    t.day - w.day as days_ago,
from watched w, latest t
where w.day <= t.day
group by w.person, w.day, t.day
order by w.person, w.day

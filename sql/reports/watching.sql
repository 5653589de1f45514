-- What:       when and by whom is watched: plays by one property, with the time they took.
-- Result:     value, plays (a play is unique by person, item and time), titles (films and shows, each once), hours
--             (runtime times the share watched, which is 1 where the history does not say; 0 where the runtime is not
--             known), share (of all plays, 0 to 1); in the order of time, else the most plays first. A day, month or
--             hour without plays has no row.
with parameter as (
    select
        'month'::varchar as by, -- one of day, month, year, weekday, hour, person, library, type: what makes a row
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
        case p.by
            when 'day' then strftime(h.played_at, '%Y-%m-%d')
            when 'month' then strftime(h.played_at, '%Y-%m')
            when 'year' then strftime(h.played_at, '%Y')
            when 'weekday' then dayname(h.played_at)
            when 'hour' then strftime(h.played_at, '%H')
            when 'person' then h.person
            when 'library' then l.name
            when 'type' then i.media_type
        end as value,
        case
            when p.by = 'weekday' then isodow(h.played_at)
            when p.by in ('person', 'library', 'type') then null
            else 0
        end as place,
        coalesce(s.parent_id, i.parent_id, i.id) as title_id,
        i.runtime_minutes * h.share / 60 as hours,
    from parameter p, latest t, play h
    join media_item i on i.id = h.media_item_id
    join library l on l.id = i.library_id
    left join media_item s on s.id = i.parent_id and s.media_type = 'season'
    where (p.library is null or l.name = p.library)
        and cast(h.played_at as date) <= t.day
        and (p.days is null or t.day - cast(h.played_at as date) < p.days)
),
counted as (
    select
        value,
        place,
        count(*) as plays,
        count(distinct title_id) as titles,
        coalesce(sum(hours), 0) as hours,
    from watched group by all
)
select
    value,
    plays,
    titles,
    round(hours, 1) as hours,
    round(plays / sum(plays) over (), 4) as share,
from counted
order by place nulls last, if(place is null, plays, 0) desc, value

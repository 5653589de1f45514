-- What:       how taste moves: which share of the plays of each year went to which genre or decade.
-- Result:     year, value (null: not known), plays, hours (runtime times the share watched), share (of the plays of
--             that year, 0 to 1; a play counts for each of its genres, so that shares of genres add up to more than
--             1), change (of the share since the year before that has plays; null in the first); by year, the most
--             plays first. Episodes have the genres of their show where they have none of their own, and its decade.
with parameter as (
    select
        'genre'::varchar as by, -- one of genre, decade: what makes a row of a year
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
        year(h.played_at) as year,
        if(len(i.genres) > 0, i.genres, g.genres) as genres,
        coalesce(g.year, i.year) // 10 * 10 as decade,
        i.runtime_minutes * h.share / 60 as hours,
    from parameter p, latest t, play h
    join media_item i on i.id = h.media_item_id
    join library l on l.id = i.library_id
    left join media_item s on s.id = i.parent_id and s.media_type = 'season'
    left join media_item g on g.id = coalesce(s.parent_id, i.parent_id) and g.media_type = 'show'
    where (p.library is null or l.name = p.library) and cast(h.played_at as date) <= t.day
),
valued as (
    select
        w.year,
        unnest(case
            when p.by = 'decade' then [cast(w.decade as varchar) || 's']
            when len(w.genres) > 0 then list_distinct(w.genres)
            else [null]
        end) as value,
        w.hours,
    from parameter p, watched w
),
counted as (
    select year, value, count(*) as plays, coalesce(sum(hours), 0) as hours
    from valued group by year, value
),
of_year as (
    select year, count(*) as plays, lag(year) over (order by year) as year_before
    from watched group by year
),
shared as (
    select c.*, y.year_before, c.plays / y.plays as share
    from counted c
    join of_year y on y.year = c.year
)
select
    c.year,
    c.value,
    c.plays,
    round(c.hours, 1) as hours,
    round(c.share, 4) as share,
    if(c.year_before is null, null, round(c.share - coalesce(b.share, 0), 4)) as change,
from shared c
left join shared b on b.year = c.year_before and b.value is not distinct from c.value
order by c.year, c.plays desc, c.value

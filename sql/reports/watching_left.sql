-- What:       how long it takes to watch what is left.
-- Result:     value (null: not known), items (films and episodes not yet seen to their end), hours (of them; of what
--             was begun, the rest), unknown (of the items, how many have no known runtime and add no hours),
--             hours_a_day (watched on average in the days before, of whatever kind and library), days (the hours at
--             that pace; null: nothing was watched), years; the most hours first. An item counts for each of its
--             genres. Items whose files are gone are left out.
with parameter as (
    select
        'type'::varchar as by, -- one of type, genre, decade, library: what makes a row
        0.9::double as finished, -- the share of it from which on it counts as seen to its end
        90::bigint as days, -- the pace is that of the last so many days
        null::varchar as person, -- not seen by this one, at their pace; null: by anybody, of all together
        null::varchar as library, -- only of this one; null: of all
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
event as (
    select
        h.media_item_id,
        h.event_type,
        cast(h.occurred_at as date) as day,
        least(greatest(coalesce(h.value, if(h.event_type = 'played', 1, 0)), 0), 1) as share,
    from parameter p, latest t, history_event h
    where h.event_type in ('played', 'paused')
        and (p.person is null or h.user_name = p.person)
        and cast(h.occurred_at as date) <= t.day
),
span as (
    select max(t.day) as day, least(max(p.days), max(t.day) - min(e.day) + 1) as days
    from parameter p, latest t, event e
    where e.event_type = 'played'
),
pace as (
    select sum(i.runtime_minutes * e.share) / 60 / nullif(max(s.days), 0) as hours_a_day
    from span s, event e
    join media_item i on i.id = e.media_item_id
    where e.event_type = 'played' and s.day - e.day < s.days
),
furthest as (
    select media_item_id, max(share) as share
    from event group by media_item_id
),
unseen as (
    select
        i.media_type,
        l.name as library,
        if(len(i.genres) > 0, i.genres, g.genres) as genres,
        coalesce(g.year, i.year) // 10 * 10 as decade,
        i.runtime_minutes * (1 - coalesce(f.share, 0)) / 60 as hours,
    from parameter p, media_item i
    join library l on l.id = i.library_id
    left join media_item s on s.id = i.parent_id and s.media_type = 'season'
    left join media_item g on g.id = coalesce(s.parent_id, i.parent_id) and g.media_type = 'show'
    left join furthest f on f.media_item_id = i.id
    where i.media_type in ('movie', 'episode')
        and i.is_missing is not true
        and coalesce(f.share, 0) < p.finished
        and (p.library is null or l.name = p.library)
),
alike as (
    select
        media_type,
        library,
        genres,
        decade,
        count(*) as items,
        sum(hours) as hours,
        count(*) - count(hours) as unknown,
    from unseen group by all
),
valued as (
    select
        unnest(case
            when p.by = 'type' then [a.media_type]
            when p.by = 'library' then [a.library]
            when p.by = 'decade' then [cast(a.decade as varchar) || 's']
            when len(a.genres) > 0 then list_distinct(a.genres)
            else [null]
        end) as value,
        a.items,
        a.hours,
        a.unknown,
    from parameter p, alike a
),
counted as (
    select
        value,
        cast(sum(items) as bigint) as items,
        coalesce(sum(hours), 0) as hours,
        cast(sum(unknown) as bigint) as unknown,
    from valued group by value
)
select
    c.value,
    c.items,
    round(c.hours, 1) as hours,
    c.unknown,
    round(p.hours_a_day, 2) as hours_a_day,
    round(c.hours / nullif(p.hours_a_day, 0), 1) as days,
    round(c.hours / nullif(p.hours_a_day, 0) / 365.25, 2) as years,
from pace p, counted c
order by c.hours desc, c.items desc, c.value

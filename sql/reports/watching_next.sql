-- What:       which shows somebody left in the middle, and which episode comes next.
-- Result:     item (the episode to see next), media_item_id (that episode), show, show_id, library, person, episodes
--             (that are held), seen (of them, to the end), hours_left (of the rest, where the runtime is known),
--             last_on, days_ago (from then to the latest day in the library); the latest first. Next is the first
--             after the furthest one seen, else the first one skipped; specials and episodes whose files are gone are
--             left out.
with parameter as (
    select
        0.9::double as finished, -- the share of it from which on it counts as seen to its end
        30::bigint as idle_days, -- a show is left when nothing of it was watched for so many days
        null::varchar as person, -- only of this one, as in the history; null: of all
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
seen as (
    select
        h.user_name as person,
        h.media_item_id,
        max(h.occurred_at) as last_at,
    from parameter p, latest t, history_event h
    where h.event_type = 'played'
        and coalesce(h.value, 1) >= p.finished
        and (p.person is null or h.user_name = p.person)
        and cast(h.occurred_at as date) <= t.day
    group by h.user_name, h.media_item_id
),
episode as (
    select
        i.id,
        coalesce(s.parent_id, i.parent_id) as show_id,
        i.runtime_minutes,
        row_number() over (
            partition by coalesce(s.parent_id, i.parent_id)
            order by i.season_number nulls last, i.episode_number nulls last, i.premiered_on nulls last, i.id
        ) as place,
    from parameter p, media_item i
    join library l on l.id = i.library_id
    left join media_item s on s.id = i.parent_id and s.media_type = 'season'
    where i.media_type = 'episode'
        and i.parent_id is not null
        and coalesce(i.season_number, 1) > 0
        and i.is_missing is not true
        and (p.library is null or l.name = p.library)
),
held as (
    select show_id, count(*) as episodes, coalesce(sum(runtime_minutes), 0) as minutes
    from episode group by show_id
),
numbered as (
    select
        v.person,
        e.show_id,
        e.place,
        e.runtime_minutes,
        v.last_at,
        row_number() over (partition by v.person, e.show_id order by e.place) as turn,
    from seen v
    join episode e on e.id = v.media_item_id
),
begun as (
    select
        person,
        show_id,
        count(*) as seen,
        max(place) as furthest,
        coalesce(min(turn) filter (place > turn), count(*) + 1) as first_skipped,
        coalesce(sum(runtime_minutes), 0) as minutes,
        max(last_at) as last_at,
    from numbered group by person, show_id
),
left_off as (
    select
        b.*,
        h.episodes,
        (h.minutes - b.minutes) / 60 as hours_left,
        if(b.furthest < h.episodes, b.furthest + 1, b.first_skipped) as next_place,
    from begun b
    join held h on h.show_id = b.show_id
    where b.seen < h.episodes
)
select
    item_label(i.title, i.show_title, i.season_number, i.episode_number) as item,
    i.id as media_item_id,
    i.show_title as show,
    o.show_id,
    l.name as library,
    o.person,
    o.episodes,
    o.seen,
    round(o.hours_left, 1) as hours_left,
    cast(o.last_at as date) as last_on,
    t.day - cast(o.last_at as date) as days_ago,
from parameter p, latest t, left_off o
join episode e on e.show_id = o.show_id and e.place = o.next_place
join media_item i on i.id = e.id
join library l on l.id = i.library_id
where t.day - cast(o.last_at as date) >= p.idle_days
order by o.last_at desc, i.show_title, i.id, o.person

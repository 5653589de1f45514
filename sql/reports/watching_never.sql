-- What:       what was never watched, is old and large: what one might let go of. Nothing is deleted.
-- Result:     item, media_item_id, media_type, library, added_on (of a show when its last episode came),
--             days_since_added, plays, watched_on (the last time; null: never), days_since_watched (null: never),
--             rating (0 to 10; null: not known), files, size_bytes (of main files that are there), freed_bytes (by
--             all rows down to this one); the largest first. Days are counted to the latest day in the library.
with parameter as (
    select
        'title'::varchar as by, -- one of title, file: films and whole shows, or what each file holds
        365::bigint as added_days, -- only what came at least so many days ago
        1000000000::bigint as least_bytes, -- only what takes at least so many bytes
        null::double as most_rating, -- only what is rated so, 0 to 10, less or not at all; null: all
        null::bigint as watched_days, -- also what was last watched so many days ago; null: only never
        null::varchar as person, -- never watched by this one; null: by anybody
        null::varchar as library, -- only of this one; null: of all
        null::date as on, -- the last day that counts; null: that of the latest event in the library
        1000::bigint as most, -- how many rows at most
),
latest as (
    select
        coalesce(
            p.on,
            cast(greatest((select max(occurred_at) from history_event), (select max(added_at) from media_item)) as date)
        ) as day,
    from parameter p
),
watched as (
    select h.media_item_id, count(*) as plays, max(h.occurred_at) as watched_at
    from parameter p, latest t, history_event h
    where h.event_type = 'played'
        and (p.person is null or h.user_name = p.person)
        and cast(h.occurred_at as date) <= t.day
    group by h.media_item_id
),
stored as (
    select media_item_id, count(*) as files, sum(size_bytes) as size_bytes
    from media_file
    where file_role = 'main' and missing_since is null
    group by media_item_id
),
unit as (
    select
        if(p.by = 'title', coalesce(s.parent_id, i.parent_id, i.id), coalesce(i.shared_file_item_id, i.id)) as id,
        max(i.added_at) as added_at,
        coalesce(sum(w.plays), 0) as plays,
        max(w.watched_at) as watched_at,
        sum(f.files) as files,
        coalesce(sum(f.size_bytes), 0) as size_bytes,
    from parameter p, media_item i
    join library l on l.id = i.library_id
    left join media_item s on s.id = i.parent_id and s.media_type = 'season'
    left join watched w on w.media_item_id = i.id
    left join stored f on f.media_item_id = i.id
    where i.media_type in ('movie', 'episode') and (p.library is null or l.name = p.library)
    group by 1
),
candidate as (
    select u.*, row_number() over (order by u.size_bytes desc, u.id) as place
    from parameter p, latest t, unit u
    join media_item i on i.id = u.id
    where u.files > 0
        and u.size_bytes >= p.least_bytes
        and t.day - cast(u.added_at as date) >= p.added_days
        and (u.watched_at is null or t.day - cast(u.watched_at as date) >= p.watched_days)
        and (p.most_rating is null or i.rating is null or i.rating <= p.most_rating)
),
largest as (
    select c.*, sum(c.size_bytes) over (order by c.place) as freed_bytes
    from parameter p, candidate c
    where c.place <= p.most
)
select
    item_label(i.title, i.show_title, i.season_number, i.episode_number) as item,
    c.id as media_item_id,
    i.media_type,
    l.name as library,
    cast(c.added_at as date) as added_on,
    t.day - cast(c.added_at as date) as days_since_added,
    cast(c.plays as bigint) as plays,
    cast(c.watched_at as date) as watched_on,
    t.day - cast(c.watched_at as date) as days_since_watched,
    i.rating,
    cast(c.files as bigint) as files,
    cast(c.size_bytes as bigint) as size_bytes,
    cast(c.freed_bytes as bigint) as freed_bytes,
from latest t, largest c
join media_item i on i.id = c.id
join library l on l.id = i.library_id
order by c.place

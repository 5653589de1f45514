-- What:       who made most of what is held: directors, actors and writers, by the titles they worked on.
-- Result:     role, person_id, name, titles (films and shows; what is in two libraries counts in each), films, shows,
--             episodes (of these shows: those that name them, themselves or by their season, or all when the show does),
--             rating (mean of the titles' community ratings, 0 to 10), hours (of these films and episodes), first_year,
--             last_year, name_only (known by name only: may be several people); of each role the most titles first.
with parameter as (
    select
        'all'::varchar as role, -- one of all, director, actor, writer, creator, guest_star, producer, composer: all are directors, actors and writers
        20::bigint as top, -- how many people of each role
        null::varchar as library, -- only of this one; null: of all
),
role as (
    select unnest(if(role = 'all', ['director', 'actor', 'writer'], [role])) as role from parameter
),
item as (
    select
        i.id,
        coalesce(season.parent_id, i.parent_id, i.id) as title_id,
        season.id as season_id,
        i.media_type,
        i.year,
        i.rating,
        i.runtime_minutes,
    from parameter p, media_item i
    left join media_item season on season.id = i.parent_id and season.media_type = 'season'
    where not i.is_missing and (p.library is null or i.library_id = (select id from library where name = p.library))
),
busy as (
    select c.role, c.person_id, count(*) as credits from credit c where c.role in (from role) group by c.role, c.person_id
),
guess as (
    select b.role, unnest(arg_max(b.person_id, b.credits, least(2 * p.top + 1, 999999))) as person_id from busy b, parameter p group by b.role
),
guessed as (
    select g.role, g.person_id, count(distinct i.title_id) as titles
    from guess g
    join credit c on c.person_id = g.person_id and c.role = g.role
    join item i on i.id = c.media_item_id
    group by g.role, g.person_id
),
least as (
    select g.role, if(count(*) < any_value(p.top), 0, list_min(max(g.titles, least(greatest(p.top, 1), 999999)))) as titles
    from guessed g, parameter p
    group by g.role
),
-- nobody has more titles than credits: only who has as many credits as the last of a guess has titles needs counting
candidate as (
    select b.role, b.person_id from busy b left join least on least.role = b.role where b.credits >= coalesce(least.titles, 0)
),
represented as (
    select w.role, w.person_id, count(distinct i.title_id) as titles
    from candidate w
    join credit c on c.person_id = w.person_id and c.role = w.role
    join item i on i.id = c.media_item_id
    group by w.role, w.person_id
),
foremost as (
    select r.*
    from parameter p, represented r
    qualify row_number() over (partition by r.role order by r.titles desc, r.person_id) <= p.top
),
named as (
    select f.role, f.person_id, c.media_item_id
    from foremost f
    join credit c on c.person_id = f.person_id and c.role = f.role
),
credited as (
    select n.role, n.person_id, i.title_id, i.id as media_item_id, i.media_type, i.year, i.runtime_minutes
    from named n
    join item i on i.id = n.media_item_id
    union
    -- whom a season names, its episodes name
    select n.role, n.person_id, i.title_id, i.id, i.media_type, i.year, i.runtime_minutes
    from named n
    join item i on i.season_id = n.media_item_id
),
series as (
    select title_id, count(*) as episodes, sum(runtime_minutes) as minutes
    from item
    where media_type = 'episode' and title_id in (select title_id from credited)
    group by title_id
),
work as (
    select
        c.role,
        c.person_id,
        c.title_id,
        bool_or(c.media_type = 'movie') as is_film,
        bool_or(c.media_type = 'show') as is_whole,
        count(*) filter (c.media_type = 'episode') as episodes,
        sum(c.runtime_minutes) filter (c.media_type in ('movie', 'episode')) as minutes,
        min(c.year) as first_year,
        max(c.year) as last_year,
    from credited c
    group by c.role, c.person_id, c.title_id
)
select
    f.role,
    f.person_id,
    who.name,
    f.titles,
    count(*) filter (w.is_film) as films,
    count(*) filter (not w.is_film) as shows,
    cast(coalesce(sum(if(w.is_whole, s.episodes, w.episodes)), 0) as bigint) as episodes,
    round(avg(cast(t.rating as decimal(6, 3))), 2) as rating,
    round(coalesce(sum(if(w.is_whole, s.minutes, w.minutes)), 0) / 60, 1) as hours,
    min(w.first_year) as first_year,
    max(w.last_year) as last_year,
    who.matched_by = 'name' as name_only,
from foremost f
join work w on w.role = f.role and w.person_id = f.person_id
join person who on who.id = f.person_id
left join series s on s.title_id = w.title_id
left join item t on t.id = w.title_id
group by f.role, f.person_id, who.name, f.titles, who.matched_by
order by list_position(['director', 'actor', 'writer'], f.role), f.titles desc, f.person_id

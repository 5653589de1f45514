-- What:       who works with whom most often, and on what, among the people who made most of what is held.
-- Result:     person_id, name, does (roles on these titles), other_id, other, other_does, together (titles, films and shows,
--             that both worked on), share (of the titles of the one of them that has fewer, 0 to 1), first_year, last_year,
--             examples (three of the titles, best rated first), media_item_ids (all of them); most together first.
with parameter as (
    select
        1000::bigint as among, -- how many people are looked at: those with most titles
        2::bigint as at_least, -- pairs with so many titles together
        25::bigint as top, -- how many pairs
        null::varchar as library, -- only of this one; null: of all
),
item as (
    select
        i.id,
        coalesce(season.parent_id, i.parent_id, i.id) as title_id,
        i.year,
    from parameter p, media_item i
    left join media_item season on season.id = i.parent_id and season.media_type = 'season'
    where not i.is_missing and (p.library is null or i.library_id = (select id from library where name = p.library))
),
busy as (
    select c.person_id, count(*) as credits from credit c  group by c.person_id
),
guess as (
    select unnest(arg_max(b.person_id, b.credits, least(2 * p.among + 1, 999999))) as person_id from busy b, parameter p
),
guessed as (
    select c.person_id, count(distinct i.title_id) as titles
    from credit c
    join item i on i.id = c.media_item_id
    where c.person_id in (from guess)
    group by c.person_id
),
-- nobody has more titles than credits: only who has as many credits as the last of a guess has titles needs counting
candidate as (
    select person_id
    from busy
    where credits >= (
        select coalesce(if(count(*) < any_value(p.among), 0, list_min(max(g.titles, least(greatest(p.among, 1), 999999)))), 0)
        from guessed g, parameter p
    )
),
foremost as (
    select c.person_id, count(distinct i.title_id) as titles
    from credit c
    join item i on i.id = c.media_item_id
    where c.person_id in (from candidate)
    group by c.person_id
    order by titles desc, c.person_id
    limit (select among from parameter)
),
work as (
    select distinct f.person_id, f.titles, i.title_id, i.id as media_item_id, i.year
    from foremost f
    join credit c on c.person_id = f.person_id
    join item i on i.id = c.media_item_id
),
met as (
    select
        a.person_id,
        b.person_id as other_id,
        least(a.titles, b.titles) as fewer,
        a.title_id,
        a.media_item_id,
        b.media_item_id as other_item_id,
        greatest(a.year, b.year) as year,
    from work a
    join work b on b.title_id = a.title_id and b.person_id > a.person_id
    -- of a show: on the same episode, or one of them is named by the show as a whole
    where a.media_item_id = b.media_item_id or a.title_id in (a.media_item_id, b.media_item_id)
),
pair as (
    select person_id, other_id, fewer, count(distinct title_id) as together
    from met
    group by person_id, other_id, fewer
    having together >= (select at_least from parameter)
    order by together desc, person_id, other_id
    limit (select top from parameter)
),
shared as (
    select m.*
    from pair n
    join met m on m.person_id = n.person_id and m.other_id = n.other_id
),
part as (
    select person_id, other_id, person_id as who_id, media_item_id from shared
    union
    select person_id, other_id, other_id, other_item_id from shared
),
does as (
    select s.person_id, s.other_id, s.who_id, string_agg(distinct c.role, ', ' order by c.role) as roles
    from part s
    join credit c on c.person_id = s.who_id and c.media_item_id = s.media_item_id
    group by s.person_id, s.other_id, s.who_id
),
title as (
    select person_id, other_id, title_id, min(year) as first_year, max(year) as last_year
    from shared
    group by person_id, other_id, title_id
),
told as (
    select
        s.person_id,
        s.other_id,
        min(s.first_year) as first_year,
        max(s.last_year) as last_year,
        list(t.title order by t.rating desc nulls last, t.id) as titles,
        list(t.id order by t.rating desc nulls last, t.id) as media_item_ids,
    from title s
    join media_item t on t.id = s.title_id
    group by s.person_id, s.other_id
)
select
    n.person_id,
    who.name,
    one.roles as does,
    n.other_id,
    other.name as other,
    two.roles as other_does,
    n.together,
    round(n.together / n.fewer, 4) as share,
    t.first_year,
    t.last_year,
    array_to_string(t.titles[:3], ' · ') as examples,
    t.media_item_ids,
from pair n
join told t on t.person_id = n.person_id and t.other_id = n.other_id
join does one on one.person_id = n.person_id and one.other_id = n.other_id and one.who_id = n.person_id
join does two on two.person_id = n.person_id and two.other_id = n.other_id and two.who_id = n.other_id
join person who on who.id = n.person_id
join person other on other.id = n.other_id
order by n.together desc, n.person_id, n.other_id

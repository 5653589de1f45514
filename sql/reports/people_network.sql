-- What:       who works with whom among the people who made most of what is held, as a network.
-- Result:     person_id, name, titles (films and shows, in these roles), other_id, other, other_titles, together (titles that
--             both worked on); each pair once, person_id the smaller; most together first.
with parameter as (
    select
        'all'::varchar as role, -- one of all, director, actor, writer, creator, guest_star, producer, composer: all are directors, actors and writers
        40::bigint as top, -- among how many people
        2::bigint as at_least, -- pairs with so many titles together
        null::varchar as library, -- only of this one; null: of all
),
role as (
    select unnest(if(role = 'all', ['director', 'actor', 'writer'], [role])) as role from parameter
),
item as (
    select
        i.id,
        coalesce(season.parent_id, i.parent_id, i.id) as title_id,
    from parameter p, media_item i
    left join media_item season on season.id = i.parent_id and season.media_type = 'season'
    where not i.is_missing and (p.library is null or i.library_id = (select id from library where name = p.library))
),
busy as (
    select c.person_id, count(*) as credits from credit c where c.role in (from role) group by c.person_id
),
guess as (
    select unnest(arg_max(b.person_id, b.credits, least(2 * p.top + 1, 999999))) as person_id from busy b, parameter p
),
guessed as (
    select c.person_id, count(distinct i.title_id) as titles
    from credit c
    join item i on i.id = c.media_item_id
    where c.role in (from role) and c.person_id in (from guess)
    group by c.person_id
),
-- nobody has more titles than credits: only who has as many credits as the last of a guess has titles needs counting
candidate as (
    select person_id
    from busy
    where credits >= (
        select coalesce(if(count(*) < any_value(p.top), 0, list_min(max(g.titles, least(greatest(p.top, 1), 999999)))), 0)
        from guessed g, parameter p
    )
),
foremost as (
    select c.person_id, count(distinct i.title_id) as titles
    from credit c
    join item i on i.id = c.media_item_id
    where c.role in (from role) and c.person_id in (from candidate)
    group by c.person_id
    order by titles desc, c.person_id
    limit (select top from parameter)
),
work as (
    select distinct f.person_id, f.titles, i.title_id, i.id as media_item_id
    from foremost f
    join credit c on c.person_id = f.person_id
    join item i on i.id = c.media_item_id
    where c.role in (from role)
),
pair as (
    select
        a.person_id,
        a.titles,
        b.person_id as other_id,
        b.titles as other_titles,
        count(distinct a.title_id) as together,
    from work a
    join work b on b.title_id = a.title_id and b.person_id > a.person_id
    -- of a show: on the same episode, or one of them is named by the show as a whole
    where a.media_item_id = b.media_item_id or a.title_id in (a.media_item_id, b.media_item_id)
    group by a.person_id, a.titles, b.person_id, b.titles
)
select
    n.person_id,
    who.name,
    n.titles,
    n.other_id,
    other.name as other,
    n.other_titles,
    n.together,
from parameter p, pair n
join person who on who.id = n.person_id
join person other on other.id = n.other_id
where n.together >= p.at_least
order by n.together desc, n.person_id, n.other_id

-- What:       when the people who made most of what is held made it: their titles by decade or year.
-- Result:     person_id, name, period (the first year of it), titles (films and shows; a show counts in each period whose
--             episodes name the person), rating (mean of the titles' community ratings, 0 to 10), first_year and last_year
--             (of the whole career here); by when careers begin, then by period. Titles without a year are left out.
with parameter as (
    select
        'director'::varchar as role, -- one of director, actor, writer, creator, guest_star, producer, composer
        12::bigint as top, -- of how many people
        'decade'::varchar as step, -- one of decade, year
        null::varchar as library, -- only of this one; null: of all
),
item as (
    select
        i.id,
        coalesce(season.parent_id, i.parent_id, i.id) as title_id,
        i.year,
        i.rating,
    from parameter p, media_item i
    left join media_item season on season.id = i.parent_id and season.media_type = 'season'
    where not i.is_missing and (p.library is null or i.library_id = (select id from library where name = p.library))
),
foremost as (
    select c.person_id
    from parameter p, credit c
    join item i on i.id = c.media_item_id
    where c.role = p.role
    group by c.person_id
    order by count(distinct i.title_id) desc, c.person_id
    limit (select top from parameter)
),
work as (
    select distinct
        c.person_id,
        i.title_id,
        i.year,
        if(p.step = 'year', i.year, i.year // 10 * 10) as period,
    from parameter p, foremost f
    join credit c on c.person_id = f.person_id
    join item i on i.id = c.media_item_id
    where c.role = p.role and i.year is not null
),
career as (
    select person_id, min(year) as first_year, max(year) as last_year from work group by person_id
),
counted as (
    select w.person_id, w.period, count(*) as titles, avg(cast(t.rating as decimal(6, 3))) as rating
    from (select distinct person_id, title_id, period from work) w
    join item t on t.id = w.title_id
    group by w.person_id, w.period
)
select
    n.person_id,
    who.name,
    n.period,
    n.titles,
    round(n.rating, 2) as rating,
    c.first_year,
    c.last_year,
from counted n
join career c on c.person_id = n.person_id
join person who on who.id = n.person_id
order by c.first_year, c.last_year, n.person_id, n.period

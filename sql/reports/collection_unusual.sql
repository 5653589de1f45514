-- What:       what stands apart from the rest of the collection, and why.
-- Result:     media_item_id, item, media_type, year, reason (country, language, decade, genre: the only title of it;
--             runtime, rating, taste: far from its like), of (what it is the only one of, or what it was compared with;
--             codes of countries and languages), why (in words), strength; the strongest first.
--             Strength is how far out, in steps of 1.4826 times the median distance from the median (of ratings by genre,
--             of runtimes by type, of own less community rating; where that is 0, of 1.2533 times the mean distance); of
--             the only title of something, how far the logarithm of its 1 title is below those of the others.
with parameter as (
    select
        2.5::double as from_strength, -- only what is so far out
        10::bigint as at_least, -- titles something must have to be compared with
        5::bigint as each, -- how many of each reason, above and below the middle
        null::varchar as library, -- only of this one; null: of all
),
title as (
    select i.id, i.title, i.media_type, i.year, i.runtime_minutes, i.rating, i.user_rating,
        i.original_language, list_distinct(i.genres) as genres, list_distinct(i.countries) as countries
    from parameter p, media_item i
    where i.media_type in ('movie', 'show') and not i.is_missing
        and (p.library is null or i.library_id = (select id from library where name = p.library))
),
labelled as (
    select 'country' as reason, of, count(*) as titles, min(id) as id
    from (select unnest(countries) as of, id from title)
    group by of
    union all
    select 'language', original_language, count(*), min(id)
    from title
    where original_language is not null
    group by original_language
    union all
    select 'decade', cast(decade as varchar) || 's', count(*), min(id)
    from (select year // 10 * 10 as decade, id from title where year is not null)
    group by decade
    union all
    select 'genre', of, count(*), min(id)
    from (select unnest(genres) as of, id from title)
    group by of
),
measured as (
    select 'runtime' as reason, media_type as of, id, cast(runtime_minutes as double) as value
    from title
    where runtime_minutes > 0
    union all
    select 'rating', unnest(genres), id, rating from title where rating is not null
    union all
    select 'taste', 'all', id, round(user_rating - rating, 3) from title where user_rating is not null and rating is not null
    union all
    -- a label is compared with the others of its kind
    select reason || ' label', 'all', id, ln(titles) from labelled
),
middle as (
    select reason, of, median(value) as usual from measured group by reason, of
),
distance as (
    select m.reason, m.of, c.usual, abs(m.value - c.usual) as apart
    from measured m
    join middle c on c.reason = m.reason and c.of = m.of
),
spread as (
    select
        reason,
        of,
        any_value(usual) as usual,
        count(*) as titles,
        coalesce(nullif(1.4826 * median(apart), 0), nullif(1.2533 * avg(apart), 0)) as step,
    from distance
    group by reason, of
),
far as (
    select m.reason, m.of, m.id, m.value, s.usual, abs(m.value - s.usual) / s.step as strength
    from parameter p, measured m
    join spread s on s.reason = m.reason and s.of = m.of
    where m.reason in ('runtime', 'rating', 'taste') and s.titles >= p.at_least
),
apart as (
    -- of several genres, the one it is least far from: it has to be far from all
    select f.reason, f.id, arg_min(struct_pack(of, value, usual), (strength, of)) as least, min(f.strength) as strength
    from far f
    where (f.reason, f.id) in (select (far.reason, far.id) from far, parameter p where far.strength >= p.from_strength)
    group by f.reason, f.id
),
told as (
    select
        reason,
        id,
        least.of as of,
        case reason
            when 'runtime' then concat(
                cast(least.value as bigint), ' min, where ', if(least.of = 'movie', 'films', 'episodes of shows'), ' have ',
                cast(round(least.usual) as bigint), ' in the middle'
            )
            when 'rating' then concat(
                'rated ', round(least.value, 1), ', where ', least.of, ' has ', round(least.usual, 1), ' in the middle'
            )
            else concat(
                'rated ', round(abs(least.value), 1), if(least.value < 0, ' lower', ' higher'),
                ' than the community does; ', round(abs(least.usual), 1), if(least.usual < 0, ' lower', ' higher'),
                ' is the rule'
            )
        end as why,
        least.value > least.usual as is_above,
        strength,
    from apart
    union all
    select
        l.reason,
        l.id,
        l.of,
        case l.reason
            when 'country' then 'the only title from '
            when 'language' then 'the only title in '
            when 'decade' then 'the only title of the '
            else 'the only title of the genre '
        end || l.of,
        false,
        (s.usual - ln(l.titles)) / s.step,
    from labelled l
    join spread s on s.reason = l.reason || ' label'
    where l.titles = 1
),
ranked as (
    select t.*, row_number() over (partition by t.reason, t.is_above order by t.strength desc, t.id) as place
    from told t, parameter p
    where t.strength >= p.from_strength or (t.reason in ('country', 'language', 'decade', 'genre') and t.strength > 0)
)
select
    r.id as media_item_id,
    t.title as item,
    t.media_type,
    t.year,
    r.reason,
    r.of,
    r.why,
    round(r.strength, 1) as strength,
from parameter p, ranked r
join title t on t.id = r.id
where r.place <= p.each
order by r.strength desc, item, r.id, r.reason

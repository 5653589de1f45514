-- What:       which genres, countries, languages and decades come together more often, or less, than by chance.
-- Result:     property, value, name, other_property, other_value, other_name (names in words, given by Python: Belgium for
--             BE), titles (films and shows that have both), expected (how many would by chance: those with the one times
--             those with the other, by all titles of which both are known), lift (titles by expected: 1 is chance, 2 is twice
--             as often); of a property with itself each pair once; the highest lift first.
with parameter as (
    select
        'genre'::varchar as one, -- one of genre, country, language, decade: a property
        'genre'::varchar as other, -- one of genre, country, language, decade: another, or the same
        12::bigint as top, -- only the values of each that most titles have
        0::bigint as at_least, -- only pairs that so many titles have; 0: also those that never come together
        null::varchar as library, -- only of this one; null: of all
),
title as (
    select
        i.id,
        list_distinct(i.genres) as genre,
        list_distinct(i.countries) as country,
        if(i.original_language is null, [], [i.original_language]) as language,
        if(i.year is null, [], [cast(i.year // 10 * 10 as varchar) || 's']) as decade,
    from parameter p, media_item i
    where i.media_type in ('movie', 'show') and not i.is_missing
        and (p.library is null or i.library_id = (select id from library where name = p.library))
),
paired as (
    select
        t.id,
        case p.one when 'genre' then genre when 'country' then country when 'language' then language else decade end as ones,
        case p.other when 'genre' then genre when 'country' then country when 'language' then language else decade end
            as others,
    from parameter p, title t
),
known as (
    select id, ones, others from paired where len(ones) > 0 and len(others) > 0
),
one as (
    select value, count(*) as titles
    from (select unnest(ones) as value from known)
    group by value
    order by titles desc, value
    limit (select top from parameter)
),
other as (
    select value, count(*) as titles
    from (select unnest(others) as value from known)
    group by value
    order by titles desc, value
    limit (select top from parameter)
),
crossed as (
    select value, other_value, count(*) as titles
    from (select value, unnest(others) as other_value from (select unnest(ones) as value, others from known))
    group by value, other_value
)
select
    p.one as property,
    one.value,
    one.value as name,
    p.other as other_property,
    other.value as other_value,
    other.value as other_name,
    coalesce(c.titles, 0) as titles,
    round(one.titles * other.titles / (select count(*) from known), 1) as expected,
    round(coalesce(c.titles, 0) * (select count(*) from known) / (one.titles * other.titles), 2) as lift,
from parameter p, one, other
left join crossed c on c.value = one.value and c.other_value = other.value
where coalesce(c.titles, 0) >= p.at_least and (p.one <> p.other or one.value < other.value)
order by lift desc, titles desc, one.value, other.value

-- What:       what the collection is made of: its films and shows by one property.
-- Result:     library (asked for; null: all), property (what was asked by), value (null: not known; 1990s; codes of
--             countries and languages), name (in words, given by Python: Belgium for BE; else as value), titles (what is
--             in two libraries counts in each), share (of all titles, 0 to 1; a title may have several countries, genres,
--             studios and tags, so that these add up to more than 1), rating (mean of the community's, 0 to 10),
--             user_rating (mean of one's own), hours (of films, and of the episodes of shows); decades, ratings and
--             runtimes in their order, else the most titles first; what is not known comes last.
with parameter as (
    select
        'decade'::varchar as by, -- one of decade, country, language, genre, rating, user_rating, runtime, content_rating, studio, tag, type, library: what makes a row
        null::varchar as library, -- only of this one; null: of all
),
title as (
    select i.*, l.name as library
    from parameter p, media_item i
    join library l on l.id = i.library_id
    where i.media_type in ('movie', 'show') and not i.is_missing and (p.library is null or l.name = p.library)
),
series as (
    select coalesce(season.parent_id, e.parent_id) as id, sum(e.runtime_minutes) as minutes
    from media_item e
    left join media_item season on season.id = e.parent_id and season.media_type = 'season'
    where e.media_type = 'episode' and not e.is_missing
    group by all
),
grouped as (
    select
        t.id,
        t.rating,
        t.user_rating,
        if(t.media_type = 'movie', t.runtime_minutes, s.minutes) as minutes,
        case p.by
            when 'decade' then [cast(t.year // 10 * 10 as varchar) || 's']
            when 'country' then list_distinct(t.countries)
            when 'language' then [t.original_language]
            when 'genre' then list_distinct(t.genres)
            when 'rating' then [cast(cast(floor(t.rating) as integer) as varchar)]
            when 'user_rating' then [cast(cast(floor(t.user_rating) as integer) as varchar)]
            when 'runtime' then [case
                when t.runtime_minutes >= 180 then '180 min and more'
                else (t.runtime_minutes // 30 * 30) || '–' || (t.runtime_minutes // 30 * 30 + 29) || ' min'
            end]
            when 'content_rating' then [t.content_rating]
            when 'studio' then list_distinct(t.studios)
            when 'tag' then list_distinct(t.tags)
            when 'type' then [t.media_type]
            when 'library' then [t.library]
        end as all_values,
    from parameter p, title t
    left join series s on s.id = t.id
),
valued as (
    select unnest(if(coalesce(len(all_values), 0) = 0, [null], all_values)) as value, rating, user_rating, minutes
    from grouped
),
counted as (
    select
        value,
        count(*) as titles,
        avg(cast(rating as decimal(6, 3))) as rating,
        avg(cast(user_rating as decimal(6, 3))) as user_rating,
        coalesce(sum(minutes), 0) / 60 as hours,
    from valued
    group by value
)
select
    p.library,
    p.by as property,
    c.value,
    c.value as name,
    c.titles,
    round(c.titles / (select count(*) from title), 6) as share,
    round(c.rating, 2) as rating,
    round(c.user_rating, 2) as user_rating,
    round(c.hours, 1) as hours,
from parameter p, counted c
order by
    c.value is null,
    if(p.by in ('decade', 'rating', 'user_rating', 'runtime'), try_cast(regexp_extract(c.value, '^\d+') as integer), null),
    c.titles desc,
    c.value

-- What:       how ratings are spread: those of the community against one's own.
-- Result:     stars (0 to 10: 7 is a rating of 7.0 to 7.9), community (films and shows that the community rates so),
--             community_share (of all it rates, 0 to 1), own (those one rates so oneself), own_share (of all one rates
--             oneself), community_of_own (how the community rates those that one rates oneself, a count), own_apart (mean
--             of own less community rating, over those one rates so oneself); every step from 0 to 10.
with parameter as (
    select
        null::varchar as genre, -- only of this one, as written; null: of all
        null::varchar as library, -- only of this one; null: of all
),
title as (
    select i.rating, i.user_rating
    from parameter p, media_item i
    where i.media_type in ('movie', 'show') and not i.is_missing
        and (p.library is null or i.library_id = (select id from library where name = p.library))
        and (p.genre is null or list_contains(i.genres, p.genre))
),
community as (
    select
        cast(floor(rating) as bigint) as stars,
        count(*) as titles,
        count(user_rating) as of_own,
    from title
    where rating is not null
    group by all
),
own as (
    select cast(floor(user_rating) as bigint) as stars, count(*) as titles, avg(cast(user_rating - rating as decimal(6, 3))) as apart
    from title
    where user_rating is not null
    group by all
),
step as (
    select unnest(range(11)) as stars
)
select
    s.stars,
    coalesce(c.titles, 0) as community,
    round(coalesce(c.titles, 0) / nullif(sum(c.titles) over (), 0), 4) as community_share,
    coalesce(o.titles, 0) as own,
    round(coalesce(o.titles, 0) / nullif(sum(o.titles) over (), 0), 4) as own_share,
    coalesce(c.of_own, 0) as community_of_own,
    round(o.apart, 2) as own_apart,
from step s
left join community c on c.stars = s.stars
left join own o on o.stars = s.stars
order by s.stars

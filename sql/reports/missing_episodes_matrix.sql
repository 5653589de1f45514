-- What:       what is there and what is not of one show: a row an episode, to be seen as seasons by episodes.
-- Result:     library, show, season (0: specials; null: numbered across seasons, or not numbered), episode (its number in
--             the season, or across seasons; null: not numbered, or a whole season of which no episode is known), title and
--             premiered_on (null: not known), status (held, missing, file gone, unaired, special), media_item_id (of the
--             episode if the library has an entry for it, else of its show), item; by number.
with parameter as (
    select
        null::varchar as show, -- its title, in any case; null: the show that lacks most
        null::varchar as library, -- only of this one; null: of all
        false::boolean as specials, -- whether those of season 0 are among them
        null::date as on, -- the day by which an episode has aired; null: the latest in the library
),
asked as (
    select p.library, p.show, p.specials, coalesce(p.on, d.day) as day from parameter p, latest_day d
),
episode as (
    select
        k.*,
        s.title as show,
        l.name as library,
        episode_status(k.is_held, k.is_gone, k.aired_by, k.season_number, a.day) as status,
    from asked a, known_episode k
    join media_item s on s.id = k.show_id
    join library l on l.id = s.library_id
    where (a.specials or k.season_number is distinct from 0)
        and (a.library is null or l.name = a.library)
        and (a.show is null or lower(s.title) = lower(a.show))
),
chosen as (
    select show_id
    from episode
    group by show_id
    order by count_if(status in ('missing', 'file gone', 'special')) desc, count(*) desc, show_id
    limit 1
)
select
    e.library,
    e.show,
    e.season_number as season,
    coalesce(e.episode_number, if(e.season_number is null, e.absolute_number, null)) as episode,
    e.title,
    e.premiered_on,
    e.status,
    coalesce(e.media_item_id, e.show_id) as media_item_id,
    rtrim(case
        when e.episode_number is not null
        then item_label(coalesce(e.title, ''), e.show, e.season_number, e.episode_number)
        when e.absolute_number is not null then concat(e.show, ' – ', e.absolute_number, ' ', e.title)
        else concat(e.show, ' – ', coalesce(e.title, 'Season ' || e.season_number))
    end) as item,
from episode e
join chosen c on c.show_id = e.show_id
order by season nulls last, episode nulls last, title, media_item_id

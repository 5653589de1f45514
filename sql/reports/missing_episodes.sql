-- What:       which episodes of your shows are not there, or not there any more: a row each, by show.
-- Result:     library, show, season (0: specials; null: numbered across seasons), episode (null: a whole season of which no
--             episode is known, or not numbered), absolute_number (null: not known), title and premiered_on (null: not
--             known), status (missing: aired and not there; unaired; file gone: it was there once; special), known_from
--             (numbering: later numbers are there; provider: it is listed; record: the library has an entry without file),
--             source (whose list counts: the one that has most of your episodes, then the longest; null: no list),
--             media_item_id (of the episode if the library has an entry for it, else of its show), item; by show and number.
with parameter as (
    select
        null::varchar as library, -- only of this one; null: of all
        null::varchar as show, -- only shows with this title; null: all
        false::boolean as specials, -- whether those of season 0 count
        null::date as on, -- the day by which an episode has aired; null: the latest in the library
),
asked as (
    select p.library, p.show, p.specials, coalesce(p.on, d.day) as day from parameter p, latest_day d
),
lacking as (
    select
        l.name as library,
        s.title as show,
        s.id as show_id,
        k.*,
        episode_status(k.is_held, k.is_gone, k.aired_by, k.season_number, a.day) as status,
    from asked a, known_episode k
    join media_item s on s.id = k.show_id
    join library l on l.id = s.library_id
    where not k.is_held
        and (a.specials or k.season_number is distinct from 0)
        and (a.library is null or l.name = a.library)
        and (a.show is null or lower(s.title) = lower(a.show))
)
select
    n.library,
    n.show,
    n.season_number as season,
    n.episode_number as episode,
    n.absolute_number,
    n.title,
    n.premiered_on,
    n.status,
    concat_ws(
        ', ', if(n.is_counted, 'numbering', null), if(n.is_listed, 'provider', null), if(n.is_recorded, 'record', null)
    ) as known_from,
    n.source,
    coalesce(n.media_item_id, n.show_id) as media_item_id,
    rtrim(case
        when n.episode_number is not null
        then item_label(coalesce(n.title, ''), n.show, n.season_number, n.episode_number)
        when n.absolute_number is not null then concat(n.show, ' – ', n.absolute_number, ' ', n.title)
        else concat(n.show, ' – ', coalesce(n.title, 'Season ' || n.season_number))
    end) as item,
from lacking n
order by n.show, n.show_id, season nulls last, episode nulls last, n.absolute_number, n.title, media_item_id

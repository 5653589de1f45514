-- What:       how complete each show is: what is there of all that has aired, and by what that is judged.
-- Result:     library, show, series_status (null: not known), seasons (that it is known to have, without specials), held,
--             missing (aired and not there; a whole season of which no episode is known counts as one), file_gone, unaired,
--             listed (episodes that the provider lists; null: no list), share (held of held, missing and file_gone, 0 to 1;
--             null: nothing has aired), judged_by (numbering, the provider's name, both, or why it cannot be judged),
--             media_item_id (of the show), item; the least complete first, of those the one that lacks the most.
with parameter as (
    select
        null::varchar as library, -- only of this one; null: of all
        false::boolean as specials, -- whether those of season 0 count
        null::date as on, -- the day by which an episode has aired; null: the latest in the library
),
asked as (
    select p.library, p.specials, coalesce(p.on, d.day) as day from parameter p, latest_day d
),
episode as (
    select
        k.show_id,
        k.season_number,
        k.is_listed,
        k.source,
        k.episode_number is not null or k.absolute_number is not null as is_numbered,
        k.premiered_on is not null as is_dated,
        episode_status(k.is_held, k.is_gone, k.aired_by, k.season_number, a.day) as status,
    from asked a, known_episode k
    where a.specials or k.season_number is distinct from 0
),
counted as (
    select
        show_id,
        count(distinct season_number) filter (season_number > 0) as seasons,
        count_if(status = 'held') as held,
        count_if(status in ('missing', 'special')) as missing,
        count_if(status = 'file gone') as file_gone,
        count_if(status = 'unaired') as unaired,
        count_if(is_listed) as listed,
        max(source) as source,
        bool_or(is_numbered) as is_numbered,
        bool_or(is_dated) as is_dated,
    from episode
    group by show_id
)
select
    l.name as library,
    s.title as show,
    s.series_status,
    coalesce(c.seasons, 0) as seasons,
    cast(coalesce(c.held, 0) as bigint) as held,
    cast(coalesce(c.missing, 0) as bigint) as missing,
    cast(coalesce(c.file_gone, 0) as bigint) as file_gone,
    cast(coalesce(c.unaired, 0) as bigint) as unaired,
    if(c.source is null, null, cast(c.listed as bigint)) as listed,
    round(c.held / nullif(c.held + c.missing + c.file_gone, 0), 4) as share,
    case
        when c.show_id is null then 'nothing: it has no episodes'
        when c.source is not null then c.source || if(c.is_numbered, ' and numbering', '')
        when c.is_numbered then 'numbering'
        when c.is_dated then 'nothing: its episodes are known by their days'
        else 'nothing: its episodes have no numbers'
    end as judged_by,
    s.id as media_item_id,
    s.title as item,
from asked a, media_item s
join library l on l.id = s.library_id
left join counted c on c.show_id = s.id
where s.media_type = 'show' and (a.library is null or l.name = a.library)
order by share nulls last, missing + file_gone desc, item, media_item_id

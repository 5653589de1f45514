-- What: every episode that a show is known to have, whether the library has it or not, one row each.
-- Why:  what is missing cannot be selected; it has to be worked out, from numbers that leave one out and from what providers
--       list, by the same rules for every question about it.
-- How:  a place in its show names an episode: ten million for each season (after one for numbers across seasons), and its
--       number. What has no number gets that of the listed episode with its number across seasons, else of that of its day.

create view known_episode as
with episode as (
    select
        e.id,
        coalesce(p.parent_id, p.id) as show_id,
        cast(coalesce(e.season_number, p.season_number) as bigint) as season_number,
        cast(e.episode_number as bigint) as episode_number,
        e.absolute_number,
        e.title,
        e.premiered_on,
        e.is_missing as is_gone,
        -- a library imported from a table has no files: what it names is there
        coalesce(e.shared_file_item_id, e.id) in (
            select f.media_item_id from media_file f where f.file_role = 'main' and f.missing_since is null
        ) or e.library_id not in (select distinct f.library_id from media_file f) as is_held,
    from media_item e
    join media_item p on p.id = e.parent_id
    where e.media_type = 'episode'
),
agreement as (
    select
        l.media_item_id as show_id,
        l.source,
        count(e.show_id) as agreed,
        count(*) as listed,
    from listed_episode l
    left join (select distinct show_id, season_number, episode_number from episode) e
        on e.show_id = l.media_item_id and e.season_number = l.season_number and e.episode_number = l.episode_number
    group by all
),
chosen as (
    select show_id, first(source order by agreed desc, listed desc, source) as source from agreement group by all
),
listed_number as (
    select
        c.show_id,
        c.source,
        cast(l.season_number as bigint) as season_number,
        cast(l.episode_number as bigint) as episode_number,
        coalesce(l.absolute_number, case
            when l.season_number > 0 and l.episode_number is not null
                and max(l.absolute_number) over (partition by c.show_id) is null
            then row_number() over (
                partition by c.show_id, l.season_number > 0 and l.episode_number is not null
                order by l.season_number, l.episode_number)
        end) as absolute_number,
        l.title,
        l.premiered_on,
        row_number() over (partition by c.show_id order by l.premiered_on, l.title, l.external_id) as line,
    from chosen c
    join listed_episode l on l.media_item_id = c.show_id and l.source = c.source
),
listed as (
    select
        l.*,
        min(l.premiered_on) over (
            partition by l.show_id, l.season_number = 0 order by l.season_number, l.episode_number
            rows between 1 following and unbounded following) as next_on,
        case
            when l.season_number is not null and l.episode_number is not null
            then (l.season_number + 1) * 10_000_000 + l.episode_number
            when l.absolute_number is not null then l.absolute_number
            else (coalesce(l.season_number, -1) + 1) * 10_000_000 + 9_000_000 + l.line
        end as place,
    from listed_number l
    -- a special without number is there when one of its title or day is
    where l.episode_number is not null or l.absolute_number is not null or not exists (
        select 1 from episode e
        where e.show_id = l.show_id and e.season_number = 0
            and (lower(e.title) = lower(l.title) or e.premiered_on = l.premiered_on)
    )
),
place_of_absolute as (
    select show_id, absolute_number, min(place) as place from listed where absolute_number is not null group by all
),
place_of_day as (
    select show_id, premiered_on, min(place) as place from listed where premiered_on is not null group by all
),
placed as (
    select
        e.*,
        coalesce(
            case when e.season_number is not null and e.episode_number is not null
                then (e.season_number + 1) * 10_000_000 + e.episode_number end,
            a.place,
            case when e.absolute_number is null then d.place end,
            e.absolute_number,
            -e.id
        ) as place,
    from episode e
    left join place_of_absolute a
        on a.show_id = e.show_id and a.absolute_number = e.absolute_number and e.episode_number is null
    left join place_of_day d
        on d.show_id = e.show_id and d.premiered_on = e.premiered_on and e.episode_number is null
),
numbered as (
    select show_id, place // 10_000_000 - 1 as season_number, place % 10_000_000 as number,
    from placed
    where place >= 0 and place % 10_000_000 < 8_000_000
),
extent as (
    select
        show_id,
        season_number,
        min(number) as least,
        max(number) as most,
        count(distinct number) filter (number > 0) as numbers,
    from numbered
    group by all
),
beginning as (
    -- numbers of a season that go on where those of the seasons before ended do not begin at 1
    select
        show_id,
        season_number,
        most,
        numbers,
        case
            when season_number > 1 and least > 12 and least > max(most) over (
                partition by show_id, season_number > 0 order by season_number
                rows between unbounded preceding and 1 preceding)
            then least - 1
            else 0
        end as number,
    from extent
),
run as (
    select
        n.show_id,
        n.season_number,
        coalesce(lag(n.number) over (partition by n.show_id, n.season_number order by n.number), b.number) as before,
        n.number,
    from (select * from beginning where numbers < most - number) b
    join numbered n on n.show_id = b.show_id and n.season_number = b.season_number
),
gap as (
    -- more than a hundred in a row are another way of numbering, or a number that was misread
    select show_id, (season_number + 1) * 10_000_000 + unnest(range(before + 1, number)) as place,
    from run
    where number - before between 2 and 101
),
across as (
    select show_id, absolute_number, place from placed where absolute_number is not null and place >= 20_000_000
),
run_across as (
    select
        show_id,
        place,
        absolute_number,
        lag(place) over (partition by show_id order by absolute_number) as place_before,
        lag(absolute_number) over (partition by show_id order by absolute_number) as before,
    from across
    where show_id in (
        select show_id from across group by all having count(distinct absolute_number) <= max(absolute_number) - min(absolute_number)
    )
),
gap_across as (
    select show_id, place, place_before, absolute_number, before, unnest(range(before + 1, absolute_number)) as number,
    from run_across
    where absolute_number - before between 2 and 101
),
season_run as (
    select
        show_id,
        season_number,
        -- seasons called by their years begin with the first there is
        coalesce(
            lag(season_number) over (partition by show_id order by season_number),
            if(season_number >= 1900, season_number - 1, 0)
        ) as before,
    from extent
    -- a list knows which seasons there are
    where season_number > 0 and show_id not in (select c.show_id from chosen c)
),
evidence as (
    -- of several records of a place the one that is held comes first; flags: 1 held, 2 gone, 4 recorded, 8 listed, 16 counted
    select
        show_id,
        place,
        if(is_held, id, id + 1_000_000_000_000_000) as record,
        absolute_number,
        null as title,
        null as premiered_on,
        null as next_on,
        4 + if(is_held, 1, 0) + if(is_gone, 2, 0) as flags,
    from placed
    union all
    select show_id, place, null, absolute_number, title, premiered_on, next_on, 8 from listed
    union all
    select show_id, place, null, if(place < 10_000_000, place, null), null, null, null, 16 from gap
    union all
    select
        show_id,
        if(
            place % 10_000_000 > absolute_number - number,
            place - (absolute_number - number),
            place_before + number - before
        ),
        null, number, null, null, null, 16,
    from gap_across
    union all
    select
        show_id,
        (unnest(range(before + 1, season_number)) + 1) * 10_000_000 + 8_000_000,
        null, null, null, null, null, 16,
    from season_run
    where season_number - before between 2 and 31
),
last_held as (
    select show_id, max(place) as place from placed where is_held or is_gone group by all
),
known as (
    select
        show_id,
        place,
        min(record) as record,
        max(absolute_number) as absolute_number,
        max(title) as title,
        min(premiered_on) as premiered_on,
        min(next_on) as next_on,
        bit_or(flags) as flags,
    from evidence
    group by show_id, place
)
select
    k.show_id,
    r.id as media_item_id,
    case when k.place >= 10_000_000 then k.place // 10_000_000 - 1 else r.season_number end as season_number,
    case when k.place >= 10_000_000 and k.place % 10_000_000 < 8_000_000 then k.place % 10_000_000 end as episode_number,
    k.absolute_number,
    coalesce(k.title, r.title) as title,
    coalesce(k.premiered_on, r.premiered_on) as premiered_on,
    coalesce(
        k.premiered_on,
        r.premiered_on,
        case
            when k.flags & 19 > 0 or k.place < l.place or s.series_status in ('ended', 'canceled')
            then date '1800-01-01'
        end,
        k.next_on
    ) as aired_by,
    c.source,
    k.flags & 1 > 0 as is_held,
    k.flags & 3 = 2 as is_gone,
    k.flags & 4 > 0 as is_recorded,
    k.flags & 8 > 0 as is_listed,
    k.flags & 16 > 0 as is_counted,
from known k
join media_item s on s.id = k.show_id
left join chosen c on c.show_id = k.show_id
left join last_held l on l.show_id = k.show_id
left join placed r on r.id = k.record % 1_000_000_000_000_000;

comment on view known_episode is 'Every episode that a show is known to have, held or not: from records, numbering and what a provider lists.';
comment on column known_episode.show_id is 'The show (media_item.id).';
comment on column known_episode.media_item_id is 'The episode (media_item.id); null of one the library has no record of.';
comment on column known_episode.season_number is '0 is the season of specials; null when numbered across seasons, or not numbered.';
comment on column known_episode.episode_number is 'Within the season; null when not numbered, and of a season of which nothing else is known.';
comment on column known_episode.absolute_number is 'Number across seasons, as anime is numbered; null when not known.';
comment on column known_episode.title is 'As the provider lists it, else as recorded; null of one known from numbering.';
comment on column known_episode.premiered_on is 'As the provider lists it, else as recorded; null when not known.';
comment on column known_episode.aired_by is 'By when it has aired: its day, else that of the next after it; 1800 when long ago, null when none can be told.';
comment on column known_episode.source is 'Whose list counts of the show: the one that has most of what is recorded, then the longest; null without any.';
comment on column known_episode.is_held is 'A file of it is there; in a library without any files: it is recorded.';
comment on column known_episode.is_gone is 'It had a file that is not there any more, and has no other.';
comment on column known_episode.is_recorded is 'The library has a record of it.';
comment on column known_episode.is_listed is 'The provider lists it.';
comment on column known_episode.is_counted is 'Numbers before and after it, or seasons, are there and leave it out.';

create macro episode_status(is_held, is_gone, aired_by, season_number, day) as (
    case
        when is_held then 'held'
        when is_gone then 'file gone'
        when aired_by is null or aired_by > day then 'unaired'
        when season_number = 0 then 'special'
        else 'missing'
    end
);

create view latest_day as
select
    cast(greatest(
        (select max(i.added_at) from media_item i),
        (select max(f.added_at) from media_file f),
        (select max(h.occurred_at) from history_event h),
        (select max(m.checked_at) from provider_match m)
    ) as date) as day;

comment on view latest_day is 'The present of the library: when last anything was added, happened or was asked for; one row.';
comment on column latest_day.day is 'UTC; null when nothing ever did.';

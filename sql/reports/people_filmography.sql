-- What:       what one person worked on: which of it is there, and which of it was watched.
-- Result:     person_id, name, media_item_id (of the film or show), item, media_type, year, roles, characters, rating
--             (community, 0 to 10), parts (1 of a film; of a show the episodes that name the person, themselves or by their
--             season, or all when the show does), there (of these, how many have a file), watched (of these, how many
--             anybody played); newest first.
with parameter as (
    select
        null::varchar as name, -- of the person, case and accents do not matter; null: by person_id
        null::bigint as person_id, -- of the person; null with no name: who directed, acted in or wrote the most titles
        null::varchar as library, -- only of this one; null: of all
),
item as (
    select
        i.id,
        coalesce(season.parent_id, i.parent_id, i.id) as title_id,
        season.id as season_id,
        i.media_type,
        coalesce(i.shared_file_item_id, i.id) as holder_id,
    from parameter p, media_item i
    left join media_item season on season.id = i.parent_id and season.media_type = 'season'
    where p.library is null or i.library_id = (select id from library where name = p.library)
),
busy as (
    select c.person_id, count(*) as credits
    from parameter p, credit c
    where p.name is null and p.person_id is null and c.role in ('director', 'actor', 'writer')
    group by c.person_id
),
guessed as (
    select count(distinct i.title_id) as titles
    from credit c
    join item i on i.id = c.media_item_id
    where c.role in ('director', 'actor', 'writer')
        and c.person_id = (select person_id from busy order by credits desc, person_id limit 1)
),
-- nobody has more titles than credits: only who has as many credits as the busiest has titles needs counting
represented as (
    select c.person_id, count(distinct i.title_id) as titles
    from credit c
    join item i on i.id = c.media_item_id
    where c.role in ('director', 'actor', 'writer')
        and c.person_id in (select person_id from busy where credits >= (select titles from guessed))
    group by c.person_id
),
asked as (
    select who.id as person_id, who.name
    from parameter p, person who
    where coalesce(who.id = p.person_id, true)
        and coalesce(lower(strip_accents(who.name)) = lower(strip_accents(p.name)), true)
        and (
            p.person_id is not null or p.name is not null
            or who.id = (select r.person_id from represented r order by r.titles desc, r.person_id limit 1)
        )
),
credited as (
    select a.person_id, a.name, c.role, nullif(c.character, '') as character, i.*
    from asked a
    join credit c on c.person_id = a.person_id
    join item i on i.id = c.media_item_id
),
work as (
    select
        person_id,
        name,
        title_id,
        list_sort(list(distinct role)) as roles,
        list_sort(list(distinct character) filter (character is not null)) as characters,
        bool_or(media_type = 'show') as is_whole,
        list(distinct id) as named_ids,
    from credited
    group by person_id, name, title_id
),
part as (
    select w.person_id, w.title_id, i.id, i.holder_id
    from work w
    join item i on i.title_id = w.title_id
    where i.media_type in ('movie', 'episode') and (
            w.is_whole or list_contains(w.named_ids, i.id) or list_contains(w.named_ids, i.season_id)
        )
),
held as (
    select distinct media_item_id
    from media_file
    where missing_since is null and file_role = 'main' and media_item_id in (select holder_id from part)
),
played as (
    select distinct media_item_id
    from history_event
    where event_type = 'played' and media_item_id in (select id from part)
),
counted as (
    select
        part.person_id,
        part.title_id,
        count(*) as parts,
        count(held.media_item_id) as there,
        count(played.media_item_id) as watched,
    from part
    left join held on held.media_item_id = part.holder_id
    left join played on played.media_item_id = part.id
    group by part.person_id, part.title_id
)
select
    w.person_id,
    w.name,
    w.title_id as media_item_id,
    item_label(t.title, t.show_title, t.season_number, t.episode_number) as item,
    t.media_type,
    t.year,
    array_to_string(w.roles, ', ') as roles,
    array_to_string(w.characters, ', ') as characters,
    t.rating,
    coalesce(n.parts, 0) as parts,
    coalesce(n.there, 0) as there,
    coalesce(n.watched, 0) as watched,
from work w
join media_item t on t.id = w.title_id
left join counted n on n.person_id = w.person_id and n.title_id = w.title_id
order by w.person_id, t.year desc nulls last, item, w.title_id

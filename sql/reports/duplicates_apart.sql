-- What:       what looks like duplicates and is not, in pairs: other cuts of a film, a film that is a special of a show as
--             well, remakes, parts of one film, a file that several libraries list, episodes that share a file.
-- Result:     why (edition, special, remake, parts, one file, shared file), reason (in words), media_item_ids (of both),
--             item, other_item, library, other_library, path, other_path (null: it has no file), size_bytes,
--             other_size_bytes; of more than two that look alike each stands beside the next.
with parameter as (
    select
        null::varchar as library, -- pairs within this one only; null: across all
),
item as (
    select
        i.id,
        i.media_type,
        i.title_key,
        i.year,
        i.runtime_minutes,
        i.season_number,
        i.parent_id,
        i.shared_file_item_id,
        item_label(i.title, i.show_title, i.season_number, i.episode_number) as label,
        l.name as library,
    from parameter p, media_item i
    join library l on l.id = i.library_id
    where i.media_type in ('movie', 'episode') and (p.library is null or l.name = p.library)
),
file as (
    select f.id as file_id, f.media_item_id, f.path, f.part_number, f.size_bytes, f.edition, i.*
    from media_file f
    join item i on i.id = f.media_item_id
    where f.file_role = 'main' and f.missing_since is null
),
first_file as (
    select media_item_id, arg_min(path, file_id) as path, arg_min(size_bytes, file_id) as size_bytes
    from file
    group by media_item_id
),
cut as (
    select
        min_by(file_id, path) as file_id,
        title_key,
        year,
        coalesce(edition, 'none named') as edition,
        lead(min_by(file_id, path)) over works as other_id,
        lead(coalesce(edition, 'none named')) over works as other_edition,
    from file
    where media_type = 'movie' and part_number is null
    group by title_key, year, edition
    window works as (partition by title_key, year order by edition nulls first)
),
edition_pair as (
    select 'edition' as why, concat('other cuts: ', edition, ' and ', other_edition) as reason, file_id, other_id
    from cut
    where other_id is not null
),
part_pair as (
    select
        'parts' as why,
        concat('parts ', part_number, ' and ', lead(part_number) over parts, ' of one film') as reason,
        file_id,
        lead(file_id) over parts as other_id,
        lead(part_number) over parts as other_part,
        part_number,
    from file
    where part_number is not null
    window parts as (partition by media_item_id, edition order by part_number, path)
),
listed_pair as (
    select
        'one file' as why,
        'the same path stands at both: one file, whichever is deleted' as reason,
        file_id,
        lead(file_id) over (partition by path order by file_id) as other_id,
    from file
    qualify count(*) over (partition by path) > 1
),
file_pair as (
    select why, reason, file_id, other_id from edition_pair
    union all
    select why, reason, file_id, other_id from part_pair where other_part > part_number
    union all
    select why, reason, file_id, other_id from listed_pair where other_id is not null
),
remake_pair as (
    select
        'remake' as why,
        concat('the same title, of ', year, ' and ', lead(year) over titles) as reason,
        id,
        lead(id) over titles as other_id,
        lead(year) over titles - year as apart,
    from item
    where media_type = 'movie' and year is not null
    window titles as (partition by title_key order by year, id)
),
told as (
    select id, title_key as called, season_number = 0 as is_telling from item where media_type = 'episode'
    union all
    select e.id, concat(series.title_key, ' ', e.title_key), true
    from item e
    join media_item season on season.id = e.parent_id
    join media_item series on series.id = season.parent_id
    where e.media_type = 'episode'
),
special_pair as (
    select
        'special' as why,
        if(e.season_number = 0, 'a film that is a special of a show as well', 'a film that is an episode as well')
            as reason,
        m.id,
        e.id as other_id,
    from told
    join item e on e.id = told.id
    join item m on m.title_key = told.called
    where
        m.media_type = 'movie'
        -- many shows have an episode "Pilot"
        and (abs(m.year - e.year) <= 1 or (told.is_telling and (m.year is null or e.year is null)))
        and (
            abs(m.runtime_minutes - e.runtime_minutes) <= greatest(3, 0.04 * m.runtime_minutes)
            or (e.season_number = 0 and (m.runtime_minutes is null or e.runtime_minutes is null))
        )
    qualify row_number() over (partition by e.id order by m.id) = 1
),
sharing_pair as (
    select
        'shared file' as why,
        'one file holds both episodes' as reason,
        shared_file_item_id as id,
        id as other_id,
    from item
    where shared_file_item_id is not null
),
item_pair as (
    select why, reason, id, other_id from remake_pair where apart >= 2
    union all
    select why, reason, id, other_id from special_pair
    union all
    select why, reason, id, other_id from sharing_pair
),
pair as (
    select p.why, p.reason, a.id, b.id as other_id, a.label, b.label as other_label, a.library,
        b.library as other_library, a.path, b.path as other_path, a.size_bytes, b.size_bytes as other_size_bytes,
    from file_pair p
    join file a on a.file_id = p.file_id
    join file b on b.file_id = p.other_id
    union all
    select p.why, p.reason, a.id, b.id, a.label, b.label, a.library, b.library, f.path, g.path, f.size_bytes, g.size_bytes
    from item_pair p
    join item a on a.id = p.id
    join item b on b.id = p.other_id
    left join first_file f on f.media_item_id = a.id
    left join first_file g on g.media_item_id = b.id
)
select
    why,
    reason,
    [id, other_id] as media_item_ids,
    label as item,
    other_label as other_item,
    library,
    other_library,
    path,
    other_path,
    size_bytes,
    other_size_bytes,
from pair
order by why, label, other_label, id, other_id, path, other_path

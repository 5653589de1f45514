-- What:       each item, file or job that something is wrong with, and what to do about it: a row a complaint.
-- Result:     library, complaint, item (in words; of a file its path, of a job its type), media_type (null: a file or a
--             job), detail (null: no more to say), what_to_do, media_item_id (null: a file or a job); by complaint, in the
--             order in which they were added, the first so many of each.
with parameter as (
    select
        'all'::varchar as complaint, -- one of all, no_year, no_runtime, no_plot, no_poster, no_external_id, no_genres, no_wanted_audio, no_wanted_subtitles, no_file, file_gone, broken_file, doubtful_match, sources_disagree, runtime_differs, picture_failed, uncertain_person, file_set_aside, file_of_no_item, job_failed: which
        null::varchar as library, -- only of this one; null: of all
        ['en']::varchar[] as languages, -- wanted in sound and subtitles, BCP 47: any of them will do
        100::bigint as most, -- at most so many of each complaint
),
complaint as (
    select library_id, complaint, media_type, media_item_id, null::varchar as name, detail from item_complaint
    union all
    select library_id, complaint, media_type, media_item_id, null, detail
    from language_complaint((select languages from parameter))
    union all
    select library_id, complaint, null, null, name, detail from other_complaint
),
asked as (
    select c.*, p.most
    from parameter p, complaint c
    where p.complaint in ('all', c.complaint)
        and (p.library is null or c.library_id in (select l.id from library l where l.name = p.library))
),
first as (
    select * from asked
    qualify row_number() over (partition by complaint order by media_item_id, library_id, name) <= most
)
select
    l.name as library,
    f.complaint,
    coalesce(item_label(i.title, i.show_title, i.season_number, i.episode_number), f.name) as item,
    f.media_type,
    f.detail,
    k.what_to_do,
    f.media_item_id,
from first f
join complaint_kind k on k.complaint = f.complaint
join library l on l.id = f.library_id
left join media_item i on i.id = f.media_item_id
order by f.complaint, f.media_item_id, library, item

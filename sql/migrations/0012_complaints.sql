-- What: what is wrong with items, files and jobs: one row an item and complaint, and how many by library.
-- Why:  a list of what to mend, counts of it and a score are the same rules, and must not disagree.

create view complaint_kind as
from (values
    ('no_year', ['movie', 'show'], false, 'mediamgr enrich; or edit the year in the browser'),
    ('no_runtime', ['movie', 'episode'], false, 'scan again, which measures the file; or mediamgr enrich'),
    ('no_plot', ['movie', 'show', 'episode'], false, 'mediamgr enrich'),
    ('no_poster', ['movie', 'show'], false, 'mediamgr enrich, then mediamgr artwork'),
    ('no_external_id', ['movie', 'show'], false, 'mediamgr enrich; then review what is doubtful'),
    ('no_genres', ['movie', 'show'], false, 'mediamgr enrich'),
    ('no_wanted_audio', ['movie', 'episode'], true, 'look for another version, or ask with other languages'),
    ('no_wanted_subtitles', ['movie', 'episode'], true, 'put subtitles beside the video, then scan again'),
    ('no_file', ['movie', 'episode'], false, 'get it, or remove the entry'),
    ('file_gone', ['movie', 'episode'], false, 'bring the file or its drive back, then scan again'),
    ('broken_file', ['movie', 'episode'], true, 'replace the file, then scan again'),
    ('doubtful_match', ['movie', 'show'], false, 'lib.review(): accept or reject'),
    ('sources_disagree', ['movie', 'show'], false, 'compare both; correct the item, or reject the match'),
    ('runtime_differs', ['movie', 'episode'], true, 'play the end: it is cut short, another edition or another film'),
    ('picture_failed', ['movie', 'show', 'season', 'episode'], false, 'mediamgr artwork --retry-failed'),
    ('uncertain_person', ['movie', 'show', 'episode'], false, 'mediamgr enrich, which gives people ids'),
    ('file_set_aside', null, false, 'look at the reason, mend the file, then scan again'),
    ('file_of_no_item', null, false, 'name it as its video, or remove it; then scan again'),
    ('job_failed', null, false, 'run it again; mediamgr status shows the last ones')
) kind(complaint, media_types, needs_file, what_to_do);

comment on view complaint_kind is 'What can be wrong, with what it can be wrong, and what to do about it.';
comment on column complaint_kind.complaint is 'Its name: no_year, file_gone, ...';
comment on column complaint_kind.media_types is 'Items it can be wrong with; null when it is about files or jobs.';
comment on column complaint_kind.needs_file is 'Only items with a file that is there can have it.';
comment on column complaint_kind.what_to_do is 'In words.';

-- titles that differ in case, accents or punctuation only are alike
create macro squeezed(title) as regexp_replace(lower(strip_accents(title)), '[^\p{L}\p{N}]+', '', 'g');

create view item_complaint as
with present as (
    select
        media_item_id,
        max(problem) as problem,
        max(duration_seconds) filter (part_number is null) / 60 as minutes,
    from media_file
    where file_role = 'main' and missing_since is null
    group by all
),
picture as (
    select
        media_item_id,
        string_agg(artwork_type, ', ' order by artwork_type) as types,
    from (
        select media_item_id, artwork_type
        from artwork
        group by all
        having bool_and(download_status = 'failed')
    )
    group by all
),
shared_name as (
    select id, name
    from person
    where matched_by = 'name' and name_key in (select name_key from person group by all having count(*) > 1)
),
uncertain as (
    select c.media_item_id, string_agg(distinct n.name, ', ' order by n.name) as names
    from credit c
    join shared_name n on n.id = c.person_id
    group by all
),
settled as (
    select * from provider_match where status in ('matched', 'accepted')
),
doubtful as (
    select m.media_item_id, string_agg(distinct m.source, ', ' order by m.source) as sources
    from provider_match m
    where m.status = 'doubtful'
        and (m.media_item_id, m.source) not in (select (s.media_item_id, s.source) from settled s)
    group by all
),
difference as (
    select m.media_item_id, m.source || ' says ' || m.year || ', here ' || i.year as difference
    from settled m
    join media_item i on i.id = m.media_item_id
    where abs(m.year - i.year) > 1
    union all
    select m.media_item_id, m.source || ' calls it "' || m.title || '"'
    from settled m
    join media_item i on i.id = m.media_item_id
    where m.status = 'matched'
        and squeezed(m.title) not in (squeezed(i.title), squeezed(coalesce(i.original_title, i.title)))
    union all
    select m.media_item_id, m.source || ' matched ' || m.external_id || ', the id here is ' || e.external_id
    from settled m
    join media_item i on i.id = m.media_item_id
    join external_id e on e.media_item_id = m.media_item_id and e.source = m.source and e.id_space = i.media_type
    where e.external_id <> m.external_id
),
disagreement as (
    select media_item_id, string_agg(difference, '; ' order by difference) as differences from difference group by all
)
select i.library_id, i.media_type, i.id as media_item_id, 'no_year' as complaint, null::varchar as detail
from media_item i where i.media_type in ('movie', 'show') and i.year is null
union all
select i.library_id, i.media_type, i.id, 'no_runtime', null
from media_item i where i.media_type in ('movie', 'episode') and coalesce(i.runtime_minutes, 0) = 0
union all
select i.library_id, i.media_type, i.id, 'no_plot', null
from media_item i where i.media_type in ('movie', 'show', 'episode') and i.plot is null
union all
select i.library_id, i.media_type, i.id, 'no_poster', null
from media_item i
where i.media_type in ('movie', 'show') and i.id not in (
    select a.media_item_id from artwork a
    where a.artwork_type = 'poster' and a.download_status in ('local', 'downloaded')
)
union all
select i.library_id, i.media_type, i.id, 'no_external_id', null
from media_item i
where i.media_type in ('movie', 'show')
    and i.id not in (select e.media_item_id from external_id e where e.media_item_id is not null)
union all
select i.library_id, i.media_type, i.id, 'no_genres', null
from media_item i where i.media_type in ('movie', 'show') and len(coalesce(i.genres, [])) = 0
union all
select i.library_id, i.media_type, i.id, 'no_file', null
from media_item i, latest_day d
where i.media_type in ('movie', 'episode')
    and not i.is_missing
    and coalesce(i.premiered_on <= d.day, true)
    and coalesce(i.shared_file_item_id, i.id) not in (select p.media_item_id from present p)
    and i.library_id in (select distinct f.library_id from media_file f)
union all
select i.library_id, i.media_type, i.id, 'file_gone', null
from media_item i where i.media_type in ('movie', 'episode') and i.is_missing
union all
select i.library_id, i.media_type, i.id, 'broken_file', p.problem
from media_item i join present p on p.media_item_id = i.id
where i.media_type in ('movie', 'episode') and p.problem is not null
union all
select i.library_id, i.media_type, i.id, 'doubtful_match', d.sources
from media_item i join doubtful d on d.media_item_id = i.id
where i.media_type in ('movie', 'show')
union all
select i.library_id, i.media_type, i.id, 'sources_disagree', d.differences
from media_item i join disagreement d on d.media_item_id = i.id
where i.media_type in ('movie', 'show')
union all
select
    i.library_id, i.media_type, i.id, 'runtime_differs',
    concat(i.runtime_minutes, ' minutes by metadata, ', cast(round(p.minutes) as bigint), ' by the file'),
from media_item i join present p on p.media_item_id = i.id
where i.media_type in ('movie', 'episode')
    and p.minutes > 0 and i.runtime_minutes > 0 and abs(p.minutes - i.runtime_minutes) > greatest(10, 0.25 * i.runtime_minutes)
    and i.id not in (select o.shared_file_item_id from media_item o where o.shared_file_item_id is not null)
union all
select i.library_id, i.media_type, i.id, 'picture_failed', p.types
from media_item i join picture p on p.media_item_id = i.id
union all
select i.library_id, i.media_type, i.id, 'uncertain_person', u.names
from media_item i join uncertain u on u.media_item_id = i.id
where i.media_type in ('movie', 'show', 'episode');

comment on view item_complaint is 'What is wrong with items, languages aside: one row an item and complaint.';
comment on column item_complaint.library_id is 'The library (library.id) of the item.';
comment on column item_complaint.media_type is 'As in media_item.';
comment on column item_complaint.media_item_id is 'The item (media_item.id).';
comment on column item_complaint.complaint is 'As in complaint_kind.';
comment on column item_complaint.detail is 'More about it, in words; null when there is no more to say.';

create view other_complaint as
with owned as (
    -- nothing to compare with where nothing was scanned
    select f.path from media_file f where exists (select 1 from scan_entry)
    union all
    select a.path from artwork a where a.path is not null and exists (select 1 from scan_entry)
    union all
    select t.path from subtitle t where t.path is not null and exists (select 1 from scan_entry)
),
last_job as (
    select
        library_id,
        job_type,
        arg_max(status, id) as status,
        arg_max(coalesce(error, status), id) as reason,
    from job_run
    where status <> 'running'
    group by all
)
select e.library_id, 'file_set_aside' as complaint, e.path as name, e.problem as detail
from scan_entry e
where e.problem is not null and e.path not in (select o.path from owned o)
union all
select e.library_id, 'file_of_no_item', e.path, null
from scan_entry e
where e.problem is null
    and e.path not in (select o.path from owned o)
    and not regexp_matches(e.path, '\.(nfo|sub)$', 'i')
union all
select j.library_id, 'job_failed', j.job_type, j.reason
from last_job j
where j.library_id is not null and j.status in ('failed', 'interrupted');

comment on view other_complaint is 'What is wrong with files that no item owns, and with jobs: the last of each type counts.';
comment on column other_complaint.library_id is 'The library (library.id) that was scanned, or that the job was for.';
comment on column other_complaint.complaint is 'As in complaint_kind.';
comment on column other_complaint.name is 'Path of the file, or type of the job.';
comment on column other_complaint.detail is 'Why; null when there is no more to say.';

create macro language_complaint(languages) as table (
    with wanted as (
        select s.language
        from (select language from media_stream union select language from subtitle) s
        where list_contains(languages, s.language) or list_contains(languages, split_part(s.language, '-', 1))
    ),
    track as (
        select
            media_file_id,
            bool_or(stream_type = 'audio' and coalesce(language in (select w.language from wanted w), false)) as is_heard,
            bool_or(stream_type = 'subtitle' and coalesce(language in (select w.language from wanted w), false)) as is_read,
        from media_stream
        group by all
    ),
    looked_into as (
        select f.media_item_id, bool_or(t.is_heard) as is_heard, bool_or(t.is_read) as is_read
        from track t
        join media_file f on f.id = t.media_file_id
        where f.file_role = 'main' and f.missing_since is null
        group by all
        having not bool_or(t.is_heard) or not bool_or(t.is_read)
    ),
    item as (
        select i.library_id, i.media_type, i.id as media_item_id, t.is_heard, t.is_read
        from media_item i
        join looked_into t on t.media_item_id = coalesce(i.shared_file_item_id, i.id)
        where i.media_type in ('movie', 'episode')
    )
    select library_id, media_type, media_item_id, 'no_wanted_audio' as complaint, null::varchar as detail
    from item
    where not is_heard
    union all
    select library_id, media_type, media_item_id, 'no_wanted_subtitles', null
    from item
    where not is_read and media_item_id not in (
        select t.media_item_id from subtitle t
        where t.download_status in ('local', 'downloaded') and t.language in (select w.language from wanted w)
    )
);

create macro complaint_count(languages) as table (
    with complaint as (
        select library_id, complaint, count(*) as found, min(media_item_id) as media_item_id, null::varchar as name
        from item_complaint
        group by all
        union all
        select library_id, complaint, count(*), min(media_item_id), null
        from language_complaint(languages)
        group by all
        union all
        select library_id, complaint, count(*), null, min(name)
        from other_complaint
        group by all
    ),
    present as (
        select distinct f.media_item_id from media_file f where f.file_role = 'main' and f.missing_since is null
    ),
    held as (
        select
            library_id,
            media_type,
            count(*) as items,
            count_if(coalesce(shared_file_item_id, id) in (select p.media_item_id from present p)) as with_file,
        from media_item
        group by all
    ),
    checked as (
        select h.library_id, k.complaint, sum(if(k.needs_file, h.with_file, h.items)) as checked
        from complaint_kind k
        join held h on list_contains(k.media_types, h.media_type)
        group by all
        union all
        select e.library_id, k.complaint, count(*)
        from scan_entry e, complaint_kind k
        where k.complaint in ('file_set_aside', 'file_of_no_item')
        group by all
        union all
        select library_id, 'job_failed', count(distinct job_type)
        from job_run
        where library_id is not null
        group by all
    )
    select
        n.library_id,
        n.complaint,
        cast(coalesce(c.found, 0) as bigint) as found,
        cast(n.checked as bigint) as checked,
        c.media_item_id,
        c.name,
    from checked n
    left join complaint c on c.library_id = n.library_id and c.complaint = n.complaint
    where n.checked > 0
);

-- What:       what is wrong or missing in each library, of metadata, languages, files and jobs: a row a complaint.
-- Result:     library, complaint, found (items, files or types of jobs that have it), checked (that could have it), share
--             (found of checked, 0 to 1), example (an item, a path, or a type of job), what_to_do (in words); the largest
--             share first within a library. sources_disagree: a provider that was matched gives a year more than one off,
--             another title or another id. runtime_differs: by more than 10 minutes and a quarter. uncertain_person: known
--             by a name that another person has, too. job_failed: the last of its type.
with parameter as (
    select
        null::varchar as library, -- only of this one; null: of all
        ['en']::varchar[] as languages, -- wanted in sound and subtitles, BCP 47: any of them will do
)
select
    l.name as library,
    c.complaint,
    c.found,
    c.checked,
    round(c.found / c.checked, 4) as share,
    coalesce(item_label(i.title, i.show_title, i.season_number, i.episode_number), c.name) as example,
    k.what_to_do,
from parameter p, complaint_count((select languages from parameter)) c
join complaint_kind k on k.complaint = c.complaint
join library l on l.id = c.library_id
left join media_item i on i.id = c.media_item_id
where c.found > 0 and (p.library is null or l.name = p.library)
order by l.name, share desc, c.found desc, c.complaint

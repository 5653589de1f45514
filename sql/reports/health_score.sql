-- What:       how healthy each library is, from 0 to 100, and what would raise that most.
-- Result:     library, score (100: nothing is wrong; the same in each row of a library), complaint and what_to_do (null:
--             nothing is wrong), found (items, files or types of jobs that have it), weight (points lost if all had it),
--             points (lost, and gained when it is gone: weight times the share that has it); libraries by their score, the
--             lowest first, complaints by points. The points of a library and its score are 100 together.
with parameter as (
    select
        null::varchar as library, -- only of this one; null: of all
        ['en']::varchar[] as languages, -- wanted in sound and subtitles, BCP 47: any of them will do
),
weight(complaint, weight) as (
    values
        ('no_poster', 12), ('no_external_id', 10), ('no_plot', 10), ('file_gone', 10), ('no_year', 8),
        ('no_wanted_audio', 8), ('no_genres', 6), ('no_file', 6), ('broken_file', 6), ('no_runtime', 4),
        ('no_wanted_subtitles', 4), ('doubtful_match', 3), ('sources_disagree', 3), ('runtime_differs', 3),
        ('picture_failed', 2), ('job_failed', 2), ('file_of_no_item', 1), ('file_set_aside', 1), ('uncertain_person', 1)
),
lost as (
    select c.library_id, c.complaint, c.found, w.weight, round(w.weight * c.found / c.checked, 2) as points
    from complaint_count((select languages from parameter)) c
    join weight w on w.complaint = c.complaint
    where c.found > 0
),
score as (
    select l.id as library_id, l.name as library, round(100 - coalesce(sum(o.points), 0), 2) as score
    from parameter p, library l
    left join lost o on o.library_id = l.id
    where p.library is null or l.name = p.library
    group by all
)
select
    s.library,
    s.score,
    o.complaint,
    coalesce(o.found, 0) as found,
    coalesce(o.weight, 0) as weight,
    coalesce(o.points, 0) as points,
    k.what_to_do,
from score s
left join lost o on o.library_id = s.library_id
left join complaint_kind k on k.complaint = o.complaint
order by s.score, s.library, points desc, found desc, o.complaint

-- What:       how many copies need not be kept, by what told that they are the same and how surely, and what they take: this
--             statement counts what is the same exactly; lib.reports.duplicates_summary counts near ones as well, keeps the
--             best of each group, and each copy is in one group only.
-- Result:     kind (same item, same content; of Python also same id, same title, same size), certainty (certain; of Python
--             also likely, doubtful), groups, copies (besides the largest of each group), freed_bytes (of these).
with parameter as (
    select
        null::varchar as library, -- copies of this one only; null: across all
),
held as (
    select f.media_item_id, f.fingerprint, f.edition, coalesce(f.size_bytes, 0) as size_bytes
    from parameter p, file_fact f
    join library l on l.id = f.library_id
    where
        f.file_role = 'main'
        and f.part_number is null
        and f.missing_since is null
        and (p.library is null or l.name = p.library)
),
same_item as (
    select 'same item' as kind, count(*) - 1 as copies, sum(size_bytes) - max(size_bytes) as freed_bytes
    from held
    group by media_item_id, edition
    having count(*) > 1
),
same_content as (
    select 'same content' as kind, count(*) - 1 as copies, sum(size_bytes) - max(size_bytes) as freed_bytes
    from held
    where fingerprint is not null
    group by fingerprint
    having count(*) > 1
)
select
    kind,
    'certain' as certainty,
    count(*) as groups,
    cast(sum(copies) as bigint) as copies,
    cast(sum(freed_bytes) as bigint) as freed_bytes,
from (from same_item union all from same_content)
group by kind
order by freed_bytes desc, kind

-- What:       rows that are derived from others and say something else than these; `mediamgr compact --full` writes them anew.
-- Result:     check, found, example.
with said as (
    select d.id, any_value(d.title) as title, sum(hash(d.word)) as words
    from (
        select
            i.id, i.title,
            unnest(list_distinct(string_split(i.title_key, ' ') || case
                when contains(i.search_text, ' | ') then string_split(split_part(i.search_text, ' | ', 2), ' ') else []
            end)) as word,
        from media_item i
        where i.is_indexed
    ) d
    group by d.id
),
kept as (
    select p.media_item_id as id, sum(hash(w.word)) as words
    from item_word p join word w on w.id = p.word_id
    group by p.media_item_id
)
select 'words of an item kept wrongly' as check, count(*) as found, min(s.title) as example
from said s left join kept k on k.id = s.id
where k.words is distinct from s.words
union all
select 'item out of its place among titles', count(*), min(t.title)
from (
    select
        i.title, i.sort_key, i.id,
        lag(i.sort_key) over places as key_before, lag(i.id) over places as id_before,
    from media_item i
    where i.title_rank is not null
    window places as (order by i.title_rank, i.id)
) t
where t.id_before is not null and (t.key_before, t.id_before) > (t.sort_key, t.id)

named as (
    select p.id
    from person p
    where list_bool_and([contains(' ' || p.name_key, ' ' || word) for word in $words])
),
by_person as (
    select distinct c.media_item_id as id from credit c where c.person_id in (select n.id from named n)
),
-- 0 exact, 1 prefix, 2 words, 3 substring, 4 person; null where nothing matches
matching as (
    select
        i.*,
        case
            when i.title_key = $text then 0
            when starts_with(i.title_key, $text) then 1
            when list_bool_and([contains(i.search_text, ' ' || word) for word in $words]) then 2
            when list_bool_and([contains(i.search_text, word) for word in $words]) then 3
            when regexp_matches(i.search_text, $run) then 3
            when i.id in (select b.id from by_person b) then 4
        end as match_rank,
    from media_item i
    where true /* filters */
)

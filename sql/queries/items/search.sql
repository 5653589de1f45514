-- What:       items that match a text by title or by a person's name, best first.
-- Parameters: text (normalised query), words (its words), squeezed (it without blanks), limit, skip;
--             those of the filters in place of the marker.
-- Result:     one row an item, as items/page, with match (exact, prefix, words, substring, person) after rating.
with named as (
    select p.id
    from person p
    where list_bool_and([contains(' ' || p.name_key, ' ' || word) for word in $words])
),
by_person as (
    select distinct c.media_item_id as id from credit c where c.person_id in (select n.id from named n)
),
matching as (
    select
        i.id,
        i.rating,
        i.title_key,
        case
            when i.title_key = $text then 0
            when starts_with(i.title_key, $text) then 1
            when list_bool_and([contains(i.search_text, ' ' || word) for word in $words]) then 2
            when list_bool_and([contains(i.search_text, word) for word in $words]) then 3
            when contains(i.search_text, $squeezed) then 3
            when i.id in (select b.id from by_person b) then 4
        end as match_rank,
    from media_item i
    where true /* filters */
),
page as materialized (
    select * from matching
    where match_rank is not null
    order by match_rank, rating desc nulls last, title_key, id
    limit $limit offset $skip
),
-- include items/_shown
select
    -- include items/_columns
    case p.match_rank
        when 0 then 'exact' when 1 then 'prefix' when 2 then 'words' when 3 then 'substring' else 'person'
    end as match,
    -- include items/_more
from page p
join item i on i.id = p.id
-- include items/_show
order by p.match_rank, p.rating desc nulls last, p.title_key, p.id

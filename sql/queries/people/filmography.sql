-- What:       what a person worked on, newest first; once, though several sources say so.
-- Parameters: person_id, is_indexed (credits by person are as credits are).
-- Result:     media_item_id, title, year, show_title (of episodes), season_number, episode_number, media_type,
--             department, role, character, rating.
with said as (
    select media_item_id, person_id, department, role, "character", "position", source
    from person_credit c
    where $is_indexed and c.person_id = $person_id
    union all
    select media_item_id, person_id, department, role, "character", "position", source
    from credit c
    where not $is_indexed and c.person_id = $person_id
),
-- include people/_told_once
, page as materialized (
    select distinct media_item_id as id from told_once
),
-- include items/_shown
select
    c.media_item_id,
    i.title,
    i.year,
    coalesce(grandparent.title, parent.title) as show_title,
    i.season_number,
    i.episode_number,
    i.media_type,
    c.department,
    c.role,
    c.character,
    i.rating,
from told_once c
join item i on i.id = c.media_item_id
-- include items/_show
order by
    i.year desc nulls last, coalesce(grandparent.title_key, parent.title_key, i.title_key), i.season_number,
    i.episode_number, i.title_key, c.role, c.character nulls last

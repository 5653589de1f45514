-- of what several sources say of a person in one role of an item, the fullest; `said` holds credits
weighed as (
    select
        s.*,
        count(s.character) over told as characters,
        coalesce(sum(length(s.character)) over told, 0) as letters,
        min(s.position) over (partition by s.media_item_id, s.person_id, s.role) as first_position,
    from said s
    window told as (partition by s.media_item_id, s.person_id, s.role, s.source)
),
told_once as (
    select *
    from weighed
    qualify dense_rank() over (
        partition by media_item_id, person_id, role order by characters desc, letters desc, source
    ) = 1
)

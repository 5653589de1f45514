-- what is shown of the items of `page` (id): themselves, what they belong to, whether their files are gone
item as materialized (
    select
        o.id, o.title, o.year, o.media_type, o.season_number, o.episode_number, o.rating, o.library_id, o.parent_id,
        o.added_at, o.runtime_minutes, o.genres, o.title_key,
        coalesce(o.shared_file_item_id, o.id) as holder_id,
    from media_item o
    where o.id in (select p.id from page p)
),
parent as materialized (
    select o.id, o.title, o.title_key, o.parent_id
    from media_item o
    where o.id in (select i.parent_id from item i)
),
grandparent as materialized (
    select o.id, o.title, o.title_key
    from media_item o
    where o.id in (select o.parent_id from parent o)
),
file as materialized (
    select f.media_item_id as holder_id, bool_and(f.missing_since is not null) as is_missing
    from media_file f
    where f.file_role = 'main' and f.media_item_id in (select i.holder_id from item i)
    group by all
)

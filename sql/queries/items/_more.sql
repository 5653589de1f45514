    i.library_id,
    i.parent_id,
    i.added_at,
    coalesce((
        select bool_and(f.missing_since is not null)
        from media_file f
        where f.media_item_id = coalesce(i.shared_file_item_id, i.id) and f.file_role = 'main'
    ), false) as is_missing,
    i.runtime_minutes,
    i.genres,

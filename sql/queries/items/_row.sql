    i.id, i.title, i.year, i.media_type, i.show_title, i.season_number, i.episode_number, i.rating, i.library_id,
    i.parent_id, i.added_at, i.is_missing, i.runtime_minutes, i.genres,

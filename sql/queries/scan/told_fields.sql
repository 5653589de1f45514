-- What:       which fields of items an NFO file, a provider or the user filled, and the titles, which no record may lack.
-- Parameters: library, item_keys.
-- Result:     item_key, title, fields (list of names).
select i.item_key, i.title, list(s.field_name order by s.field_name) as fields
from field_source s
join media_item i on i.id = s.media_item_id
where i.library_id = (select l.id from library l where l.name = $library)
    and i.item_key in (select unnest(cast($item_keys as varchar[])))
group by i.item_key, i.title

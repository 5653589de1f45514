-- What:       the names and codes that items have for genres, studios and networks, countries and languages, each once.
-- Parameters: none.
-- Result:     kind (genre, studio, country, language), name.
select distinct 'genre' as kind, unnest(i.genres) as name from media_item i
union all
select distinct 'studio', unnest(i.studios) from media_item i
union all
select distinct 'country', unnest(i.countries) from media_item i
union all
select distinct 'language', i.original_language from media_item i where i.original_language is not null
order by all

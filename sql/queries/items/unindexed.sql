-- What:       whether words and credits by person are not as the rest of the library is: then search looks everywhere.
-- Parameters: none.
-- Result:     is_unindexed.
select
    not exists (from index_state)
    or exists (from media_item where is_indexed is not true)
    or exists (from person where is_indexed is not true) as is_unindexed

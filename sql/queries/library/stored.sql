-- What:       what each table takes in the file. It is a table function that takes no column, so all are written out here.
-- Parameters: none.
-- Result:     table, rows, size_bytes (of the blocks that hold some of it: a block that two share counts for both).
with segment as (
    select 'artwork' as "table", * from pragma_storage_info('artwork')
    union all select 'credit' as "table", * from pragma_storage_info('credit')
    union all select 'external_id' as "table", * from pragma_storage_info('external_id')
    union all select 'field_source' as "table", * from pragma_storage_info('field_source')
    union all select 'history_event' as "table", * from pragma_storage_info('history_event')
    union all select 'index_state' as "table", * from pragma_storage_info('index_state')
    union all select 'item_word' as "table", * from pragma_storage_info('item_word')
    union all select 'job_run' as "table", * from pragma_storage_info('job_run')
    union all select 'library' as "table", * from pragma_storage_info('library')
    union all select 'listed_episode' as "table", * from pragma_storage_info('listed_episode')
    union all select 'media_file' as "table", * from pragma_storage_info('media_file')
    union all select 'media_item' as "table", * from pragma_storage_info('media_item')
    union all select 'media_stream' as "table", * from pragma_storage_info('media_stream')
    union all select 'name_guess' as "table", * from pragma_storage_info('name_guess')
    union all select 'person' as "table", * from pragma_storage_info('person')
    union all select 'person_credit' as "table", * from pragma_storage_info('person_credit')
    union all select 'person_word' as "table", * from pragma_storage_info('person_word')
    union all select 'provider_match' as "table", * from pragma_storage_info('provider_match')
    union all select 'scan_entry' as "table", * from pragma_storage_info('scan_entry')
    union all select 'schema_migration' as "table", * from pragma_storage_info('schema_migration')
    union all select 'snapshot' as "table", * from pragma_storage_info('snapshot')
    union all select 'snapshot_file' as "table", * from pragma_storage_info('snapshot_file')
    union all select 'snapshot_item' as "table", * from pragma_storage_info('snapshot_item')
    union all select 'snapshot_total' as "table", * from pragma_storage_info('snapshot_total')
    union all select 'subtitle' as "table", * from pragma_storage_info('subtitle')
    union all select 'title_mark' as "table", * from pragma_storage_info('title_mark')
    union all select 'word' as "table", * from pragma_storage_info('word')
),
held as (
    select "table", unnest(additional_block_ids || [block_id]) as block
    from segment where persistent
),
counted as (
    select "table", count(distinct block) as blocks
    from held where block >= 0 group by all
)
select
    t.table_name as "table",
    t.estimated_size as rows,
    cast(coalesce(c.blocks, 0) * (select max(block_size) from pragma_database_size()) as bigint) as size_bytes,
from duckdb_tables() t
left join counted c on c."table" = t.table_name
where not t.internal
order by size_bytes desc, "table"

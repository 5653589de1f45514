-- What:       rows of every table.
-- Parameters: none.
-- Result:     table, rows.
select table_name as "table", estimated_size as rows
from duckdb_tables()
where not internal and table_name <> 'schema_migration'
order by table_name

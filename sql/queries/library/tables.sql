-- What:       the tables and their columns, with what they mean.
-- Parameters: none.
-- Result:     table, column, type, meaning (what it holds, in which unit), table_meaning.
select
    c.table_name as "table",
    c.column_name as "column",
    c.data_type as type,
    c.comment as meaning,
    t.comment as table_meaning,
from duckdb_columns() c
join duckdb_tables() t on t.table_oid = c.table_oid and t.schema_name = c.schema_name
where c.schema_name = 'main' and not c.internal
order by c.table_name, c.column_index

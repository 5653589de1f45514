-- What:       the tables and views and their columns, with what they mean.
-- Parameters: none.
-- Result:     table, column, type, meaning (what it holds, in which unit), table_meaning.
with relation as (
    select table_oid as oid, schema_name, comment from duckdb_tables()
    union all
    select view_oid, schema_name, comment from duckdb_views()
)
select
    c.table_name as "table",
    c.column_name as "column",
    c.data_type as type,
    c.comment as meaning,
    r.comment as table_meaning,
from duckdb_columns() c
join relation r on r.oid = c.table_oid and r.schema_name = c.schema_name
where c.schema_name = 'main' and not c.internal
order by c.table_name, c.column_index

-- What:       the tables, about how many rows each has, and the columns that have an index of their own.
-- Parameters: none.
-- Result:     table, rows, key (the column of the primary key; null when there is none, or it is several), indexed (columns).
with single_index as (
    select table_name, trim(expressions, '[] "') as column_name
    from duckdb_indexes()
    where schema_name = 'main' and not contains(expressions, ',')
    union all
    select table_name, constraint_column_names[1]
    from duckdb_constraints()
    where schema_name = 'main' and constraint_type in ('PRIMARY KEY', 'UNIQUE') and len(constraint_column_names) = 1
)
, own_key as (
    select table_name, constraint_column_names[1] as column_name
    from duckdb_constraints()
    where schema_name = 'main' and constraint_type = 'PRIMARY KEY' and len(constraint_column_names) = 1
)
select
    t.table_name as "table",
    t.estimated_size as rows,
    k.column_name as key,
    coalesce(list(distinct i.column_name) filter (i.column_name is not null), []) as indexed,
from duckdb_tables() t
left join own_key k using (table_name)
left join single_index i using (table_name)
where t.schema_name = 'main' and not t.internal and not t.temporary
group by all
order by "table"

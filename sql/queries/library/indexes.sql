-- What:       what keeps values unique or finds them: indexes that were made, and those of keys.
-- Parameters: none.
-- Result:     table, name (null for that of a key), columns, kind ("index", "unique index", "primary key", "unique").
select
    table_name as "table", index_name as name, trim(expressions, '[]') as columns,
    case when is_unique then 'unique index' else 'index' end as kind,
from duckdb_indexes()
union all
select table_name, null, array_to_string(constraint_column_names, ', '), lower(constraint_type)
from duckdb_constraints()
where constraint_type in ('PRIMARY KEY', 'UNIQUE')
order by all

-- What:       the memory that DuckDB holds for the state of the library that is read.
-- Parameters: none.
-- Result:     purpose (BASE_TABLE, HASH_TABLE, ...), memory_bytes, spilled_bytes (on disk, for want of memory).
select tag as purpose, memory_usage_bytes as memory_bytes, temporary_storage_bytes as spilled_bytes
from duckdb_memory()
where memory_usage_bytes > 0 or temporary_storage_bytes > 0
order by memory_bytes desc, purpose

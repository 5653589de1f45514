-- What: the explicit indexes.
-- Why:  DuckDB's ART serves single-column point lookups and nothing else, and costs bytes and load time.
--       So only what is looked up by one selective value and cannot be found by physical order: an
--       external id. Parents have an ART by their primary key; credits, files and streams of an item
--       are found by zone maps, since they are loaded in the order of their items.

create index external_id_by_value on external_id (external_id);

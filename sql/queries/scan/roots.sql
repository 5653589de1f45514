-- What:       the folders that a library was scanned from.
-- Parameters: library.
-- Result:     root.
select unnest(l.roots) as root
from library l
where l.name = $library
order by root

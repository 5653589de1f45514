-- What:       what the last scan saw, sidecars included.
-- Parameters: library.
-- Result:     path, size_bytes, mtime_ns, problem.
select s.path, s.size_bytes, s.mtime_ns, s.problem
from scan_entry s
where s.library_id = (select l.id from library l where l.name = $library)

-- Purpose:    Forget the use of entries that are gone.
delete from entry_use
where place not in (select e.place from entry e)

-- What: the title of its show, and whether all its files are gone, kept with each item.
-- Why:  a page shows both of every item. Looked up each time, they are three of five statements, and each statement costs
--       more than a hundred rows do.
-- How:  set in the transaction that writes an item, its show or its files (store.inherited); `mediamgr check` compares.

alter table media_item add column show_title varchar;
alter table media_item add column is_missing boolean default false;

update media_item i
set show_title = told.show_title
from (
    select o.id, coalesce(g.title, p.title) as show_title
    from media_item o
    join media_item p on p.id = o.parent_id
    left join media_item g on g.id = p.parent_id
) told
where i.id = told.id;

update media_item i
set is_missing = true
where coalesce(i.shared_file_item_id, i.id) in (
    select f.media_item_id
    from media_file f
    where f.file_role = 'main'
    group by all
    having bool_and(f.missing_since is not null)
);

comment on column media_item.show_title is 'Title of the show a season or an episode belongs to; null for films and shows.';
comment on column media_item.is_missing is 'It had main files, and none of them is there any more.';

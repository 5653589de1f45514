-- What: how many items and people have a word is never less than it says.
-- Why:  a search that knows beforehand where nothing can be found asks fewer statements.
-- How:  what is brought over is counted from now on (store.search_index); here for what was brought over before.

update word w
set items = told.items
from (select word_id, count(*) as items from item_word group by all) told
where told.word_id = w.id and w.items < told.items;

update word w
set people = told.people
from (select word_id, count(*) as people from person_word group by all) told
where told.word_id = w.id and w.people < told.people;

comment on column word.items is 'How many items have it, at most: those that lost it are counted until all is written anew.';
comment on column word.people is 'How many people have it, at most.';

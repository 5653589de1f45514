-- What: which words the titles and names have, who has which, and the credits of people by person.
-- Why:  looking through every title for a word takes a second at ten million. A dictionary of the distinct words is small, and
--       what has a word lies together, so that zone maps lead to it; so do the credits of a person. An ART index over as many
--       rows would take several times the room, and serves one column only.
-- How:  set from the other tables before a generation is published, for items and people that changed (is_indexed); made anew,
--       in order, when much changed. Until then search looks through every title, as it always can.

create table word (
    id     integer not null,
    word   varchar not null,
    items  bigint not null,
    people bigint not null
);
comment on table word is 'Every distinct word of titles and names, as search sees them; an internal form.';
comment on column word.id is 'In the order of the words when all were written; later ones follow.';
comment on column word.word is 'Lower case, no accents, no punctuation.';
comment on column word.items is 'How many items had it when all were written; 0 for later ones.';
comment on column word.people is 'How many people had it then; 0 for later ones.';

create table item_word (
    word_id       integer not null,
    media_item_id bigint not null,
    is_first      boolean not null,
    is_whole      boolean not null,
    rating        double
);
comment on table item_word is 'Which items have a word in their title or original title; by word, best rated first; an internal form.';
comment on column item_word.word_id is 'The word (word.id).';
comment on column item_word.media_item_id is 'The item (media_item.id) that has it.';
comment on column item_word.is_first is 'Its title begins with it.';
comment on column item_word.is_whole is 'Its title is that word and no other.';
comment on column item_word.rating is 'That of the item.';

create table person_word (
    word_id   integer not null,
    person_id bigint not null
);
comment on table person_word is 'Which people have a word in their name; by word; an internal form.';
comment on column person_word.word_id is 'The word (word.id).';
comment on column person_word.person_id is 'The person (person.id) who has it.';

create table person_credit (
    person_id     bigint not null,
    media_item_id bigint not null,
    department    varchar not null,
    role          varchar not null,
    "character"   varchar,
    "position"    integer,
    source        varchar not null
);
comment on table person_credit is 'The rows of credit once more, by person; an internal form.';
comment on column person_credit.person_id is 'As in credit.';
comment on column person_credit.media_item_id is 'As in credit.';
comment on column person_credit.department is 'As in credit.';
comment on column person_credit.role is 'As in credit.';
comment on column person_credit."character" is 'As in credit.';
comment on column person_credit."position" is 'As in credit.';
comment on column person_credit.source is 'As in credit.';

create table index_state (
    built_at timestamp not null,
    items    bigint not null,
    people   bigint not null
);
comment on table index_state is 'When words and credits by person were last written in order; no row when never; an internal form.';
comment on column index_state.built_at is 'UTC.';
comment on column index_state.items is 'Items that changed since then.';
comment on column index_state.people is 'People that changed since then.';

-- the squeezed spellings go: what runs across words is found by its words
update media_item set search_text = regexp_extract(search_text, '^(.*?) \|[^ ]', 1)
where regexp_matches(search_text, ' \|[^ ]');
comment on column media_item.search_text is 'The words of the title, and after " | " those of the original title; an internal form.';

alter table media_item add column is_indexed boolean;
comment on column media_item.is_indexed is 'Whether item_word and person_credit have it as it is; an internal form.';
alter table person add column is_indexed boolean;
comment on column person.is_indexed is 'Whether person_word has the name as it is; an internal form.';

-- What: the order of titles as a librarian would have it, kept with each item.
-- Why:  sorting ten million titles by their text takes seconds, by a number a fraction of one. The key is ICU's, of the root
--       locale, so that case and accents decide between equals only; leading articles and punctuation do not count, and
--       numbers count by value.
-- How:  sort_key is set when an item is written. title_rank is set from it before a generation is published, with room
--       between neighbours, so that a new title takes a number between two others and no other item changes.

create macro title_sort_text(title, sort_title, language) as (
    regexp_replace(
        regexp_replace(
            case
                when sort_title is not null then sort_title
                -- articles that are words in other languages count as articles only where that language is known
                when regexp_matches(language, '^en(-|$)') then regexp_replace(
                    regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'), '(?i)^(the|an?)\s+(\S)', '\2')
                when regexp_matches(language, '^de(-|$)') then regexp_replace(
                    regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'),
                    '(?i)^(the|der|die|das|ein|eine)\s+(\S)', '\2')
                when regexp_matches(language, '^(fr|es|it|pt|ca)(-|$)')
                then regexp_replace(
                    regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'),
                    '(?i)^((the|les?|la|une?|el|los|las|una|il|lo|i|gli|uno|os?|as?|um|uma|els)\s+|l[''’])(\S)', '\3')
                when regexp_matches(language, '^(nl|sv|da|no|nb|nn)(-|$)') then regexp_replace(
                    regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'),
                    '(?i)^(the|de|het|een|den|det|ett?|en)\s+(\S)', '\2')
                else regexp_replace(
                    regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'),
                    '(?i)^((the|an?|der|das|ein|eine|les?|une?|una|il|gli|het|een)\s+|l[''’])(\S)', '\3')
            end,
            -- each number is given eleven zeros, and then keeps its last twelve digits
            '(\d+)', '00000000000\1', 'g'),
        '\d*?(\d{12})(\D|$)', '\1\2', 'g')
);

create macro title_sort_key(title, sort_title, language) as
    unhex(icu_sort_key(title_sort_text(title, sort_title, language), 'und'));

-- where a title, or its beginning, is in that order, whatever its case and accents
create macro title_sort_prefix(title) as
    unhex(regexp_extract(icu_sort_key(title_sort_text(title, null, null), 'und'), '^((?:[0-9A-F]{2})*?)01', 1));

alter table media_item add column sort_key blob;
alter table media_item add column title_rank bigint;
update media_item set sort_key = title_sort_key(title, sort_title, original_language);
comment on column media_item.sort_key is 'What its title sorts by: title_sort_key(title, sort_title, original_language); an internal form.';
comment on column media_item.title_rank is 'Its place in the order of titles, with gaps; null until the change that made it is published.';

create table title_mark (
    title_rank bigint not null,
    sort_key   blob not null,
    id         bigint not null
);
comment on table title_mark is 'Every 1024th item in the order of titles, when that was last numbered: where a new title belongs.';
comment on column title_mark.title_rank is 'The title_rank it was given.';
comment on column title_mark.sort_key is 'The sort_key it had.';
comment on column title_mark.id is 'Of that item, which may be gone or elsewhere by now.';

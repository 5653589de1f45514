-- What:       for each of several texts, how much could be found by it, at most; a text that no word holds has no row.
-- Parameters: words (the texts).
-- Result:     number (of the text, from 0), begun (items with a word that begins with it), held (items with a word that
--             holds it anywhere), people (people with a name that begins with it).
select
    a.number - 1 as number,
    cast(coalesce(sum(w.items) filter (starts_with(w.word, a.asked)), 0) as bigint) as begun,
    cast(sum(w.items) as bigint) as held,
    cast(coalesce(sum(w.people) filter (starts_with(w.word, a.asked)), 0) as bigint) as people,
from (select unnest($words) as asked, generate_subscripts($words, 1) as number) a
join word w on contains(w.word, a.asked)
group by a.number

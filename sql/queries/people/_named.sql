-- people whose names have, for each text asked for, a word that begins with it; by the index of words
asked as (
    select unnest($words) as asked, generate_subscripts($words, 1) as number
),
meant as materialized (
    select a.number, w.id, w.people
    from word w
    join asked a on starts_with(w.word, a.asked)
),
rarest as materialized (
    select number from meant group by all order by sum(people), number limit 1
),
candidate as materialized (
    select distinct p.person_id as id
    from person_word p
    where p.word_id in (select m.id from meant m join rarest r on r.number = m.number)
),
held as (
    select p.person_id as id, m.number
    from person_word p
    join meant m on m.id = p.word_id
    where m.number not in (select r.number from rarest r) and p.person_id in (select c.id from candidate c)
),
named as materialized (
    select id from candidate where len($words) = 1
    union all
    select id from held where len($words) > 1 group by all having count(distinct number) = len($words) - 1
)

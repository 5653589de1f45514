-- people who have, for every text asked for, a word in their name that is nearly it; by the index of words
asked as (
    select unnest($words) as asked, generate_subscripts($words, 1) as number
),
close_word as materialized (
    select
        a.number,
        w.id,
        w.people,
        if(starts_with(w.word, a.asked), 1, jaro_winkler_similarity(w.word, a.asked)) as similarity,
    from word w
    cross join asked a
    where similarity >= $least_word
),
rarest_word as materialized (
    select number from close_word group by all order by sum(people), number limit 1
),
somebody as materialized (
    select distinct p.person_id as id
    from person_word p
    where p.word_id in (select c.id from close_word c join rarest_word r on r.number = c.number)
),
nearly as materialized (
    select b.id, min(b.similarity) as similarity
    from (
        select p.person_id as id, c.number, max(c.similarity) as similarity
        from person_word p
        join close_word c on c.id = p.word_id
        where p.person_id in (select s.id from somebody s)
        group by all
    ) b
    group by b.id
    having count(*) = len($words)
)

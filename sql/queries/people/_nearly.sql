asked as (
    select unnest($words) as asked
),
name_word as (
    select p.id, unnest(string_split(p.name_key, ' ')) as word
    from person p
),
-- each word of names is compared once, however many bear it
close_word as (
    select
        a.asked,
        w.word,
        if(starts_with(w.word, a.asked), 1, jaro_winkler_similarity(w.word, a.asked)) as similarity,
    from (select distinct word from name_word) w
    cross join asked a
    where similarity >= $least_word
),
-- for every word asked for, the name has one that is nearly it
nearly as (
    select b.id, min(b.similarity) as similarity
    from (
        select n.id, c.asked, max(c.similarity) as similarity
        from name_word n
        join close_word c on c.word = n.word
        group by all
    ) b
    group by b.id
    having count(*) = (select count(*) from asked)
),

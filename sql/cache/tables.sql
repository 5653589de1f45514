-- What the cache file of the db backend holds; all of it can be lost and asked for again.
create table if not exists entry (
    place text primary key,
    packed blob not null,
    kept_until double not null
);
create table if not exists entry_use (
    place text primary key,
    hits bigint not null,
    used_at double not null
);
create table if not exists tally (
    namespace text not null,
    name text not null,
    amount bigint not null,
    primary key (namespace, name)
);

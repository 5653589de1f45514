-- What: what providers list of a show, what became of asking them, and which picture a source would show first.
-- Why:  missing episodes are those that are listed and not there; nobody is asked twice, and a doubtful match waits for the
--       user; of many pictures one is worth downloading.

create table listed_episode (
    media_item_id   bigint not null,
    source          varchar not null,
    season_number   integer check (season_number >= 0),
    episode_number  integer check (episode_number >= 0),
    absolute_number integer check (absolute_number >= 0),
    title           varchar,
    premiered_on    date,
    runtime_minutes integer check (runtime_minutes >= 0),
    external_id     varchar
);
comment on table listed_episode is 'The episodes that a provider lists for a show, whether the library has them or not.';
comment on column listed_episode.media_item_id is 'The show (media_item.id).';
comment on column listed_episode.source is 'The provider that lists it: tmdb, tvmaze, ...';
comment on column listed_episode.season_number is '0 is the season of specials.';
comment on column listed_episode.episode_number is 'Within the season; null for a special without number.';
comment on column listed_episode.absolute_number is 'Number across seasons, as anime is numbered.';
comment on column listed_episode.title is 'As the provider has it; null when it has none yet.';
comment on column listed_episode.premiered_on is 'First aired, or to be; null when not known.';
comment on column listed_episode.runtime_minutes is 'Minutes, as the provider says.';
comment on column listed_episode.external_id is 'What the provider calls it; null where it does not number episodes.';

create table provider_match (
    media_item_id bigint not null,
    source        varchar not null,
    external_id   varchar not null,
    status        varchar not null check (status in ('matched', 'accepted', 'doubtful', 'rejected', 'nothing')),
    score         double,
    reasons       varchar[],
    title         varchar,
    year          smallint,
    url           varchar,
    checked_at    timestamp not null,
    enriched_at   timestamp,
    check ((external_id = '') = (status = 'nothing'))
);
comment on table provider_match is 'What became of asking a provider for an item: one row a candidate, so that nobody is asked twice.';
comment on column provider_match.media_item_id is 'The film or show (media_item.id) that was asked for.';
comment on column provider_match.source is 'The provider that was asked: tmdb, tvmaze, ...';
comment on column provider_match.external_id is 'What the provider calls the candidate; empty when it has nothing like it.';
comment on column provider_match.status is 'matched (automatically), accepted or rejected (by the user), doubtful (to be reviewed) or nothing (found).';
comment on column provider_match.score is 'How alike the two are, the higher the more; null when nothing was found.';
comment on column provider_match.reasons is 'What speaks for and against it, in words.';
comment on column provider_match.title is 'Of the candidate, for review.';
comment on column provider_match.year is 'Of the candidate.';
comment on column provider_match.url is 'Where the candidate can be looked at; null when the provider has no page for it.';
comment on column provider_match.checked_at is 'When the provider was asked, or the user decided, UTC.';
comment on column provider_match.enriched_at is 'When its facts were written into the item, UTC; null while they are not.';

alter table artwork add column position integer;
comment on column artwork.position is 'Which of a type its source would show first, from 0; null where it does not say.';

comment on column field_source.field_name is 'The column of media_item; or id:imdb and the like, for an external id.';

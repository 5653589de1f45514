-- What: every table of a library file.
-- Why:  one columnar store under every source and every surface. Frames enter by the loader, rows
--       leave by the repository. Keys of children are checked by `mediamgr check`, not by FOREIGN KEY:
--       DuckDB turns each foreign key into an ART index and refuses updates of referenced parents.
-- Units are in the names: sizes are bytes, runtimes minutes, durations seconds, times UTC.

create sequence library_id;
create sequence media_item_id;
create sequence media_file_id;
create sequence person_id;
create sequence job_run_id;

create table library (
    id          integer primary key default nextval('library_id'),
    name        varchar not null unique check (length(name) > 0),
    roots       varchar[] not null default [],
    created_at  timestamp not null default (now() at time zone 'UTC')
);
comment on table library is 'A named collection (a "section" in media servers): one kind of thing under some folders.';
comment on column library.roots is 'Folders that `mediamgr scan` walks, absolute paths.';

create table media_item (
    id                  bigint primary key,
    library_id          integer not null,
    item_key            varchar not null,
    media_type          varchar not null check (media_type in ('movie', 'show', 'season', 'episode')),
    parent_id           bigint,
    shared_file_item_id bigint,
    title               varchar not null check (length(title) > 0),
    sort_title          varchar,
    original_title      varchar,
    title_key           varchar not null,
    search_text         varchar not null,
    year                smallint check (year between 1870 and 2200),
    season_number       integer check (season_number >= 0),
    episode_number      integer check (episode_number >= 0),
    absolute_number     integer check (absolute_number >= 0),
    premiered_on        date,
    runtime_minutes     integer check (runtime_minutes >= 0),
    rating              double check (rating between 0 and 10),
    votes               bigint check (votes >= 0),
    user_rating         double check (user_rating between 0 and 10),
    content_rating      varchar,
    tagline             varchar,
    plot                varchar,
    genres              varchar[],
    tags                varchar[],
    countries           varchar[],
    studios             varchar[],
    original_language   varchar,
    collection          varchar,
    series_status       varchar check (series_status in ('continuing', 'ended', 'canceled', 'upcoming')),
    added_at            timestamp not null,
    updated_at          timestamp not null
);
comment on table media_item is 'A film, show, season or episode. Shows and seasons are containers: they have no files.';
comment on column media_item.item_key is 'Natural key within the library; given once by the source, kept across rescans and re-imports.';
comment on column media_item.parent_id is 'The show of a season, the season of an episode; null for films and shows.';
comment on column media_item.shared_file_item_id is 'The episode whose file also holds this one (multi-episode files); null otherwise.';
comment on column media_item.title_key is 'The title as search sees it: lower case, no accents, no punctuation.';
comment on column media_item.search_text is 'All searchable spellings, normalised by mediamgr.search; an internal form.';
comment on column media_item.season_number is '0 is the season of specials.';
comment on column media_item.absolute_number is 'Number across seasons, as anime is numbered.';
comment on column media_item.premiered_on is 'Release date of a film, first aired of a show or episode.';
comment on column media_item.rating is 'Community rating, 0 to 10.';
comment on column media_item.countries is 'ISO 3166-1 alpha-2 where known, else as the source wrote it.';
comment on column media_item.original_language is 'BCP 47.';

create table media_file (
    id               bigint primary key,
    library_id       integer not null,
    media_item_id    bigint not null,
    path             varchar not null,
    path_bytes       blob,
    file_role        varchar not null default 'main' check (file_role in ('main', 'extra', 'trailer', 'sample')),
    part_number      integer check (part_number >= 1),
    size_bytes       bigint check (size_bytes >= 0),
    mtime_ns         bigint,
    container        varchar,
    duration_seconds double check (duration_seconds >= 0),
    bitrate_kbps     integer check (bitrate_kbps >= 0),
    edition          varchar,
    quality_source   varchar,
    release_group    varchar,
    fingerprint      varchar,
    problem          varchar,
    missing_since    timestamp,
    added_at         timestamp not null
);
comment on table media_file is 'One file: a version, edition or part of an item. Rows are marked missing, never deleted unasked.';
comment on column media_file.path is 'Absolute path; bytes that are not UTF-8 appear as \xNN.';
comment on column media_file.path_bytes is 'The exact path, only where it is not valid UTF-8.';
comment on column media_file.part_number is '1, 2, ... of a film in several parts (cd1, cd2); null when whole.';
comment on column media_file.fingerprint is 'Size and a hash of the first and last 64 KiB: survives moves and renames.';
comment on column media_file.problem is 'Why its streams could not be read; null when they were.';
comment on column media_file.missing_since is 'When a scan first did not find it; null while it is there.';

create table media_stream (
    media_file_id       bigint not null,
    stream_index        integer not null check (stream_index >= 0),
    stream_type         varchar not null check (stream_type in ('video', 'audio', 'subtitle')),
    codec               varchar,
    profile             varchar,
    bit_depth           integer,
    width               integer check (width > 0),
    height              integer check (height > 0),
    resolution_class    varchar generated always as (
        case
            when width is null or height is null then null
            when width > 2560 or height > 1440 then '2160p'
            when width > 1920 or height > 1088 then '1440p'
            when width > 1280 or height > 720 then '1080p'
            when width > 1024 or height > 576 then '720p'
            when height > 480 then '576p'
            else '480p'
        end
    ) virtual,
    frame_rate          double check (frame_rate > 0),
    hdr_format          varchar,
    channels            integer check (channels >= 0),
    bitrate_kbps        integer check (bitrate_kbps >= 0),
    language            varchar,
    language_raw        varchar,
    title               varchar,
    is_default          boolean not null default false,
    is_forced           boolean not null default false,
    is_hearing_impaired boolean not null default false
);
comment on table media_stream is 'A video, audio or subtitle track inside a file.';
comment on column media_stream.codec is 'h264, hevc, av1, vp9, mpeg2video, aac, ac3, eac3, truehd, dts, flac, opus, subrip, ...';
comment on column media_stream.resolution_class is 'By width and height, so that 1920x800 is 1080p: 480p to 2160p.';
comment on column media_stream.hdr_format is 'SDR, HDR10, HDR10+, HLG, Dolby Vision or a combination joined by " / "; video only.';
comment on column media_stream.language is 'BCP 47; language_raw is what the file said.';

create table person (
    id         bigint primary key,
    person_key varchar not null,
    name       varchar not null check (length(name) > 0),
    name_key   varchar not null,
    matched_by varchar not null check (matched_by in ('id', 'name'))
);
comment on table person is 'People with different external ids stay apart though they share a name.';
comment on column person.person_key is 'Natural key: "source:id" when a source gave an id, else "name:" and the normalised name.';
comment on column person.matched_by is '"name" flags a person known by name only: may be several people.';

create table credit (
    media_item_id bigint not null,
    person_id     bigint not null,
    department    varchar not null,
    role          varchar not null,
    character     varchar,
    position      integer,
    source        varchar not null
);
comment on table credit is 'Who did what in an item.';
comment on column credit.role is 'actor, director, writer, producer, composer, creator, guest_star, ...';
comment on column credit.position is 'Billing order within the role, from 0.';
comment on column credit.source is 'Which source said so: nfo, import, demo or a provider.';

create table external_id (
    media_item_id bigint,
    person_id     bigint,
    source        varchar not null,
    id_space      varchar not null check (id_space in ('movie', 'show', 'season', 'episode', 'person')),
    external_id   varchar not null,
    check ((media_item_id is null) <> (person_id is null))
);
comment on table external_id is 'What others call an item or a person. Either media_item_id or person_id is set.';
comment on column external_id.source is 'imdb, tmdb, tvdb, tvmaze, trakt, wikidata, ...';
comment on column external_id.id_space is 'TMDB and others number films, shows and people separately.';

create table artwork (
    media_item_id   bigint not null,
    artwork_type    varchar not null check (artwork_type in (
        'poster', 'backdrop', 'banner', 'logo', 'clearart', 'thumb', 'still', 'disc', 'profile')),
    path            varchar,
    url             varchar,
    width           integer,
    height          integer,
    language        varchar,
    download_status varchar not null check (download_status in ('local', 'pending', 'downloaded', 'failed')),
    source          varchar not null,
    check (path is not null or url is not null)
);
comment on table artwork is 'Pictures of an item: on disk (path), known by address (url), or both.';

create table subtitle (
    media_item_id       bigint not null,
    path                varchar,
    url                 varchar,
    language            varchar,
    language_raw        varchar,
    format              varchar,
    is_default          boolean not null default false,
    is_forced           boolean not null default false,
    is_hearing_impaired boolean not null default false,
    download_status     varchar not null check (download_status in ('local', 'pending', 'downloaded', 'failed')),
    source              varchar not null,
    check (path is not null or url is not null)
);
comment on table subtitle is 'Subtitles beside the video; those inside it are in media_stream.';
comment on column subtitle.format is 'srt, ass, vtt, sub, sup, ...';

create table history_event (
    media_item_id bigint not null,
    event_type    varchar not null check (event_type in ('played', 'added', 'rated', 'paused', 'watchlisted')),
    user_name     varchar not null default 'me',
    occurred_at   timestamp not null,
    value         double,
    source        varchar not null
);
comment on table history_event is 'What happened to an item and when. A play is unique by user, item and time.';
comment on column history_event.occurred_at is 'UTC.';
comment on column history_event.value is 'rated: 0 to 10; played and paused: share watched, 0 to 1; null when unknown.';

create table job_run (
    id          bigint primary key default nextval('job_run_id'),
    library_id  integer,
    job_type    varchar not null,
    status      varchar not null check (status in ('running', 'succeeded', 'failed', 'interrupted')),
    started_at  timestamp not null,
    finished_at timestamp,
    counts      map(varchar, bigint),
    error       varchar
);
comment on table job_run is 'Each scan, import, migration, enrichment and how it went.';
comment on column job_run.library_id is 'Null when the job concerned several libraries or none.';

create table field_source (
    media_item_id bigint not null,
    field_name    varchar not null,
    source        varchar not null,
    set_at        timestamp not null,
    is_locked     boolean not null default false
);
comment on table field_source is 'Which source gave a field its value, and when. A locked field is never overwritten.';

create table scan_entry (
    library_id integer not null,
    path       varchar not null,
    size_bytes bigint not null,
    mtime_ns   bigint not null,
    problem    varchar
);
comment on table scan_entry is 'Every file that the last scan looked at, sidecars included: what a rescan compares with.';

create table name_guess (
    name  varchar not null,
    guess json not null,
    rules varchar not null
);
comment on table name_guess is 'File names already understood, so that a rescan does not guess again.';
comment on column name_guess.rules is 'Version of the rules and of guessit that gave the guess.';

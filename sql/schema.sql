-- Generated after the last migration by `make schema`; not run by anything.

CREATE MACRO title_sort_key(title, sort_title, language) AS unhex(icu_sort_key(title_sort_text(title, sort_title, "language"), 'und'));

CREATE MACRO title_sort_prefix(title) AS unhex(regexp_extract(icu_sort_key(title_sort_text(title, NULL, NULL), 'und'), '^((?:[0-9A-F]{2})*?)01', 1));

CREATE MACRO title_sort_text(title, sort_title, language) AS regexp_replace(regexp_replace(CASE  WHEN ((sort_title IS NOT NULL)) THEN (sort_title) WHEN (regexp_matches("language", '^en(-|$)')) THEN (regexp_replace(regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'), '(?i)^(the|an?)\s+(\S)', '\2')) WHEN (regexp_matches("language", '^de(-|$)')) THEN (regexp_replace(regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'), '(?i)^(the|der|die|das|ein|eine)\s+(\S)', '\2')) WHEN (regexp_matches("language", '^(fr|es|it|pt|ca)(-|$)')) THEN (regexp_replace(regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'), '(?i)^((the|les?|la|une?|el|los|las|una|il|lo|i|gli|uno|os?|as?|um|uma|els)\s+|l[''’])(\S)', '\3')) WHEN (regexp_matches("language", '^(nl|sv|da|no|nb|nn)(-|$)')) THEN (regexp_replace(regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'), '(?i)^(the|de|het|een|den|det|ett?|en)\s+(\S)', '\2')) ELSE regexp_replace(regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'), '(?i)^((the|an?|der|das|ein|eine|les?|une?|una|il|gli|het|een)\s+|l[''’])(\S)', '\3') END, '(\d+)', '00000000000\1', 'g'), '\d*?(\d{12})(\D|$)', '\1\2', 'g');

CREATE INDEX external_id_by_value ON external_id(external_id);

CREATE SEQUENCE job_run_id START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 NO CYCLE;

CREATE SEQUENCE library_id START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 NO CYCLE;

CREATE SEQUENCE media_file_id START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 NO CYCLE;

CREATE SEQUENCE media_item_id START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 NO CYCLE;

CREATE SEQUENCE person_id START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 NO CYCLE;

CREATE TABLE artwork (
  media_item_id BIGINT NOT NULL,
  artwork_type TEXT NOT NULL,
  path TEXT,
  url TEXT,
  width INT,
  height INT,
  "language" TEXT,
  download_status TEXT NOT NULL,
  "source" TEXT NOT NULL,
  "position" INT,
  CHECK ((
    artwork_type IN (
      'poster',
      'backdrop',
      'banner',
      'logo',
      'clearart',
      'thumb',
      'still',
      'disc',
      'profile'
    )
  )),
  CHECK ((
    download_status IN ('local', 'pending', 'downloaded', 'failed')
  )),
  CHECK ((
    (
      NOT path IS NULL
    ) OR (
      NOT url IS NULL
    )
  ))
);

CREATE TABLE credit (
  media_item_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  department TEXT NOT NULL,
  "role" TEXT NOT NULL,
  "character" TEXT,
  "position" INT,
  "source" TEXT NOT NULL
);

CREATE TABLE external_id (
  media_item_id BIGINT,
  person_id BIGINT,
  "source" TEXT NOT NULL,
  id_space TEXT NOT NULL,
  external_id TEXT NOT NULL,
  CHECK ((
    id_space IN ('movie', 'show', 'season', 'episode', 'person')
  )),
  CHECK ((
    (
      media_item_id IS NULL
    ) <> (
      person_id IS NULL
    )
  ))
);

CREATE TABLE field_source (
  media_item_id BIGINT NOT NULL,
  field_name TEXT NOT NULL,
  "source" TEXT NOT NULL,
  set_at TIMESTAMP NOT NULL,
  is_locked BOOLEAN DEFAULT (
    FALSE
  ) NOT NULL
);

CREATE TABLE history_event (
  media_item_id BIGINT NOT NULL,
  event_type TEXT NOT NULL,
  user_name TEXT DEFAULT (
    'me'
  ) NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  "value" DOUBLE,
  "source" TEXT NOT NULL,
  CHECK ((
    event_type IN ('played', 'added', 'rated', 'paused', 'watchlisted')
  ))
);

CREATE TABLE index_state (
  built_at TIMESTAMP NOT NULL,
  items BIGINT NOT NULL,
  people BIGINT NOT NULL
);

CREATE TABLE item_word (
  word_id INT NOT NULL,
  media_item_id BIGINT NOT NULL,
  is_first BOOLEAN NOT NULL,
  is_whole BOOLEAN NOT NULL,
  rating DOUBLE
);

CREATE TABLE job_run (
  id BIGINT DEFAULT (
    NEXTVAL('job_run_id')
  ) PRIMARY KEY,
  library_id INT,
  job_type TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at TIMESTAMP NOT NULL,
  finished_at TIMESTAMP,
  counts MAP(TEXT, BIGINT),
  "error" TEXT,
  CHECK ((
    status IN ('running', 'succeeded', 'failed', 'interrupted')
  ))
);

CREATE TABLE library (
  id INT DEFAULT (
    NEXTVAL('library_id')
  ) PRIMARY KEY,
  "name" TEXT NOT NULL UNIQUE,
  roots TEXT[] DEFAULT (
    []
  ) NOT NULL,
  created_at TIMESTAMP DEFAULT (
    TIMEZONE('UTC', NOW())
  ) NOT NULL,
  CHECK ((
    LENGTH("name") > 0
  ))
);

CREATE TABLE listed_episode (
  media_item_id BIGINT NOT NULL,
  "source" TEXT NOT NULL,
  season_number INT,
  episode_number INT,
  absolute_number INT,
  title TEXT,
  premiered_on DATE,
  runtime_minutes INT,
  external_id TEXT,
  CHECK ((
    season_number >= 0
  )),
  CHECK ((
    episode_number >= 0
  )),
  CHECK ((
    absolute_number >= 0
  )),
  CHECK ((
    runtime_minutes >= 0
  ))
);

CREATE TABLE media_file (
  id BIGINT PRIMARY KEY,
  library_id INT NOT NULL,
  media_item_id BIGINT NOT NULL,
  path TEXT NOT NULL,
  path_bytes BLOB,
  file_role TEXT DEFAULT (
    'main'
  ) NOT NULL,
  part_number INT,
  size_bytes BIGINT,
  mtime_ns BIGINT,
  container TEXT,
  duration_seconds DOUBLE,
  bitrate_kbps INT,
  edition TEXT,
  quality_source TEXT,
  release_group TEXT,
  fingerprint TEXT,
  problem TEXT,
  missing_since TIMESTAMP,
  added_at TIMESTAMP NOT NULL,
  CHECK ((
    file_role IN ('main', 'extra', 'trailer', 'sample')
  )),
  CHECK ((
    part_number >= 1
  )),
  CHECK ((
    size_bytes >= 0
  )),
  CHECK ((
    duration_seconds >= 0
  )),
  CHECK ((
    bitrate_kbps >= 0
  ))
);

CREATE TABLE media_item (
  id BIGINT PRIMARY KEY,
  library_id INT NOT NULL,
  item_key TEXT NOT NULL,
  media_type TEXT NOT NULL,
  parent_id BIGINT,
  shared_file_item_id BIGINT,
  title TEXT NOT NULL,
  sort_title TEXT,
  original_title TEXT,
  title_key TEXT NOT NULL,
  search_text TEXT NOT NULL,
  "year" SMALLINT,
  season_number INT,
  episode_number INT,
  absolute_number INT,
  premiered_on DATE,
  runtime_minutes INT,
  rating DOUBLE,
  votes BIGINT,
  user_rating DOUBLE,
  content_rating TEXT,
  tagline TEXT,
  plot TEXT,
  genres TEXT[],
  tags TEXT[],
  countries TEXT[],
  studios TEXT[],
  original_language TEXT,
  collection TEXT,
  series_status TEXT,
  added_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  sort_key BLOB,
  title_rank BIGINT,
  is_indexed BOOLEAN,
  show_title TEXT,
  is_missing BOOLEAN DEFAULT (
    FALSE
  ),
  CHECK ((
    media_type IN ('movie', 'show', 'season', 'episode')
  )),
  CHECK ((
    LENGTH(title) > 0
  )),
  CHECK ((
    "year" BETWEEN 1870 AND 2200
  )),
  CHECK ((
    season_number >= 0
  )),
  CHECK ((
    episode_number >= 0
  )),
  CHECK ((
    absolute_number >= 0
  )),
  CHECK ((
    runtime_minutes >= 0
  )),
  CHECK ((
    rating BETWEEN 0 AND 10
  )),
  CHECK ((
    votes >= 0
  )),
  CHECK ((
    user_rating BETWEEN 0 AND 10
  )),
  CHECK ((
    series_status IN ('continuing', 'ended', 'canceled', 'upcoming')
  ))
);

CREATE TABLE media_stream (
  media_file_id BIGINT NOT NULL,
  stream_index INT NOT NULL,
  stream_type TEXT NOT NULL,
  codec TEXT,
  profile TEXT,
  bit_depth INT,
  width INT,
  height INT,
  resolution_class TEXT GENERATED ALWAYS AS (CASE
    WHEN (
      (
        (
          width IS NULL
        ) OR (
          height IS NULL
        )
      )
    )
    THEN (
      NULL
    )
    WHEN (
      (
        (
          width > 2560
        ) OR (
          height > 1440
        )
      )
    )
    THEN (
      '2160p'
    )
    WHEN (
      (
        (
          width > 1920
        ) OR (
          height > 1088
        )
      )
    )
    THEN (
      '1440p'
    )
    WHEN (
      (
        (
          width > 1280
        ) OR (
          height > 720
        )
      )
    )
    THEN (
      '1080p'
    )
    WHEN (
      (
        (
          width > 1024
        ) OR (
          height > 576
        )
      )
    )
    THEN (
      '720p'
    )
    WHEN (
      (
        height > 480
      )
    )
    THEN (
      '576p'
    )
    ELSE '480p'
  END),
  frame_rate DOUBLE,
  hdr_format TEXT,
  channels INT,
  bitrate_kbps INT,
  "language" TEXT,
  language_raw TEXT,
  title TEXT,
  is_default BOOLEAN DEFAULT (
    FALSE
  ) NOT NULL,
  is_forced BOOLEAN DEFAULT (
    FALSE
  ) NOT NULL,
  is_hearing_impaired BOOLEAN DEFAULT (
    FALSE
  ) NOT NULL,
  CHECK ((
    stream_index >= 0
  )),
  CHECK ((
    stream_type IN ('video', 'audio', 'subtitle')
  )),
  CHECK ((
    width > 0
  )),
  CHECK ((
    height > 0
  )),
  CHECK ((
    frame_rate > 0
  )),
  CHECK ((
    channels >= 0
  )),
  CHECK ((
    bitrate_kbps >= 0
  ))
);

CREATE TABLE name_guess (
  "name" TEXT NOT NULL,
  guess JSON NOT NULL,
  rules TEXT NOT NULL
);

CREATE TABLE person (
  id BIGINT PRIMARY KEY,
  person_key TEXT NOT NULL,
  "name" TEXT NOT NULL,
  name_key TEXT NOT NULL,
  matched_by TEXT NOT NULL,
  is_indexed BOOLEAN,
  CHECK ((
    LENGTH("name") > 0
  )),
  CHECK ((
    matched_by IN ('id', 'name')
  ))
);

CREATE TABLE person_credit (
  person_id BIGINT NOT NULL,
  media_item_id BIGINT NOT NULL,
  department TEXT NOT NULL,
  "role" TEXT NOT NULL,
  "character" TEXT,
  "position" INT,
  "source" TEXT NOT NULL
);

CREATE TABLE person_word (
  word_id INT NOT NULL,
  person_id BIGINT NOT NULL
);

CREATE TABLE provider_match (
  media_item_id BIGINT NOT NULL,
  "source" TEXT NOT NULL,
  external_id TEXT NOT NULL,
  status TEXT NOT NULL,
  score DOUBLE,
  reasons TEXT[],
  title TEXT,
  "year" SMALLINT,
  url TEXT,
  checked_at TIMESTAMP NOT NULL,
  enriched_at TIMESTAMP,
  CHECK ((
    status IN ('matched', 'accepted', 'doubtful', 'rejected', 'nothing')
  )),
  CHECK ((
    (
      external_id = ''
    ) = (
      status = 'nothing'
    )
  ))
);

CREATE TABLE scan_entry (
  library_id INT NOT NULL,
  path TEXT NOT NULL,
  size_bytes BIGINT NOT NULL,
  mtime_ns BIGINT NOT NULL,
  problem TEXT
);

CREATE TABLE schema_migration (
  "version" INT PRIMARY KEY,
  "name" TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at TIMESTAMP NOT NULL
);

CREATE TABLE subtitle (
  media_item_id BIGINT NOT NULL,
  path TEXT,
  url TEXT,
  "language" TEXT,
  language_raw TEXT,
  format TEXT,
  is_default BOOLEAN DEFAULT (
    FALSE
  ) NOT NULL,
  is_forced BOOLEAN DEFAULT (
    FALSE
  ) NOT NULL,
  is_hearing_impaired BOOLEAN DEFAULT (
    FALSE
  ) NOT NULL,
  download_status TEXT NOT NULL,
  "source" TEXT NOT NULL,
  CHECK ((
    download_status IN ('local', 'pending', 'downloaded', 'failed')
  )),
  CHECK ((
    (
      NOT path IS NULL
    ) OR (
      NOT url IS NULL
    )
  ))
);

CREATE TABLE title_mark (
  title_rank BIGINT NOT NULL,
  sort_key BLOB NOT NULL,
  id BIGINT NOT NULL
);

CREATE TABLE word (
  id INT NOT NULL,
  word TEXT NOT NULL,
  items BIGINT NOT NULL,
  people BIGINT NOT NULL
);

COMMENT ON TABLE artwork IS 'Pictures of an item: on disk (path), known by address (url), or both.';
COMMENT ON COLUMN artwork.media_item_id IS 'The item (media_item.id) it shows.';
COMMENT ON COLUMN artwork.artwork_type IS 'poster, backdrop, banner, logo, clearart, thumb, still, disc or profile.';
COMMENT ON COLUMN artwork.path IS 'Absolute path on disk; null while it is known by address only.';
COMMENT ON COLUMN artwork.url IS 'Where it can be had; null for a picture found on disk.';
COMMENT ON COLUMN artwork.width IS 'Pixels.';
COMMENT ON COLUMN artwork.height IS 'Pixels.';
COMMENT ON COLUMN artwork.language IS 'Of the words in it, BCP 47; null when it has none or that is unknown.';
COMMENT ON COLUMN artwork.download_status IS 'local (found on disk), pending, downloaded or failed.';
COMMENT ON COLUMN artwork.source IS 'Which source told of it: scan, nfo, import, demo or a provider.';
COMMENT ON COLUMN artwork.position IS 'Which of a type its source would show first, from 0; null where it does not say.';
COMMENT ON TABLE credit IS 'Who did what in an item.';
COMMENT ON COLUMN credit.media_item_id IS 'The item (media_item.id) worked on.';
COMMENT ON COLUMN credit.person_id IS 'Who (person.id) worked on it.';
COMMENT ON COLUMN credit.department IS 'cast, directing, writing, production, sound or crew.';
COMMENT ON COLUMN credit.role IS 'actor, director, writer, producer, composer, creator, guest_star, ...';
COMMENT ON COLUMN credit.character IS 'Who an actor plays; null for crew, and when unknown.';
COMMENT ON COLUMN credit.position IS 'Billing order within the role, from 0.';
COMMENT ON COLUMN credit.source IS 'Which source said so: nfo, import, demo or a provider.';
COMMENT ON TABLE external_id IS 'What others call an item or a person. Either media_item_id or person_id is set.';
COMMENT ON COLUMN external_id.media_item_id IS 'The item (media_item.id) it names; null when it names a person.';
COMMENT ON COLUMN external_id.person_id IS 'The person (person.id) it names; null when it names an item.';
COMMENT ON COLUMN external_id.source IS 'imdb, tmdb, tvdb, tvmaze, trakt, wikidata, ...';
COMMENT ON COLUMN external_id.id_space IS 'TMDB and others number films, shows and people separately.';
COMMENT ON COLUMN external_id.external_id IS 'As the source writes it: tt0083658, 78, ...';
COMMENT ON TABLE field_source IS 'Which source gave a field its value, and when. A locked field is never overwritten.';
COMMENT ON COLUMN field_source.media_item_id IS 'The item (media_item.id) whose field it is.';
COMMENT ON COLUMN field_source.field_name IS 'The column of media_item; or id:imdb and the like, for an external id.';
COMMENT ON COLUMN field_source.source IS 'Who gave the value: nfo, user, a provider, ...';
COMMENT ON COLUMN field_source.set_at IS 'UTC.';
COMMENT ON COLUMN field_source.is_locked IS 'Kept as it is, whatever a source says later.';
COMMENT ON TABLE history_event IS 'What happened to an item and when. A play is unique by user, item and time.';
COMMENT ON COLUMN history_event.media_item_id IS 'The item (media_item.id) it happened to.';
COMMENT ON COLUMN history_event.event_type IS 'played, added, rated, paused or watchlisted.';
COMMENT ON COLUMN history_event.user_name IS 'Who did it; "me" unless the source names someone.';
COMMENT ON COLUMN history_event.occurred_at IS 'UTC.';
COMMENT ON COLUMN history_event.value IS 'rated: 0 to 10; played and paused: share watched, 0 to 1; null when unknown.';
COMMENT ON COLUMN history_event.source IS 'Which source told of it: nfo, import, demo or a provider.';
COMMENT ON TABLE index_state IS 'When words and credits by person were last written in order; no row when never; an internal form.';
COMMENT ON COLUMN index_state.built_at IS 'UTC.';
COMMENT ON COLUMN index_state.items IS 'Items that changed since then.';
COMMENT ON COLUMN index_state.people IS 'People that changed since then.';
COMMENT ON TABLE item_word IS 'Which items have a word in their title or original title; by word, best rated first; an internal form.';
COMMENT ON COLUMN item_word.word_id IS 'The word (word.id).';
COMMENT ON COLUMN item_word.media_item_id IS 'The item (media_item.id) that has it.';
COMMENT ON COLUMN item_word.is_first IS 'Its title begins with it.';
COMMENT ON COLUMN item_word.is_whole IS 'Its title is that word and no other.';
COMMENT ON COLUMN item_word.rating IS 'That of the item.';
COMMENT ON TABLE job_run IS 'Each scan, import, migration, enrichment and how it went.';
COMMENT ON COLUMN job_run.id IS 'In the order of starting.';
COMMENT ON COLUMN job_run.library_id IS 'Null when the job concerned several libraries or none.';
COMMENT ON COLUMN job_run.job_type IS 'scan, import, demo, enrich, ...';
COMMENT ON COLUMN job_run.status IS 'running, succeeded, failed or interrupted.';
COMMENT ON COLUMN job_run.started_at IS 'UTC.';
COMMENT ON COLUMN job_run.finished_at IS 'UTC; null while it runs.';
COMMENT ON COLUMN job_run.counts IS 'How many of what it did, by name: media_item_inserted, files_seen, ...';
COMMENT ON COLUMN job_run.error IS 'Why it ended early; null when it did not.';
COMMENT ON TABLE library IS 'A named collection (a "section" in media servers): one kind of thing under some folders.';
COMMENT ON COLUMN library.id IS 'What library_id names elsewhere.';
COMMENT ON COLUMN library.name IS 'As given to scan and import, "Media" unless told otherwise; no two alike.';
COMMENT ON COLUMN library.roots IS 'Folders that `mediamgr scan` walks, absolute paths.';
COMMENT ON COLUMN library.created_at IS 'When it was first scanned or imported into, UTC.';
COMMENT ON TABLE listed_episode IS 'The episodes that a provider lists for a show, whether the library has them or not.';
COMMENT ON COLUMN listed_episode.media_item_id IS 'The show (media_item.id).';
COMMENT ON COLUMN listed_episode.source IS 'The provider that lists it: tmdb, tvmaze, ...';
COMMENT ON COLUMN listed_episode.season_number IS '0 is the season of specials.';
COMMENT ON COLUMN listed_episode.episode_number IS 'Within the season; null for a special without number.';
COMMENT ON COLUMN listed_episode.absolute_number IS 'Number across seasons, as anime is numbered.';
COMMENT ON COLUMN listed_episode.title IS 'As the provider has it; null when it has none yet.';
COMMENT ON COLUMN listed_episode.premiered_on IS 'First aired, or to be; null when not known.';
COMMENT ON COLUMN listed_episode.runtime_minutes IS 'Minutes, as the provider says.';
COMMENT ON COLUMN listed_episode.external_id IS 'What the provider calls it; null where it does not number episodes.';
COMMENT ON TABLE media_file IS 'One file: a version, edition or part of an item. Rows are marked missing, never deleted unasked.';
COMMENT ON COLUMN media_file.id IS 'Stable within this library: a file that is moved or renamed keeps it.';
COMMENT ON COLUMN media_file.library_id IS 'The library (library.id) of its item.';
COMMENT ON COLUMN media_file.media_item_id IS 'The item (media_item.id) it holds; the first one where it holds several episodes.';
COMMENT ON COLUMN media_file.path IS 'Absolute path; bytes that are not UTF-8 appear as \xNN.';
COMMENT ON COLUMN media_file.path_bytes IS 'The exact path, only where it is not valid UTF-8.';
COMMENT ON COLUMN media_file.file_role IS 'main, or extra, trailer or sample.';
COMMENT ON COLUMN media_file.part_number IS '1, 2, ... of a film in several parts (cd1, cd2); null when whole.';
COMMENT ON COLUMN media_file.size_bytes IS 'Bytes on disk.';
COMMENT ON COLUMN media_file.mtime_ns IS 'Time of last change as the disk has it, nanoseconds since 1970 UTC.';
COMMENT ON COLUMN media_file.container IS 'mkv, mp4, avi, ts, ...: by what is inside, else by the ending of the name.';
COMMENT ON COLUMN media_file.duration_seconds IS 'Seconds, as measured; null when it could not be read.';
COMMENT ON COLUMN media_file.bitrate_kbps IS 'Kilobits (1000 bits) a second of all streams together.';
COMMENT ON COLUMN media_file.edition IS 'Director''s Cut, Extended, ...: from the name; null for the ordinary one.';
COMMENT ON COLUMN media_file.quality_source IS 'What it was made from: Bluray, Remux, WEBDL, WEBRip, HDTV, SDTV, DVD, ...: from the name.';
COMMENT ON COLUMN media_file.release_group IS 'Who released it, from the name.';
COMMENT ON COLUMN media_file.fingerprint IS 'Size and a hash of the first and last 64 KiB: survives moves and renames.';
COMMENT ON COLUMN media_file.problem IS 'Why its streams could not be read; null when they were.';
COMMENT ON COLUMN media_file.missing_since IS 'When a scan first did not find it; null while it is there.';
COMMENT ON COLUMN media_file.added_at IS 'When it came into the library, UTC.';
COMMENT ON TABLE media_item IS 'A film, show, season or episode. Shows and seasons are containers: they have no files.';
COMMENT ON COLUMN media_item.id IS 'Stable within this library: rescans, re-imports and renames keep it.';
COMMENT ON COLUMN media_item.library_id IS 'The library (library.id) it belongs to.';
COMMENT ON COLUMN media_item.item_key IS 'Natural key within the library, from an id or the name; one made of a name follows the name, the id stays.';
COMMENT ON COLUMN media_item.media_type IS 'movie, show, season or episode.';
COMMENT ON COLUMN media_item.parent_id IS 'The show of a season, the season of an episode; null for films and shows.';
COMMENT ON COLUMN media_item.shared_file_item_id IS 'The episode whose file also holds this one (multi-episode files); null otherwise.';
COMMENT ON COLUMN media_item.title IS 'As shown; of a season its name or "Season 1", of an episode its own.';
COMMENT ON COLUMN media_item.sort_title IS 'What to sort by where it is not the title, such as "Matrix, The"; else null.';
COMMENT ON COLUMN media_item.original_title IS 'In the original language; null when unknown or the same.';
COMMENT ON COLUMN media_item.title_key IS 'The title as search sees it: lower case, no accents, no punctuation.';
COMMENT ON COLUMN media_item.search_text IS 'The words of the title, and after " | " those of the original title; an internal form.';
COMMENT ON COLUMN media_item.year IS 'Of release; of a show the year it began.';
COMMENT ON COLUMN media_item.season_number IS '0 is the season of specials.';
COMMENT ON COLUMN media_item.episode_number IS 'Within the season; null for films, shows and seasons, and for episodes known by date.';
COMMENT ON COLUMN media_item.absolute_number IS 'Number across seasons, as anime is numbered.';
COMMENT ON COLUMN media_item.premiered_on IS 'Release date of a film, first aired of a show or episode.';
COMMENT ON COLUMN media_item.runtime_minutes IS 'Minutes, as a source says or else as measured in the file.';
COMMENT ON COLUMN media_item.rating IS 'Community rating, 0 to 10.';
COMMENT ON COLUMN media_item.votes IS 'How many people the rating comes from.';
COMMENT ON COLUMN media_item.user_rating IS 'One''s own rating, 0 to 10; null when not rated.';
COMMENT ON COLUMN media_item.content_rating IS 'Age rating as its country writes it: PG-13, TV-MA, FSK 12, ...';
COMMENT ON COLUMN media_item.tagline IS 'The line on the poster.';
COMMENT ON COLUMN media_item.plot IS 'What it is about, a paragraph.';
COMMENT ON COLUMN media_item.genres IS 'As the source writes them: Drama, Sci-Fi, ...; null when unknown.';
COMMENT ON COLUMN media_item.tags IS 'Free words of the source or the user; null when none are known.';
COMMENT ON COLUMN media_item.countries IS 'ISO 3166-1 alpha-2 where known, else as the source wrote it.';
COMMENT ON COLUMN media_item.studios IS 'Companies that made it, of shows also the network; null when unknown.';
COMMENT ON COLUMN media_item.original_language IS 'BCP 47.';
COMMENT ON COLUMN media_item.collection IS 'The set of films it belongs to, such as "Alien Collection"; null when in none.';
COMMENT ON COLUMN media_item.series_status IS 'continuing, ended, canceled or upcoming; of shows only.';
COMMENT ON COLUMN media_item.added_at IS 'When it came into the library, or the date its source gives, UTC.';
COMMENT ON COLUMN media_item.updated_at IS 'When a scan or import last changed one of its fields, UTC.';
COMMENT ON COLUMN media_item.sort_key IS 'What its title sorts by: title_sort_key(title, sort_title, original_language); an internal form.';
COMMENT ON COLUMN media_item.title_rank IS 'Its place in the order of titles, with gaps; null until the change that made it is published.';
COMMENT ON COLUMN media_item.is_indexed IS 'Whether item_word and person_credit have it as it is; an internal form.';
COMMENT ON COLUMN media_item.show_title IS 'Title of the show a season or an episode belongs to; null for films and shows.';
COMMENT ON COLUMN media_item.is_missing IS 'It had main files, and none of them is there any more.';
COMMENT ON TABLE media_stream IS 'A video, audio or subtitle track inside a file.';
COMMENT ON COLUMN media_stream.media_file_id IS 'The file (media_file.id) it is in.';
COMMENT ON COLUMN media_stream.stream_index IS 'From 0, in the order of the file.';
COMMENT ON COLUMN media_stream.stream_type IS 'video, audio or subtitle.';
COMMENT ON COLUMN media_stream.codec IS 'h264, hevc, av1, vp9, mpeg2video, aac, ac3, eac3, truehd, dts, flac, opus, subrip, ...';
COMMENT ON COLUMN media_stream.profile IS 'Of the codec, as the file says it: High, Main 10, ...';
COMMENT ON COLUMN media_stream.bit_depth IS 'Bits a sample, 8 or 10 as a rule; of video.';
COMMENT ON COLUMN media_stream.width IS 'Pixels as stored; of video.';
COMMENT ON COLUMN media_stream.height IS 'Pixels as stored; of video.';
COMMENT ON COLUMN media_stream.resolution_class IS 'By width and height, so that 1920x800 is 1080p: 480p to 2160p.';
COMMENT ON COLUMN media_stream.frame_rate IS 'Frames a second; of video.';
COMMENT ON COLUMN media_stream.hdr_format IS 'SDR, HDR10, HDR10+, HLG, Dolby Vision or a combination joined by " / "; video only.';
COMMENT ON COLUMN media_stream.channels IS '2 is stereo, 6 is 5.1, 8 is 7.1; of audio.';
COMMENT ON COLUMN media_stream.bitrate_kbps IS 'Kilobits (1000 bits) a second; null where the file does not say.';
COMMENT ON COLUMN media_stream.language IS 'BCP 47; language_raw is what the file said.';
COMMENT ON COLUMN media_stream.language_raw IS 'The language as the file says it, before it became BCP 47.';
COMMENT ON COLUMN media_stream.title IS 'The name the file gives the track, such as "Director''s commentary".';
COMMENT ON COLUMN media_stream.is_default IS 'Played unless one chooses another.';
COMMENT ON COLUMN media_stream.is_forced IS 'Subtitles of foreign speech and signs only.';
COMMENT ON COLUMN media_stream.is_hearing_impaired IS 'For the deaf and hard of hearing: speech and sounds.';
COMMENT ON TABLE name_guess IS 'File names already understood, so that a rescan does not guess again.';
COMMENT ON COLUMN name_guess.name IS 'The file name, with the folders that count.';
COMMENT ON COLUMN name_guess.guess IS 'What was understood, as JSON.';
COMMENT ON COLUMN name_guess.rules IS 'Version of the rules and of guessit that gave the guess.';
COMMENT ON TABLE person IS 'People with different external ids stay apart though they share a name.';
COMMENT ON COLUMN person.id IS 'Stable within this library.';
COMMENT ON COLUMN person.person_key IS 'Natural key: "source:id" when a source gave an id, else "name:" and the normalised name.';
COMMENT ON COLUMN person.name IS 'As the last source to name them wrote it.';
COMMENT ON COLUMN person.name_key IS 'The name as search sees it: lower case, no accents, no punctuation.';
COMMENT ON COLUMN person.matched_by IS '"name" flags a person known by name only: may be several people.';
COMMENT ON COLUMN person.is_indexed IS 'Whether person_word has the name as it is; an internal form.';
COMMENT ON TABLE person_credit IS 'The rows of credit once more, by person; an internal form.';
COMMENT ON COLUMN person_credit.person_id IS 'As in credit.';
COMMENT ON COLUMN person_credit.media_item_id IS 'As in credit.';
COMMENT ON COLUMN person_credit.department IS 'As in credit.';
COMMENT ON COLUMN person_credit.role IS 'As in credit.';
COMMENT ON COLUMN person_credit.character IS 'As in credit.';
COMMENT ON COLUMN person_credit.position IS 'As in credit.';
COMMENT ON COLUMN person_credit.source IS 'As in credit.';
COMMENT ON TABLE person_word IS 'Which people have a word in their name; by word; an internal form.';
COMMENT ON COLUMN person_word.word_id IS 'The word (word.id).';
COMMENT ON COLUMN person_word.person_id IS 'The person (person.id) who has it.';
COMMENT ON TABLE provider_match IS 'What became of asking a provider for an item: one row a candidate, so that nobody is asked twice.';
COMMENT ON COLUMN provider_match.media_item_id IS 'The film or show (media_item.id) that was asked for.';
COMMENT ON COLUMN provider_match.source IS 'The provider that was asked: tmdb, tvmaze, ...';
COMMENT ON COLUMN provider_match.external_id IS 'What the provider calls the candidate; empty when it has nothing like it.';
COMMENT ON COLUMN provider_match.status IS 'matched (automatically), accepted or rejected (by the user), doubtful (to be reviewed) or nothing (found).';
COMMENT ON COLUMN provider_match.score IS 'How alike the two are, the higher the more; null when nothing was found.';
COMMENT ON COLUMN provider_match.reasons IS 'What speaks for and against it, in words.';
COMMENT ON COLUMN provider_match.title IS 'Of the candidate, for review.';
COMMENT ON COLUMN provider_match.year IS 'Of the candidate.';
COMMENT ON COLUMN provider_match.url IS 'Where the candidate can be looked at; null when the provider has no page for it.';
COMMENT ON COLUMN provider_match.checked_at IS 'When the provider was asked, or the user decided, UTC.';
COMMENT ON COLUMN provider_match.enriched_at IS 'When its facts were written into the item, UTC; null while they are not.';
COMMENT ON TABLE scan_entry IS 'Every file that the last scan looked at, sidecars included: what a rescan compares with.';
COMMENT ON COLUMN scan_entry.library_id IS 'The library (library.id) that was scanned.';
COMMENT ON COLUMN scan_entry.path IS 'Absolute path; bytes that are not UTF-8 appear as \xNN.';
COMMENT ON COLUMN scan_entry.size_bytes IS 'Bytes when it was looked at.';
COMMENT ON COLUMN scan_entry.mtime_ns IS 'Time of last change then, nanoseconds since 1970 UTC.';
COMMENT ON COLUMN scan_entry.problem IS 'Why it was set aside; null when it was read.';
COMMENT ON TABLE schema_migration IS 'The migrations this file has had; a checksum keeps them from being edited afterwards.';
COMMENT ON COLUMN schema_migration.version IS 'Number of the migration, from 1 without gaps.';
COMMENT ON COLUMN schema_migration.name IS 'What it did, in a word: the rest of its file name.';
COMMENT ON COLUMN schema_migration.checksum IS 'SHA-256 of its text.';
COMMENT ON COLUMN schema_migration.applied_at IS 'UTC.';
COMMENT ON TABLE subtitle IS 'Subtitles beside the video; those inside it are in media_stream.';
COMMENT ON COLUMN subtitle.media_item_id IS 'The item (media_item.id) whose video it lies beside.';
COMMENT ON COLUMN subtitle.path IS 'Absolute path on disk; null while it is known by address only.';
COMMENT ON COLUMN subtitle.url IS 'Where it can be had; null for one found on disk.';
COMMENT ON COLUMN subtitle.language IS 'BCP 47, from the file name; null when it says none.';
COMMENT ON COLUMN subtitle.language_raw IS 'The language as the file name says it.';
COMMENT ON COLUMN subtitle.format IS 'srt, ass, vtt, sub, sup, ...';
COMMENT ON COLUMN subtitle.is_default IS 'Named as the one to show unless one chooses another.';
COMMENT ON COLUMN subtitle.is_forced IS 'Of foreign speech and signs only.';
COMMENT ON COLUMN subtitle.is_hearing_impaired IS 'For the deaf and hard of hearing: speech and sounds.';
COMMENT ON COLUMN subtitle.download_status IS 'local (found on disk), pending, downloaded or failed.';
COMMENT ON COLUMN subtitle.source IS 'Which source told of it: scan, nfo, import, demo or a provider.';
COMMENT ON TABLE title_mark IS 'Every 1024th item in the order of titles, when that was last numbered: where a new title belongs.';
COMMENT ON COLUMN title_mark.title_rank IS 'The title_rank it was given.';
COMMENT ON COLUMN title_mark.sort_key IS 'The sort_key it had.';
COMMENT ON COLUMN title_mark.id IS 'Of that item, which may be gone or elsewhere by now.';
COMMENT ON TABLE word IS 'Every distinct word of titles and names, as search sees them; an internal form.';
COMMENT ON COLUMN word.id IS 'In the order of the words when all were written; later ones follow.';
COMMENT ON COLUMN word.word IS 'Lower case, no accents, no punctuation.';
COMMENT ON COLUMN word.items IS 'How many items have it, at most: those that lost it are counted until all is written anew.';
COMMENT ON COLUMN word.people IS 'How many people have it, at most.';

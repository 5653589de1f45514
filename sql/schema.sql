-- Generated after the last migration by `make schema`; not run by anything.

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
  CHECK ((
    LENGTH("name") > 0
  )),
  CHECK ((
    matched_by IN ('id', 'name')
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

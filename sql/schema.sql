-- Generated after the last migration by `make schema`; not run by anything.

CREATE MACRO changed_item(earlier, later) AS TABLE WITH touched AS ((SELECT i.media_item_id FROM snapshot_item AS i WHERE (((i.from_snapshot > earlier) AND (i.from_snapshot <= later)) OR ((i.until_snapshot > earlier) AND (i.until_snapshot <= later)))) UNION (SELECT f.media_item_id FROM snapshot_file AS f WHERE (((f.from_snapshot > earlier) AND (f.from_snapshot <= later)) OR ((f.until_snapshot > earlier) AND (f.until_snapshot <= later))))), "name" AS (SELECT i.*, ((i.from_snapshot <= earlier) AND COALESCE((i.until_snapshot > earlier), true)) AS was_so, ((i.from_snapshot <= later) AND COALESCE((i.until_snapshot > later), true)) AS is_so FROM snapshot_item AS i WHERE (i.media_item_id = ANY(SELECT t.media_item_id FROM touched AS t))), file AS (SELECT f.*, (f.file_role = 'main') AS is_main, ((f.from_snapshot <= earlier) AND COALESCE((f.until_snapshot > earlier), true)) AS was_so, ((f.from_snapshot <= later) AND COALESCE((f.until_snapshot > later), true)) AS is_so, quality_of(f.resolution, f.hdr_format, f.quality_source, f.audio_channels) AS quality, concat_ws(' ', f.resolution, "nullif"(f.hdr_format, 'SDR'), f.quality_source, f.video_codec, (f.audio_channels || 'ch')) AS "label" FROM snapshot_file AS f WHERE (f.media_item_id = ANY(SELECT t.media_item_id FROM touched AS t))), named AS (SELECT n.media_item_id, arg_max(n.library_id, n.from_snapshot) AS library_id, arg_max(n.media_type, n.from_snapshot) AS media_type, max(n.item) FILTER (WHERE n.was_so) AS name_before, max(n.item) FILTER (WHERE n.is_so) AS name_after, arg_max(n.item, n.from_snapshot) AS last_name FROM "name" AS n GROUP BY n.media_item_id), held AS (SELECT f.media_item_id, count_star() FILTER (WHERE f.was_so) AS files_before, count_star() FILTER (WHERE f.is_so) AS files_after, COALESCE(sum(f.size_bytes) FILTER (WHERE f.was_so), 0) AS size_before, COALESCE(sum(f.size_bytes) FILTER (WHERE f.is_so), 0) AS size_after, max(f.quality) FILTER (WHERE (f.was_so AND f.is_main)) AS best_before, arg_max(f."label", f.quality) FILTER (WHERE (f.was_so AND f.is_main)) AS label_before, max(f.quality) FILTER (WHERE (f.is_so AND f.is_main)) AS best_after, arg_max(f."label", f.quality) FILTER (WHERE (f.is_so AND f.is_main)) AS label_after FROM file AS f GROUP BY f.media_item_id), compared AS (SELECT t.media_item_id, n.name_before, n.name_after, COALESCE(h.files_before, 0) AS files_before, COALESCE(h.files_after, 0) AS files_after, COALESCE(h.size_before, 0) AS size_before, COALESCE(h.size_after, 0) AS size_after, h.label_before, h.label_after, quality_step(h.best_before, h.best_after) AS step FROM ((touched AS t LEFT JOIN named AS n ON ((n.media_item_id = t.media_item_id))) LEFT JOIN held AS h ON ((h.media_item_id = t.media_item_id)))), kept_file AS (SELECT f.media_file_id, max(f.media_item_id) FILTER (WHERE f.is_so) AS media_item_id, max(f.path) FILTER (WHERE f.was_so) AS path_before, max(f.path) FILTER (WHERE f.is_so) AS path_after, max(f.size_bytes) FILTER (WHERE f.is_so) AS size FROM file AS f GROUP BY f.media_file_id HAVING ((path_before != path_after) AND (size IS NOT DISTINCT FROM max(f.size_bytes) FILTER (WHERE f.was_so)))), kind_of_item AS (SELECT CASE  WHEN (((c.name_before IS NULL) AND (c.name_after IS NOT NULL))) THEN ('added') WHEN (((c.name_before IS NOT NULL) AND (c.name_after IS NULL))) THEN ('removed') WHEN ((c.step > 0)) THEN ('upgraded') WHEN ((c.step < 0)) THEN ('downgraded') WHEN ((c.size_after > c.size_before)) THEN ('grown') WHEN ((c.size_after < c.size_before)) THEN ('shrunk') ELSE NULL END AS kind, c.media_item_id, concat_ws(', ', "nullif"(c.label_before, ''), "if"(((c.files_before = c.files_after) OR (c.files_before < 2)), NULL, (c.files_before || ' files'))) AS was, concat_ws(', ', "nullif"(c.label_after, ''), "if"(((c.files_before = c.files_after) OR (c.files_after < 2)), NULL, (c.files_after || ' files'))) AS became, c.size_before, c.size_after FROM compared AS c), change AS ((SELECT k.* FROM kind_of_item AS k WHERE (k.kind IS NOT NULL)) UNION ALL (SELECT 'moved', k.media_item_id, k.path_before, k.path_after, COALESCE(k.size, 0), COALESCE(k.size, 0) FROM kept_file AS k)UNION ALL (SELECT 'renamed', c.media_item_id, c.name_before, c.name_after, c.size_after, c.size_after FROM compared AS c WHERE (c.name_before != c.name_after))) SELECT g.kind, COALESCE(n.library_id, i.library_id) AS library_id, COALESCE(n.media_type, i.media_type) AS media_type, g.media_item_id, COALESCE(n.name_after, n.name_before, n.last_name, i.title) AS item, "nullif"(g.was, '') AS was, "nullif"(g.became, '') AS became, CAST(g.size_before AS BIGINT) AS size_before, CAST(g.size_after AS BIGINT) AS size_after FROM ((change AS g LEFT JOIN named AS n ON ((n.media_item_id = g.media_item_id))) LEFT JOIN media_item AS i ON ((i.id = g.media_item_id))) WHERE ((NOT (COALESCE(n.media_type, i.media_type) IN ('show', 'season'))) OR (NOT (g.kind IN ('added', 'removed'))) OR ((g.size_before + g.size_after) > 0));

CREATE MACRO complaint_count(languages) AS TABLE WITH complaint AS ((SELECT library_id, complaint, count_star() AS found, min(media_item_id) AS media_item_id, CAST(NULL AS VARCHAR) AS "name" FROM item_complaint GROUP BY ALL) UNION ALL (SELECT library_id, complaint, count_star(), min(media_item_id), NULL FROM language_complaint(languages) GROUP BY ALL)UNION ALL (SELECT library_id, complaint, count_star(), NULL, min("name") FROM other_complaint GROUP BY ALL)), present AS (SELECT DISTINCT f.media_item_id FROM media_file AS f WHERE ((f.file_role = 'main') AND (f.missing_since IS NULL))), held AS (SELECT library_id, media_type, count_star() AS items, count_if((COALESCE(shared_file_item_id, id) = ANY(SELECT p.media_item_id FROM present AS p))) AS with_file FROM media_item GROUP BY ALL), checked AS ((SELECT h.library_id, k.complaint, sum("if"(k.needs_file, h.with_file, h.items)) AS checked FROM (complaint_kind AS k INNER JOIN held AS h ON (list_contains(k.media_types, h.media_type))) GROUP BY ALL) UNION ALL (SELECT e.library_id, k.complaint, count_star() FROM scan_entry AS e , complaint_kind AS k WHERE (k.complaint IN ('file_set_aside', 'file_of_no_item')) GROUP BY ALL)UNION ALL (SELECT library_id, 'job_failed', count(DISTINCT job_type) FROM job_run WHERE (library_id IS NOT NULL) GROUP BY ALL)) SELECT n.library_id, n.complaint, CAST(COALESCE(c.found, 0) AS BIGINT) AS found, CAST(n.checked AS BIGINT) AS checked, c.media_item_id, c."name" FROM (checked AS n LEFT JOIN complaint AS c ON (((c.library_id = n.library_id) AND (c.complaint = n.complaint)))) WHERE (n.checked > 0);

CREATE MACRO episode_status(is_held, is_gone, aired_by, season_number, day) AS CASE  WHEN (is_held) THEN ('held') WHEN (is_gone) THEN ('file gone') WHEN (((aired_by IS NULL) OR (aired_by > "day"))) THEN ('unaired') WHEN ((season_number = 0)) THEN ('special') ELSE 'missing' END;

CREATE MACRO item_label(title, show_title, season_number, episode_number) AS CASE  WHEN ((show_title IS NULL)) THEN (title) WHEN ((episode_number IS NULL)) THEN (((show_title || ' – ') || title)) ELSE concat(show_title, ' ', ('S' || lpad(CAST(season_number AS VARCHAR), 2, '0')), ('E' || lpad(CAST(episode_number AS VARCHAR), 2, '0')), ' ', title) END;

CREATE MACRO judged_item(wanted_library, bitrate_share) AS TABLE WITH asked AS (SELECT wanted_library AS library, bitrate_share AS least_bitrate), ladder AS (SELECT list(wants ORDER BY wants) AS wants, list(factor ORDER BY wants) AS factors, list("value" ORDER BY wants) AS resolutions FROM quality_rule WHERE ((property = 'resolution') AND (wants IS NOT NULL))), file AS (SELECT f.media_file_id, f.media_item_id, l."name" AS library, f.size_bytes, COALESCE((((f.size_bytes * 8) / 1e6) / "nullif"(f.duration_seconds, 0)), (f.bitrate_kbps / 1e3)) AS mbit_per_second, f.quality_source, f.resolution, f.video_codec, f.hdr_format, f.audio_channels, CASE  WHEN (contains(f.hdr_format, 'Dolby Vision')) THEN ('Dolby Vision') WHEN (contains(f.hdr_format, 'HDR10+')) THEN ('HDR10+') WHEN (contains(f.hdr_format, 'HDR10')) THEN ('HDR10') WHEN (contains(f.hdr_format, 'HLG')) THEN ('HLG') WHEN ((f.hdr_format = 'SDR')) THEN ('SDR') ELSE 'not known' END AS hdr, CASE  WHEN ((f.audio_channels >= 8)) THEN ('7.1') WHEN ((f.audio_channels >= 6)) THEN ('5.1') WHEN ((f.audio_channels >= 3)) THEN ('more than stereo') WHEN ((f.audio_channels = 2)) THEN ('stereo') WHEN ((f.audio_channels = 1)) THEN ('mono') ELSE 'not known' END AS sound FROM asked AS p , (file_fact AS f INNER JOIN library AS l ON ((l.id = f.library_id))) WHERE ((f.missing_since IS NULL) AND (f.file_role = 'main') AND ((p.library IS NULL) OR (l."name" = p.library)))), carried AS (SELECT file.*, COALESCE(s.factor, unknown_source.factor) AS source_factor, COALESCE(c.factor, unknown_codec.factor) AS codec_factor, (s.factor IS NOT NULL) AS source_is_known, (c.factor IS NOT NULL) AS codec_is_known, hdr.factor AS hdr_factor, sound.factor AS sound_factor, r.factor AS nominal_factor, len(list_filter(ladder.wants, (lambda wants: (((wants * COALESCE(c.wants, unknown_codec.wants)) * p.least_bitrate) <= file.mbit_per_second)))) AS rung FROM asked AS p , ladder , (((((((file INNER JOIN quality_rule AS unknown_source ON (((unknown_source.property = 'source') AND (unknown_source."value" = 'not known')))) INNER JOIN quality_rule AS unknown_codec ON (((unknown_codec.property = 'codec') AND (unknown_codec."value" = 'not known')))) INNER JOIN quality_rule AS r ON (((r.property = 'resolution') AND (r."value" = COALESCE(file.resolution, 'not known'))))) INNER JOIN quality_rule AS hdr ON (((hdr.property = 'hdr') AND (hdr."value" = file.hdr)))) INNER JOIN quality_rule AS sound ON (((sound.property = 'sound') AND (sound."value" = file.sound)))) LEFT JOIN quality_rule AS s ON (((s.property = 'source') AND (s."value" = file.quality_source)))) LEFT JOIN quality_rule AS c ON (((c.property = 'codec') AND (c."value" = file.video_codec))))), judged AS (SELECT carried.*, CASE  WHEN (((resolution IS NULL) OR (mbit_per_second IS NULL))) THEN (nominal_factor) ELSE least(nominal_factor, ladder.factors[greatest(rung, 1)]) END AS resolution_factor, CASE  WHEN ((resolution_factor < nominal_factor)) THEN (ladder.resolutions[greatest(rung, 1)]) ELSE resolution END AS counts_as, round((((((100 * source_factor) * resolution_factor) * codec_factor) * hdr_factor) * sound_factor), 2) AS score FROM ladder , carried), copies AS (SELECT media_item_id FROM media_file WHERE ((missing_since IS NULL) AND (file_role = 'main')) GROUP BY media_item_id HAVING (count_star() > 1)), best AS (SELECT media_item_id, arg_max(media_file_id, "row"(score, size_bytes, (-(media_file_id)))) AS media_file_id FROM judged WHERE (media_item_id = ANY(SELECT media_item_id FROM copies)) GROUP BY media_item_id), chosen AS (SELECT judged.* FROM (judged LEFT JOIN best ON ((best.media_item_id = judged.media_item_id))) WHERE ((best.media_item_id IS NULL) OR (best.media_file_id = judged.media_file_id))) SELECT * FROM chosen;

CREATE MACRO language_complaint(languages) AS TABLE WITH wanted AS (SELECT s."language" FROM ((SELECT "language" FROM media_stream) UNION (SELECT "language" FROM subtitle)) AS s WHERE (list_contains(languages, s."language") OR list_contains(languages, split_part(s."language", '-', 1)))), track AS (SELECT media_file_id, bool_or(((stream_type = 'audio') AND COALESCE(("language" = ANY(SELECT w."language" FROM wanted AS w)), false))) AS is_heard, bool_or(((stream_type = 'subtitle') AND COALESCE(("language" = ANY(SELECT w."language" FROM wanted AS w)), false))) AS is_read FROM media_stream GROUP BY ALL), looked_into AS (SELECT f.media_item_id, bool_or(t.is_heard) AS is_heard, bool_or(t.is_read) AS is_read FROM (track AS t INNER JOIN media_file AS f ON ((f.id = t.media_file_id))) WHERE ((f.file_role = 'main') AND (f.missing_since IS NULL)) GROUP BY ALL HAVING ((NOT bool_or(t.is_heard)) OR (NOT bool_or(t.is_read)))), item AS (SELECT i.library_id, i.media_type, i.id AS media_item_id, t.is_heard, t.is_read FROM (media_item AS i INNER JOIN looked_into AS t ON ((t.media_item_id = COALESCE(i.shared_file_item_id, i.id)))) WHERE (i.media_type IN ('movie', 'episode'))) (SELECT library_id, media_type, media_item_id, 'no_wanted_audio' AS complaint, CAST(NULL AS VARCHAR) AS detail FROM item WHERE (NOT is_heard)) UNION ALL (SELECT library_id, media_type, media_item_id, 'no_wanted_subtitles', NULL FROM item WHERE ((NOT is_read) AND (NOT (media_item_id = ANY(SELECT t.media_item_id FROM subtitle AS t WHERE ((t.download_status IN ('local', 'downloaded')) AND (t."language" = ANY(SELECT w."language" FROM wanted AS w))))))));

CREATE MACRO quality_of(resolution, hdr_format, quality_source, audio_channels) AS ((((COALESCE(list_position(quality_order()['resolution'], resolution), 0) * 1000000) + (COALESCE(list_position(quality_order()['hdr'], "if"((resolution IS NULL), hdr_format, COALESCE(hdr_format, 'SDR'))), 0) * 10000)) + (COALESCE(list_position(quality_order()['source'], quality_source), 0) * 100)) + least(COALESCE(audio_channels, 0), 99));

CREATE MACRO quality_order() AS struct_pack(resolution := list_value('480p', '576p', '720p', '1080p', '1440p', '2160p'), hdr := list_value('SDR', 'HLG', 'HDR10', 'HDR10+', 'Dolby Vision', 'Dolby Vision / HLG', 'Dolby Vision / HDR10', 'Dolby Vision / HDR10+'), "source" := list_value('CAM', 'WORKPRINT', 'TELESYNC', 'TELECINE', 'SCREENER', 'VHS', 'SDTV', 'DVD', 'HDTV', 'HDDVD', 'WEBRip', 'WEBDL', 'Bluray', 'Remux'));

CREATE MACRO quality_step(was, became) AS COALESCE("if"((((was // 1000000) > 0) AND ((became // 1000000) > 0)), "nullif"(sign(((became // 1000000) - (was // 1000000))), 0), NULL), "if"(((((was // 10000) % 100) > 0) AND (((became // 10000) % 100) > 0)), "nullif"(sign((((became // 10000) % 100) - ((was // 10000) % 100))), 0), NULL), "if"(((((was // 100) % 100) > 0) AND (((became // 100) % 100) > 0)), "nullif"(sign((((became // 100) % 100) - ((was // 100) % 100))), 0), NULL), "if"((((was % 100) > 0) AND ((became % 100) > 0)), "nullif"(sign(((became % 100) - (was % 100))), 0), NULL), 0);

CREATE MACRO snapshot_of(day) AS (SELECT COALESCE(max(s.id) FILTER (WHERE (("day" IS NULL) OR (s.taken_at < ("day" + to_days(CAST(trunc(CAST(1 AS DOUBLE)) AS INTEGER)))))), min(s.id)) FROM "snapshot" AS s);

CREATE MACRO squeezed(title) AS regexp_replace(lower(strip_accents(title)), '[^\p{L}\p{N}]+', '', 'g');

CREATE MACRO title_sort_key(title, sort_title, language) AS unhex(icu_sort_key(title_sort_text(title, sort_title, "language"), 'und'));

CREATE MACRO title_sort_prefix(title) AS unhex(regexp_extract(icu_sort_key(title_sort_text(title, NULL, NULL), 'und'), '^((?:[0-9A-F]{2})*?)01', 1));

CREATE MACRO title_sort_text(title, sort_title, language) AS regexp_replace(regexp_replace(CASE  WHEN ((sort_title IS NOT NULL)) THEN (sort_title) WHEN (regexp_matches("language", '^en(-|$)')) THEN (regexp_replace(regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'), '(?i)^(the|an?)\s+(\S)', '\2')) WHEN (regexp_matches("language", '^de(-|$)')) THEN (regexp_replace(regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'), '(?i)^(the|der|die|das|ein|eine)\s+(\S)', '\2')) WHEN (regexp_matches("language", '^(fr|es|it|pt|ca)(-|$)')) THEN (regexp_replace(regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'), '(?i)^((the|les?|la|une?|el|los|las|una|il|lo|i|gli|uno|os?|as?|um|uma|els)\s+|l[''’])(\S)', '\3')) WHEN (regexp_matches("language", '^(nl|sv|da|no|nb|nn)(-|$)')) THEN (regexp_replace(regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'), '(?i)^(the|de|het|een|den|det|ett?|en)\s+(\S)', '\2')) ELSE regexp_replace(regexp_replace(title, '^[^\p{L}\p{N}]+([\p{L}\p{N}])', '\1'), '(?i)^((the|an?|der|das|ein|eine|les?|une?|una|il|gli|het|een)\s+|l[''’])(\S)', '\3') END, '(\d+)', '00000000000\1', 'g'), '\d*?(\d{12})(\D|$)', '\1\2', 'g');

CREATE INDEX external_id_by_value ON external_id(external_id);

CREATE SEQUENCE job_run_id START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 NO CYCLE;

CREATE SEQUENCE library_id START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 NO CYCLE;

CREATE SEQUENCE media_file_id START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 NO CYCLE;

CREATE SEQUENCE media_item_id START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 NO CYCLE;

CREATE SEQUENCE person_id START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 NO CYCLE;

CREATE TABLE "snapshot" (
  id INT PRIMARY KEY,
  taken_at TIMESTAMP NOT NULL,
  reason TEXT NOT NULL,
  job_run_id BIGINT
);

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
  is_in_snapshot BOOLEAN,
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

CREATE TABLE snapshot_file (
  media_file_id BIGINT NOT NULL,
  media_item_id BIGINT NOT NULL,
  file_role TEXT NOT NULL,
  path TEXT NOT NULL,
  size_bytes BIGINT,
  resolution TEXT,
  hdr_format TEXT,
  quality_source TEXT,
  video_codec TEXT,
  audio_channels INT,
  from_snapshot INT NOT NULL,
  until_snapshot INT
);

CREATE TABLE snapshot_item (
  media_item_id BIGINT NOT NULL,
  library_id INT NOT NULL,
  media_type TEXT NOT NULL,
  item TEXT NOT NULL,
  from_snapshot INT NOT NULL,
  until_snapshot INT
);

CREATE TABLE snapshot_total (
  snapshot_id INT NOT NULL,
  library_id INT NOT NULL,
  movies BIGINT NOT NULL,
  shows BIGINT NOT NULL,
  episodes BIGINT NOT NULL,
  files BIGINT NOT NULL,
  size_bytes BIGINT NOT NULL,
  "hours" DOUBLE NOT NULL
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

CREATE VIEW complaint_kind AS
SELECT
  *
FROM (
  SELECT
    *
  FROM (VALUES
    (
      'no_year',
      ['movie', 'show'],
      FALSE,
      'mediamgr enrich; or edit the year in the browser'
    ),
    (
      'no_runtime',
      ['movie', 'episode'],
      FALSE,
      'scan again, which measures the file; or mediamgr enrich'
    ),
    ('no_plot', ['movie', 'show', 'episode'], FALSE, 'mediamgr enrich'),
    ('no_poster', ['movie', 'show'], FALSE, 'mediamgr enrich, then mediamgr artwork'),
    (
      'no_external_id',
      ['movie', 'show'],
      FALSE,
      'mediamgr enrich; then review what is doubtful'
    ),
    ('no_genres', ['movie', 'show'], FALSE, 'mediamgr enrich'),
    (
      'no_wanted_audio',
      ['movie', 'episode'],
      TRUE,
      'look for another version, or ask with other languages'
    ),
    (
      'no_wanted_subtitles',
      ['movie', 'episode'],
      TRUE,
      'put subtitles beside the video, then scan again'
    ),
    ('no_file', ['movie', 'episode'], FALSE, 'get it, or remove the entry'),
    (
      'file_gone',
      ['movie', 'episode'],
      FALSE,
      'bring the file or its drive back, then scan again'
    ),
    ('broken_file', ['movie', 'episode'], TRUE, 'replace the file, then scan again'),
    ('doubtful_match', ['movie', 'show'], FALSE, 'lib.review(): accept or reject'),
    (
      'sources_disagree',
      ['movie', 'show'],
      FALSE,
      'compare both; correct the item, or reject the match'
    ),
    (
      'runtime_differs',
      ['movie', 'episode'],
      TRUE,
      'play the end: it is cut short, another edition or another film'
    ),
    (
      'picture_failed',
      ['movie', 'show', 'season', 'episode'],
      FALSE,
      'mediamgr artwork --retry-failed'
    ),
    (
      'uncertain_person',
      ['movie', 'show', 'episode'],
      FALSE,
      'mediamgr enrich, which gives people ids'
    ),
    (
      'file_set_aside',
      NULL,
      FALSE,
      'look at the reason, mend the file, then scan again'
    ),
    (
      'file_of_no_item',
      NULL,
      FALSE,
      'name it as its video, or remove it; then scan again'
    ),
    ('job_failed', NULL, FALSE, 'run it again; mediamgr status shows the last ones')) AS valueslist
) AS kind(complaint, media_types, needs_file, what_to_do);

CREATE VIEW file_fact AS
WITH later_stream AS (
  SELECT
    media_file_id,
    stream_index
  FROM media_stream
  WHERE
    (
      (
        stream_type = 'video'
      )
      AND (
        stream_index > 0
      )
      AND (
        NOT (
          media_file_id = ANY (
            SELECT
              media_file_id
            FROM media_stream
            WHERE
              (
                (
                  stream_type = 'video'
                ) AND (
                  stream_index = 0
                )
              )
          )
        )
      )
    )
), first_later AS (
  SELECT
    media_file_id,
    MIN(stream_index) AS stream_index
  FROM later_stream
  GROUP BY ALL
), video AS (
  (
    SELECT
      *
    FROM media_stream
    WHERE
      (
        (
          stream_type = 'video'
        ) AND (
          stream_index = 0
        )
      )
  )
  UNION ALL
  (
    SELECT
      s.*
    FROM (
      media_stream AS s
        INNER JOIN first_later AS f
          USING (media_file_id, stream_index)
    )
  )
), audio AS (
  SELECT
    media_file_id,
    ARG_MIN(codec, stream_index) AS audio_codec,
    MAX(channels) AS audio_channels
  FROM media_stream
  WHERE
    (
      stream_type = 'audio'
    )
  GROUP BY ALL
)
SELECT
  f.id AS media_file_id,
  f.media_item_id,
  f.library_id,
  f.path,
  f.file_role,
  f.part_number,
  f.container,
  f.size_bytes,
  f.duration_seconds,
  f.bitrate_kbps,
  f.edition,
  f.quality_source,
  f.release_group,
  f.fingerprint,
  f.problem,
  f.missing_since,
  f.added_at,
  v.codec AS video_codec,
  v.resolution_class AS resolution,
  v.hdr_format,
  v.width,
  v.height,
  v.frame_rate,
  v.bit_depth,
  a.audio_codec,
  a.audio_channels
FROM (
  (
    media_file AS f
      LEFT JOIN video AS v
        ON (
          (
            v.media_file_id = f.id
          )
        )
  )
  LEFT JOIN audio AS a
    ON (
      (
        a.media_file_id = f.id
      )
    )
);

CREATE VIEW item_complaint AS
WITH present AS (
  SELECT
    media_item_id,
    MAX(problem) AS problem,
    (
      MAX(duration_seconds) FILTER(WHERE
        (
          part_number IS NULL
        )) / 60
    ) AS "minutes"
  FROM media_file
  WHERE
    (
      (
        file_role = 'main'
      ) AND (
        missing_since IS NULL
      )
    )
  GROUP BY ALL
), picture AS (
  SELECT
    media_item_id,
    LISTAGG(artwork_type, ', '
    ORDER BY
      artwork_type) AS "types"
  FROM (
    SELECT
      media_item_id,
      artwork_type
    FROM artwork
    GROUP BY ALL
    HAVING
      BOOL_AND(CAST((
        download_status = 'failed'
      ) AS BOOLEAN))
  )
  GROUP BY ALL
), shared_name AS (
  SELECT
    id,
    "name"
  FROM person
  WHERE
    (
      (
        matched_by = 'name'
      )
      AND (
        name_key = ANY (
          SELECT
            name_key
          FROM person
          GROUP BY ALL
          HAVING
            (
              COUNT_STAR() > 1
            )
        )
      )
    )
), uncertain AS (
  SELECT
    c.media_item_id,
    LISTAGG(DISTINCT n."name", ', '
    ORDER BY
      n."name") AS "names"
  FROM (
    credit AS c
      INNER JOIN shared_name AS n
        ON (
          (
            n.id = c.person_id
          )
        )
  )
  GROUP BY ALL
), settled AS (
  SELECT
    *
  FROM provider_match
  WHERE
    (
      status IN ('matched', 'accepted')
    )
), doubtful AS (
  SELECT
    m.media_item_id,
    LISTAGG(DISTINCT m."source", ', '
    ORDER BY
      m."source") AS sources
  FROM provider_match AS m
  WHERE
    (
      (
        m.status = 'doubtful'
      )
      AND (
        NOT (
          "ROW"(m.media_item_id, m."source") = ANY (
            SELECT
              "ROW"(s.media_item_id, s."source")
            FROM settled AS s
          )
        )
      )
    )
  GROUP BY ALL
), difference AS (
  (
    SELECT
      m.media_item_id,
      (
        (
          (
            (
              m."source" || ' says '
            ) || m."year"
          ) || ', here '
        ) || i."year"
      ) AS difference
    FROM (
      settled AS m
        INNER JOIN media_item AS i
          ON (
            (
              i.id = m.media_item_id
            )
          )
    )
    WHERE
      (
        ABS((
          m."year" - i."year"
        )) > 1
      )
  )
  UNION ALL
  (
    SELECT
      m.media_item_id,
      (
        (
          (
            m."source" || ' calls it "'
          ) || m.title
        ) || '"'
      )
    FROM (
      settled AS m
        INNER JOIN media_item AS i
          ON (
            (
              i.id = m.media_item_id
            )
          )
    )
    WHERE
      (
        (
          m.status = 'matched'
        )
        AND (
          NOT (
            SQUEEZED(m.title) IN (SQUEEZED(i.title), SQUEEZED(COALESCE(i.original_title, i.title)))
          )
        )
      )
  )
  UNION ALL
  (
    SELECT
      m.media_item_id,
      (
        (
          (
            (
              m."source" || ' matched '
            ) || m.external_id
          ) || ', the id here is '
        ) || e.external_id
      )
    FROM (
      (
        settled AS m
          INNER JOIN media_item AS i
            ON (
              (
                i.id = m.media_item_id
              )
            )
      )
      INNER JOIN external_id AS e
        ON (
          (
            (
              e.media_item_id = m.media_item_id
            )
            AND (
              e."source" = m."source"
            )
            AND (
              e.id_space = i.media_type
            )
          )
        )
    )
    WHERE
      (
        e.external_id <> m.external_id
      )
  )
), disagreement AS (
  SELECT
    media_item_id,
    LISTAGG(difference, '; '
    ORDER BY
      difference) AS differences
  FROM difference
  GROUP BY ALL
)
(
  SELECT
    i.library_id,
    i.media_type,
    i.id AS media_item_id,
    'no_year' AS complaint,
    CAST(NULL AS TEXT) AS detail
  FROM media_item AS i
  WHERE
    (
      (
        i.media_type IN ('movie', 'show')
      ) AND (
        i."year" IS NULL
      )
    )
)
UNION ALL
(
  SELECT
    i.library_id,
    i.media_type,
    i.id,
    'no_runtime',
    NULL
  FROM media_item AS i
  WHERE
    (
      (
        i.media_type IN ('movie', 'episode')
      )
      AND (
        COALESCE(i.runtime_minutes, 0) = 0
      )
    )
)
UNION ALL
(
  SELECT
    i.library_id,
    i.media_type,
    i.id,
    'no_plot',
    NULL
  FROM media_item AS i
  WHERE
    (
      (
        i.media_type IN ('movie', 'show', 'episode')
      ) AND (
        i.plot IS NULL
      )
    )
)
UNION ALL
(
  SELECT
    i.library_id,
    i.media_type,
    i.id,
    'no_poster',
    NULL
  FROM media_item AS i
  WHERE
    (
      (
        i.media_type IN ('movie', 'show')
      )
      AND (
        NOT (
          i.id = ANY (
            SELECT
              a.media_item_id
            FROM artwork AS a
            WHERE
              (
                (
                  a.artwork_type = 'poster'
                )
                AND (
                  a.download_status IN ('local', 'downloaded')
                )
              )
          )
        )
      )
    )
)
UNION ALL
(
  SELECT
    i.library_id,
    i.media_type,
    i.id,
    'no_external_id',
    NULL
  FROM media_item AS i
  WHERE
    (
      (
        i.media_type IN ('movie', 'show')
      )
      AND (
        NOT (
          i.id = ANY (
            SELECT
              e.media_item_id
            FROM external_id AS e
            WHERE
              (
                NOT e.media_item_id IS NULL
              )
          )
        )
      )
    )
)
UNION ALL
(
  SELECT
    i.library_id,
    i.media_type,
    i.id,
    'no_genres',
    NULL
  FROM media_item AS i
  WHERE
    (
      (
        i.media_type IN ('movie', 'show')
      )
      AND (
        LENGTH(COALESCE(i.genres, [])) = 0
      )
    )
)
UNION ALL
(
  SELECT
    i.library_id,
    i.media_type,
    i.id,
    'no_file',
    NULL
  FROM media_item AS i, latest_day AS d
  WHERE
    (
      (
        i.media_type IN ('movie', 'episode')
      )
      AND (
        NOT i.is_missing
      )
      AND COALESCE((
        i.premiered_on <= d."day"
      ), TRUE)
      AND (
        NOT (
          COALESCE(i.shared_file_item_id, i.id) = ANY (
            SELECT
              p.media_item_id
            FROM present AS p
          )
        )
      )
      AND (
        i.library_id = ANY (
          SELECT DISTINCT
            f.library_id
          FROM media_file AS f
        )
      )
    )
)
UNION ALL
(
  SELECT
    i.library_id,
    i.media_type,
    i.id,
    'file_gone',
    NULL
  FROM media_item AS i
  WHERE
    (
      (
        i.media_type IN ('movie', 'episode')
      ) AND i.is_missing
    )
)
UNION ALL
(
  SELECT
    i.library_id,
    i.media_type,
    i.id,
    'broken_file',
    p.problem
  FROM (
    media_item AS i
      INNER JOIN present AS p
        ON (
          (
            p.media_item_id = i.id
          )
        )
  )
  WHERE
    (
      (
        i.media_type IN ('movie', 'episode')
      ) AND (
        NOT p.problem IS NULL
      )
    )
)
UNION ALL
(
  SELECT
    i.library_id,
    i.media_type,
    i.id,
    'doubtful_match',
    d.sources
  FROM (
    media_item AS i
      INNER JOIN doubtful AS d
        ON (
          (
            d.media_item_id = i.id
          )
        )
  )
  WHERE
    (
      i.media_type IN ('movie', 'show')
    )
)
UNION ALL
(
  SELECT
    i.library_id,
    i.media_type,
    i.id,
    'sources_disagree',
    d.differences
  FROM (
    media_item AS i
      INNER JOIN disagreement AS d
        ON (
          (
            d.media_item_id = i.id
          )
        )
  )
  WHERE
    (
      i.media_type IN ('movie', 'show')
    )
)
UNION ALL
(
  SELECT
    i.library_id,
    i.media_type,
    i.id,
    'runtime_differs',
    CONCAT(
      i.runtime_minutes,
      ' minutes by metadata, ',
      CAST(ROUND(p."minutes") AS BIGINT),
      ' by the file'
    )
  FROM (
    media_item AS i
      INNER JOIN present AS p
        ON (
          (
            p.media_item_id = i.id
          )
        )
  )
  WHERE
    (
      (
        i.media_type IN ('movie', 'episode')
      )
      AND (
        p."minutes" > 0
      )
      AND (
        i.runtime_minutes > 0
      )
      AND (
        ABS((
          p."minutes" - i.runtime_minutes
        )) > GREATEST(10, (
          0.25 * i.runtime_minutes
        ))
      )
      AND (
        NOT (
          i.id = ANY (
            SELECT
              o.shared_file_item_id
            FROM media_item AS o
            WHERE
              (
                NOT o.shared_file_item_id IS NULL
              )
          )
        )
      )
    )
)
UNION ALL
(
  SELECT
    i.library_id,
    i.media_type,
    i.id,
    'picture_failed',
    p."types"
  FROM (
    media_item AS i
      INNER JOIN picture AS p
        ON (
          (
            p.media_item_id = i.id
          )
        )
  )
)
UNION ALL
(
  SELECT
    i.library_id,
    i.media_type,
    i.id,
    'uncertain_person',
    u."names"
  FROM (
    media_item AS i
      INNER JOIN uncertain AS u
        ON (
          (
            u.media_item_id = i.id
          )
        )
  )
  WHERE
    (
      i.media_type IN ('movie', 'show', 'episode')
    )
);

CREATE VIEW known_episode AS
WITH episode AS (
  SELECT
    e.id,
    COALESCE(p.parent_id, p.id) AS show_id,
    CAST(COALESCE(e.season_number, p.season_number) AS BIGINT) AS season_number,
    CAST(e.episode_number AS BIGINT) AS episode_number,
    e.absolute_number,
    e.title,
    e.premiered_on,
    e.is_missing AS is_gone,
    (
      (
        COALESCE(e.shared_file_item_id, e.id) = ANY (
          SELECT
            f.media_item_id
          FROM media_file AS f
          WHERE
            (
              (
                f.file_role = 'main'
              ) AND (
                f.missing_since IS NULL
              )
            )
        )
      )
      OR (
        NOT (
          e.library_id = ANY (
            SELECT DISTINCT
              f.library_id
            FROM media_file AS f
          )
        )
      )
    ) AS is_held
  FROM (
    media_item AS e
      INNER JOIN media_item AS p
        ON (
          (
            p.id = e.parent_id
          )
        )
  )
  WHERE
    (
      e.media_type = 'episode'
    )
), agreement AS (
  SELECT
    l.media_item_id AS show_id,
    l."source",
    COUNT(e.show_id) AS agreed,
    COUNT_STAR() AS listed
  FROM (
    listed_episode AS l
      LEFT JOIN (
        SELECT DISTINCT
          show_id,
          season_number,
          episode_number
        FROM episode
      ) AS e
        ON (
          (
            (
              e.show_id = l.media_item_id
            )
            AND (
              e.season_number = l.season_number
            )
            AND (
              e.episode_number = l.episode_number
            )
          )
        )
  )
  GROUP BY ALL
), chosen AS (
  SELECT
    show_id,
    FIRST("source" ORDER BY agreed DESC, listed DESC, "source") AS "source"
  FROM agreement
  GROUP BY ALL
), listed_number AS (
  SELECT
    c.show_id,
    c."source",
    CAST(l.season_number AS BIGINT) AS season_number,
    CAST(l.episode_number AS BIGINT) AS episode_number,
    COALESCE(
      l.absolute_number,
      CASE
        WHEN (
          (
            (
              l.season_number > 0
            )
            AND (
              NOT l.episode_number IS NULL
            )
            AND (
              MAX(l.absolute_number) OVER (PARTITION BY c.show_id) IS NULL
            )
          )
        )
        THEN (
          ROW_NUMBER() OVER (
            PARTITION BY c.show_id, (
              (
                l.season_number > 0
              ) AND (
                NOT l.episode_number IS NULL
              )
            )
            ORDER BY l.season_number, l.episode_number
          )
        )
        ELSE NULL
      END
    ) AS absolute_number,
    l.title,
    l.premiered_on,
    ROW_NUMBER() OVER (PARTITION BY c.show_id ORDER BY l.premiered_on, l.title, l.external_id) AS line
  FROM (
    chosen AS c
      INNER JOIN listed_episode AS l
        ON (
          (
            (
              l.media_item_id = c.show_id
            ) AND (
              l."source" = c."source"
            )
          )
        )
  )
), listed AS (
  SELECT
    l.*,
    MIN(l.premiered_on) OVER (
      PARTITION BY l.show_id, (
        l.season_number = 0
      )
      ORDER BY l.season_number, l.episode_number
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS next_on,
    CASE
      WHEN (
        (
          (
            NOT l.season_number IS NULL
          ) AND (
            NOT l.episode_number IS NULL
          )
        )
      )
      THEN (
        (
          (
            (
              l.season_number + 1
            ) * 10000000
          ) + l.episode_number
        )
      )
      WHEN (
        (
          NOT l.absolute_number IS NULL
        )
      )
      THEN (
        l.absolute_number
      )
      ELSE (
        (
          (
            (
              COALESCE(l.season_number, -1) + 1
            ) * 10000000
          ) + 9000000
        ) + l.line
      )
    END AS place
  FROM listed_number AS l
  WHERE
    (
      (
        NOT l.episode_number IS NULL
      )
      OR (
        NOT l.absolute_number IS NULL
      )
      OR (
        NOT EXISTS(
          SELECT
            1
          FROM episode AS e
          WHERE
            (
              (
                e.show_id = l.show_id
              )
              AND (
                e.season_number = 0
              )
              AND (
                (
                  LOWER(e.title) = LOWER(l.title)
                ) OR (
                  e.premiered_on = l.premiered_on
                )
              )
            )
        )
      )
    )
), place_of_absolute AS (
  SELECT
    show_id,
    absolute_number,
    MIN(place) AS place
  FROM listed
  WHERE
    (
      NOT absolute_number IS NULL
    )
  GROUP BY ALL
), place_of_day AS (
  SELECT
    show_id,
    premiered_on,
    MIN(place) AS place
  FROM listed
  WHERE
    (
      NOT premiered_on IS NULL
    )
  GROUP BY ALL
), placed AS (
  SELECT
    e.*,
    COALESCE(
      CASE
        WHEN (
          (
            (
              NOT e.season_number IS NULL
            ) AND (
              NOT e.episode_number IS NULL
            )
          )
        )
        THEN (
          (
            (
              (
                e.season_number + 1
              ) * 10000000
            ) + e.episode_number
          )
        )
        ELSE NULL
      END,
      a.place,
      CASE WHEN (
        (
          e.absolute_number IS NULL
        )
      ) THEN (
        d.place
      ) ELSE NULL END,
      e.absolute_number,
      (
        -(
          e.id
        )
      )
    ) AS place
  FROM (
    (
      episode AS e
        LEFT JOIN place_of_absolute AS a
          ON (
            (
              (
                a.show_id = e.show_id
              )
              AND (
                a.absolute_number = e.absolute_number
              )
              AND (
                e.episode_number IS NULL
              )
            )
          )
    )
    LEFT JOIN place_of_day AS d
      ON (
        (
          (
            d.show_id = e.show_id
          )
          AND (
            d.premiered_on = e.premiered_on
          )
          AND (
            e.episode_number IS NULL
          )
        )
      )
  )
), numbered AS (
  SELECT
    show_id,
    (
      (
        place // 10000000
      ) - 1
    ) AS season_number,
    (
      place % 10000000
    ) AS number
  FROM placed
  WHERE
    (
      (
        place >= 0
      ) AND (
        (
          place % 10000000
        ) < 8000000
      )
    )
), extent AS (
  SELECT
    show_id,
    season_number,
    MIN(number) AS least,
    MAX(number) AS most,
    COUNT(DISTINCT number) FILTER(WHERE
      (
        number > 0
      )) AS numbers
  FROM numbered
  GROUP BY ALL
), beginning AS (
  SELECT
    show_id,
    season_number,
    most,
    numbers,
    CASE
      WHEN (
        (
          (
            season_number > 1
          )
          AND (
            least > 12
          )
          AND (
            least > MAX(most) OVER (
              PARTITION BY show_id, (
                season_number > 0
              )
              ORDER BY season_number
              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            )
          )
        )
      )
      THEN (
        (
          least - 1
        )
      )
      ELSE 0
    END AS number
  FROM extent
), run AS (
  SELECT
    n.show_id,
    n.season_number,
    COALESCE(
      LAG(n.number) OVER (PARTITION BY n.show_id, n.season_number ORDER BY n.number),
      b.number
    ) AS "before",
    n.number
  FROM (
    (
      SELECT
        *
      FROM beginning
      WHERE
        (
          numbers < (
            most - number
          )
        )
    ) AS b
    INNER JOIN numbered AS n
      ON (
        (
          (
            n.show_id = b.show_id
          ) AND (
            n.season_number = b.season_number
          )
        )
      )
  )
), gap AS (
  SELECT
    show_id,
    (
      (
        (
          season_number + 1
        ) * 10000000
      ) + UNNEST(RANGE((
        "before" + 1
      ), number))
    ) AS place
  FROM run
  WHERE
    (
      (
        number - "before"
      ) BETWEEN 2 AND 101
    )
), across AS (
  SELECT
    show_id,
    absolute_number,
    place
  FROM placed
  WHERE
    (
      (
        NOT absolute_number IS NULL
      ) AND (
        place >= 20000000
      )
    )
), run_across AS (
  SELECT
    show_id,
    place,
    absolute_number,
    LAG(place) OVER (PARTITION BY show_id ORDER BY absolute_number) AS place_before,
    LAG(absolute_number) OVER (PARTITION BY show_id ORDER BY absolute_number) AS "before"
  FROM across
  WHERE
    (
      show_id = ANY (
        SELECT
          show_id
        FROM across
        GROUP BY ALL
        HAVING
          (
            COUNT(DISTINCT absolute_number) <= (
              MAX(absolute_number) - MIN(absolute_number)
            )
          )
      )
    )
), gap_across AS (
  SELECT
    show_id,
    place,
    place_before,
    absolute_number,
    "before",
    UNNEST(RANGE((
      "before" + 1
    ), absolute_number)) AS number
  FROM run_across
  WHERE
    (
      (
        absolute_number - "before"
      ) BETWEEN 2 AND 101
    )
), season_run AS (
  SELECT
    show_id,
    season_number,
    COALESCE(
      LAG(season_number) OVER (PARTITION BY show_id ORDER BY season_number),
      CASE WHEN (
        season_number >= 1900
      ) THEN (
        season_number - 1
      ) ELSE 0 END
    ) AS "before"
  FROM extent
  WHERE
    (
      (
        season_number > 0
      )
      AND (
        NOT (
          show_id = ANY (
            SELECT
              c.show_id
            FROM chosen AS c
          )
        )
      )
    )
), evidence AS (
  (
    SELECT
      show_id,
      place,
      CASE WHEN is_held THEN id ELSE (
        id + 1000000000000000
      ) END AS record,
      absolute_number,
      NULL AS title,
      NULL AS premiered_on,
      NULL AS next_on,
      (
        (
          4 + CASE WHEN is_held THEN 1 ELSE 0 END
        ) + CASE WHEN is_gone THEN 2 ELSE 0 END
      ) AS flags
    FROM placed
  )
  UNION ALL
  (
    SELECT
      show_id,
      place,
      NULL,
      absolute_number,
      title,
      premiered_on,
      next_on,
      8
    FROM listed
  )
  UNION ALL
  (
    SELECT
      show_id,
      place,
      NULL,
      CASE WHEN (
        place < 10000000
      ) THEN place ELSE NULL END,
      NULL,
      NULL,
      NULL,
      16
    FROM gap
  )
  UNION ALL
  (
    SELECT
      show_id,
      CASE
        WHEN (
          (
            place % 10000000
          ) > (
            absolute_number - number
          )
        )
        THEN (
          place - (
            absolute_number - number
          )
        )
        ELSE (
          (
            place_before + number
          ) - "before"
        )
      END,
      NULL,
      number,
      NULL,
      NULL,
      NULL,
      16
    FROM gap_across
  )
  UNION ALL
  (
    SELECT
      show_id,
      (
        (
          (
            UNNEST(RANGE((
              "before" + 1
            ), season_number)) + 1
          ) * 10000000
        ) + 8000000
      ),
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      16
    FROM season_run
    WHERE
      (
        (
          season_number - "before"
        ) BETWEEN 2 AND 31
      )
  )
), last_held AS (
  SELECT
    show_id,
    MAX(place) AS place
  FROM placed
  WHERE
    (
      is_held OR is_gone
    )
  GROUP BY ALL
), known AS (
  SELECT
    show_id,
    place,
    MIN(record) AS record,
    MAX(absolute_number) AS absolute_number,
    MAX(title) AS title,
    MIN(premiered_on) AS premiered_on,
    MIN(next_on) AS next_on,
    BIT_OR(flags) AS flags
  FROM evidence
  GROUP BY
    show_id,
    place
)
SELECT
  k.show_id,
  r.id AS media_item_id,
  CASE
    WHEN (
      (
        k.place >= 10000000
      )
    )
    THEN (
      (
        (
          k.place // 10000000
        ) - 1
      )
    )
    ELSE r.season_number
  END AS season_number,
  CASE
    WHEN (
      (
        (
          k.place >= 10000000
        ) AND (
          (
            k.place % 10000000
          ) < 8000000
        )
      )
    )
    THEN (
      (
        k.place % 10000000
      )
    )
    ELSE NULL
  END AS episode_number,
  k.absolute_number,
  COALESCE(k.title, r.title) AS title,
  COALESCE(k.premiered_on, r.premiered_on) AS premiered_on,
  COALESCE(
    k.premiered_on,
    r.premiered_on,
    CASE
      WHEN (
        (
          (
            (
              k.flags & 19
            ) > 0
          )
          OR (
            k.place < l.place
          )
          OR (
            s.series_status IN ('ended', 'canceled')
          )
        )
      )
      THEN (
        CAST('1800-01-01' AS DATE)
      )
      ELSE NULL
    END,
    k.next_on
  ) AS aired_by,
  c."source",
  (
    (
      k.flags & 1
    ) > 0
  ) AS is_held,
  (
    (
      k.flags & 3
    ) = 2
  ) AS is_gone,
  (
    (
      k.flags & 4
    ) > 0
  ) AS is_recorded,
  (
    (
      k.flags & 8
    ) > 0
  ) AS is_listed,
  (
    (
      k.flags & 16
    ) > 0
  ) AS is_counted
FROM (
  (
    (
      (
        known AS k
          INNER JOIN media_item AS s
            ON (
              (
                s.id = k.show_id
              )
            )
      )
      LEFT JOIN chosen AS c
        ON (
          (
            c.show_id = k.show_id
          )
        )
    )
    LEFT JOIN last_held AS l
      ON (
        (
          l.show_id = k.show_id
        )
      )
  )
  LEFT JOIN placed AS r
    ON (
      (
        r.id = (
          k.record % 1000000000000000
        )
      )
    )
);

CREATE VIEW latest_day AS
SELECT
  CAST(GREATEST(
    (
      SELECT
        MAX(i.added_at)
      FROM media_item AS i
    ),
    (
      SELECT
        MAX(f.added_at)
      FROM media_file AS f
    ),
    (
      SELECT
        MAX(h.occurred_at)
      FROM history_event AS h
    ),
    (
      SELECT
        MAX(m.checked_at)
      FROM provider_match AS m
    )
  ) AS DATE) AS "day";

CREATE VIEW other_complaint AS
WITH "owned" AS (
  (
    SELECT
      f.path
    FROM media_file AS f
    WHERE
      EXISTS(
        SELECT
          1
        FROM scan_entry
      )
  )
  UNION ALL
  (
    SELECT
      a.path
    FROM artwork AS a
    WHERE
      (
        (
          NOT a.path IS NULL
        ) AND EXISTS(
          SELECT
            1
          FROM scan_entry
        )
      )
  )
  UNION ALL
  (
    SELECT
      t.path
    FROM subtitle AS t
    WHERE
      (
        (
          NOT t.path IS NULL
        ) AND EXISTS(
          SELECT
            1
          FROM scan_entry
        )
      )
  )
), last_job AS (
  SELECT
    library_id,
    job_type,
    ARG_MAX(status, id) AS status,
    ARG_MAX(COALESCE("error", status), id) AS reason
  FROM job_run
  WHERE
    (
      status <> 'running'
    )
  GROUP BY ALL
)
(
  SELECT
    e.library_id,
    'file_set_aside' AS complaint,
    e.path AS "name",
    e.problem AS detail
  FROM scan_entry AS e
  WHERE
    (
      (
        NOT e.problem IS NULL
      )
      AND (
        NOT (
          e.path = ANY (
            SELECT
              o.path
            FROM "owned" AS o
          )
        )
      )
    )
)
UNION ALL
(
  SELECT
    e.library_id,
    'file_of_no_item',
    e.path,
    NULL
  FROM scan_entry AS e
  WHERE
    (
      (
        e.problem IS NULL
      )
      AND (
        NOT (
          e.path = ANY (
            SELECT
              o.path
            FROM "owned" AS o
          )
        )
      )
      AND (
        NOT REGEXP_MATCHES(e.path, '\.(nfo|sub)$', 'i')
      )
    )
)
UNION ALL
(
  SELECT
    j.library_id,
    'job_failed',
    j.job_type,
    j.reason
  FROM last_job AS j
  WHERE
    (
      (
        NOT j.library_id IS NULL
      ) AND (
        j.status IN ('failed', 'interrupted')
      )
    )
);

CREATE VIEW quality_rule AS
SELECT
  property,
  "value",
  CAST(factor AS DOUBLE) AS factor,
  CAST(wants AS DOUBLE) AS wants,
  why
FROM (
  SELECT
    *
  FROM (VALUES
    ('source', 'Remux', 1.00, NULL, 'the disc as it is'),
    ('source', 'Bluray', 0.97, NULL, 'encoded from a disc'),
    ('source', 'WEBDL', 0.95, NULL, 'as a service sends it'),
    ('source', 'WEBRip', 0.90, NULL, 'recorded from a service, so encoded twice'),
    ('source', 'HDTV', 0.90, NULL, 'as broadcast'),
    ('source', 'DVD', 0.75, NULL, 'from the years of 480 and 576 lines'),
    ('source', 'SDTV', 0.65, NULL, 'broadcast before high definition'),
    ('source', 'TELESYNC', 0.30, NULL, 'filmed in a cinema, sound apart'),
    ('source', 'CAM', 0.20, NULL, 'filmed in a cinema'),
    (
      'source',
      'not known',
      0.90,
      NULL,
      'no source is named, or one that no rule knows'
    ),
    ('resolution', '2160p', 1.00, 12.0, 'as good as discs get'),
    ('resolution', '1440p', 0.95, 7.0, 'between high and ultra high definition'),
    ('resolution', '1080p', 0.90, 3.5, 'full high definition'),
    ('resolution', '720p', 0.75, 1.8, 'half the lines of today''s screens, or fewer'),
    ('resolution', '576p', 0.60, 1.0, 'as a European DVD'),
    ('resolution', '480p', 0.50, 0.0, 'as an American DVD, or less'),
    ('resolution', 'not known', 0.70, NULL, 'the picture was not looked at'),
    ('codec', 'av1', 1.00, 0.50, 'of today'),
    ('codec', 'hevc', 1.00, 0.60, 'of today'),
    ('codec', 'vp9', 1.00, 0.70, 'of today'),
    ('codec', 'h264', 0.98, 1.00, 'plays everywhere'),
    ('codec', 'vc1', 0.90, 1.20, 'of the first Blu-rays'),
    ('codec', 'mpeg2video', 0.85, 2.00, 'an old codec: of DVDs and broadcasts'),
    ('codec', 'mpeg4', 0.80, 1.50, 'an old codec: DivX and Xvid'),
    ('codec', 'not known', 0.85, 1.00, 'no codec is named, or one that no rule knows'),
    ('hdr', 'Dolby Vision', 1.00, NULL, 'brightness said scene by scene'),
    ('hdr', 'HDR10+', 1.00, NULL, 'brightness said scene by scene'),
    ('hdr', 'HDR10', 0.99, NULL, 'brightness said once for all'),
    ('hdr', 'HLG', 0.98, NULL, 'as broadcast'),
    ('hdr', 'SDR', 0.95, NULL, 'no high dynamic range'),
    ('hdr', 'not known', 0.95, NULL, 'taken for SDR'),
    ('sound', '7.1', 1.00, NULL, 'eight channels or more'),
    ('sound', '5.1', 0.99, NULL, 'six or seven channels'),
    ('sound', 'more than stereo', 0.96, NULL, 'three to five channels'),
    ('sound', 'stereo', 0.92, NULL, 'two channels'),
    ('sound', 'mono', 0.85, NULL, 'one channel'),
    ('sound', 'not known', 0.92, NULL, 'taken for stereo')) AS valueslist
) AS "rule"(property, "value", factor, wants, why);

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
COMMENT ON VIEW complaint_kind IS 'What can be wrong, with what it can be wrong, and what to do about it.';
COMMENT ON COLUMN complaint_kind.complaint IS 'Its name: no_year, file_gone, ...';
COMMENT ON COLUMN complaint_kind.media_types IS 'Items it can be wrong with; null when it is about files or jobs.';
COMMENT ON COLUMN complaint_kind.needs_file IS 'Only items with a file that is there can have it.';
COMMENT ON COLUMN complaint_kind.what_to_do IS 'In words.';
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
COMMENT ON VIEW file_fact IS 'Every file with what its streams say, one row a file.';
COMMENT ON COLUMN file_fact.media_file_id IS 'The file (media_file.id).';
COMMENT ON COLUMN file_fact.media_item_id IS 'The item (media_item.id) it is of.';
COMMENT ON COLUMN file_fact.library_id IS 'As in media_file.';
COMMENT ON COLUMN file_fact.path IS 'As in media_file.';
COMMENT ON COLUMN file_fact.file_role IS 'As in media_file.';
COMMENT ON COLUMN file_fact.part_number IS 'As in media_file.';
COMMENT ON COLUMN file_fact.container IS 'As in media_file.';
COMMENT ON COLUMN file_fact.size_bytes IS 'As in media_file.';
COMMENT ON COLUMN file_fact.duration_seconds IS 'As in media_file.';
COMMENT ON COLUMN file_fact.bitrate_kbps IS 'As in media_file.';
COMMENT ON COLUMN file_fact.edition IS 'As in media_file.';
COMMENT ON COLUMN file_fact.quality_source IS 'As in media_file.';
COMMENT ON COLUMN file_fact.release_group IS 'As in media_file.';
COMMENT ON COLUMN file_fact.fingerprint IS 'As in media_file.';
COMMENT ON COLUMN file_fact.problem IS 'As in media_file.';
COMMENT ON COLUMN file_fact.missing_since IS 'As in media_file.';
COMMENT ON COLUMN file_fact.added_at IS 'As in media_file.';
COMMENT ON COLUMN file_fact.video_codec IS 'Of its first video stream.';
COMMENT ON COLUMN file_fact.resolution IS 'Of its first video stream: 480p to 2160p, by width and height.';
COMMENT ON COLUMN file_fact.hdr_format IS 'Of its first video stream.';
COMMENT ON COLUMN file_fact.width IS 'Pixels, of its first video stream.';
COMMENT ON COLUMN file_fact.height IS 'Pixels, of its first video stream.';
COMMENT ON COLUMN file_fact.frame_rate IS 'Frames a second, of its first video stream.';
COMMENT ON COLUMN file_fact.bit_depth IS 'Of its first video stream.';
COMMENT ON COLUMN file_fact.audio_codec IS 'Of its first audio stream.';
COMMENT ON COLUMN file_fact.audio_channels IS 'The most that one of its audio streams has: 2 is stereo, 6 is 5.1.';
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
COMMENT ON VIEW item_complaint IS 'What is wrong with items, languages aside: one row an item and complaint.';
COMMENT ON COLUMN item_complaint.library_id IS 'The library (library.id) of the item.';
COMMENT ON COLUMN item_complaint.media_type IS 'As in media_item.';
COMMENT ON COLUMN item_complaint.media_item_id IS 'The item (media_item.id).';
COMMENT ON COLUMN item_complaint.complaint IS 'As in complaint_kind.';
COMMENT ON COLUMN item_complaint.detail IS 'More about it, in words; null when there is no more to say.';
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
COMMENT ON VIEW known_episode IS 'Every episode that a show is known to have, held or not: from records, numbering and what a provider lists.';
COMMENT ON COLUMN known_episode.show_id IS 'The show (media_item.id).';
COMMENT ON COLUMN known_episode.media_item_id IS 'The episode (media_item.id); null of one the library has no record of.';
COMMENT ON COLUMN known_episode.season_number IS '0 is the season of specials; null when numbered across seasons, or not numbered.';
COMMENT ON COLUMN known_episode.episode_number IS 'Within the season; null when not numbered, and of a season of which nothing else is known.';
COMMENT ON COLUMN known_episode.absolute_number IS 'Number across seasons, as anime is numbered; null when not known.';
COMMENT ON COLUMN known_episode.title IS 'As the provider lists it, else as recorded; null of one known from numbering.';
COMMENT ON COLUMN known_episode.premiered_on IS 'As the provider lists it, else as recorded; null when not known.';
COMMENT ON COLUMN known_episode.aired_by IS 'By when it has aired: its day, else that of the next after it; 1800 when long ago, null when none can be told.';
COMMENT ON COLUMN known_episode.source IS 'Whose list counts of the show: the one that has most of what is recorded, then the longest; null without any.';
COMMENT ON COLUMN known_episode.is_held IS 'A file of it is there; in a library without any files: it is recorded.';
COMMENT ON COLUMN known_episode.is_gone IS 'It had a file that is not there any more, and has no other.';
COMMENT ON COLUMN known_episode.is_recorded IS 'The library has a record of it.';
COMMENT ON COLUMN known_episode.is_listed IS 'The provider lists it.';
COMMENT ON COLUMN known_episode.is_counted IS 'Numbers before and after it, or seasons, are there and leave it out.';
COMMENT ON VIEW latest_day IS 'The present of the library: when last anything was added, happened or was asked for; one row.';
COMMENT ON COLUMN latest_day.day IS 'UTC; null when nothing ever did.';
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
COMMENT ON COLUMN media_item.is_in_snapshot IS 'The last snapshot has it and its files as they are. Null and false: they may have changed since.';
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
COMMENT ON VIEW other_complaint IS 'What is wrong with files that no item owns, and with jobs: the last of each type counts.';
COMMENT ON COLUMN other_complaint.library_id IS 'The library (library.id) that was scanned, or that the job was for.';
COMMENT ON COLUMN other_complaint.complaint IS 'As in complaint_kind.';
COMMENT ON COLUMN other_complaint.name IS 'Path of the file, or type of the job.';
COMMENT ON COLUMN other_complaint.detail IS 'Why; null when there is no more to say.';
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
COMMENT ON VIEW quality_rule IS 'What judges how good a file is: a factor for each value of five properties.';
COMMENT ON COLUMN quality_rule.property IS 'source, resolution, codec, hdr or sound.';
COMMENT ON COLUMN quality_rule.value IS 'Of the property; "not known" stands for what no rule names, too.';
COMMENT ON COLUMN quality_rule.factor IS '0 to 1; a score is 100 times the product of the five.';
COMMENT ON COLUMN quality_rule.wants IS 'Of a resolution: megabits a second of h264; of a codec: times those of h264; else null.';
COMMENT ON COLUMN quality_rule.why IS 'In words.';
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
COMMENT ON TABLE snapshot IS 'A moment at which it was noted what the library held. There is none when nothing had changed.';
COMMENT ON COLUMN snapshot.id IS 'Counts up from 1: later ones are greater.';
COMMENT ON COLUMN snapshot.taken_at IS 'UTC.';
COMMENT ON COLUMN snapshot.reason IS 'The type of the job that took it (scan, import, enrich, demo, ...), or request.';
COMMENT ON COLUMN snapshot.job_run_id IS 'The job (job_run.id) that took it; null when it was asked for.';
COMMENT ON TABLE snapshot_file IS 'From which snapshot until which a file was there, as large and as good as this.';
COMMENT ON COLUMN snapshot_file.media_file_id IS 'The file (media_file.id).';
COMMENT ON COLUMN snapshot_file.media_item_id IS 'The item (media_item.id) it was of.';
COMMENT ON COLUMN snapshot_file.file_role IS 'main, extra, trailer or sample.';
COMMENT ON COLUMN snapshot_file.path IS 'Where it was.';
COMMENT ON COLUMN snapshot_file.size_bytes IS 'Bytes; null when not known.';
COMMENT ON COLUMN snapshot_file.resolution IS '480p to 2160p, as in file_fact; null when not known.';
COMMENT ON COLUMN snapshot_file.hdr_format IS 'As in file_fact.';
COMMENT ON COLUMN snapshot_file.quality_source IS 'Bluray, WEBDL, ...: as in media_file.';
COMMENT ON COLUMN snapshot_file.video_codec IS 'As in file_fact.';
COMMENT ON COLUMN snapshot_file.audio_channels IS 'The most of its audio streams, as in file_fact.';
COMMENT ON COLUMN snapshot_file.from_snapshot IS 'The first snapshot (snapshot.id) that found it so.';
COMMENT ON COLUMN snapshot_file.until_snapshot IS 'The first that did not any more; null while it is so.';
COMMENT ON TABLE snapshot_item IS 'From which snapshot until which an item was there, by one name.';
COMMENT ON COLUMN snapshot_item.media_item_id IS 'The item (media_item.id); it may not be there any more.';
COMMENT ON COLUMN snapshot_item.library_id IS 'Its library (library.id).';
COMMENT ON COLUMN snapshot_item.media_type IS 'movie, show, season or episode.';
COMMENT ON COLUMN snapshot_item.item IS 'Its title; of an episode the show, the number and the title.';
COMMENT ON COLUMN snapshot_item.from_snapshot IS 'The first snapshot (snapshot.id) that found it so.';
COMMENT ON COLUMN snapshot_item.until_snapshot IS 'The first that did not any more; null while it is so.';
COMMENT ON TABLE snapshot_total IS 'What each library held at a snapshot: growth over time.';
COMMENT ON COLUMN snapshot_total.snapshot_id IS 'The snapshot (snapshot.id).';
COMMENT ON COLUMN snapshot_total.library_id IS 'The library (library.id).';
COMMENT ON COLUMN snapshot_total.movies IS 'Films, without those whose files are all gone.';
COMMENT ON COLUMN snapshot_total.shows IS 'Shows.';
COMMENT ON COLUMN snapshot_total.episodes IS 'Episodes, without those whose files are all gone.';
COMMENT ON COLUMN snapshot_total.files IS 'Files that were there, extras and trailers included.';
COMMENT ON COLUMN snapshot_total.size_bytes IS 'Bytes of these.';
COMMENT ON COLUMN snapshot_total.hours IS 'Hours that these play, as far as that is known.';
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

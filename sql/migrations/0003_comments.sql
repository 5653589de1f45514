-- What: the meaning of every column that had none, and of the record of migrations.
-- Why:  lib.tables() is where people learn the schema, and a column left out there is a question to somebody.
--       One comment of 0001 is not true any more: a key made of a name follows the name.
-- Says: the unit, what null means where that is not "unknown", and where the value comes from.

comment on table schema_migration is 'The migrations this file has had; a checksum keeps them from being edited afterwards.';
comment on column schema_migration.version is 'Number of the migration, from 1 without gaps.';
comment on column schema_migration.name is 'What it did, in a word: the rest of its file name.';
comment on column schema_migration.checksum is 'SHA-256 of its text.';
comment on column schema_migration.applied_at is 'UTC.';

comment on column library.id is 'What library_id names elsewhere.';
comment on column library.name is 'As given to scan and import, "Media" unless told otherwise; no two alike.';
comment on column library.created_at is 'When it was first scanned or imported into, UTC.';

comment on column media_item.id is 'Stable within this library: rescans, re-imports and renames keep it.';
comment on column media_item.library_id is 'The library (library.id) it belongs to.';
comment on column media_item.item_key is 'Natural key within the library, from an id or the name; one made of a name follows the name, the id stays.';
comment on column media_item.media_type is 'movie, show, season or episode.';
comment on column media_item.title is 'As shown; of a season its name or "Season 1", of an episode its own.';
comment on column media_item.sort_title is 'What to sort by where it is not the title, such as "Matrix, The"; else null.';
comment on column media_item.original_title is 'In the original language; null when unknown or the same.';
comment on column media_item.year is 'Of release; of a show the year it began.';
comment on column media_item.episode_number is 'Within the season; null for films, shows and seasons, and for episodes known by date.';
comment on column media_item.runtime_minutes is 'Minutes, as a source says or else as measured in the file.';
comment on column media_item.votes is 'How many people the rating comes from.';
comment on column media_item.user_rating is 'One''s own rating, 0 to 10; null when not rated.';
comment on column media_item.content_rating is 'Age rating as its country writes it: PG-13, TV-MA, FSK 12, ...';
comment on column media_item.tagline is 'The line on the poster.';
comment on column media_item.plot is 'What it is about, a paragraph.';
comment on column media_item.genres is 'As the source writes them: Drama, Sci-Fi, ...; null when unknown.';
comment on column media_item.tags is 'Free words of the source or the user; null when none are known.';
comment on column media_item.studios is 'Companies that made it, of shows also the network; null when unknown.';
comment on column media_item.collection is 'The set of films it belongs to, such as "Alien Collection"; null when in none.';
comment on column media_item.series_status is 'continuing, ended, canceled or upcoming; of shows only.';
comment on column media_item.added_at is 'When it came into the library, or the date its source gives, UTC.';
comment on column media_item.updated_at is 'When a scan or import last changed one of its fields, UTC.';

comment on column media_file.id is 'Stable within this library: a file that is moved or renamed keeps it.';
comment on column media_file.library_id is 'The library (library.id) of its item.';
comment on column media_file.media_item_id is 'The item (media_item.id) it holds; the first one where it holds several episodes.';
comment on column media_file.file_role is 'main, or extra, trailer or sample.';
comment on column media_file.size_bytes is 'Bytes on disk.';
comment on column media_file.mtime_ns is 'Time of last change as the disk has it, nanoseconds since 1970 UTC.';
comment on column media_file.container is 'mkv, mp4, avi, ts, ...: by what is inside, else by the ending of the name.';
comment on column media_file.duration_seconds is 'Seconds, as measured; null when it could not be read.';
comment on column media_file.bitrate_kbps is 'Kilobits (1000 bits) a second of all streams together.';
comment on column media_file.edition is 'Director''s Cut, Extended, ...: from the name; null for the ordinary one.';
comment on column media_file.quality_source is 'What it was made from: Bluray, Remux, WEBDL, WEBRip, HDTV, SDTV, DVD, ...: from the name.';
comment on column media_file.release_group is 'Who released it, from the name.';
comment on column media_file.added_at is 'When it came into the library, UTC.';

comment on column media_stream.media_file_id is 'The file (media_file.id) it is in.';
comment on column media_stream.stream_index is 'From 0, in the order of the file.';
comment on column media_stream.stream_type is 'video, audio or subtitle.';
comment on column media_stream.profile is 'Of the codec, as the file says it: High, Main 10, ...';
comment on column media_stream.bit_depth is 'Bits a sample, 8 or 10 as a rule; of video.';
comment on column media_stream.width is 'Pixels as stored; of video.';
comment on column media_stream.height is 'Pixels as stored; of video.';
comment on column media_stream.frame_rate is 'Frames a second; of video.';
comment on column media_stream.channels is '2 is stereo, 6 is 5.1, 8 is 7.1; of audio.';
comment on column media_stream.bitrate_kbps is 'Kilobits (1000 bits) a second; null where the file does not say.';
comment on column media_stream.language_raw is 'The language as the file says it, before it became BCP 47.';
comment on column media_stream.title is 'The name the file gives the track, such as "Director''s commentary".';
comment on column media_stream.is_default is 'Played unless one chooses another.';
comment on column media_stream.is_forced is 'Subtitles of foreign speech and signs only.';
comment on column media_stream.is_hearing_impaired is 'For the deaf and hard of hearing: speech and sounds.';

comment on column person.id is 'Stable within this library.';
comment on column person.name is 'As the last source to name them wrote it.';
comment on column person.name_key is 'The name as search sees it: lower case, no accents, no punctuation.';

comment on column credit.media_item_id is 'The item (media_item.id) worked on.';
comment on column credit.person_id is 'Who (person.id) worked on it.';
comment on column credit.department is 'cast, directing, writing, production, sound or crew.';
comment on column credit.character is 'Who an actor plays; null for crew, and when unknown.';

comment on column external_id.media_item_id is 'The item (media_item.id) it names; null when it names a person.';
comment on column external_id.person_id is 'The person (person.id) it names; null when it names an item.';
comment on column external_id.external_id is 'As the source writes it: tt0083658, 78, ...';

comment on column artwork.media_item_id is 'The item (media_item.id) it shows.';
comment on column artwork.artwork_type is 'poster, backdrop, banner, logo, clearart, thumb, still, disc or profile.';
comment on column artwork.path is 'Absolute path on disk; null while it is known by address only.';
comment on column artwork.url is 'Where it can be had; null for a picture found on disk.';
comment on column artwork.width is 'Pixels.';
comment on column artwork.height is 'Pixels.';
comment on column artwork.language is 'Of the words in it, BCP 47; null when it has none or that is unknown.';
comment on column artwork.download_status is 'local (found on disk), pending, downloaded or failed.';
comment on column artwork.source is 'Which source told of it: scan, nfo, import, demo or a provider.';

comment on column subtitle.media_item_id is 'The item (media_item.id) whose video it lies beside.';
comment on column subtitle.path is 'Absolute path on disk; null while it is known by address only.';
comment on column subtitle.url is 'Where it can be had; null for one found on disk.';
comment on column subtitle.language is 'BCP 47, from the file name; null when it says none.';
comment on column subtitle.language_raw is 'The language as the file name says it.';
comment on column subtitle.is_default is 'Named as the one to show unless one chooses another.';
comment on column subtitle.is_forced is 'Of foreign speech and signs only.';
comment on column subtitle.is_hearing_impaired is 'For the deaf and hard of hearing: speech and sounds.';
comment on column subtitle.download_status is 'local (found on disk), pending, downloaded or failed.';
comment on column subtitle.source is 'Which source told of it: scan, nfo, import, demo or a provider.';

comment on column history_event.media_item_id is 'The item (media_item.id) it happened to.';
comment on column history_event.event_type is 'played, added, rated, paused or watchlisted.';
comment on column history_event.user_name is 'Who did it; "me" unless the source names someone.';
comment on column history_event.source is 'Which source told of it: nfo, import, demo or a provider.';

comment on column job_run.id is 'In the order of starting.';
comment on column job_run.job_type is 'scan, import, demo, enrich, ...';
comment on column job_run.status is 'running, succeeded, failed or interrupted.';
comment on column job_run.started_at is 'UTC.';
comment on column job_run.finished_at is 'UTC; null while it runs.';
comment on column job_run.counts is 'How many of what it did, by name: media_item_inserted, files_seen, ...';
comment on column job_run.error is 'Why it ended early; null when it did not.';

comment on column field_source.media_item_id is 'The item (media_item.id) whose field it is.';
comment on column field_source.field_name is 'The column of media_item.';
comment on column field_source.source is 'Who gave the value: nfo, user, a provider, ...';
comment on column field_source.set_at is 'UTC.';
comment on column field_source.is_locked is 'Kept as it is, whatever a source says later.';

comment on column scan_entry.library_id is 'The library (library.id) that was scanned.';
comment on column scan_entry.path is 'Absolute path; bytes that are not UTF-8 appear as \xNN.';
comment on column scan_entry.size_bytes is 'Bytes when it was looked at.';
comment on column scan_entry.mtime_ns is 'Time of last change then, nanoseconds since 1970 UTC.';
comment on column scan_entry.problem is 'Why it was set aside; null when it was read.';

comment on column name_guess.name is 'The file name, with the folders that count.';
comment on column name_guess.guess is 'What was understood, as JSON.';

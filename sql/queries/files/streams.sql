-- What:       the streams of files.
-- Parameters: file_ids.
-- Result:     every column of media_stream.
select s.*
from media_stream s
where s.media_file_id in (select unnest($file_ids))
order by s.media_file_id, s.stream_index

-- What:       what became of downloading pictures, by address.
-- Parameters: urls.
-- Result:     url, path, width, height, download_status; one row an address that was downloaded or failed.
select a.url, a.path, a.width, a.height, a.download_status
from artwork a
where a.url in (select unnest(cast($urls as varchar[]))) and a.download_status in ('downloaded', 'failed')
qualify row_number() over (partition by a.url order by a.download_status, a.media_item_id) = 1

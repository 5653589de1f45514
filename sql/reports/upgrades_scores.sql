-- What:       how good the items are: how their scores spread.
-- Result:     value (of the property; all: everything; null: not known), score_from (0, 10, ... 90: scores of so much and less than
--             10 more, 100 among the last), items, share (of the value's items, 0 to 1); values in their order.
-- Model:      a file's score is 100 x source x resolution x codec x hdr x sound, each a factor of quality_rule (the question
--             upgrades_rules shows them). A file with fewer megabits a second than its resolution wants in its codec counts as
--             the highest resolution for which it has enough. An item is judged by its best file that is there.
with parameter as (
    select
        'library'::varchar as by, -- one of library, type, decade, resolution, codec, source, all: what makes a line
        null::varchar as library, -- only of this one; null: of all
        1::double as least_bitrate, -- times the megabits a second that the rules want: with less it counts as fewer lines
),
chosen as (
    from judged_item((select library from parameter), (select least_bitrate from parameter))
),
counted as (
    select
        case p.by
            when 'library' then chosen.library
            when 'type' then i.media_type
            when 'decade' then cast(i.year // 10 * 10 as varchar) || 's'
            when 'resolution' then chosen.resolution
            when 'codec' then chosen.video_codec
            when 'source' then chosen.quality_source
            when 'all' then 'all'
        end as value,
        cast(least(floor(chosen.score / 10) * 10, 90) as bigint) as score_from,
        count(*) as items,
    from parameter p, chosen
    join media_item i on i.id = chosen.media_item_id
    group by all
)
select
    value,
    score_from,
    items,
    round(items / sum(items) over (partition by value), 4) as share,
from counted
order by value nulls last, score_from

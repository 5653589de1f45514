-- What:       which rules judge how good a file is: a factor for each value of five properties.
-- Result:     property, value, factor (0 to 1; a score is 100 times the product of the five), wants (of a resolution: megabits a
--             second of h264 that it wants; of a codec: how many times those of h264 it wants; else null), why.
select
    property,
    value,
    factor,
    wants,
    why,
from quality_rule
order by
    list_position(['source', 'resolution', 'codec', 'hdr', 'sound'], property),
    value = 'not known',
    factor desc,
    value

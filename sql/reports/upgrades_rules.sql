-- What:       which rules judge how good a file is: a factor for each value of five properties.
-- Result:     property, value, factor (0 to 1; a score is 100 times the product of the five), wants (of a resolution: megabits a
--             second of h264 that it wants; of a codec: how many times those of h264 it wants; else null), why.
with rule as (
    select
        property,
        value,
        cast(factor as double) as factor,
        cast(wants as double) as wants,
        why,
    from (values
        ('source', 'Remux', 1.00, null, 'the disc as it is'),
        ('source', 'Bluray', 0.97, null, 'encoded from a disc'),
        ('source', 'WEBDL', 0.95, null, 'as a service sends it'),
        ('source', 'WEBRip', 0.90, null, 'recorded from a service, so encoded twice'),
        ('source', 'HDTV', 0.90, null, 'as broadcast'),
        ('source', 'DVD', 0.75, null, 'from the years of 480 and 576 lines'),
        ('source', 'SDTV', 0.65, null, 'broadcast before high definition'),
        ('source', 'TELESYNC', 0.30, null, 'filmed in a cinema, sound apart'),
        ('source', 'CAM', 0.20, null, 'filmed in a cinema'),
        ('source', 'not known', 0.90, null, 'no source is named, or one that no rule knows'),
        ('resolution', '2160p', 1.00, 12.0, 'as good as discs get'),
        ('resolution', '1440p', 0.95, 7.0, 'between high and ultra high definition'),
        ('resolution', '1080p', 0.90, 3.5, 'full high definition'),
        ('resolution', '720p', 0.75, 1.8, 'half the lines of today''s screens, or fewer'),
        ('resolution', '576p', 0.60, 1.0, 'as a European DVD'),
        ('resolution', '480p', 0.50, 0.0, 'as an American DVD, or less'),
        ('resolution', 'not known', 0.70, null, 'the picture was not looked at'),
        ('codec', 'av1', 1.00, 0.50, 'of today'),
        ('codec', 'hevc', 1.00, 0.60, 'of today'),
        ('codec', 'vp9', 1.00, 0.70, 'of today'),
        ('codec', 'h264', 0.98, 1.00, 'plays everywhere'),
        ('codec', 'vc1', 0.90, 1.20, 'of the first Blu-rays'),
        ('codec', 'mpeg2video', 0.85, 2.00, 'an old codec: of DVDs and broadcasts'),
        ('codec', 'mpeg4', 0.80, 1.50, 'an old codec: DivX and Xvid'),
        ('codec', 'not known', 0.85, 1.00, 'no codec is named, or one that no rule knows'),
        ('hdr', 'Dolby Vision', 1.00, null, 'brightness said scene by scene'),
        ('hdr', 'HDR10+', 1.00, null, 'brightness said scene by scene'),
        ('hdr', 'HDR10', 0.99, null, 'brightness said once for all'),
        ('hdr', 'HLG', 0.98, null, 'as broadcast'),
        ('hdr', 'SDR', 0.95, null, 'no high dynamic range'),
        ('hdr', 'not known', 0.95, null, 'taken for SDR'),
        ('sound', '7.1', 1.00, null, 'eight channels or more'),
        ('sound', '5.1', 0.99, null, 'six or seven channels'),
        ('sound', 'more than stereo', 0.96, null, 'three to five channels'),
        ('sound', 'stereo', 0.92, null, 'two channels'),
        ('sound', 'mono', 0.85, null, 'one channel'),
        ('sound', 'not known', 0.92, null, 'taken for stereo'),
    ) as rule (property, value, factor, wants, why)
)
select
    property,
    value,
    factor,
    wants,
    why,
from rule
order by
    list_position(['source', 'resolution', 'codec', 'hdr', 'sound'], property),
    value = 'not known',
    factor desc,
    value

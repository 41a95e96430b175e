"""The commissioning map: topics by nations or organisations; what came out in the last year, what is in hand, whom one
has asked, who would write."""

from blog.desk.topic_map.choosing import column_at, organisations, topics
from blog.desk.topic_map.found import (
    ASKED,
    IN_HAND,
    KINDS,
    NATIONS,
    PUBLISHED,
    WOULD,
    MapColumn,
    column_of,
    published,
    rows_of,
    since,
)
from blog.desk.topic_map.lines import MapCell, MapLine, lines
from blog.desk.topic_map.wanting import WantedOnMap, wanted

__all__ = [
    'ASKED',
    'IN_HAND',
    'KINDS',
    'NATIONS',
    'PUBLISHED',
    'WOULD',
    'MapCell',
    'MapColumn',
    'MapLine',
    'WantedOnMap',
    'column_at',
    'column_of',
    'lines',
    'organisations',
    'published',
    'rows_of',
    'since',
    'topics',
    'wanted',
]

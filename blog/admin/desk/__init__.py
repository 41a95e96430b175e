"""The editors' desk: queues, a submission's page, its words and what stands beside them, and the moves."""

from blog.admin.desk import (  # isort: skip
    beside,
    byline,
    commissions,
    going_back,
    previews,
    queue,
    submission,
    topic_map,
    vouching,
    words,
)
from blog.admin.desk import moves  # isort: skip  # last: its address takes any word

__all__ = [
    'beside',
    'byline',
    'commissions',
    'going_back',
    'moves',
    'previews',
    'queue',
    'submission',
    'topic_map',
    'vouching',
    'words',
]

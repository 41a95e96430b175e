"""The editors' desk: queues, a submission's page, its words and what stands beside them, and the moves."""

from blog.admin.desk import (  # isort: skip
    absences,
    beside,
    board,
    byline,
    calendar,
    calendar_address,
    commissions,
    conversation,
    going_back,
    incoming,
    meeting,
    previews,
    queue,
    readings,
    submission,
    topic_map,
    vouching,
    words,
)
from blog.admin.desk import assigning, saved_queues, series  # isort: skip
from blog.admin.desk import moves  # isort: skip  # last: its address takes any word

__all__ = [
    'absences',
    'assigning',
    'beside',
    'board',
    'byline',
    'calendar',
    'calendar_address',
    'commissions',
    'conversation',
    'going_back',
    'incoming',
    'meeting',
    'moves',
    'previews',
    'queue',
    'readings',
    'saved_queues',
    'series',
    'submission',
    'topic_map',
    'vouching',
    'words',
]

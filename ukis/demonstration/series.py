"""A series that is in print and goes on, with a guest editor, who sees what belongs to it and nothing else."""

from typing import Any

from blog import workflow
from blog.desk import queues
from blog.models import Post, Series
from members import staffing
from ukis.demonstration.staging import PASSWORD, add_authenticator

GUEST = 'tariq-anwar'
ABOUT = (
    'Stopping is part of change. Who gave what up, how they told the others, and what they did with the hour.'
)
IN_PRINT = (
    *('a-short-history-of-things-we-gave-up', 'what-did-you-stop-doing', 'switching-off-a-dashboard'),
    *('how-to-close-a-scheme-well', 'a-year-without-anything-new'),
)


def stage_series(stage: Any) -> None:
    if Series.objects.exists():
        return
    stage.say('A series with a guest editor')
    guest, editor = stage.people[GUEST], stage.people['editor']
    series = Series.objects.create(title='What we stopped doing', description=ABOUT, takes_ideas=True)
    series.guests.create(person=guest, named=True)
    guest.set_password(PASSWORD)
    guest.save(update_fields=['password'])
    add_authenticator(guest)
    staffing.let_guests_in([guest.pk], by=editor)
    for post in Post.objects.filter(slug__in=IN_PRINT).exclude(submission__authorships__person=editor):
        workflow.set_series(post.submission, by=editor, series=series)
    for key in ('unassigned', 'editors'):
        for submission in queues.rows(key, editor).exclude(authorships__person=guest)[:2]:
            workflow.set_series(submission, by=editor, series=series)

"""A series with a guest editor, who sees what belongs to it and nothing else."""

from typing import Any

from blog import queues, workflow
from blog.models import Series
from members import staffing
from ukis.demonstration.staging import PASSWORD, add_authenticator

GUEST = 'tariq-anwar'
ABOUT = 'People who kept a change going for ten years say what it asked of them, and what they would leave out today.'


def stage_series(stage: Any) -> None:
    if Series.objects.exists():
        return
    stage.say('A series with a guest editor')
    guest, editor = stage.people[GUEST], stage.people['editor']
    series = Series.objects.create(title='Ten years on', description=ABOUT)
    series.guests.create(person=guest)
    guest.set_password(PASSWORD)
    guest.save(update_fields=['password'])
    add_authenticator(guest)
    staffing.let_guests_in([guest.pk], by=editor)
    for key in ('unassigned', 'editors'):
        for submission in queues.rows(key, editor).exclude(authorships__person=guest)[:2]:
            workflow.set_series(submission, by=editor, series=series)

"""What somebody had in hand who is its editor no more: the Commissioning Editor has it from then on."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from blog import letters
from blog.models import SeriesEditor, Submission
from blog.models.submissions_seen import SubmissionQuerySet
from blog.workflow.engine import locked, record
from blog.workflow.moves import MOVES
from members.models import Person
from members.roles import GUEST_EDITOR


def hand_on(held: Submission, *, by: Person | None, at: datetime, old: Person | None = None) -> None:
    """`held` is locked. `old`: its editor until now, where they are to hear of it."""
    chief = next(iter(held.chiefs()), None)
    if chief is None:
        return
    held.editor = chief
    held.save(update_fields=['editor'])
    step = record(
        held, 'change_editor', held.state, by=by, at=at, note=f'to {chief.printed_name}' if by else ''
    )
    facts = letters.Facts(old_editor=old)
    letters.tell_of_step(MOVES['change_editor'].letters, held, step=step, by=by, hold=False, facts=facts)


def left_by_guests() -> SubmissionQuerySet:
    """Open, of a series, and with an editor who looks after it no more: it is over, or is not theirs."""
    looks_after = SeriesEditor.objects.current().filter(
        series=OuterRef('series'),
        person=OuterRef('editor'),
        person__is_active=True,
        person__groups__name=GUEST_EDITOR,
    )
    held = Submission.objects.open().filter(series__isnull=False, editor__isnull=False)
    return held.exclude(editor__in=Person.objects.editors().values('pk')).exclude(Exists(looks_after))


def hand_on_from_guests(*, by: Person | None) -> int:
    """Nobody waits for whoever is no guest any more; how many went to another editor."""
    count = 0
    for key in list(left_by_guests().order_by('pk').values_list('pk', flat=True)):
        with transaction.atomic():
            held = locked(Submission(pk=key))
            if left_by_guests().filter(pk=key).exists():
                was = held.editor_id
                hand_on(held, by=by, at=timezone.now())
                count += was != held.editor_id
    return count

"""Requests and complaints about data: acknowledged at once, due within a month, answered once."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from members import letters
from members.letters.recipients import Addressee
from members.models import DataRequest, Person
from members.status import months_before
from ukis import days, history
from ukis.engine import locked
from ukis.refusals import NotNow

Kind = DataRequest.Kind
COMPLAINT_DAYS = 30


def waiting() -> QuerySet[DataRequest]:
    """What nobody has answered, the first to be answered first."""
    return DataRequest.objects.filter(answered_at=None).order_by('due_on', 'pk')


def due_on(kind: str, today: date) -> date:
    """A complaint within 30 days, everything else within a month: the same day of the next, or its last."""
    return today + timedelta(days=COMPLAINT_DAYS) if kind == Kind.COMPLAINT else months_before(today, -1)


@transaction.atomic
def ask(*, kind: str, words: str, name: str, email: str, by: Person | None) -> DataRequest:
    now = timezone.now()
    row = DataRequest.objects.create(
        kind=kind,
        person=by,
        name=name,
        email=email.lower(),
        words=words,
        at=now,
        due_on=due_on(kind, days.london_day(now)),
    )
    # What they wrote is not in it: the address may be somebody else's.
    letters.tell('data_request_received', [_asker(row)], row, key=f'data request {row.pk}', by=by)
    return row


@transaction.atomic
def answer(row: DataRequest, *, by: Person, words: str) -> DataRequest:
    """NotNow where somebody has answered it."""
    row = locked(row)
    if row.is_answered:
        raise NotNow('It was answered meanwhile. What you typed was not sent.')
    row.answer, row.answered_at, row.answered_by = words.strip(), timezone.now(), by
    row.save(update_fields=['answer', 'answered_at', 'answered_by'])
    letters.tell(
        'data_request_answered',
        [_asker(row)],
        row,
        key=f'data request {row.pk} answer',
        by=by,
        note=row.answer,
    )
    history.note(row, by=by, lines=['Answered'])
    return row


def _asker(row: DataRequest) -> Addressee:
    return Addressee(row.name, row.email, row.person)

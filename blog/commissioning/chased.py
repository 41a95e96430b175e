"""Whether whoever is asked was reminded: nobody is let go by a silence in which the clock was silent too."""

from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Min, Q

from blog.models import Commission, CommissionStep
from ukis import days
from ukis.clock.models import Reminded
from ukis.letters.models import Letter
from ukis.letters.queueing import UNSENT

PLAN = 'commission answer'
FIRST = 4  # working days
# By these it is with the invitee, who gets a letter.
ASKING = ('send', 'revive', 'correct_address', 'agree_date', 'refuse_date', 'move_dates')
# What stands in the ledger where an editor took the reminder out of the outbox: they decided that none is needed.
RECALLED = 'An editor recalled its letter.'
REMINDS = 'commission_reminder'
LETTERS = (
    'commission_invited',
    'commission_dates_moved',
    'commission_date_refused',
    'commission_date_agreed',
    REMINDS,
)
TIME_TO_ANSWER = timedelta(days=2)


def first_on(asked: CommissionStep) -> date:
    return days.add_working_days(days.london_day(asked.at), FIRST)


def is_done(row: Commission, at: datetime) -> bool:
    """Whether a reminder went, and left them time; or their time was too short for one. What waits in the outbox,
    behind a pause of all mail or a mail server that is away, has reached nobody."""
    asked = row.steps.filter(move__in=ASKING).order_by('pk').last()
    if asked is None:
        return True
    letters = Letter.objects.about(row).filter(kind__in=LETTERS, queued_at__gte=asked.at)
    if letters.filter(state__in=(*UNSENT, Letter.State.SENDING)).exists():
        return False
    left = letters.aggregate(first=Min('sent_at', filter=Q(kind=REMINDS)))['first']
    if left is not None and left > at - TIME_TO_ANSWER:
        return False
    if first_on(asked) > row.answer_by:
        return True
    steps = Reminded.objects.filter(
        plan=PLAN,
        content_type=ContentType.objects.get_for_model(CommissionStep),
        object_id=asked.pk,
        at__lte=at - TIME_TO_ANSWER,
    )
    return steps.filter(~Q(outcome=Reminded.Outcome.SKIPPED) | Q(why=RECALLED)).exists()

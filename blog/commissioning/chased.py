"""Whether whoever is asked was reminded: nobody is let go by a silence in which the clock was silent too."""

from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from blog.models import Commission, CommissionStep
from ukis import days
from ukis.clock.models import Reminded

PLAN = 'commission answer'
FIRST = 4  # working days
# By these it is with the invitee, who gets a letter.
ASKING = ('send', 'revive', 'correct_address', 'agree_date', 'refuse_date', 'move_dates')
# What stands in the ledger where an editor took the reminder out of the outbox: they decided that none is needed.
RECALLED = 'An editor recalled its letter.'
TIME_TO_ANSWER = timedelta(days=2)


def first_on(asked: CommissionStep) -> date:
    return days.add_working_days(days.london_day(asked.at), FIRST)


def is_done(row: Commission, at: datetime) -> bool:
    """Whether a reminder went, and left them time; or their time was too short for one."""
    asked = row.steps.filter(move__in=ASKING).order_by('pk').last()
    if asked is None or first_on(asked) > row.answer_by:
        return True
    steps = Reminded.objects.filter(
        plan=PLAN,
        content_type=ContentType.objects.get_for_model(CommissionStep),
        object_id=asked.pk,
        at__lte=at - TIME_TO_ANSWER,
    )
    return steps.filter(~Q(outcome=Reminded.Outcome.SKIPPED) | Q(why=RECALLED)).exists()

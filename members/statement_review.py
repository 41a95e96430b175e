"""Administrators are asked to go through the accessibility statement a year after it was last reviewed, and again a
month later. The ledger of the clock holds each step once; each review has a row, and so steps of its own."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from members import letters
from members.letters import address_of, recipients
from members.models import Person
from members.roles import ADMINISTRATOR
from ukis import days
from ukis.clock import ledger
from ukis.clock.ledger import Reminder, ReminderPlan
from ukis.engine import locked
from ukis.letters.models import Letter
from ukis.society.accessibility import REVIEWED_EACH, AccessibilityStatement, StatementReview
from ukis.society.models import Society


class OfTheStatement(ReminderPlan[StatementReview]):
    name = 'accessibility statement'
    steps = tuple(map(Reminder, (0, 30)))
    last_for = 330  # until the next year

    def rows(self, first: date, last: date) -> QuerySet[StatementReview]:
        # A day of leap years more.
        a_day = timedelta(days=1)
        between = (
            days.years_after(first, -REVIEWED_EACH) - a_day,
            days.years_after(last, -REVIEWED_EACH) + a_day,
        )
        return StatementReview.objects.filter(reviewed_on__range=between)

    def counts_from(self, row: StatementReview) -> date:
        return days.years_after(row.reviewed_on, REVIEWED_EACH)

    def whom(self, row: StatementReview) -> str:
        return 'Administrators'

    def lock(self, row: StatementReview) -> StatementReview:
        locked(row.statement)
        return StatementReview.objects.select_related('statement').get(pk=row.pk)

    def why_not(self, row: StatementReview, step: Reminder, on: date) -> str:
        if row.statement.reviewed_on != row.reviewed_on:
            return f'It was reviewed on {days.in_words(row.statement.reviewed_on)}.'
        return ''

    def tell(self, row: StatementReview, step: Reminder, on: date) -> int:
        administrators = recipients.of_people(Person.objects.in_group(ADMINISTRATOR).order_by('pk'))
        sent = letters.tell(
            'accessibility_review',
            administrators or recipients.staff(),
            Society.get(),
            key=f'accessibility {row.reviewed_on:%Y-%m-%d} {step.name}',
            judged_by={'reviewed_on': row.reviewed_on.isoformat()},
            reviewed_on=row.reviewed_on,
            problems=row.statement.problems.standing().filter(mend_by__lt=on).count(),  # type: ignore[attr-defined]
            page=address_of('admin:ukis_accessibilitystatement_change', 1),
        )
        return len(sent)


def remind(now: datetime) -> None:
    ledger.run(OfTheStatement(), now)


def overtaken(letter: Letter) -> str:
    """Why a letter that waited asks for what was done meanwhile, or nothing."""
    asked_of = letter.judged_by.get('reviewed_on')
    statement = AccessibilityStatement.objects.first() if asked_of else None
    if statement is None or statement.reviewed_on.isoformat() == asked_of:
        return ''
    return 'The accessibility statement was reviewed meanwhile.'

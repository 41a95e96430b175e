"""A co-author is reminded that their yes is waited for; in the end whoever named them hears that a name is not printed
on silence."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from blog import letters
from blog.chasers.pitches import last_message
from blog.chasers.plan import ANSWERED, Chasing, Told, between
from blog.models import Authorship, Submission
from blog.recipients import Recipient, Whom, by_name, people
from blog.states import IN_PROCESS
from blog.workflow.engine import locked
from ukis import days
from ukis.clock.ledger import Reminder
from ukis.refusals import NotNow

KINDS = {
    'name_waits': 'Reminded to say whether they agree to be named',
    'name_unanswered': 'A co-author has not answered',
}


class OfCoauthors(Chasing[Authorship]):
    name = 'co-author'
    asks = ('name_waits', 'name_unanswered')
    model = Authorship
    steps = tuple(map(Reminder, (3, 7)))

    def rows(self, first: date, last: date) -> QuerySet[Authorship]:
        asked = Authorship.objects.filter(told_at__range=between(first, last), agreed_at=None, stated_at=None)
        waiting = asked.filter(printed=True, corresponding=False, objected_at=None)
        return waiting.filter(submission__state__in=IN_PROCESS, submission__source=None).select_related(
            'submission'
        )

    def whom(self, row: Authorship) -> str:
        return f'a co-author of submission {row.submission_id}'

    def counts_from(self, row: Authorship) -> date:
        return days.london_day(row.told_at) if row.told_at else days.today()

    def lock(self, row: Authorship) -> Authorship:
        held = locked(row.submission)
        found = held.authorships.select_related('person').filter(pk=row.pk).first()
        if found is None:
            raise NotNow('Their name came off.')
        found.submission = held
        return found

    def no_more(self, row: Authorship, step: Reminder, on: date) -> str:
        waits = row.is_silent and not row.objected_at and row.submission.state in IN_PROCESS
        return '' if waits else ANSWERED

    def about(self, row: Authorship) -> Submission:
        return row.submission

    def last_written(self, row: Authorship) -> datetime | None:
        return last_message(row.submission_id)

    def letters(self, row: Authorship, step: Reminder) -> list[Told]:
        told: list[Told] = [('name_waits', [one for one in by_name([row]) if one.address])]
        if self.is_last(step):
            told.append(('name_unanswered', people(Whom.CORRESPONDING, row.submission, None)))
        return told

    def write(
        self, kind: str, to: list[Recipient], row: Authorship, key: str, judged_by: dict[str, Any]
    ) -> int:
        return letters.remind(kind, to, row.submission, key=key, judged_by=judged_by, name=row.name)

"""Editors are reminded of an idea that nobody has answered."""

from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet

from blog import letters
from blog.chasers.plan import ANSWERED, Chasing, Told, between
from blog.letters.recipients import Recipient, Whom, people
from blog.models import IncomingLetter, Message, Submission
from blog.states import PITCHED
from blog.workflow.engine import locked
from ukis import days
from ukis.clock.ledger import InWorkingDays, Reminder
from ukis.letters import LetterWords

KINDS = {'pitch_unanswered': 'A pitch not answered yet', 'pitch_waits': 'A pitch waits'}


class OfPitches(Chasing[Submission], InWorkingDays[Submission]):
    """The editors hear after two and after four working days, and once more on the day by which an answer was
    promised: then its author hears, too."""

    name = 'pitch'
    asks = ('pitch_waits',)
    model = Submission
    steps = tuple(map(Reminder, (2, 4, 5)))

    def rows(self, first: date, last: date) -> QuerySet[Submission]:
        return Submission.objects.filter(state=PITCHED, held_since__range=between(first, last))

    def whom(self, row: Submission) -> str:
        """Not by its title: the ledger stays when its author is forgotten."""
        return f'the editors, about submission {row.pk}'

    def counts_from(self, row: Submission) -> date:
        return days.london_day(row.held_since)

    def falls_on(self, row: Submission, step: Reminder) -> date:
        return row.due_on if self.is_last(step) and row.due_on else super().falls_on(row, step)

    def lock(self, row: Submission) -> Submission:
        return locked(row)

    def no_more(self, row: Submission, step: Reminder, on: date) -> str:
        return '' if row.state == PITCHED else ANSWERED

    def about(self, row: Submission) -> Submission:
        return row

    def last_written(self, row: Submission) -> datetime | None:
        return last_message(row.pk)

    def letters(self, row: Submission, step: Reminder) -> list[Told]:
        told: list[Told] = [('pitch_waits', all_editors(row))]
        if self.is_last(step):
            told.insert(0, ('pitch_unanswered', people(Whom.CORRESPONDING, row, None)))
        return told

    def write(
        self, kind: str, to: list[Recipient], row: Submission, key: str, judged_by: dict[str, Any]
    ) -> int:
        return letters.remind(kind, to, row, key=key, judged_by=judged_by)

    def words(self, kind: str, to: Recipient, row: Submission) -> LetterWords:
        return letters.reminding(kind, to, row)


def last_message(submission: int) -> datetime | None:
    said = Message.objects.filter(submission=submission).aggregate(last=Max('at'))['last']
    by_email = IncomingLetter.objects.filter(submission=submission, reading=None).by_people()
    return latest(said, by_email.aggregate(last=Max('at'))['last'])


def latest(*times: datetime | None) -> datetime | None:
    return max(filter(None, times), default=None)


def all_editors(row: Submission) -> list[Recipient]:
    """All who may answer; where no editor is free of a part in it, whoever stands in."""
    return people(Whom.DESK, row, None) or people(Whom.CHIEFS, row, None)

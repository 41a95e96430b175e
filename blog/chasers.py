"""Whoever a submission waits for is reminded, in steps of the clock's ledger: editors, of an idea that nobody has
answered."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from blog import letters
from blog.models import Message, Submission
from blog.recipients import Recipient, Whom, people
from blog.states import PITCHED
from blog.workflow.engine import locked
from members.reminders import nations
from ukis import days
from ukis.clock import ledger
from ukis.clock.ledger import InWorkingDays, Reminder
from ukis.letters.models import Letter

# After a letter of a human's no machine writes for so long.
PAUSE = timedelta(hours=24)
ANSWERED = 'It was answered.'
KINDS = ('pitch_waits', 'pitch_unanswered')


class OfPitches(InWorkingDays[Submission]):
    """The editors hear after two and after four working days, and once more on the day by which an answer was
    promised: then its author hears, too."""

    name = 'pitch'
    steps = tuple(map(Reminder, (2, 4, 5)))
    last_for = 60

    def rows(self, first: date, last: date) -> QuerySet[Submission]:
        since, until = _begins(first), _begins(last + timedelta(days=1))
        return Submission.objects.filter(state=PITCHED, held_since__gte=since, held_since__lt=until)

    def whom(self, row: Submission) -> str:
        return f'the editors, on “{row.title}”'

    def counts_from(self, row: Submission) -> date:
        return days.london_day(row.held_since)

    def falls_on(self, row: Submission, step: Reminder) -> date:
        return row.due_on if self._is_last(step) and row.due_on else super().falls_on(row, step)

    def lock(self, row: Submission) -> Submission:
        return locked(row)

    def why_not(self, row: Submission, step: Reminder, on: date) -> str:
        return '' if row.state == PITCHED else ANSWERED

    def waits(self, row: Submission, step: Reminder, on: date) -> bool:
        written = Message.objects.filter(submission=row, at__gt=timezone.now() - PAUSE)
        if super().waits(row, step, on) or written.exists():
            return True
        return not all(ledger.works(on, nations(one.person)) for one in self._to(row, step))

    def tell(self, row: Submission, step: Reminder, on: date) -> int:
        key = f'pitch {row.pk} {step.name}'
        if self._is_last(step):
            letters.remind('pitch_unanswered', people(Whom.CORRESPONDING, row, None), row, key=key)
        return letters.remind('pitch_waits', _editors(row), row, key=key)

    def _is_last(self, step: Reminder) -> bool:
        return step == self.steps[-1]

    def _to(self, row: Submission, step: Reminder) -> list[Recipient]:
        authors = people(Whom.CORRESPONDING, row, None) if self._is_last(step) else []
        return [*_editors(row), *authors]


PITCHES = OfPitches()


def remind(now: datetime) -> None:
    ledger.run(PITCHES, now)


def overtaken(letter: Letter) -> str:
    """Why a reminder that waited must not leave any more; nothing for what is still true, and for other letters."""
    if letter.kind not in KINDS:
        return ''
    waiting = Submission.objects.filter(pk=letter.object_id, state=PITCHED)
    return '' if waiting.exists() else ANSWERED


def _editors(row: Submission) -> list[Recipient]:
    """All who may answer; where no editor is free of a part in it, whoever stands in."""
    return people(Whom.DESK, row, None) or people(Whom.CHIEFS, row, None)


def _begins(day: date) -> datetime:
    return days.in_london(datetime.combine(day, time()))

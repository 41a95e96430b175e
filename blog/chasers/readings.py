"""Reminders of second readings: the reader two days before their date, two after and seven after, when the editor
hears too. Counted from the step by which the date was last set: who is asked anew has all before them again."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet

from blog import readings
from blog.chasers.pitches import latest
from blog.chasers.plan import ANSWERED, Chasing, Told
from blog.letters import reading_letters
from blog.letters.reading_letters import editors_of, reader
from blog.letters.recipients import Recipient
from blog.models import ReadingStep, Submission
from blog.readings.engine import locked
from blog.states import UNDECIDED
from blog.states.reading_states import OPEN
from ukis import days
from ukis.clock.ledger import Reminder
from ukis.letters import LetterWords
from ukis.letters.models import Letter

type Row = ReadingStep

DATED = ('ask', 'revive', 'move_date', 'correct_address')


class OfReadings(Chasing[ReadingStep]):
    model = ReadingStep
    name = 'second reading'
    asks = ('reading_reminder',)
    steps = tuple(map(Reminder, (-2, 2, 7)))

    def rows(self, first: date, last: date) -> QuerySet[Row]:
        later = ReadingStep.objects.filter(reading=OuterRef('reading'), move__in=DATED, pk__gt=OuterRef('pk'))
        return ReadingStep.objects.filter(
            ~Exists(later),
            move__in=DATED,
            reading__state__in=OPEN,
            reading__submission__state__in=UNDECIDED,
            reading__due_on__range=(first, last),
        ).select_related('reading')

    def lock(self, row: Row) -> Row:
        held = locked(row.reading)
        row = ReadingStep.objects.get(pk=row.pk)
        row.reading = held
        return row

    def counts_from(self, row: Row) -> date:
        return row.reading.due_on

    def whom(self, row: Row) -> str:
        """By no name: the ledger stays when somebody is forgotten."""
        return f'about reading {row.reading_id}'

    def about(self, row: Row) -> Submission:
        return row.reading.submission

    def note_put_off(self, held: Row, letter: Letter, until: date, at: datetime) -> None:
        """In the reading's own history: the submission's is its authors' to read."""
        readings.note_put_off(held.reading, until=until, at=at)

    def last_written(self, row: Row) -> datetime | None:
        steps = row.reading.steps.exclude(by=None, by_name='system')
        by_email = row.reading.incoming.by_people()
        return latest(steps.aggregate(last=Max('at'))['last'], by_email.aggregate(last=Max('at'))['last'])

    def no_more(self, row: Row, step: Reminder, on: date) -> str:
        if not row.reading.is_open:
            return ANSWERED
        if row.reading.is_decided:
            return 'It is decided.'
        return 'The date was moved.' if self._was_followed(row) else ''

    def why_not(self, row: Row, step: Reminder, on: date) -> str:
        if self.falls_on(row, step) <= days.london_day(row.at):
            return 'It was asked for later than that.'
        return self.no_more(row, step, on)

    def _was_followed(self, row: Row) -> bool:
        return row.reading.steps.filter(move__in=DATED, pk__gt=row.pk).exists()

    def letters(self, row: Row, step: Reminder) -> list[Told]:
        told: list[Told] = [('reading_reminder', [reader(row.reading)])]
        if self.is_last(step):
            told.append(('reading_late', editors_of(row.reading)))
        return told

    def write(self, kind: str, to: list[Recipient], row: Row, key: str, judged_by: dict[str, Any]) -> int:
        sent = [
            reading_letters.tell(kind, one, row.reading, key=key, by=None, judged_by=judged_by) for one in to
        ]
        return sum(letter is not None and letter.state != letter.State.SUPPRESSED for letter in sent)

    def words(self, kind: str, to: Recipient, row: Row) -> LetterWords:
        return reading_letters.reminding(kind, to, row.reading)

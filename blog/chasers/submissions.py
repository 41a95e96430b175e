"""Reminders about submissions. Each counts for the step by which it came where it waits, or by which its date moved:
who is waited for a second time has all before them again."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from blog import letters
from blog.chasers.pitches import all_editors, last_message
from blog.chasers.plan import ANSWERED, Chasing, Told, between
from blog.letters.recipients import Recipient, Whom, people
from blog.models import Holder, State, Step, Submission, Version
from blog.states import BEGINNING, PITCHED, Part, Savers, where
from blog.workflow import guards
from blog.workflow.engine import locked
from ukis import days
from ukis.clock.ledger import InWorkingDays, Reminder
from ukis.letters import LetterWords

KINDS = {
    'draft_due': 'A promised blog is due',
    'changes_due': 'Changes are due',
    'author_late': 'An author is late (to the editor)',
    'proceeded': 'Gone on without a reply',
    'approval_waits': 'The final copy waits for approval',
    'unassigned_waits': 'A submission needs an editor',
    'editor_late': 'An editor is late',
    'editor_late_to_chief': 'An editor is late (to whoever decides)',
    'editor_late_to_author': 'A later answer (to the author)',
    'draft_untouched': 'A draft not touched for long',
}
BEGINS = ~Q(from_state=F('to_state')) | Q(move='extend')
# An answer that came another way stops the reminders until the date moves.
ANSWERS = Q(move='note_answer')
GIVEN = Q(move='change_editor')


class _About[Row: (Step, Version)](Chasing[Row]):
    def lock(self, row: Row) -> Row:
        held = locked(row.submission)
        row = self.model.objects.get(pk=row.pk)
        row.submission = held
        return row

    def about(self, row: Row) -> Submission:
        return row.submission

    def whom(self, row: Row) -> str:
        """Nothing of whose it is: a title that is nobody's but its author's stands in no ledger."""
        return f'about submission {row.submission_id}'

    def last_written(self, row: Row) -> datetime | None:
        return last_message(row.submission_id)

    def write(self, kind: str, to: list[Recipient], row: Row, key: str, judged_by: dict[str, Any]) -> int:
        return letters.remind(kind, to, row.submission, key=key, judged_by=judged_by)

    def words(self, kind: str, to: Recipient, row: Row) -> LetterWords:
        return letters.reminding(kind, to, row.submission)


class _OfSteps(_About[Step]):
    model = Step
    states: Sequence[State]
    begins = BEGINS

    def begun(self, **wanted: Any) -> QuerySet[Step]:
        later = Step.objects.filter(
            self.begins | ANSWERS, submission=OuterRef('submission'), pk__gt=OuterRef('pk')
        )
        of_submission = {f'submission__{name}': value for name, value in wanted.items()}
        found = Step.objects.filter(self.begins, submission__state__in=self.states, **of_submission)
        return found.filter(~Exists(later)).select_related('submission')

    def gives_way(self, row: Step, step: Reminder, on: date) -> bool:
        """The news comes first: of what its author has not been told, they are not reminded."""
        return bool(row.submission.told_state) or super().gives_way(row, step, on)

    def no_more(self, row: Step, step: Reminder, on: date) -> str:
        later = row.submission.steps.filter(self.begins | ANSWERS, pk__gt=row.pk)
        return ANSWERED if row.submission.state not in self.states or later.exists() else ''


class _Due(_OfSteps):
    """Counts from the day by which it is due."""

    holder: Holder

    def rows(self, first: date, last: date) -> QuerySet[Step]:
        return self.begun(holder=self.holder, due_on__range=(first, last))

    def counts_from(self, row: Step) -> date:
        return row.submission.due_on or days.london_day(row.at)

    def why_not(self, row: Step, step: Reminder, on: date) -> str:
        if self.falls_on(row, step) <= days.london_day(row.at):
            return 'It was asked for later than that.'
        return self.no_more(row, step, on)


class _Since(_OfSteps, InWorkingDays[Step]):
    """Counts from the day on which it came there."""

    def rows(self, first: date, last: date) -> QuerySet[Step]:
        return self.begun().filter(at__range=between(first, last))

    def counts_from(self, row: Step) -> date:
        return days.london_day(row.at)


class _ByAuthors(_Due):
    kind: str
    holder = Holder.AUTHOR

    def letters(self, row: Step, step: Reminder) -> list[Told]:
        told: list[Told] = [(self.kind, people(Whom.AUTHORS, row.submission, None))]
        if self.is_last(step):
            told.append(('author_late', people(Whom.EDITOR, row.submission, None)))
        return told


class OfDrafts(_ByAuthors):
    """What was promised for a day."""

    name = kind = 'draft_due'
    asks = ('draft_due',)
    states = (BEGINNING,)
    steps = tuple(map(Reminder, (-7, -1, 3, 10)))


class OfChanges(_ByAuthors):
    name = kind = 'changes_due'
    asks = ('changes_due',)
    states = where(lambda row: row.savers == Savers.AUTHORS and row.needs_date)
    steps = tuple(map(Reminder, (-3, 2, 9)))


class OfApprovals(_Since):
    name = guards.APPROVAL_PLAN
    asks = ('approval_waits',)
    states = where(lambda row: row.asks_approval)
    steps = tuple(map(Reminder, (3, 5)))

    def letters(self, row: Step, step: Reminder) -> list[Told]:
        return [('approval_waits', people(Whom.CORRESPONDING, row.submission, None))]


class OfUnassigned(_Since):
    name = 'unassigned'
    asks = ('unassigned_waits',)
    states = [one for one in where(lambda row: row.part == Part.UNASSIGNED) if one != PITCHED]
    steps = tuple(map(Reminder, (2, 4)))

    def letters(self, row: Step, step: Reminder) -> list[Told]:
        return [('unassigned_waits', all_editors(row.submission))]


class OfEditors(_Due, InWorkingDays[Step]):
    """The editor is late, in working days: they hear, in the end whoever decides too, and the author each time when
    to expect them now. Whoever is given what is late already has both before them again, from that day."""

    name = 'editor'
    asks = ('editor_late', 'editor_late_to_chief')
    holder = Holder.EDITOR
    states = where(lambda row: row.holder == Holder.EDITOR)
    begins = BEGINS | GIVEN
    steps = tuple(map(Reminder, (1, 5)))

    def rows(self, first: date, last: date) -> QuerySet[Step]:
        given = self.begun(holder=self.holder, due_on__lt=first).filter(GIVEN, at__range=between(first, last))
        return super().rows(first, last) | given

    def counts_from(self, row: Step) -> date:
        return max(super().counts_from(row), days.london_day(row.at))

    def letters(self, row: Step, step: Reminder) -> list[Told]:
        editor = people(Whom.EDITOR, row.submission, None)
        told: list[Told] = [('editor_late', editor)]
        if self.is_last(step):
            known = {one.key for one in editor}
            chiefs = people(Whom.CHIEFS, row.submission, None)
            told.append(('editor_late_to_chief', [one for one in chiefs if one.key not in known]))
        told.append(('editor_late_to_author', people(Whom.CORRESPONDING, row.submission, None)))
        return told


class OfUntouched(_About[Version]):
    """A draft that somebody began alone, by the version that has stood there so long."""

    name = 'untouched'
    asks = ('draft_untouched',)
    model = Version
    steps = tuple(map(Reminder, (30, 90)))

    def rows(self, first: date, last: date) -> QuerySet[Version]:
        drafts = Submission.objects.filter(
            state=BEGINNING, due_on=None, current__made_at__range=between(first, last)
        )
        return Version.objects.filter(pk__in=drafts.values('current')).select_related('submission')

    def counts_from(self, row: Version) -> date:
        return days.london_day(row.made_at)

    def no_more(self, row: Version, step: Reminder, on: date) -> str:
        held = row.submission
        if held.state != BEGINNING or held.due_on or held.current_id != row.pk:
            return 'It was written on, or handed in.'
        return ''

    def letters(self, row: Version, step: Reminder) -> list[Told]:
        return [('draft_untouched', people(Whom.CORRESPONDING, row.submission, None))]

"""Reminders about commissions. Each counts from the step by which it began to wait: who is asked anew has all before
them again."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet

from blog.chasers.pitches import latest
from blog.chasers.plan import ANSWERED, Chasing, Told, between
from blog.commissioning import chased, note_put_off
from blog.commissioning.engine import locked
from blog.letters import commission_letters
from blog.letters.commission_letters import editors_of, invitee
from blog.letters.recipients import Recipient
from blog.models import Commission, CommissionStep
from blog.states.commission_states import CommissionState as State
from ukis import days
from ukis.clock import ledger
from ukis.clock.ledger import InWorkingDays, Reminder
from ukis.letters import LetterWords
from ukis.letters.models import Letter

type Row = CommissionStep


class _OfAsked(Chasing[CommissionStep]):
    model = CommissionStep
    moves: tuple[str, ...]

    def newest(self, **wanted: Any) -> QuerySet[Row]:
        later = CommissionStep.objects.filter(
            commission=OuterRef('commission'), move__in=self.moves, pk__gt=OuterRef('pk')
        )
        found = CommissionStep.objects.filter(
            move__in=self.moves, **{f'commission__{name}': value for name, value in wanted.items()}
        )
        return found.filter(~Exists(later))

    def lock(self, row: Row) -> Row:
        held = locked(row.commission)
        row = CommissionStep.objects.get(pk=row.pk)
        row.commission = held
        return row

    def counts_from(self, row: Row) -> date:
        return days.london_day(row.at)

    def whom(self, row: Row) -> str:
        """By no name: the ledger stays when somebody is forgotten."""
        return f'about commission {row.commission_id}'

    def was_followed(self, row: Row) -> bool:
        later = row.commission.steps.filter(move__in=self.moves, pk__gt=row.pk)
        return later.exists()

    def about(self, row: Row) -> Commission:
        return row.commission

    def note_put_off(self, held: Row, letter: Letter, until: date, at: datetime) -> None:
        note_put_off(held.commission, by=letter.to, until=until, at=at)

    def last_written(self, row: Row) -> datetime | None:
        steps = row.commission.steps.exclude(by=None, by_name='system')
        by_email = row.commission.incoming.by_people()
        return latest(steps.aggregate(last=Max('at'))['last'], by_email.aggregate(last=Max('at'))['last'])

    def write(self, kind: str, to: list[Recipient], row: Row, key: str, judged_by: dict[str, Any]) -> int:
        sent = [
            commission_letters.tell(kind, one, row.commission, key=key, by=None, judged_by=judged_by)
            for one in to
        ]
        return sum(letter is not None and letter.state != letter.State.SUPPRESSED for letter in sent)

    def words(self, kind: str, to: Recipient, row: Row) -> LetterWords:
        return commission_letters.reminding(kind, to, row.commission)


class OfAnswers(_OfAsked, InWorkingDays[CommissionStep]):
    """Whoever is asked hears after four and after eight working days, then the editor too. Nothing after the day to
    answer by, save the first where none went before it: nobody is let go without one."""

    name = chased.PLAN
    asks = ('commission_reminder',)
    moves = chased.ASKING
    steps = tuple(map(Reminder, (chased.FIRST, 8)))

    def rows(self, first: date, last: date) -> QuerySet[Row]:
        return self.newest(state=State.SENT, proposed_on=None).filter(at__range=between(first, last))

    def gives_way(self, row: Row, step: Reminder, on: date) -> bool:
        if not self._is_in_time(row, step):
            return True
        return self._is_in_time(row, self.steps[-1]) and super().gives_way(row, step, on)

    def no_more(self, row: Row, step: Reminder, on: date) -> str:
        asked = row.commission
        if asked.state != State.SENT:
            return ANSWERED
        if asked.proposed_on:
            return 'They proposed another date.'
        return 'They were asked anew.' if self.was_followed(row) else ''

    def why_not(self, row: Row, step: Reminder, on: date) -> str:
        if on > row.commission.answer_by and ledger.told_on(self, row, besides=step):
            return 'Their time to answer is over.'
        return self.no_more(row, step, on)

    def _is_in_time(self, row: Row, step: Reminder) -> bool:
        return self.falls_on(row, step) <= row.commission.answer_by

    def letters(self, row: Row, step: Reminder) -> list[Told]:
        told: list[Told] = [('commission_reminder', [invitee(row.commission)])]
        if self.is_last(step):
            told.append(('commission_waits', editors_of(row.commission)))
        return told


class OfProposals(_OfAsked, InWorkingDays[CommissionStep]):
    """The editor hears of a proposed date after two and four working days; on the day to answer by, or after five
    where that is nearer, the invitee hears too that they wait for the editor, and not the editor for them."""

    name = 'proposed date'
    asks = ('commission_date_waits',)
    moves = ('propose',)
    steps = tuple(map(Reminder, (2, 4, 5)))

    def rows(self, first: date, last: date) -> QuerySet[Row]:
        waiting = self.newest(state__in=[State.SENT, State.ACCEPTED], proposed_on__isnull=False)
        return waiting.filter(at__range=between(first, last))

    def falls_on(self, row: Row, step: Reminder) -> date:
        day = super().falls_on(row, step)
        return max(day, row.commission.answer_by) if self.is_last(step) else day

    def no_more(self, row: Row, step: Reminder, on: date) -> str:
        return ANSWERED if self.was_followed(row) or not row.commission.proposed_on else ''

    def letters(self, row: Row, step: Reminder) -> list[Told]:
        told: list[Told] = [('commission_date_waits', editors_of(row.commission))]
        if self.is_last(step):
            told.append(('commission_date_unanswered', [invitee(row.commission)]))
        return told


class OfPromises(_OfAsked):
    """Who said yes and has not begun, as somebody without an account has not before their first words: counted from
    the deadline. What has begun is reminded of as a submission."""

    name = 'promise'
    asks = ('commission_due',)
    moves = ('accept', 'note_yes', 'agree_date', 'refuse_date', 'move_dates')
    steps = tuple(map(Reminder, (-7, -1, 3, 10)))

    def rows(self, first: date, last: date) -> QuerySet[Row]:
        return self.newest(
            state=State.ACCEPTED, proposed_on=None, submissions=None, deadline__range=(first, last)
        )

    def counts_from(self, row: Row) -> date:
        return row.commission.deadline

    def no_more(self, row: Row, step: Reminder, on: date) -> str:
        promised = row.commission
        if promised.state != State.ACCEPTED or promised.submissions.exists():
            return ANSWERED
        return 'The date was moved.' if promised.proposed_on or self.was_followed(row) else ''

    def why_not(self, row: Row, step: Reminder, on: date) -> str:
        if self.falls_on(row, step) <= days.london_day(row.at):
            return 'It was promised later than that.'
        return self.no_more(row, step, on)

    def letters(self, row: Row, step: Reminder) -> list[Told]:
        told: list[Told] = [('commission_due', [invitee(row.commission)])]
        if self.is_last(step):
            told.append(('commission_late', editors_of(row.commission)))
        return told


class OfAskingAgain(_OfAsked):
    """Who said ‘not now, ask me again after …’: the editor hears on that day."""

    name = 'ask again'
    asks = ('commission_ask_again',)
    moves = ('decline',)
    steps = (Reminder(0),)

    def rows(self, first: date, last: date) -> QuerySet[Row]:
        return self.newest(state=State.DECLINED, ask_after__range=(first, last))

    def counts_from(self, row: Row) -> date:
        return row.commission.ask_after or days.london_day(row.at)

    def no_more(self, row: Row, step: Reminder, on: date) -> str:
        asked = row.commission
        if self.was_followed(row) or asked.state != State.DECLINED or not asked.ask_after:
            return 'They answered otherwise, or were asked again.'
        return ''

    def letters(self, row: Row, step: Reminder) -> list[Told]:
        return [('commission_ask_again', editors_of(row.commission))]

"""What all reminders on the desk have in common: a holiday of whoever would get one, and a day after a human's letter,
put them off; whether one is still true is asked again as it leaves."""

from abc import abstractmethod
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from blog import absences, workflow
from blog.letters.recipients import Recipient, by_account
from blog.models import Absence, Commission, Submission
from members.models import Person
from members.renewals.reminders import nations
from ukis import days
from ukis.clock import ledger
from ukis.clock.ledger import Reminder, ReminderPlan
from ukis.letters import LetterWords
from ukis.letters.models import Letter

# After a letter of a human's no machine writes for so long.
PAUSE = timedelta(hours=24)
ANSWERED = 'It was answered.'
# A letter of a step, and to whom.
type Told = tuple[str, list[Recipient]]


class Chasing[Row: models.Model](ReminderPlan[Row]):
    model: type[Row]
    last_for = 60
    asks: tuple[str, ...]  # of its letters, those whose reader is to do something, and may say ‘not now’
    # Whether one who says so says it for the others who are asked too.
    one_for_all = False

    @abstractmethod
    def no_more(self, row: Row, step: Reminder, on: date) -> str:
        """Why it is not true any more, asked as it is queued and as it leaves; nothing where it is."""

    def note_put_off(self, held: Row, letter: Letter, until: date, at: datetime) -> None:
        """Somebody said ‘not now’ to one of its letters: it stands in the history, and the editor hears. The row is
        held."""
        about = self.about(held)
        assert isinstance(about, Submission), 'a commission has a history of its own'
        workflow.note_put_off(about, by=letter.to, name=letter.to_name, until=until, at=at)

    def outdated(self, kind: str, row: Row, on: date) -> str:
        """Why the words of one of its letters hold no more, asked as it leaves; nothing where they do."""
        return ''

    @abstractmethod
    def letters(self, row: Row, step: Reminder) -> list[Told]:
        """What the step says, and to whom."""

    @abstractmethod
    def write(self, kind: str, to: list[Recipient], row: Row, key: str, judged_by: dict[str, Any]) -> int:
        """Queues one letter to each; how many will leave."""

    @abstractmethod
    def words(self, kind: str, to: Recipient, row: Row) -> LetterWords:
        """As one of its letters reads today. Writes nothing."""

    @abstractmethod
    def about(self, row: Row) -> Submission | Commission:
        """What it is about."""

    @abstractmethod
    def last_written(self, row: Row) -> datetime | None:
        """When a human last wrote about it."""

    def why_not(self, row: Row, step: Reminder, on: date) -> str:
        return self.no_more(row, step, on)

    def waits(self, row: Row, step: Reminder, on: date) -> bool:
        return self.gives_way(row, step, on) or self.is_put_off(row, step, on) or self.is_quiet(row, step, on)

    def is_put_off(self, row: Row, step: Reminder, on: date) -> bool:
        """Whether whoever it would go to has said ‘not now’; where somebody has not, it leaves, for them."""
        asked = self.who_put_off(row, on)
        return bool(asked) and (self.one_for_all or not any(to for _, to in self.told(row, step, on)))

    def who_put_off(self, row: Row, on: date) -> set[str]:
        return {key for key, until in ledger.put_off(self, row).items() if until > on}

    def is_quiet(self, row: Row, step: Reminder, on: date) -> bool:
        told = [one for _, to in self.told(row, step, on) for one in to]
        return bool(self.pauses_until(row)) or not all(
            ledger.works(on, nation_of(one.person)) for one in told
        )

    def told(self, row: Row, step: Reminder, on: date) -> list[Told]:
        """The letters of a step; whoever is away has none, and their deputy has it in their place."""
        letters = self.letters(row, step)
        absent = absences.among([one.person for _, to in letters for one in to if one.person], on)
        if absent:
            letters = [(kind, self._instead(to, absent, row)) for kind, to in letters]
        off = self.who_put_off(row, on)
        if not off:
            return letters
        return [
            (kind, [one for one in to if kind not in self.asks or ledger.key_of(one.key) not in off])
            for kind, to in letters
        ]

    def _instead(self, to: list[Recipient], absent: dict[int, Absence], row: Row) -> list[Recipient]:
        known = {one.key for one in to}
        found = []
        for one in to:
            if one.person is None or one.person.pk not in absent:
                found.append(one)
                continue
            deputy = absent[one.person.pk].deputy
            if deputy and str(deputy.pk) not in known and absences.may_stand_in(deputy, self.about(row)):
                known.add(str(deputy.pk))
                found.append(by_account(deputy))
        return found

    def pauses_until(self, row: Row) -> datetime | None:
        """After a human's letter, until when no machine writes."""
        written = self.last_written(row)
        until = written + PAUSE if written else None
        return until if until and until > timezone.now() else None

    def put_off(self, row: Row, to: Person | None) -> datetime | None:
        """Until when a letter waits that comes too early as it would leave."""
        at = self.pauses_until(row) or timezone.now()
        on = days.london_day(at)
        if not ledger.works(on, nation_of(to)):
            return in_the_morning(ledger.next_day_of_work(on, nation_of(to)))
        return at if at > timezone.now() else None

    def gives_way(self, row: Row, step: Reminder, on: date) -> bool:
        """Whether another step leaves in its place."""
        return super().waits(row, step, on)

    def tell(self, row: Row, step: Reminder, on: date) -> int:
        judged_by = {'plan': self.name, 'row': row.pk, 'step': step.name}
        key = f'{self.name} {row.pk} {step.name}'
        if off := self.who_put_off(row, on):
            ledger.carry_put_off(self, row, step, off)
        return sum(self.write(kind, to, row, key, judged_by) for kind, to in self.told(row, step, on))

    def tell_again(self, row: Row, step: Reminder, on: date, keys: Collection[str]) -> None:
        """What was put off: those whose time is over are asked once more. Without `keys`, all who are asked."""
        judged_by = {'plan': self.name, 'row': row.pk, 'step': step.name}
        key = f'{self.name} {row.pk} {step.name} again {on}'
        for kind, to in self.told(row, step, on):
            if kind in self.asks:
                again = [one for one in to if not keys or ledger.key_of(one.key) in keys]
                self.write(kind, again, row, key, judged_by)

    def is_last(self, step: Reminder) -> bool:
        return step == self.steps[-1]


def nation_of(person: Person | None) -> list[str]:
    """Whose holidays they keep; England's where nobody knows."""
    return nations(person) or ['england']


def in_the_morning(day: date) -> datetime:
    return days.in_london(datetime.combine(day, time(8)))


def begins(day: date) -> datetime:
    return days.in_london(datetime.combine(day, time()))


def between(first: date, last: date) -> tuple[datetime, datetime]:
    """The moments of these days, for `range`."""
    return begins(first), begins(last + timedelta(days=1)) - timedelta(microseconds=1)

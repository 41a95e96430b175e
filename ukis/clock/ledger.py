"""Reminders in steps, each once: a ledger keyed by the row and the step.

A `ReminderPlan` says which rows it is about, from which day their steps count, and what each step says. After days that
were missed the latest step that is due leaves, and those before it are recorded as left out; whether it is still wanted
is asked again with the row held, in the transaction that queues its letters. A date that moves moves the steps that
have not gone, and repeats none that has.
"""

import hashlib
import logging
from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Exists, OuterRef

from ukis import days
from ukis.clock.models import DayOff, Reminded
from ukis.engine import locked
from ukis.refusals import NotNow

log = logging.getLogger(__name__)

Outcome = Reminded.Outcome


@dataclass(frozen=True)
class Reminder:
    """One step: so many days after the day from which they count; before it where they are less than nought."""

    days: int

    @property
    def name(self) -> str:
        return f'{self.days:+d}' if self.days else '0'


class ReminderPlan[Row: models.Model](ABC):
    """Reminders about one kind of row."""

    name: str
    steps: tuple[Reminder, ...]  # the earliest first
    last_for = 14  # days for which the last step may still be made good

    @abstractmethod
    def rows(self, first: date, last: date) -> models.QuerySet[Row]:
        """Those whose steps count from a day between these two, and that may want to hear; found by an index."""

    @abstractmethod
    def counts_from(self, row: Row) -> date:
        """The day from which its steps count."""

    def falls_on(self, row: Row, step: Reminder) -> date:
        return self.counts_from(row) + timedelta(days=step.days)

    def window(self, step: Reminder, following: int, on: date) -> tuple[date, date]:
        """Between which days rows count from of which this step is due on a day, and the `following` one not yet."""
        return on - timedelta(days=following - 1), on - timedelta(days=step.days)

    @abstractmethod
    def whom(self, row: Row) -> str:
        """Whom it reminds, as staff read it in the ledger."""

    @abstractmethod
    def why_not(self, row: Row, step: Reminder, on: date) -> str:
        """Why this step is not wanted any more, in a few words, or nothing. The row is held and freshly read."""

    @abstractmethod
    def tell(self, row: Row, step: Reminder, on: date) -> int:
        """Queues the letters of the step in this transaction; how many are for whom it reminds, and none where they
        could not be reached and staff were told instead."""

    def waits(self, row: Row, step: Reminder, on: date) -> bool:
        """Whether the step is put off to another day: a holiday, or news that has to come first."""
        return False

    def lock(self, row: Row) -> Row:
        return locked(row)


class InWorkingDays[Row: models.Model](ReminderPlan[Row]):
    """One whose steps are counted in working days of the Society's one calendar, as due dates are."""

    def falls_on(self, row: Row, step: Reminder) -> date:
        return days.add_working_days(self.counts_from(row), step.days)

    def window(self, step: Reminder, following: int, on: date) -> tuple[date, date]:
        """Wide enough for any holidays: of each row `waits` looks at its own days."""
        return on - timedelta(days=2 * following + 14), on - timedelta(days=step.days)

    def waits(self, row: Row, step: Reminder, on: date) -> bool:
        """Where a later step is due that one leaves, and not this."""
        return any(self.falls_on(row, one) <= on for one in self.steps if one.days > step.days)


def run[Row: models.Model](plan: ReminderPlan[Row], now: datetime) -> int:
    """Makes good what is due up to now; how many steps were told of. Each row in a transaction of its own."""
    on = days.london_day(now)
    told = 0
    for step, following in _with_the_next(plan):
        rows = plan.rows(*plan.window(step, following, on))
        done = Reminded.objects.filter(
            plan=plan.name,
            content_type=ContentType.objects.get_for_model(rows.model),
            object_id=OuterRef('pk'),
            step=step.name,
        )
        for row in list(rows.filter(~Exists(done)).order_by('pk')):
            try:
                told += _told(plan, row, step, on)
            except NotNow as refusal:  # of this row: the others are told all the same
                log.warning('%s, step %s, key %s: %s', plan.name, step.name, row.pk, refusal)
    return told


def _with_the_next(plan: ReminderPlan) -> list[tuple[Reminder, int]]:
    """Each step with the days at which the next one takes its place."""
    ends = plan.steps[-1].days + plan.last_for
    return [*((one, later.days) for one, later in pairwise(plan.steps)), (plan.steps[-1], ends)]


@transaction.atomic
def _told[Row: models.Model](plan: ReminderPlan[Row], row: Row, step: Reminder, on: date) -> bool:
    held = plan.lock(row)
    due_on = plan.falls_on(held, step)
    if due_on > on or plan.waits(held, step, on):
        return False
    why_not = plan.why_not(held, step, on)
    entry = _entry(plan, held, step, due_on, Outcome.SKIPPED if why_not else Outcome.SENT, why_not)
    if not _written(entry):
        return False  # another worker was quicker
    _leave_out_earlier(plan, held, step)
    if why_not:
        return False
    entry.letters = plan.tell(held, step, on)
    entry.outcome = Outcome.SENT if entry.letters else Outcome.UNHEARD
    entry.save(update_fields=['letters', 'outcome'])
    return True


def reached_nobody(plan: ReminderPlan, row: models.Model, step: Reminder, why: str) -> None:
    """Its letters came back, and nobody else could be written to: the step does not count as told."""
    of_row = Reminded.objects.filter(plan=plan.name, content_type=ContentType.objects.get_for_model(row))
    of_row.filter(object_id=row.pk, step=step.name).update(outcome=Outcome.UNHEARD, why=why[:300])


def overtaken(plan: ReminderPlan, row: models.Model, step: Reminder, why: str) -> None:
    """Its letters were true no more before they left: left out, which is not that nobody could be reached."""
    of_row = Reminded.objects.filter(plan=plan.name, content_type=ContentType.objects.get_for_model(row))
    of_step = of_row.filter(object_id=row.pk, step=step.name, outcome=Outcome.SENT)
    of_step.update(outcome=Outcome.SKIPPED, why=why[:300])


def told_on(plan: ReminderPlan, row: models.Model, *, besides: Reminder) -> list[date]:
    """The days on which its other steps were told of, the earliest first."""
    of_row = Reminded.objects.filter(plan=plan.name, content_type=ContentType.objects.get_for_model(row))
    told = (
        of_row.filter(object_id=row.pk, outcome=Outcome.SENT).exclude(step=besides.name).order_by('at', 'pk')
    )
    return [days.london_day(at) for at in told.values_list('at', flat=True)]


def newest_told(plan: ReminderPlan, row: models.Model) -> Reminded | None:
    """The last of its steps that was told of."""
    of_row = Reminded.objects.filter(plan=plan.name, content_type=ContentType.objects.get_for_model(row))
    return of_row.filter(object_id=row.pk, outcome=Outcome.SENT).order_by('at', 'pk').last()


def key_of(known_by: str) -> str:
    """Of whoever is reminded: the ledger stays when somebody is forgotten, and names nobody."""
    return hashlib.sha256(known_by.encode()).hexdigest()[:24]


def put_off(plan: ReminderPlan, row: models.Model) -> dict[str, date]:
    """Until when each waits who asked for it, days that are over among them."""
    of_row = Reminded.objects.filter(plan=plan.name, content_type=ContentType.objects.get_for_model(row))
    found: dict[str, date] = {}
    entries = of_row.filter(object_id=row.pk, put_off_until__isnull=False).order_by('at', 'pk')
    for asked in entries.values_list('put_off_for', flat=True):
        found |= {key: date.fromisoformat(day) for key, day in asked.items()}
    return found


def carry_put_off(plan: ReminderPlan, row: models.Model, step: Reminder, keys: Collection[str]) -> None:
    """A later step leaves without those who put it off: it is this one that comes to them when their time is over."""
    of_row = Reminded.objects.filter(plan=plan.name, content_type=ContentType.objects.get_for_model(row))
    until = put_off(plan, row)
    for entry in of_row.filter(object_id=row.pk, put_off_until__isnull=False).exclude(step=step.name):
        entry.end_put_off(keys)
    now = of_row.get(object_id=row.pk, step=step.name)
    for key in keys:
        now.put_off([key], until[key])


def is_followed(plan: ReminderPlan, row: models.Model, step: Reminder) -> bool:
    """Whether a later step was told of meanwhile."""
    later = [one.name for one in plan.steps if one.days > step.days]
    of_row = Reminded.objects.filter(plan=plan.name, content_type=ContentType.objects.get_for_model(row))
    return of_row.filter(object_id=row.pk, step__in=later).exclude(outcome=Outcome.SKIPPED).exists()


@transaction.atomic
def told_otherwise(entry: Reminded, *, by: models.Model, how: str) -> Reminded:
    """Staff have reached them in another way, and say how. NotNow where the step counts as told."""
    row = locked(entry)
    if row.outcome != Outcome.UNHEARD:
        raise NotNow('This step counts as told already.')
    row.outcome, row.why = Outcome.SENT, f'Told by {by}: {how.strip()}'[:300]
    row.save(update_fields=['outcome', 'why'])
    return row


def _entry(
    plan: ReminderPlan, row: models.Model, step: Reminder, due_on: date, outcome: str, why: str = ''
) -> Reminded:
    return Reminded(
        plan=plan.name,
        content_type=ContentType.objects.get_for_model(row),
        object_id=row.pk,
        whom=plan.whom(row)[:200],
        step=step.name,
        due_on=due_on,
        outcome=outcome,
        why=why[:300],
    )


def _written(entry: Reminded) -> bool:
    """Whether it stands there by us: the row is held, so that nobody else writes of it at the same time."""
    of_row = Reminded.objects.filter(
        plan=entry.plan, content_type=entry.content_type, object_id=entry.object_id, step=entry.step
    )
    if of_row.exists():
        return False
    entry.save(force_insert=True)
    return True


def _leave_out_earlier(plan: ReminderPlan, row: models.Model, step: Reminder) -> None:
    earlier = [one for one in plan.steps if one.days < step.days]
    entries = [
        _entry(plan, row, one, plan.falls_on(row, one), Outcome.SKIPPED, 'A later one was due.')
        for one in earlier
    ]
    Reminded.objects.bulk_create(entries, ignore_conflicts=True)


def next_day_of_work(day: date, nations: Collection[str] = ()) -> date:
    """The first after it on which people work there."""
    while True:
        day += timedelta(days=1)
        if works(day, nations):
            return day


def works(day: date, nations: Collection[str] = ()) -> bool:
    """Whether people work on that day in each of these nations; in all four where none is known."""
    if day.weekday() >= 5:
        return False
    for nation in nations or days.NATIONS:
        corrected = DayOff.objects.of(day, nation).order_by('-nation').first()
        off = corrected.is_off if corrected else days.is_bank_holiday(day, [nation])
        if off:
            return False
    return True

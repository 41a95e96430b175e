"""Each step of a renewal comes once, wherever in the year the term ends, in each nation, and whatever days the clock
missed: held to a calendar written out here."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import pytest

from members.renewals.reminders import OfTerms
from ukis import days
from ukis.clock import ledger
from ukis.clock.ledger import ReminderPlan
from ukis.clock.models import Reminded
from ukis.tags.models import Tag

pytestmark = pytest.mark.django_db


def these(year: int, *months: tuple[int, ...]) -> set[date]:
    return {date(year, month, day) for month, *found in months for day in found}


# From August 2026 to May 2028, as the nations' governments publish them; those on Saturdays and Sundays are left out.
EVERYWHERE = {
    *these(2026, (12, 25, 28)),
    *these(2027, (1, 1), (3, 26), (5, 3, 31), (12, 27, 28)),
    *these(2028, (1, 3), (4, 14), (5, 1, 29)),
}
NOT_IN_SCOTLAND = {*these(2026, (8, 31)), *these(2027, (3, 29), (8, 30)), *these(2028, (4, 17))}
HOLIDAYS = {
    'england': EVERYWHERE | NOT_IN_SCOTLAND,
    'wales': EVERYWHERE | NOT_IN_SCOTLAND,
    'northern-ireland': EVERYWHERE | NOT_IN_SCOTLAND | these(2027, (3, 17), (7, 12)) | these(2028, (3, 17)),
    'scotland': EVERYWHERE
    | these(2026, (11, 30))
    | these(2027, (1, 4), (8, 2), (11, 30))
    | these(2028, (1, 4)),
}
HOLIDAYS[''] = set.union(*HOLIDAYS.values())  # nobody knows where they are
LAST_DAYS = [
    date(2026, 10, 25),  # the clocks go back
    date(2026, 11, 30),
    date(2026, 12, 25),
    date(2027, 3, 17),
    date(2027, 3, 26),  # Good Friday
    date(2027, 3, 28),  # Easter Sunday, and the clocks go forward
    date(2027, 7, 12),
    date(2027, 8, 30),
    date(2028, 2, 29),
]


@dataclass(frozen=True)
class OneEnd:
    last_day: date
    nation: str
    missed: int  # the clock is away on the day of each step, and so many days in all

    def is_missed(self, on: date) -> bool:
        return any(0 <= (on - self.last_day).days - step.days < self.missed for step in OfTerms.steps)

    def works(self, on: date) -> bool:
        return on.weekday() < 5 and on not in HOLIDAYS[self.nation]

    def expected(self) -> list[tuple[str, date]]:
        ends = [*(step.days for step in OfTerms.steps[1:]), OfTerms.steps[-1].days + AllYear.last_for]
        found = []
        for step, end in zip(OfTerms.steps, ends, strict=True):
            window = [self.last_day + timedelta(days=count) for count in range(step.days, end)]
            leaves = [on for on in window if self.works(on) and not self.is_missed(on)]
            found += [(step.name, on) for on in leaves[:1]]
        return found


class AllYear(ReminderPlan[Tag]):
    """The steps of a renewal, of rows that are a case each."""

    name = 'all year'
    steps = OfTerms.steps

    def __init__(self, cases: list[OneEnd]) -> None:
        self.cases = {Tag.objects.create(name=f'{place}').pk: case for place, case in enumerate(cases)}
        self.told = {case: [] for case in cases}
        self.works = cache(lambda on, nation: ledger.works(on, [nation] if nation else []))

    def rows(self, first, last):
        due = [key for key, case in self.cases.items() if first <= case.last_day <= last]
        due = [key for key in due if not self.cases[key].is_missed(self.on)]
        return Tag.objects.filter(pk__in=due) if due else Tag.objects.none()

    def counts_from(self, row):
        return self.cases[row.pk].last_day

    def whom(self, row):
        return row.name

    def why_not(self, row, step, on):
        return ''

    def waits(self, row, step, on):
        return not self.works(on, self.cases[row.pk].nation)

    def tell(self, row, step, on):
        self.told[self.cases[row.pk]].append((step.name, on))
        return 1


def test_each_step_comes_once_on_its_first_day_of_work():
    nations = list(HOLIDAYS)
    cases = [  # each last day meets each nation
        OneEnd(last_day, nations[(place + missed) % 5], missed)
        for place, last_day in enumerate(LAST_DAYS)
        for missed in range(6)
    ]
    plan = AllYear(cases)
    plan.on = LAST_DAYS[0] - timedelta(days=62)

    while plan.on < LAST_DAYS[-1] + timedelta(days=70):
        # In summer the first of these is yesterday's elsewhere than in London.
        at = time(0, 30) if plan.on.day % 2 else time(23, 30)
        ledger.run(plan, datetime.combine(plan.on, at, days.LONDON))
        plan.on += timedelta(days=1)

    assert plan.told == {case: case.expected() for case in cases}
    assert min(len(told) for told in plan.told.values()) >= 6
    told = Reminded.objects.filter(plan=plan.name, outcome=Reminded.Outcome.SENT)
    assert told.count() == sum(len(told) for told in plan.told.values())

"""The ledger of reminders: each step once, whatever was missed, moved, or run by two workers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ukis.clock import ledger
from ukis.clock.ledger import Reminder, ReminderPlan
from ukis.clock.models import DayOff, Reminded
from ukis.refusals import NotNow
from ukis.tags.models import Tag

pytestmark = pytest.mark.django_db
BEGINS = date(2026, 6, 30)


class OfTags(ReminderPlan[Tag]):
    """About a row that nobody's models know more of than its key."""

    name = 'trial'
    steps = tuple(map(Reminder, (-30, 0, 14)))

    def __init__(self, begins=BEGINS, stopped='', waits=False):
        self.begins, self.stopped, self.put_off, self.told = begins, stopped, waits, []

    def rows(self, first, last):
        return Tag.objects.all() if first <= self.begins <= last else Tag.objects.none()

    def counts_from(self, row):
        return self.begins

    def whom(self, row):
        return row.name

    def why_not(self, row, step, on):
        return self.stopped

    def waits(self, row, step, on):
        return self.put_off

    def tell(self, row, step, on):
        self.told.append((row.name, step.name))
        return 1


@pytest.fixture
def tag():
    return Tag.objects.create(name='Coaching')


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def ledger_of(row) -> list[tuple[str, str]]:
    return [(entry.step, entry.outcome) for entry in Reminded.objects.filter(object_id=row.pk).order_by('pk')]


def test_each_step_leaves_on_its_day_and_once(tag):
    plan = OfTags()

    for days in range(-40, 40):
        ledger.run(plan, on(BEGINS + timedelta(days=days)))
        ledger.run(plan, on(BEGINS + timedelta(days=days)))

    assert plan.told == [('Coaching', '-30'), ('Coaching', '0'), ('Coaching', '+14')]


def test_after_missed_days_the_latest_step_alone_leaves(tag):
    plan = OfTags()

    ledger.run(plan, on(BEGINS + timedelta(days=16)))
    ledger.run(plan, on(BEGINS + timedelta(days=17)))

    assert plan.told == [('Coaching', '+14')]
    assert sorted(ledger_of(tag)) == [('+14', 'sent'), ('-30', 'skipped'), ('0', 'skipped')]


def test_what_is_too_long_ago_is_not_made_good(tag):
    plan = OfTags()

    ledger.run(plan, on(BEGINS + timedelta(days=14 + plan.last_for)))

    assert (plan.told, ledger_of(tag)) == ([], [])


def test_a_step_that_is_not_wanted_any_more_is_left_out_with_its_reason(tag):
    ledger.run(OfTags(stopped='Paid.'), on(BEGINS))
    again = OfTags()
    ledger.run(again, on(BEGINS))

    assert again.told == []
    assert Reminded.objects.get(step='0').why == 'Paid.'


def test_a_step_that_waits_leaves_on_a_later_day(tag):
    ledger.run(OfTags(waits=True), on(BEGINS))
    plan = OfTags()
    ledger.run(plan, on(BEGINS + timedelta(days=2)))

    assert plan.told == [('Coaching', '0')]


def test_a_moved_day_moves_what_has_not_gone_and_repeats_nothing(tag):
    first = OfTags()
    ledger.run(first, on(BEGINS - timedelta(days=30)))
    moved = OfTags(begins=BEGINS + timedelta(days=20))

    for days in range(-30, 40):
        ledger.run(moved, on(BEGINS + timedelta(days=days)))

    assert first.told == [('Coaching', '-30')]
    assert moved.told == [('Coaching', '0'), ('Coaching', '+14')]
    assert [entry.due_on for entry in Reminded.objects.order_by('pk')][1:] == [
        BEGINS + timedelta(days=20),
        BEGINS + timedelta(days=34),
    ]


def test_a_row_that_refuses_keeps_no_other_from_being_told(tag):
    Tag.objects.create(name='Readiness')
    plan = OfTags()
    tell = plan.tell

    def refuse_the_first(row, step, day):
        if row == tag:
            raise NotNow('Not this one.')
        return tell(row, step, day)

    plan.tell = refuse_the_first
    ledger.run(plan, on(BEGINS))

    assert plan.told == [('Readiness', '0')]
    assert ledger_of(tag) == []


@pytest.mark.parametrize(
    ('day', 'nations', 'works'),
    [
        (date(2026, 11, 28), ['scotland'], False),  # a Saturday
        (date(2026, 11, 30), ['scotland'], False),  # St Andrew's Day
        (date(2026, 11, 30), ['england'], True),
        (date(2026, 11, 30), [], False),  # nobody knows where they are
        (date(2026, 8, 3), ['scotland'], False),  # the first Monday of August
        (date(2026, 8, 31), ['scotland'], True),  # the last is England's, Wales's and Northern Ireland's
        (date(2026, 8, 31), ['wales'], False),
        (date(2026, 7, 13), ['northern-ireland'], False),  # the Twelfth, a Sunday in 2026
        (date(2026, 11, 27), [], True),
    ],
)
def test_a_holiday_is_one_of_a_nation(day, nations, works):
    assert ledger.works(day, nations) is works


def test_holidays_can_be_corrected():
    DayOff.objects.create(day=date(2026, 11, 27), name='For once', nation='')
    DayOff.objects.create(day=date(2026, 11, 30), name='Moved', nation='scotland', is_off=False)

    assert not ledger.works(date(2026, 11, 27), ['wales'])
    assert ledger.works(date(2026, 11, 30), ['scotland'])

"""Every row of the chasers' table by the clock: holidays of each nation, both changes of the clocks, days that staff
added, days that were missed, and each run twice. A new row without a case here fails."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from blog import chasers, commissioning, workflow
from blog.chasers.plan import nation_of
from blog.models import Commission, State
from blog.states.commission_states import CommissionState
from members.models import Person
from tests.commissions import LINK, brought_to
from tests.conftest import has_been_told, make_person, make_submission
from tests.readings import ask as ask_reader
from ukis import days
from ukis.clock import ledger
from ukis.clock.models import DayOff, Reminded
from ukis.letters.models import Letter
from ukis.letters.texts import anew

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]

DAY = timedelta(days=1)
NATIONS = ('england', 'scotland', 'wales', 'northern-ireland', '')


@dataclass
class Cast:
    author: Person
    editor: Person

    def submission(self, state: str, due: date | None = None, **fields: Any):
        made = make_submission(self.author, state, editor=self.editor, **fields)
        if due:
            workflow.extend(made, by=self.editor, due_on=due)
        return has_been_told(made)

    def named(self, due: None) -> None:
        made = self.submission(State.DRAFTING)
        workflow.change_byline(
            made,
            by=self.author,
            names=[
                {'pk': made.authorships.get().pk},
                {'name': 'Nia Named', 'email': 'nia@far.example'},
            ],
        )
        workflow.ask(made, by=self.author, authorship=made.authorships.get(name='Nia Named'))

    def asked(self, **dates: Any):
        fields = {'name': 'Ivo', 'email': 'ivo@far.example', **dates}
        return brought_to(CommissionState.SENT, self.editor, **fields)

    def far(self) -> date:
        return days.today() + timedelta(days=200)

    def proposed(self, due: None) -> None:
        row = self.asked(answer_by=days.today(), deadline=self.far() - timedelta(days=9))
        commissioning.propose(row, by=LINK, day=self.far())

    def promised(self, due: date) -> None:
        row = self.asked(answer_by=days.today(), deadline=due, email='no.account@far.example')
        commissioning.accept(row, by=LINK)

    def not_now(self, due: date) -> None:
        row = self.asked(answer_by=days.today(), deadline=due)
        commissioning.decline(row, by=LINK, ask_after=due)

    def read(self, due: date) -> None:
        ask_reader(self.submission(State.IN_REVIEW, self.far()), self.editor, due_on=due)


@dataclass(frozen=True)
class Case:
    """How something comes to wait: on a day of its own, or (`dated`) for a day that is given; by which step then."""

    make: Callable[[Cast, Any], object]
    dated: bool = False


CASES = {
    'pitch': Case(lambda cast, due: cast.submission(State.PITCH)),
    'commission answer': Case(lambda cast, due: cast.asked(answer_by=cast.far(), deadline=cast.far())),
    'proposed date': Case(Cast.proposed),
    'promise': Case(Cast.promised, dated=True),
    'ask again': Case(Cast.not_now, dated=True),
    'draft_due': Case(lambda cast, due: cast.submission('promised', due), dated=True),
    'changes_due': Case(lambda cast, due: cast.submission(State.CHANGES_REQUESTED, due), dated=True),
    'approval': Case(lambda cast, due: cast.submission(State.AUTHOR_APPROVAL)),
    'unassigned': Case(lambda cast, due: cast.submission(State.SUBMITTED)),
    'editor': Case(lambda cast, due: cast.submission(State.IN_REVIEW, due), dated=True),
    'untouched': Case(lambda cast, due: cast.submission(State.DRAFTING)),
    'co-author': Case(Cast.named),
    'second reading': Case(Cast.read, dated=True),
}
NO_ACCOUNT = ('promise', 'co-author', 'second reading')  # of these nobody knows the nation
PLANS = {plan.name: plan for plan in chasers.PLANS}


def test_every_row_of_the_table_has_a_case():
    assert set(PLANS) == set(CASES)


def begins_on(name: str, due: date) -> date:
    """The day from which the first step counts, where it falls due on that day or, in working days, after it."""
    first = PLANS[name].steps[0].days
    if not isinstance(PLANS[name], ledger.InWorkingDays):
        return due - timedelta(days=first)
    day = due
    while day.weekday() > 4 or days.add_working_days(day, first) > next_working_day(due):
        day -= DAY
    return day


def next_working_day(day: date) -> date:
    return days.add_working_days(day - DAY, 1)


@pytest.fixture
def waits(author, chief, editor, time_machine, monkeypatch) -> Callable[..., None]:
    """One of each kind waits, whose first step falls due on a day; everybody is of one nation."""
    monkeypatch.setattr(Person, 'may_submit', lambda person: True)

    def first_due(due: date, nation: str = 'england') -> None:
        cast = Cast(author, editor)
        make_person('Ivo', email='ivo@far.example')
        make_person('Nia Named', email='nia@far.example')
        Person.objects.update(nation=nation)
        for person in (cast.author, cast.editor):
            person.refresh_from_db()
        starts = {
            name: due - timedelta(days=30) if case.dated else begins_on(name, due)
            for name, case in CASES.items()
        }
        for name in sorted(starts, key=lambda name: starts[name]):
            time_machine.move_to(at(starts[name], 9))
            Commission.objects.update(email='somebody@else.example')  # each asks somebody anew
            CASES[name].make(cast, begins_on(name, due) if CASES[name].dated else None)
            Letter.objects.exclude(judged_by__has_key='plan').update(state=Letter.State.SENT)

    return first_due


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return days.in_london(datetime.combine(day, time(hour, minute)))


@pytest.fixture
def heard(time_machine) -> Callable[..., dict[str, set[date]]]:
    """By plan, on which days its letters were written. Each moment runs twice."""

    def on(*moments: datetime) -> dict[str, set[date]]:
        for now in moments:
            time_machine.move_to(now)
            chasers.remind(now)
            once = Letter.objects.count()
            chasers.remind(now + timedelta(seconds=30))
            assert Letter.objects.count() == once
        found: dict[str, set[date]] = {name: set() for name in PLANS}
        for letter in Letter.objects.filter(judged_by__has_key='plan'):
            found[letter.judged_by['plan']].add(days.london_day(letter.queued_at))
            assert ledger.works(days.london_day(letter.queued_at), nation_of(letter.to))
        return found

    return on


def in_working_days(name: str) -> bool:
    return isinstance(PLANS[name], ledger.InWorkingDays)


@pytest.mark.parametrize('nation', NATIONS)
def test_over_easter_each_leaves_on_the_first_day_of_work_of_its_readers(waits, heard, nation):
    good_friday, monday, tuesday = date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 7)
    waits(good_friday, nation)

    found = heard(*(at(day, 10) for day in (good_friday, monday, tuesday)))

    # Scotland works on that Monday; England's days count for all due dates, and where nobody knows a reader's nation.
    of_readers = {name for name in CASES if nation == 'scotland' and name not in NO_ACCOUNT}
    assert found == {
        name: {monday if name in of_readers and not in_working_days(name) else tuesday} for name in CASES
    }


@pytest.mark.parametrize('sunday', [date(2026, 3, 29), date(2026, 10, 25)])
def test_where_the_clocks_change_nothing_leaves_twice_and_all_of_it_on_monday(waits, heard, sunday):
    waits(sunday)
    midnight = datetime.combine(sunday, time(), UTC)

    found = heard(
        *(midnight + timedelta(minutes=count) for count in (30, 90)),  # 01:30 comes never, or twice
        at(sunday + DAY, 10),
    )

    assert found == {name: {sunday + DAY} for name in CASES}


def test_over_christmas_days_that_staff_added_are_days_off_too(waits, heard):
    for day in (24, 29, 30, 31):
        DayOff.objects.create(day=date(2026, 12, day), name='The Society’s Christmas')
    waits(date(2026, 12, 24))

    found = heard(*(at(date(2026, 12, day), 10) for day in (24, 29, 31)), at(date(2027, 1, 4), 10))

    assert found == {name: {date(2027, 1, 4)} for name in CASES}


def test_after_three_missed_days_the_newest_step_alone_is_made_good(waits, heard):
    monday = date(2026, 5, 11)
    waits(monday)

    heard(at(monday + 3 * DAY, 10))

    told = Reminded.objects.filter(outcome='sent')
    assert set(told.values_list('plan', flat=True)) == set(CASES)
    assert told.count() == len(CASES)
    for entry in told:
        earlier = [one.name for one in PLANS[entry.plan].steps if one.days < int(entry.step)]
        left_out = Reminded.objects.filter(plan=entry.plan, object_id=entry.object_id, outcome='skipped')
        assert sorted(left_out.values_list('step', flat=True)) == sorted(earlier)


def test_one_that_an_outage_held_over_a_holiday_leaves_on_the_next_day_of_work(waits, heard, time_machine):
    thursday, tuesday = date(2026, 4, 2), date(2026, 4, 7)
    waits(thursday)
    heard(at(thursday, 16))
    waiting = Letter.objects.filter(state=Letter.State.WAITING)
    count = waiting.count()

    time_machine.move_to(at(thursday + DAY, 11))
    Letter.objects.filter(state=Letter.State.WAITING).update(send_after=at(thursday, 16))
    for letter in waiting:
        assert chasers.put_off(letter) == at(tuesday, 8)

    assert count


def test_what_leaves_on_the_day_on_which_it_was_written_reads_as_it_was_written(waits, heard):
    monday = date(2026, 5, 11)
    waits(monday)

    heard(at(monday, 10), at(monday + 15 * DAY, 10))

    written = Letter.objects.filter(judged_by__has_key='plan', state=Letter.State.WAITING)
    of_today = [one for one in written if days.london_day(one.queued_at) == monday + 15 * DAY]
    for letter in of_today:
        assert chasers.overtaken(letter) == '', letter
        assert chasers.values(letter) == letter.filled_with
        assert anew.with_values(letter, letter.filled_with) == (letter.subject, letter.body)
    assert {one.judged_by['plan'] for one in of_today} >= set(CASES) - {'ask again', 'untouched'}
    stale = [one for one in written if one not in of_today and not chasers.overtaken(one)]
    assert [one for one in stale if chasers.values(one) is None] == []

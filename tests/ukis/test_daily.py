"""Questions that are put into SQL once a day: they find what Django would find, and know no hour."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
import time_machine
from django.db.models import QuerySet
from django.utils import timezone

from members import waiting
from members.models import Application, Membership
from members.status import Status
from tests.conftest import make_membership, make_organisation
from ukis import days
from ukis.daily import DAILY, Daily, daily

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_those_of_the_site():
    """What a test asks daily is no question of the site's."""
    yield
    DAILY[:] = [one for one in DAILY if not one.__module__.startswith('tests')]


def test_it_is_written_once_a_day_and_asked_each_time(society, django_assert_num_queries):
    written = []

    @daily
    def joined(*, on: date) -> QuerySet[Membership]:
        written.append(on)
        return Membership.objects.filter(joined_on__lte=on).values_list('joined_on', flat=True)

    today = days.today()
    assert joined(on=today) == []
    make_membership(make_organisation(), status='due')
    Membership.objects.update(joined_on=today)

    with django_assert_num_queries(2):
        found = joined(on=today), joined(on=today - timedelta(days=1))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        again = joined(on=today)
    assert (found, again) == (([today], []), [today])
    assert written == [today, today - timedelta(days=1), today]


def test_rows_values_and_unions_come_as_django_gives_them(society):
    one, other = (make_membership(make_organisation(name), status='due') for name in ('One', 'Other'))

    def rows(*, on: date) -> QuerySet[Membership]:
        return Membership.objects.with_status(on).order_by('pk')

    def values(*, on: date) -> QuerySet[Membership]:
        return Membership.objects.with_status(on).order_by('pk').values('status', 'pk', 'cover_until')

    def both(*, on: date) -> QuerySet[Membership]:
        listed = [
            Membership.objects.filter(pk=row.pk).order_by().values_list('number', 'joined_on')[:]
            for row in (one, other)
        ]
        return listed[0].union(listed[1], all=True).order_by('number')

    on = days.today()
    for ask in (rows, values, both):
        asked = Daily(ask)
        assert [asked(on=on), asked(on=on)] == [list(ask(on=on))] * 2
    assert [row.status for row in Daily(rows)(on=on)] == ['due', 'due']


def test_what_finds_nothing_asks_nothing(society, django_assert_num_queries):
    none = Daily(lambda: Application.objects.none())

    with django_assert_num_queries(0):
        assert none() == []


def test_what_asks_the_database_while_it_is_written_is_refused(society):
    asks = Daily(lambda: Membership.objects.filter(pk__in=[row.pk for row in Membership.objects.all()]))

    with pytest.raises(RuntimeError, match='asks for what it was not given'):
        asks()


def test_no_daily_question_of_the_site_knows_what_hour_it_is(society):
    """Each is put at one in the morning and late at night, by hours that differ in two years' time."""
    given = {
        '_first_of_each_kind': [{'named': 5}],
        '_near': [
            {'of': of, 'grace': 30, 'chosen': chosen}
            for of, chosen in product((Status.DUE, Status.GRACE, Status.AWAITING_PAYMENT), (False, True))
        ],
    }

    assert waiting.all_of_it()
    assert {one.__name__ for one in DAILY} == set(given)
    for one in DAILY:
        for some in given[one.__name__]:
            put = []
            for hour in (1, 22):
                with time_machine.travel(datetime(2027, 1, 31, hour, 7, tzinfo=UTC), tick=False):
                    put.append(repr(one.put(on=date(2027, 1, 31), **some)))
            assert put[0] == put[1], one.__name__

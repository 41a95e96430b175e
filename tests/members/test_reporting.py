"""Reports on the membership: exact figures, a plot that says what the table says, and few questions."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members import reporting
from members.models import Category, ExtraSeats, Membership, Seat, Term
from members.places import seats
from tests.conftest import make_organisation, make_person

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 15)


@pytest.fixture
def few(society) -> None:
    """Two bodies that count, one that lapsed, and a person of their own."""
    band = Category.objects.create(name='Band', holders='organisations', seats=3, grace_days=30)
    single = Category.objects.create(name='Single', holders='people')
    both = make_organisation('Both', nations=['wales', 'scotland'])
    for number, (holder, category, *terms) in enumerate(
        [
            (both, band, (2024, 'paid', 3), (2025, 'paid', 3), (2026, 'free', 5)),
            (make_organisation('New'), band, (2026, 'paid', 3)),
            (make_organisation('Gone', nations=['wales']), band, (2024, 'paid', 3), (2025, 'unpaid', 3)),
            (make_person('Own', nation='wales'), single, (2025, 'waived', 1)),
        ],
        start=1,
    ):
        kind = 'person' if category is single else 'organisation'
        row = Membership.objects.create(
            category=category, number=number, joined_on=date(2024, 1, 1), **{kind: holder}
        )
        for year, payment, places in terms:
            Term.objects.create(
                membership=row, start=date(year, 1, 1), end=date(year, 12, 31), fee=0, seats=places,
                payment=payment, waived_why='Why' if payment == 'waived' else '',
            )  # fmt: skip
    Category.objects.filter(pk=single.pk).update(grace_days=90)
    taken = {'membership': both.memberships.get(), 'since': date(2025, 1, 1)}
    Seat.objects.create(person=make_person(), **taken)
    Seat.objects.create(person=make_person(), **taken, until=ON - timedelta(days=1), state='ended')


@pytest.mark.usefixtures('few')
@pytest.mark.parametrize(
    ('name', 'rows'),
    [
        ('category', [['Band', 2], ['Single', 1]]),
        (
            'nation',
            [['England', 0, 0, 0], ['Scotland', 1, 0, 1], ['Wales', 1, 1, 2], ['Northern Ireland', 0, 0, 0], ['Not said', 1, 0, 1]],
        ),
        ('retention', [[2024, 2, 1, 50], [2025, 2, 1, 50]]),
        ('seats', [['Band', 2, 8, 1, 12]]),
    ],
)  # fmt: skip
def test_each_report_counts_what_it_says(name, rows):
    assert reporting.make(name, ON)[1].rows == rows


@pytest.mark.usefixtures('few')
def test_seats_that_were_bought_are_counted_as_on_the_page_of_the_membership():
    row = Membership.objects.get(organisation__name='Both')
    term = row.terms.latest('start')
    for number in (4, 2):
        ExtraSeats.objects.create(term=term, number=number, at=timezone.now())

    assert reporting.make('seats', ON)[1].rows == [['Band', 2, 14, 1, 7]]
    assert seats.use(row, ON) == seats.Use(used=1, cap=11)


@pytest.mark.usefixtures('few')
def test_members_by_month_are_those_covered_on_its_last_day():
    rows = reporting.make('month', ON)[1].rows

    assert [row[0] for row in rows] == [
        'Mar 2025', 'Apr 2025', 'May 2025', 'Jun 2025', 'Jul 2025', 'Aug 2025', 'Sep 2025', 'Oct 2025', 'Nov 2025',
        'Dec 2025', 'Jan 2026', 'Feb 2026', 'Mar 2026',
    ]  # fmt: skip
    assert [row[1:] for row in rows] == [[1, 1, 2]] * 10 + [[2, 0, 2]] * 3


@pytest.mark.usefixtures('few')
@pytest.mark.parametrize('name', reporting.REPORTS)
def test_page_and_file_say_the_same(name, secretary, editor, signed_in, django_assert_max_num_queries):
    client = signed_in(secretary)
    client.get(reverse('admin:reports'))
    with django_assert_max_num_queries(19):
        page = client.get(reverse('admin:report', args=[name]))
    file = b''.join(client.get(reverse('admin:report_file', args=[name])).streaming_content).decode()

    table = page.context['table']
    assert len(file.splitlines()) == 1 + len(table.rows)
    assert page.text.count('<rect') == len(table.rows)
    assert signed_in(editor).get(reverse('admin:report', args=[name])).status_code == 403
    assert client.get(reverse('admin:report', args=['none'])).status_code == 404

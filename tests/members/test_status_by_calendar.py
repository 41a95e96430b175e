"""Both sides of every boundary between two statuses, by the calendar: about a leap day, an end that is set, a promise,
a suspension."""

from datetime import date

import pytest

from members import leaving
from members.models import Override, Term
from members.status import Status
from tests.conftest import make_membership, make_organisation

pytestmark = pytest.mark.django_db
LEAP_DAY = date(2028, 2, 29)
PAYMENTS = {
    'paid': LEAP_DAY,
    'free': LEAP_DAY,
    'waived': LEAP_DAY,
    'promised': date(2027, 9, 30),
    'unpaid': None,
    'part-paid': None,
    'credited': None,
    'void': None,
}


def covered(first: date, last: date, payment: str = 'paid', promised_until: date | None = None):
    membership = make_membership(make_organisation(), status='awaiting')
    why = 'Agreed with the office.' if payment == 'waived' else ''
    membership.terms.create(
        start=first,
        end=last,
        fee=100,
        seats=1,
        payment=payment,
        promised_until=promised_until,
        waived_why=why,
    )
    return membership


def standing(membership, *on: date) -> list[Status]:
    return [membership.standing(day).status for day in on]


@pytest.mark.parametrize(
    ('before', 'day', 'was', 'becomes'),
    [
        (date(2027, 2, 28), date(2027, 3, 1), Status.STARTING, Status.ACTIVE),
        (date(2027, 12, 30), date(2027, 12, 31), Status.ACTIVE, Status.DUE),
        (LEAP_DAY, date(2028, 3, 1), Status.DUE, Status.GRACE),
        (date(2028, 4, 29), date(2028, 4, 30), Status.GRACE, Status.LAPSED),
        (date(2030, 2, 28), date(2030, 3, 1), Status.LAPSED, Status.FORMER),
    ],
)
def test_a_term_that_ends_on_a_leap_day(before, day, was, becomes):
    membership = covered(date(2027, 3, 1), LEAP_DAY)

    assert standing(membership, before, day) == [was, becomes]


def test_who_lapsed_two_years_before_a_leap_day_is_a_former_member_on_the_day_before_it():
    membership = covered(date(2025, 3, 1), date(2026, 2, 28))

    found = standing(membership, date(2028, 2, 27), date(2028, 2, 28), LEAP_DAY)

    assert found == [Status.LAPSED, Status.FORMER, Status.FORMER]


def test_it_may_be_renewed_from_ninety_days_before_a_leap_day_on():
    membership = covered(date(2027, 3, 1), LEAP_DAY)

    found = [membership.standing(day).may_renew for day in (date(2027, 11, 30), date(2027, 12, 1))]

    assert found == [False, True]


def test_an_end_on_a_leap_day_is_due_sixty_days_before_and_holds_to_its_end():
    membership = covered(date(2027, 4, 1), date(2028, 12, 31))
    membership = leaving.end(membership, by=None, on=LEAP_DAY, why='moved abroad')

    found = standing(membership, date(2027, 12, 30), date(2027, 12, 31), LEAP_DAY, date(2028, 3, 1))

    assert found == [Status.ACTIVE, Status.DUE, Status.DUE, Status.ENDED]


def test_one_that_ends_on_the_day_on_which_it_begins_is_covered_that_day_alone():
    membership = covered(LEAP_DAY, date(2029, 2, 28))
    membership = leaving.end(membership, by=None, on=LEAP_DAY, why='moved abroad')

    found = standing(membership, date(2028, 2, 28), LEAP_DAY, date(2028, 3, 1))

    assert found == [Status.STARTING, Status.DUE, Status.ENDED]


def test_a_suspension_without_an_end_lasts_until_the_membership_ends():
    membership = covered(date(2027, 3, 1), date(2028, 12, 31))
    Override.objects.create(membership=membership, reason='a complaint', start=LEAP_DAY)
    membership = leaving.end(membership, by=None, on=date(2030, 6, 30), why='moved abroad')

    found = standing(
        membership, date(2028, 2, 28), LEAP_DAY, date(2029, 1, 1), date(2030, 6, 30), date(2030, 7, 1)
    )

    assert found == [Status.ACTIVE, *[Status.SUSPENDED] * 3, Status.ENDED]


@pytest.mark.parametrize(('payment', 'covers_until'), PAYMENTS.items())
def test_what_covers_does_so_to_its_last_day_and_what_does_not_never(payment, covers_until):
    promised_until = covers_until if payment == 'promised' else None
    membership = covered(date(2027, 3, 1), LEAP_DAY, payment, promised_until)

    if covers_until is None:
        days = [date(2027, 2, 28), date(2027, 3, 1), LEAP_DAY, date(2028, 3, 1)]
        assert standing(membership, *days) == [Status.AWAITING_PAYMENT] * 4
    else:
        following = date.fromordinal(covers_until.toordinal() + 1)
        assert standing(membership, covers_until, following) == [Status.DUE, Status.GRACE]
    assert {*PAYMENTS} == {*Term.Payment.values}

"""Terms: judged together, never two at once; fee and seats are the category's where nothing else is said."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from members.models import Category, Term
from members.money import renewing
from tests.conftest import make_membership, make_organisation
from tests.members.test_joining import said_of
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership():
    Category.objects.create(name='Organisation', holders='organisations', fee=450, seats=10)
    return make_membership(make_organisation(), status='none')


def spans(membership) -> list[tuple[date, date]]:
    return list(membership.terms.order_by('start').values_list('start', 'end'))


def test_a_new_term_takes_fee_and_seats_from_its_category(membership):
    taken = renewing.add_term(membership, by=None, start=date(2026, 1, 1), end=date(2026, 12, 31))
    given = renewing.add_term(
        membership, by=None, start=date(2027, 1, 1), end=date(2027, 12, 31), fee=Decimal(0), seats=3
    )

    assert [(term.fee, term.seats) for term in (taken, given)] == [(450, 10), (0, 3)]


def test_terms_of_a_membership_never_overlap(membership):
    renewing.add_term(membership, by=None, start=date(2026, 1, 1), end=date(2026, 12, 31), payment='paid')

    with pytest.raises(
        NotNow, match='This period overlaps another: 1 January 2026 to 31 December 2026, paid'
    ):
        renewing.add_term(membership, by=None, start=date(2026, 12, 31), end=date(2027, 12, 30))
    renewing.add_term(membership, by=None, start=date(2027, 1, 1), end=date(2027, 12, 31))
    renewing.add_term(membership, by=None, start=date(2026, 6, 1), end=date(2026, 7, 1), payment='void')

    assert membership.terms.count() == 3
    if connection.vendor == 'postgresql':
        with pytest.raises(IntegrityError, match='terms_do_not_overlap'), transaction.atomic():
            Term.objects.filter(start=date(2027, 1, 1)).update(start=date(2026, 5, 1))


def test_a_long_term_is_compared_with_all_that_follow(membership):
    years = [Term(start=date(year, 1, 1), end=date(year, 12, 31)) for year in (2026, 2027, 2028)]
    years[0].end = date(2028, 1, 1)

    assert [
        (problem.rows[0].start.year, problem.rows[1].start.year) for problem in renewing.problems(years)
    ] == [
        (2027, 2026),
        (2028, 2026),
    ]


@pytest.mark.parametrize('boundary', [date(2026, 6, 30), date(2027, 6, 30)])
def test_the_boundary_between_two_terms_moves_in_one_save(membership, boundary, secretary):
    first = renewing.add_term(membership, by=None, start=date(2026, 1, 1), end=date(2026, 12, 31))
    second = renewing.add_term(membership, by=None, start=date(2027, 1, 1), end=date(2027, 12, 31))

    first.end, second.start = boundary, date(boundary.year, 7, 1)
    renewing.keep_terms(membership, by=secretary, terms=[second, first])

    assert spans(membership) == [(date(2026, 1, 1), boundary), (second.start, date(2027, 12, 31))]
    assert len(said_of(membership)) == 1


def test_two_terms_may_change_places(membership):
    first = renewing.add_term(membership, by=None, start=date(2026, 1, 1), end=date(2026, 12, 31))
    second = renewing.add_term(membership, by=None, start=date(2027, 1, 1), end=date(2027, 12, 31))

    first.start, first.end, second.start, second.end = second.start, second.end, first.start, first.end
    renewing.keep_terms(membership, by=None, terms=[first, second])

    assert membership.terms.get(start=date(2027, 1, 1)) == first


def test_nothing_of_a_save_is_kept_where_one_part_is_refused(membership):
    first = renewing.add_term(membership, by=None, start=date(2026, 1, 1), end=date(2026, 12, 31))

    first.end = date(2027, 3, 31)
    with pytest.raises(NotNow, match='overlaps'):
        renewing.keep_terms(
            membership, by=None, terms=[first, Term(start=date(2027, 1, 1), end=date(2027, 12, 31))]
        )

    assert spans(membership) == [(date(2026, 1, 1), date(2026, 12, 31))]


def test_a_term_that_is_none_is_refused_in_a_sentence(membership):
    with pytest.raises(NotNow, match='The end stands before the start'):
        renewing.add_term(membership, by=None, start=date(2026, 1, 2), end=date(2026, 1, 1))
    with pytest.raises(NotNow, match='needs “promised until”'):
        renewing.add_term(
            membership, by=None, start=date(2026, 1, 1), end=date(2026, 12, 31), payment='promised'
        )


def test_the_history_says_what_was_and_what_is(membership, secretary):
    term = renewing.add_term(membership, by=secretary, start=date(2026, 1, 1), end=date(2026, 12, 31))
    term.payment, term.fee = 'paid', Decimal(400)
    renewing.keep_terms(membership, by=secretary, terms=[term])
    renewing.keep_terms(membership, by=secretary, terms=[term])

    assert said_of(membership) == [
        'Term added: 1 January 2026 to 31 December 2026, unpaid, fee £450.00, places 10.',
        'Term 1 January 2026 to 31 December 2026: Fee (£): was 450.00, is 400.00. '
        'Term 1 January 2026 to 31 December 2026: Payment: was “unpaid”, is “paid”.',
    ]

"""How a membership begins: one at a time for each holder, in a category of its kind, under a number of its own."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction

from members import joining, leaving
from members.models import Category, Membership
from tests.conftest import make_membership, make_organisation, make_person
from ukis import days
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def category():
    return Category.objects.create(name='Organisation', holders='organisations', fee=450, seats=10)


def said_of(row) -> list[str]:
    return [
        entry.get_change_message()
        for entry in LogEntry.objects.filter(
            object_id=row.pk, content_type__model=row._meta.model_name
        ).order_by('pk')
    ]


def test_numbers_follow_one_another_and_one_may_be_given(category):
    numbers = [
        joining.admit(make_organisation(), by=None, category=category, number=number).number
        for number in (None, None, 3000, None, 10_000, None)
    ]

    # Five digits are those of invoices.
    assert numbers == [1001, 1002, 3000, 3001, 10_000, 100_000]


def test_a_number_that_is_taken_is_refused_in_words(category):
    joining.admit(make_organisation(), by=None, category=category, number=7)

    with pytest.raises(NotNow, match='Another membership has this number'):
        joining.admit(make_organisation(), by=None, category=category, number=7)


def test_a_category_is_for_one_kind_of_holder(category):
    people = Category.objects.create(name='Individual', holders='people')

    with pytest.raises(NotNow, match=r'“Organisation” is for organisations. Choose one for a person.'):
        joining.admit(make_person(), by=None, category=category)
    with pytest.raises(NotNow, match=r'“Individual” is for people. Choose one for an organisation'):
        joining.admit(make_organisation(), by=None, category=people)


TODAY = date(2027, 3, 4)


@pytest.mark.parametrize(
    ('ends', 'starts', 'sentence'),
    [
        (None, date(2027, 3, 4), 'which is open. End that one first'),
        (date(2027, 3, 31), date(2027, 3, 4), 'until 31 March 2027. Another can start the day after'),
        (date(2027, 3, 31), date(2027, 3, 31), 'until 31 March 2027. Another can start the day after'),
        (date(2027, 3, 31), date(2027, 4, 1), ''),
        (None, date(2019, 1, 1), 'from 1 January 2020. This one has to end before that day'),
    ],
)
def test_no_second_one_runs_beside_it(category, ends, starts, sentence):
    holder = make_organisation('Institute of Care')
    first = joining.admit(holder, by=None, category=category, joined_on=date(2020, 1, 1))
    if ends:
        leaving.end(first, by=None, on=ends)

    if sentence:
        with pytest.raises(NotNow, match=f'Institute of Care has membership 1001.*{sentence}'):
            joining.admit(holder, by=None, category=category, joined_on=starts)
    else:
        joining.admit(holder, by=None, category=category, joined_on=starts)

    assert Membership.objects.filter(organisation=holder).count() == (1 if sentence else 2)


def test_an_end_cannot_be_taken_back_once_another_has_begun(category):
    holder = make_organisation()
    first = joining.admit(holder, by=None, category=category, joined_on=date(2020, 1, 1))
    first = leaving.end(first, by=None, on=date(2026, 3, 31))
    joining.admit(holder, by=None, category=category, joined_on=date(2026, 4, 1))

    with pytest.raises(NotNow, match='This one has to end before that day'):
        joining.correct(first, by=None, ended_on=None)

    first.refresh_from_db()
    assert first.ended_on == date(2026, 3, 31)


def test_the_database_keeps_memberships_of_one_holder_apart_too(category):
    holder = make_organisation()
    given = {'category': category, 'organisation': holder}
    Membership.objects.create(number=1, joined_on=date(2020, 1, 1), ended_on=date(2027, 3, 31), **given)

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(number=2, joined_on=date(2020, 1, 1), ended_on=date(2019, 1, 1), **given)
    if connection.vendor == 'postgresql':
        with pytest.raises(IntegrityError, match='memberships_of_organisation_apart'), transaction.atomic():
            Membership.objects.create(number=3, joined_on=date(2026, 1, 1), **given)


def test_the_history_says_what_was_and_what_is(category, secretary):
    large = Category.objects.create(name='Large', holders='organisations')
    membership = joining.admit(
        make_organisation(), by=secretary, category=category, joined_on=date(2020, 1, 1)
    )

    joining.correct(membership, by=secretary, category=large, number=5)
    leaving.end(membership, by=secretary, on=date(2027, 3, 31), why='Merged.')
    joining.correct(membership, by=secretary, number=5)

    assert said_of(membership) == [
        'Admitted as Organisation, number 1001.',
        'Category: was Organisation, is Large. Number: was 1001, is 5.',
        'Ends on: was empty, is 31 March 2027. Why it ended: was empty, is “Merged.”.',
    ]


def test_an_end_before_the_day_of_joining_is_refused():
    membership = make_membership(make_organisation(), joined_on=date(2026, 3, 4))

    with pytest.raises(NotNow, match='The end stands before the day of joining, 4 March 2026'):
        leaving.end(membership, by=None, on=date(2026, 3, 3))


def test_a_suspension_is_ended_and_its_history_kept(secretary):
    membership = make_membership(make_organisation())
    today = days.today()
    yesterday = today - timedelta(days=1)

    suspension = leaving.suspend(membership, by=secretary, reason='A complaint', start=yesterday)
    suspended = membership.standing().status
    leaving.lift(suspension, by=secretary)

    assert (suspended, membership.standing().status) == ('suspended', 'active')
    assert suspension.by == secretary
    assert said_of(membership) == [
        f'Suspended from {days.in_words(yesterday)}: A complaint.',
        f'Suspension from {days.in_words(yesterday)}: To: was empty, is {days.in_words(yesterday)}.',
    ]

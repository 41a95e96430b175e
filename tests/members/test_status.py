"""The status rules: total, exclusive, and the same for one row and for a set."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members import joining, leaving, status
from members.models import Category, Membership, Organisation, Override, Person
from members.money import renewing
from members.places import lets_write, place_sentence, places_of
from members.status import Status
from tests.conftest import make_membership, make_organisation, make_person, make_seat
from ukis import days

TODAY = date(2027, 3, 4)


def membership_with(
    *terms: tuple, grace_days: int = 60, ended_on: date | None = None, ended_why: str = ''
) -> Membership:
    """Terms are (start, end, payment) in days from TODAY, or (start, end, 'promised', promised_until)."""
    category = Category.objects.create(
        name=f'C{Category.objects.count()}', holders='organisations', grace_days=grace_days
    )
    joined_on = date(2020, 1, 1)
    membership = joining.admit(make_organisation(), by=None, category=category, joined_on=joined_on)
    if ended_on:
        membership = leaving.end(membership, by=None, on=ended_on, why=ended_why)
    for start, end, payment, *promised in terms:
        renewing.add_term(
            membership,
            by=None,
            start=TODAY + timedelta(days=start),
            end=TODAY + timedelta(days=end),
            payment=payment,
            promised_until=TODAY + timedelta(days=promised[0]) if promised else None,
        )
    return membership


def test_months_before_keeps_to_the_month():
    assert status.months_before(date(2028, 2, 29), 24) == date(2026, 2, 28)
    assert status.months_before(date(2027, 3, 4), 24) == date(2025, 3, 4)


@pytest.mark.parametrize(
    ('terms', 'expected', 'sentence'),
    [
        ([(-10, 355, 'paid')], Status.ACTIVE, 'Active until 22 February 2028.'),
        ([(-10, 355, 'free')], Status.ACTIVE, 'Active until 22 February 2028.'),
        ([(-300, 60, 'paid')], Status.DUE, 'Due: cover stops on 3 May 2027.'),
        ([(-300, 61, 'paid')], Status.ACTIVE, 'Active until 4 May 2027.'),
        ([(-300, 30, 'paid'), (31, 400, 'paid')], Status.ACTIVE, 'Active until 7 April 2028.'),
        (
            [(-300, 10, 'paid'), (11, 20, 'paid')],
            Status.DUE,
            'Due: cover stops on 24 March 2027.',
        ),
        (
            [(-300, 30, 'paid'), (32, 400, 'paid')],
            Status.DUE,
            'Due: cover stops on 3 April 2027.',
        ),
        (
            [(-300, 30, 'paid'), (31, 400, 'unpaid')],
            Status.DUE,
            'Due: cover stops on 3 April 2027.',
        ),
        ([(0, 364, 'promised', 30)], Status.DUE, 'Due: cover stops on 3 April 2027.'),
        (
            [(-300, 10, 'paid'), (11, 375, 'promised', 10)],
            Status.DUE,
            'Due: cover stops on 14 March 2027.',
        ),
        (
            [(-300, 10, 'paid'), (11, 375, 'promised', 11)],
            Status.DUE,
            'Due: cover stops on 15 March 2027.',
        ),
        (
            [(-300, -1, 'paid'), (0, 364, 'promised', -1)],
            Status.GRACE,
            'In grace until 2 May 2027: cover ended on 3 March 2027.',
        ),
        (
            [(-300, -1, 'paid'), (0, 364, 'promised', 0)],
            Status.DUE,
            'Due: cover stops on 4 March 2027.',
        ),
        (
            [(11, 375, 'promised', 10)],
            Status.AWAITING_PAYMENT,
            'Awaiting payment: no term has been paid yet.',
        ),
        (
            [(-40, 300, 'promised', -41)],
            Status.AWAITING_PAYMENT,
            'Awaiting payment: no term has been paid yet.',
        ),
        ([(11, 375, 'promised', 11)], Status.STARTING, 'Starts on 15 March 2027.'),
        ([(0, 0, 'paid')], Status.DUE, 'Due: cover stops on 4 March 2027.'),
        ([(5, 370, 'paid')], Status.STARTING, 'Starts on 9 March 2027.'),
        ([], Status.AWAITING_PAYMENT, 'Awaiting payment: no term has been recorded yet.'),
        ([(-10, 355, 'unpaid')], Status.AWAITING_PAYMENT, 'Awaiting payment: no term has been paid yet.'),
        ([(-10, 355, 'void')], Status.AWAITING_PAYMENT, 'Awaiting payment: no term has been paid yet.'),
        ([(-400, -1, 'paid')], Status.GRACE, 'In grace until 2 May 2027: cover ended on 3 March 2027.'),
        ([(-400, -60, 'paid')], Status.GRACE, 'In grace until 4 March 2027: cover ended on 3 January 2027.'),
        (
            [(-400, -61, 'paid')],
            Status.LAPSED,
            'Lapsed: cover ended on 2 January 2027, and the days of grace are over.',
        ),
        (
            [(-400, -1, 'paid'), (20, 300, 'paid')],
            Status.GRACE,
            'In grace until 2 May 2027: cover ended on 3 March 2027.',
        ),
        (
            [(-900, -729, 'paid')],
            Status.LAPSED,
            'Lapsed: cover ended on 5 March 2025, and the days of grace are over.',
        ),
        ([(-900, -730, 'paid')], Status.FORMER, 'A former member: cover ended on 4 March 2025.'),
    ],
)
def test_the_first_rule_that_fits(db, terms, expected, sentence):
    found = membership_with(*terms).standing(TODAY)

    assert (found.status, found.sentence) == (expected, sentence)


@pytest.mark.parametrize(
    ('ends', 'terms', 'expected', 'sentence'),
    [
        (30, [(-10, 355, 'paid')], Status.DUE, 'Due: the membership ends on 3 April 2027: moved abroad.'),
        (60, [(-10, 355, 'paid')], Status.DUE, 'Due: the membership ends on 3 May 2027: moved abroad.'),
        (
            61,
            [(-10, 355, 'paid')],
            Status.ACTIVE,
            'Active until 4 May 2027, when the membership ends: moved abroad.',
        ),
        (
            50,
            [(-300, 10, 'paid')],
            Status.DUE,
            'Due: cover stops on 14 March 2027. The membership ends on 23 April 2027: moved abroad.',
        ),
        (
            20,
            [(-400, -1, 'paid')],
            Status.GRACE,
            'In grace until 24 March 2027: cover ended on 3 March 2027. '
            'The membership ends on 24 March 2027: moved abroad.',
        ),
        (
            30,
            [(5, 370, 'paid')],
            Status.STARTING,
            'Starts on 9 March 2027. The membership ends on 3 April 2027: moved abroad.',
        ),
        (
            4,
            [(5, 370, 'paid')],
            Status.AWAITING_PAYMENT,
            'Never covered: its first paid term begins on 9 March 2027, after its end. '
            'The membership ends on 8 March 2027: moved abroad.',
        ),
        (
            30,
            [],
            Status.AWAITING_PAYMENT,
            'Awaiting payment: no term has been recorded yet. '
            'The membership ends on 3 April 2027: moved abroad.',
        ),
    ],
)
def test_an_end_that_is_to_come_ends_the_cover_and_is_said(db, ends, terms, expected, sentence):
    found = membership_with(
        *terms, ended_on=TODAY + timedelta(days=ends), ended_why='moved abroad.'
    ).standing(TODAY)

    assert (found.status, found.sentence) == (expected, sentence)


def test_ended_wins_over_everything_and_its_last_day_counts(db):
    ended = membership_with((-10, 355, 'paid'), ended_on=TODAY - timedelta(days=1), ended_why='merged')
    last_day = membership_with((-10, 355, 'paid'), ended_on=TODAY)

    assert ended.standing(TODAY).sentence == 'Ended on 3 March 2027: merged.'
    assert last_day.standing(TODAY).sentence == 'Due: the membership ends on 4 March 2027.'


def test_a_suspension_counts_on_its_days_only(db):
    membership = membership_with((-10, 355, 'paid'))
    Override.objects.create(membership=membership, reason='a complaint', start=TODAY, until=TODAY)

    found = [membership.standing(TODAY + timedelta(days=day)) for day in (-1, 0, 1)]

    assert [row.status for row in found] == [Status.ACTIVE, Status.SUSPENDED, Status.ACTIVE]
    assert found[1].sentence == 'Suspended until 4 March 2027: a complaint.'


def test_grace_days_are_the_categorys(db):
    assert membership_with((-400, -20, 'paid'), grace_days=10).standing(TODAY).status == Status.LAPSED
    assert membership_with((-400, -20, 'paid'), grace_days=20).standing(TODAY).status == Status.GRACE


HELD = 'It is kept on until {}, because no letter about its end had reached anybody.'


@pytest.mark.parametrize(
    ('term', 'held', 'expected', 'sentence'),
    [
        (
            (-400, -1),
            9,
            Status.GRACE,
            f'In grace until 13 March 2027: cover ended on 3 March 2027. {HELD.format("13 March 2027")}',
        ),
        (
            (-400, -1),
            0,
            Status.GRACE,
            f'In grace until 4 March 2027: cover ended on 3 March 2027. {HELD.format("4 March 2027")}',
        ),
        (
            (-400, -1),
            -1,
            Status.LAPSED,
            'Lapsed: cover ended on 3 March 2027, and the days of grace are over.',
        ),
        (
            (-400, 0),
            14,
            Status.DUE,
            f'Due: cover stops on 4 March 2027. {HELD.format("18 March 2027")}',
        ),
        ((-10, 20), 0, Status.DUE, 'Due: cover stops on 24 March 2027.'),
    ],
)
def test_one_that_is_held_because_nobody_heard_says_so(db, term, held, expected, sentence):
    membership = membership_with((*term, 'paid'), grace_days=0)
    membership.terms.update(held_until=TODAY + timedelta(days=held))

    found = membership.standing(TODAY)

    assert (found.status, found.sentence) == (expected, sentence)


TERMS = st.lists(
    st.tuples(
        st.integers(-1200, 200),
        st.integers(0, 500),
        st.sampled_from(['paid', 'free', 'promised', 'unpaid', 'void']),
    ),
    max_size=4,
)


def _by_hand(membership: Membership) -> Status:
    """The rules again, day by day, as a person would apply them with a calendar."""
    end = membership.ended_on
    if end and end < TODAY:
        return Status.ENDED
    if membership.overrides.exists():
        return Status.SUSPENDED
    covered = set()
    for term in membership.terms.all():
        if term.payment in ('unpaid', 'void'):
            continue
        stop = term.promised_until if term.payment == 'promised' else term.end
        covered |= {term.start + timedelta(days=n) for n in range((stop - term.start).days + 1)}
    covered = {day for day in covered if end is None or day <= end}
    if TODAY in covered:
        stop = TODAY
        while stop + timedelta(days=1) in covered:
            stop += timedelta(days=1)
        return Status.DUE if (stop - TODAY).days <= 60 else Status.ACTIVE
    past = [day for day in covered if day < TODAY]
    if not past:
        return Status.STARTING if covered else Status.AWAITING_PAYMENT
    if (TODAY - max(past)).days <= 60:
        return Status.GRACE
    return Status.LAPSED if max(past) > date(2025, 3, 4) else Status.FORMER


@pytest.mark.django_db
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TERMS, st.none() | st.integers(-400, 600), st.booleans())
def test_exactly_one_status_and_one_sentence(terms, ends, suspended):
    apart: list[tuple[int, int, str]] = []
    for start, length, payment in terms:  # periods that do not overlap: others cannot be
        if all(start > a + n or start + length < a for a, n, pay in apart if 'void' not in (pay, payment)):
            apart.append((start, length, payment))
    membership = membership_with(
        *[(a, a + n, pay, *([a + n // 2] if pay == 'promised' else [])) for a, n, pay in apart],
        ended_on=None if ends is None else TODAY + timedelta(days=ends),
    )
    if suspended:
        Override.objects.create(membership=membership, reason='a complaint', start=TODAY)

    found = membership.standing(TODAY)

    assert found.status == _by_hand(membership)
    assert [one for one in Status if Membership.objects.in_status(one, TODAY).filter(pk=found.pk)] == [
        found.status
    ]
    rights = status.RIGHTS[found.status]
    assert rights.is_member == rights.listed == rights.may_submit, 'one rule in `of_members` for all three'
    assert Organisation.objects.filter(pk=membership.organisation_id).members(TODAY).exists() == rights.listed
    assert found.sentence.endswith('.')
    assert 'unknown day' not in found.sentence
    assert 'None' not in found.sentence
    if membership.ended_on:
        assert days.in_words(membership.ended_on) in found.sentence


@pytest.mark.django_db
def test_may_submit_is_one_rule_as_property_and_as_set():
    examples = []
    for name in ('active', 'due', 'grace', 'lapsed', 'former', 'starting', 'awaiting'):
        alone, seated, gone = make_person(), make_person(), make_person()
        make_membership(alone, status=name)
        organisation = make_organisation()
        make_membership(organisation, status=name)
        make_seat(seated, organisation)
        seat = make_seat(gone, organisation)
        seat.state = 'ended'
        seat.save()
        yes = name in ('active', 'due', 'grace')
        examples += [(alone, yes), (seated, yes), (gone, False)]
    nobody = make_person()
    affiliated = make_person()
    active = make_organisation()
    make_membership(active)
    affiliated.affiliations.create(organisation=active, job_title='Director', main=True)
    deactivated = make_person(is_active=False)
    make_membership(deactivated)
    examples += [(nobody, False), (affiliated, False), (deactivated, False)]

    assert [(person.may_submit(), yes) for person, yes in examples] == [(yes, yes) for _, yes in examples]
    assert set(Person.objects.may_submit()) == {person for person, yes in examples if yes}


def test_the_place_is_said_in_a_sentence(author, stranger):
    until = author.seats.get().membership.terms.get().end

    vacant = 'it has no main contact at present, so ask the Society’s office'
    assert place_sentence(author) == f'Your place comes from ICC until {until.day} {until:%B %Y}; {vacant}.'
    assert [lets_write(places_of(one)) for one in (author, stranger)] == [True, False]
    assert place_sentence(stranger).startswith('You have a sign-in and no membership yet.')

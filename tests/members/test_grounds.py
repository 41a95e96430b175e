"""What stands behind a status and a place: the unpaid invoice and the reminders that left, whom to ask."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from members import leaving
from members.models import Invoice, Office, Renewal, Term
from members.money import billing, payments, renewing
from members.organisations import offices
from members.places import place_sentence, seats
from members.renewals import grounds, offering, renewable
from members.status import Status
from tests.conftest import letters_leave, make_membership, make_organisation, make_person
from tests.members.test_renewal import ENDS, live_through, membership, offered  # noqa: F401  # fixtures
from ukis.days import day_before, in_words, today
from ukis.letters.models import Letter

pytestmark = pytest.mark.django_db
SHORT = 'In grace until 30 May 2027: cover ended on 31 March 2027.'


@pytest.fixture
def in_grace(offered, membership):  # noqa: F811
    """On 20 April, after three reminders and a notice that left, and one that came back."""
    for days in (30, 7, -1, -14):
        at = ENDS - timedelta(days=days)
        live_through(at, at)
        with time_machine.travel(at + timedelta(days=1)):
            letters_leave()
    Letter.objects.filter(kind='renewal_in_7_days').update(state=Letter.State.BOUNCED)
    with time_machine.travel(date(2027, 4, 20)):
        yield offered


def test_in_grace_the_holder_and_staff_read_what_is_unpaid_and_how_often_they_were_reminded(
    in_grace,
    membership,  # noqa: F811
    signed_in,
    secretary,
    django_assert_num_queries,
):
    before = grounds.in_full(membership.standing())
    invoice = offering.renew(in_grace, by=None)
    full = f'{SHORT[:-1]}, invoice {invoice.number} is unpaid, three reminders sent.'

    bo, vi = (Office.objects.get(role=role).person for role in ('billing', 'voting'))
    page = reverse('contacts', args=[membership.organisation_id])
    shown = [signed_in(bo).get(page).text, signed_in(vi).get(page).text]
    of_staff = signed_in(secretary).get(reverse('admin:members_membership_change', args=[membership.pk])).text

    assert before == f'{SHORT[:-1]}, three reminders sent.'
    assert [full in text for text in (*shown, of_staff)] == [True, False, True]
    assert SHORT in shown[1]
    assert grounds.in_full(membership.standing(ENDS)) == (
        f'Due: cover stops on 31 March 2027, invoice {invoice.number} is to be paid by '
        f'{in_words(invoice.due_on)}.'
    )
    row = membership.standing()
    with django_assert_num_queries(0):
        assert row.sentence == SHORT


def test_on_their_own_page_who_sees_the_money_reads_what_is_to_be_paid(in_grace, membership, signed_in):  # noqa: F811
    invoice = offering.renew(in_grace, by=None)
    bo, vi = (Office.objects.get(role=role).person for role in ('billing', 'voting'))
    ada = make_person('Ada Author')
    for person in (bo, vi, ada):
        seats.give(membership, by=None, person=person)

    shown = [signed_in(person).get(reverse('account')).text for person in (bo, vi, ada)]

    assert [f'invoice {invoice.number} is unpaid' in text for text in shown] == [True, False, False]
    assert [SHORT[:-1] in text for text in shown] == [True] * 3


def test_whoever_has_a_place_reads_whom_to_ask(membership):  # noqa: F811
    with time_machine.travel(date(2026, 6, 1)):
        ada = make_person('Ada Author')
        seats.give(membership, by=None, person=ada)
        mo = Office.objects.get(role='main')
        seats.give(membership, by=None, person=mo.person)

        said = [place_sentence(ada), place_sentence(mo.person)]
        offices.step_down(mo, by=None, successor=None)

    place = 'Your place comes from Institute of Łódź until 31 March 2027'
    assert said == [f'{place}; contact Mo Main.', f'{place}; you are its main contact.']
    with time_machine.travel(date(2026, 6, 2)):
        vacant = 'it has no main contact at present, so ask the Society’s office'
        assert place_sentence(ada) == f'{place}; {vacant}.'


def test_in_grace_whoever_has_a_place_reads_until_when_it_holds(membership):  # noqa: F811
    with time_machine.travel(date(2026, 6, 1)):
        ada = make_person('Ada Author')
        seat = seats.give(membership, by=None, person=ada)
    with time_machine.travel(date(2027, 4, 20)):
        in_grace = place_sentence(ada)
        type(seat).objects.filter(pk=seat.pk).update(until=date(2027, 5, 4))
        shorter = place_sentence(ada)

    place = 'Your place comes from Institute of Łódź until'
    ask = 'contact Mo Main.'
    assert (in_grace, shorter) == (f'{place} 30 May 2027; {ask}', f'{place} 4 May 2027; {ask}')


def test_who_acts_next_stands_beside_the_status(membership):  # noqa: F811
    standing = [membership.standing(day) for day in (ENDS, ENDS + timedelta(days=61))]
    due, lapsed = (grounds.in_full(row, to_staff=True) for row in standing)
    joins = make_membership(make_organisation(billing_address='1 High Street'), status='none')
    term = renewing.add_term(joins, by=None, start=date(2027, 1, 4), end=date(2028, 1, 3), fee=450)
    before = grounds.in_full(joins.standing())
    invoice = billing.bill(term, by=None)

    awaiting = 'Awaiting payment: no term has been paid yet'
    assert due == ('Due: cover stops on 31 March 2027. The member renews it, or says that it is to end.')
    assert lapsed == (
        'Lapsed: cover ended on 31 March 2027, and the days of grace are over. '
        'The member can still renew it, from the day on which they do.'
    )
    assert [grounds.in_full(row).split('. ', 1)[1] for row in standing] == [
        'Renew it, or say that it is to end.',
        'It can still be renewed: the new term begins on the day on which you do.',
    ]
    assert before == f'{awaiting}.'
    assert grounds.in_full(joins.standing()) == (
        f'{awaiting}, invoice {invoice.number} is to be paid by {in_words(invoice.due_on)}.'
    )


@pytest.mark.parametrize('is_renewal', [False, True])
def test_whoever_lapsed_after_a_promise_reads_that_the_office_goes_on_and_can_renew_nothing(
    membership,  # noqa: F811
    is_renewal,
):
    if is_renewal:
        live_through(ENDS - timedelta(days=61), ENDS - timedelta(days=58))
        term = Renewal.objects.get().term
    else:
        Term.objects.update(payment=Term.Payment.UNPAID, cover_end=None)
        term = membership.terms.get()
    Term.objects.filter(pk=term.pk).update(
        payment=Term.Payment.PROMISED,
        promised_until=term.start + timedelta(days=29),
        cover_end=term.start + timedelta(days=29),
    )
    day = term.start + timedelta(days=120)

    with time_machine.travel(day):
        standing = membership.standing(day)
        said = grounds.in_full(standing)
        found = renewable.chances(Office.objects.get(role='main').person)

    assert standing.status == Status.LAPSED
    assert (said.rpartition('. ')[2], found) == ('To go on, write to the Society’s office.', [])


def test_what_is_said_of_a_lapse_is_what_the_page_of_the_renewal_lets_them_do(membership):  # noqa: F811
    live_through(ENDS - timedelta(days=61), ENDS - timedelta(days=58))
    renewal, said = Renewal.objects.get(), []
    with time_machine.travel(ENDS - timedelta(days=20)):
        invoice = billing.bill(renewal.term, by=None, up_front=True)
    for amount in (0, 50):
        with time_machine.travel(ENDS + timedelta(days=100)):
            if amount:
                payments.record(membership, by=None, received_on=ENDS + timedelta(days=90), amount=amount)
                Invoice.objects.filter(pk=invoice.pk).update(paid=amount)
            standing = membership.standing()
            chances = renewable.chances(Office.objects.get(role='main').person)
            said.append((standing.status, len(chances), grounds.in_full(standing).rpartition('. ')[2]))

    assert said == [
        (Status.LAPSED, 1, 'It can still be renewed: the new term begins on the day on which you do.'),
        (Status.LAPSED, 0, 'To go on, write to the Society’s office.'),
    ]


def test_whoever_renewed_after_a_lapse_reads_which_invoice_is_to_be_paid(membership):  # noqa: F811
    live_through(ENDS - timedelta(days=61), ENDS - timedelta(days=58))
    with time_machine.travel(ENDS + timedelta(days=100)):
        invoice = offering.renew(Renewal.objects.get(), by=None)

        said = grounds.in_full(membership.standing())

    assert said == (
        'Lapsed: cover ended on 31 March 2027, and the days of grace are over, '
        f'invoice {invoice.number} is to be paid by {in_words(invoice.due_on)}.'
    )


@pytest.mark.parametrize('over', ['ended', 'former', 'followed', 'goes on'])
def test_whose_membership_is_over_reads_how_to_come_back_unless_something_goes_on(society, over):
    organisation = make_organisation('Board of Returning')
    row = make_membership(organisation, status='former' if over == 'former' else 'active')
    if over != 'former':
        leaving.end(row, by=None, on=day_before(today()), why='They left')
    if over == 'followed':
        organisation.successions.create(successor=make_organisation('What followed'))
    if over == 'goes on':
        make_membership(organisation, joined_on=today())

    holder, staff = (grounds.in_full(row.standing(), to_staff=to_staff) for to_staff in (False, True))

    comes_back = over in ('ended', 'former')
    assert holder.endswith('. To come back, apply again, by “Join the Society”.') == comes_back
    assert staff.endswith('. To come back, they apply again.') == comes_back

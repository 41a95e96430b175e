"""When a membership may be renewed, on both sides of each day; what its holder reads and presses; the gap that stays."""

import re
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urljoin

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from members import answering, leaving
from members.models import Category, Invoice, Office, Renewal, Term
from members.money import billing, crediting, payments, renewing
from members.renewals import offering, reminders, renewable, returning
from members.status import Status
from tests.conftest import make_membership, make_organisation, make_person
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 4)


@pytest.fixture
def today():
    with time_machine.travel(TODAY):
        yield TODAY


@pytest.fixture
def mo():
    return make_person('Mo Main')


@pytest.fixture
def membership(mo):
    Category.objects.create(
        name='Organisation', holders='organisations', fee=450, seats=10, extra_seat_fee=20, grace_days=60
    )
    organisation = make_organisation('Institute of Łódź', billing_address='1 High Street\nPerth')
    Office.objects.create(organisation=organisation, person=mo, role='main', since=date(2020, 1, 1))
    return make_membership(organisation, status='none', joined_on=date(2020, 4, 1))


def covered_until(membership, last: int) -> Term:
    """By a paid year that ends so many days from today."""
    end = TODAY + timedelta(days=last)
    return renewing.add_term(
        membership, by=None, start=end - timedelta(days=364), end=end, payment=Term.Payment.PAID
    )


@pytest.mark.parametrize(
    ('last', 'status', 'may'),
    [
        (91, Status.ACTIVE, False),
        (90, Status.ACTIVE, True),
        (61, Status.ACTIVE, True),
        (60, Status.DUE, True),
        (0, Status.DUE, True),
        (-60, Status.GRACE, True),
        (-61, Status.LAPSED, True),
        (-729, Status.LAPSED, True),
        (-730, Status.FORMER, False),
    ],
)
def test_who_may_renew_is_one_rule_for_what_is_offered_and_what_is_taken(
    today, membership, mo, last, status, may
):
    covered_until(membership, last)

    standing = membership.standing()
    called_for = [chance.membership.pk for chance in renewable.chances(mo)]

    assert (standing.status, standing.may_renew, called_for) == (status, may, [membership.pk] if may else [])
    if may:
        assert isinstance(renewable.begin(membership, by=mo), Renewal)
    else:
        with pytest.raises(NotNow, match='There is nothing to renew just now'):
            renewable.begin(membership, by=mo)


@pytest.mark.parametrize('last', [30, -10, -100])
def test_who_is_suspended_ends_or_has_ended_renews_nothing(today, membership, mo, last):
    covered_until(membership, last)
    suspension = leaving.suspend(membership, by=None, reason='Under review')
    suspended = renewable.chances(mo)
    leaving.lift(suspension, by=None)
    leaving.suspend(membership, by=None, reason='Under review', until=TODAY)
    leaving.end(membership, by=None, on=TODAY + timedelta(days=20), why='Resigned')

    assert (suspended, renewable.chances(mo)) == ([], [])
    with pytest.raises(NotNow):
        renewable.begin(membership, by=mo)


def test_before_the_letter_a_contact_renews_of_their_own_accord_from_either_page(
    today, membership, mo, signed_in
):
    covered_until(membership, 80)
    client = signed_in(mo)

    shown = [
        client.get(page).text
        for page in ('/account/', f'/account/organisations/{membership.organisation_id}/')
    ]
    answers = [client.post(f'/account/memberships/{membership.pk}/renew/') for _ in range(2)]
    page = client.get(answers[0].url).text
    client.post(answers[0].url, {'do': 'renew'})

    for text in shown:
        assert 'Your new term would begin on 24 May 2027.' in text
    renewal = Renewal.objects.get()
    assert [answer.url for answer in answers] == [f'/account/renewals/{renewal.pk}/'] * 2
    assert 'Your new term would begin on 24 May 2027.' in page
    assert (renewal.begins_anew, renewal.is_renewed, Invoice.objects.get().total) == (False, True, 450)
    assert 'can be renewed' not in client.get('/account/').text


def test_who_lapsed_with_nothing_offered_renews_from_the_day_with_the_gap_in_sight(
    today, membership, mo, signed_in
):
    covered_until(membership, -100)
    client = signed_in(mo)

    mine = client.get('/account/').text
    at = client.post(f'/account/memberships/{membership.pk}/renew/').url
    with time_machine.travel(TODAY + timedelta(days=3)):
        page = client.get(at).text
        client.post(at, {'do': 'renew'})

    gap = 'There is a gap from 25 November 2026 to'
    assert f'{gap} 3 March 2027.' in mine
    assert (f'{gap} 6 March 2027.' in page, 'Not renew</h2>' in page) == (True, True)
    term = Renewal.objects.get().term
    assert (term.start, term.end, term.fee) == (date(2027, 3, 7), date(2028, 3, 6), Decimal(450))
    assert list(membership.terms.values_list('start', flat=True)) == [date(2025, 11, 25), date(2027, 3, 7)]


def test_an_offer_that_nobody_paid_moves_to_the_day_on_which_they_renew(today, membership, mo, signed_in):
    covered_until(membership, -100)
    with time_machine.travel(TODAY - timedelta(days=110)):
        renewal = offering.prepare(membership)
        first = offering.renew(renewal, by=mo, po_number='PO-7', attention='Finance')

    with time_machine.travel(TODAY - timedelta(days=50)):
        kept = offering.renew(renewal, by=mo)
    with time_machine.travel(TODAY):
        page = signed_in(mo).get(f'/account/renewals/{renewal.pk}/').text
        second = offering.renew(renewal, by=mo)
        again = offering.renew(renewal, by=mo)
    with time_machine.travel(TODAY + timedelta(days=1)):
        after = offering.renew(renewal, by=mo)

    first.refresh_from_db()
    assert (kept.pk, again.pk, after.pk) == (first.pk, second.pk, second.pk)
    assert 'it is credited, and one for the new term takes its place, with order number PO-7 unless' in page
    assert (first.credit_notes.get().reason, first.replaced_by) == (returning.LAPSED, second)
    assert (second.period_start, second.owed, second.po_number, second.attention) == (
        TODAY,
        Decimal(450),
        'PO-7',
        'Finance',
    )


def test_money_for_a_term_after_a_gap_is_put_to_it_and_its_invoice_is_chased_as_a_first_one(
    today, membership, mo
):
    covered_until(membership, -100)
    invoice = offering.renew(renewable.begin(membership, by=mo), by=mo)

    chased = [
        list(plan.rows(TODAY - timedelta(days=400), TODAY + timedelta(days=400))) for plan in reminders.PLANS
    ]
    with time_machine.travel(TODAY + timedelta(days=20)):
        payments.record(
            membership, by=None, received_on=TODAY + timedelta(days=20), amount=450, to=[(invoice, 450)]
        )
        standing = membership.standing()

    assert chased == [[], [invoice]]
    assert (standing.status, standing.cover_until) == (Status.ACTIVE, date(2028, 3, 3))


def test_where_money_was_put_to_the_old_term_the_office_decides(today, membership, mo, signed_in):
    covered_until(membership, -100)
    with time_machine.travel(TODAY - timedelta(days=110)):
        renewal = offering.prepare(membership)
        invoice = offering.renew(renewal, by=mo)
        payments.record(
            membership, by=None, received_on=TODAY - timedelta(days=110), amount=50, to=[(invoice, 50)]
        )

    answer = signed_in(mo).post(f'/account/renewals/{renewal.pk}/', {'do': 'renew'})

    assert (answer.status_code, renewable.chances(mo)) == (409, [])
    assert f'money was put to invoice {invoice.number}: write to the office' in answer.text


def test_a_renewal_whose_invoice_was_credited_whole_is_called_for_as_its_link_offers_it(
    today, membership, mo, signed_in
):
    covered_until(membership, 30)
    renewal = renewable.begin(membership, by=mo)
    crediting.credit(billing.bill(renewal.term, by=None), by=None, reason='Wrong name')

    with time_machine.travel(TODAY + timedelta(days=30 + 61)):
        lapsed = renewable.chances(mo)
    assert 'can be renewed' in signed_in(mo).get('/account/').text
    assert [chance.renewal for chance in lapsed] == [renewal]
    assert 'Renew for £450.00' in signed_in(mo).get(f'/account/renewals/{renewal.pk}/').text


def test_who_renewed_and_whose_invoice_was_credited_whole_is_reminded_and_may_renew_again(
    today, membership, mo
):
    covered_until(membership, 30)
    renewal = renewable.begin(membership, by=mo)
    crediting.credit(offering.renew(renewal, by=mo), by=None, reason='Wrong name')

    [chance] = renewable.chances(mo)
    due = reminders.OfTerms().rows(TODAY, TODAY + timedelta(days=60))

    assert (chance.renewal, list(due)) == (renewal, [renewal.term])
    assert reminders.OfTerms().why_not(renewal.term, reminders.OfTerms.steps[2], TODAY) == ''
    assert offering.renew(renewal, by=mo).total == 450
    assert renewable.chances(mo) == []


@pytest.mark.parametrize(('ends', 'goes_on'), [(400, True), (31, True), (30, False)])
def test_an_end_hinders_no_term_that_begins_before_it(today, membership, mo, ends, goes_on):
    covered_until(membership, 30)
    leaving.end(membership, by=None, on=TODAY + timedelta(days=ends), why='Its project ends')

    called_for = [chance.membership.pk for chance in renewable.chances(mo)]
    offering.prepare_due(timezone.now())

    assert called_for == ([membership.pk] if goes_on else [])
    assert Renewal.objects.exists() == goes_on
    if goes_on:
        term, step = Renewal.objects.get().term, reminders.OfTerms.steps[1]
        assert reminders.OfTerms().why_not(term, step, TODAY) == ''
        assert [chance.membership.pk for chance in renewable.chances(mo)] == [membership.pk]


def test_who_lapsed_comes_back_before_a_later_end(today, membership, mo):
    covered_until(membership, 30)
    renewal = renewable.begin(membership, by=mo)
    leaving.end(membership, by=None, on=TODAY + timedelta(days=300), why='Its project ends')

    with time_machine.travel(TODAY + timedelta(days=30 + 61)):
        invoice = offering.renew(renewal, by=mo)

    assert invoice.term.start == TODAY + timedelta(days=30 + 61)


def test_the_clock_looks_at_none_that_can_be_offered_nothing(
    today, membership, mo, django_assert_num_queries
):
    covered_until(membership, -100)
    with django_assert_num_queries(1):
        offering.prepare_due(timezone.now())

    covered_until(membership, 300)
    Term.objects.filter(end__gt=TODAY).delete()
    Term.objects.update(start=TODAY - timedelta(days=300), end=TODAY + timedelta(days=30))
    leaving.suspend(membership, by=None, reason='Under review')
    with django_assert_num_queries(1):
        offering.prepare_due(timezone.now())


def test_a_free_membership_that_lapsed_goes_on_at_once(today, membership, mo, signed_in):
    covered_until(membership, -100)
    Category.objects.update(fee=0)

    answer = signed_in(mo).post(f'/account/memberships/{membership.pk}/renew/', follow=True)

    assert 'Thank you: the membership is renewed.' in answer.text
    assert membership.standing().sentence == 'Active until 3 March 2028.'


def test_strangers_find_no_membership_to_renew(today, membership, signed_in):
    covered_until(membership, 30)

    answer = signed_in(make_person('Stranger')).post(f'/account/memberships/{membership.pk}/renew/')

    assert (answer.status_code, Renewal.objects.count()) == (404, 0)


def test_who_answers_for_many_can_begin_each_and_those_that_cannot_take_no_place(
    today, membership, mo, monkeypatch
):
    covered_until(membership, 200)
    both = []
    for name in ('One', 'Two'):
        organisation = make_organisation(name, billing_address='1 High Street\nPerth')
        Office.objects.create(organisation=organisation, person=mo, role='main', since=date(2020, 1, 1))
        both.append(make_membership(organisation, status='none', joined_on=date(2020, 4, 1)))
        covered_until(both[-1], 30)
    monkeypatch.setattr(renewable, 'MOST', 1)

    called_for = [chance.membership.pk for chance in renewable.chances(mo)]
    begun = renewable.begin(both[1], by=mo)

    assert called_for == [both[0].pk]
    assert begun.term.membership_id == both[1].pk


@pytest.mark.parametrize(('pro_rata', 'said'), [(False, True), (True, False)])
def test_a_short_term_for_a_whole_fee_is_said_before_the_button(today, membership, mo, pro_rata, said):
    Category.objects.update(year='fixed', year_begins_month=4, year_begins_day=1, pro_rata=pro_rata)
    covered_until(membership, -100)

    [chance] = renewable.chances(mo)

    assert ('This term ends on 31 March 2027; a full year’s fee is asked.' in chance.to_be.in_words) is said


def test_who_answers_for_more_than_a_page_shows_is_told_and_led_to_all_of_them(
    today, mo, membership, monkeypatch, signed_in
):
    covered_until(membership, 200)
    for name in ('One', 'Two', 'Three'):
        organisation = make_organisation(f'Institute {name}', billing_address='1 High Street\nPerth')
        Office.objects.create(organisation=organisation, person=mo, role='main', since=date(2020, 1, 1))
        covered_until(make_membership(organisation, status='none', joined_on=date(2020, 4, 1)), 30)
    client, shown = signed_in(mo), []
    all_on_one = client.get('/account/').text
    monkeypatch.setattr(renewable, 'MOST', 1)

    address = '/account/'
    while address:
        page = client.get(address)
        shown += [chance.membership.organisation.name for chance in page.context['chances']]
        said = re.search(r'href="([^"]*[?]after=[0-9]+)">Show', page.text)
        address = said and urljoin(address, said[1])
    junk = [client.get('/account/renewals/', {'after': typed}) for typed in ('x', '', '-1', '9' * 40, '²')]

    assert 'Show the others' not in all_on_one
    assert 'can be renewed than are shown here' in client.get('/account/').text
    assert shown == ['Institute One', 'Institute Two', 'Institute Three']
    assert [page.context['chances'][0].membership.organisation.name for page in junk] == ['Institute One'] * 5


def test_the_list_of_renewals_asks_as_much_for_five_as_for_one(
    today, mo, membership, signed_in, django_assert_num_queries
):
    covered_until(membership, 30)
    client = signed_in(mo)
    client.get('/account/renewals/')
    for more in (0, 4):
        for number in range(more):
            organisation = make_organisation(f'Number {number}')
            Office.objects.create(organisation=organisation, person=mo, role='main', since=date(2020, 1, 1))
            covered_until(make_membership(organisation, status='none', joined_on=date(2020, 4, 1)), 30)
        with django_assert_num_queries(9):
            assert len(client.get('/account/renewals/').context['chances']) == 1 + more


def test_what_somebody_answers_for_is_found_without_reading_all_memberships(membership, mo):
    mine = make_membership(mo, status='none', joined_on=date(2024, 4, 1))
    with connection.cursor() as cursor:
        if connection.vendor == 'postgresql':
            cursor.execute('SET LOCAL enable_seqscan = off')  # of two rows it would read all

    theirs = answering.memberships_of(mo)

    plan = theirs.with_status(TODAY).filter(status=Status.LAPSED).order_by().explain()
    assert set(theirs) == {membership, mine}
    assert not re.search(r'Seq Scan on members_membership|SCAN members_membership', plan), plan

"""More seats in the middle of a term: pro rata, with an invoice of their own, and apart from the term's cover."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from members import joining
from members.models import Category, ExtraSeats, Invoice, Organisation
from members.money import billing, crediting, extra_seats, payments, renewing
from members.organisations import offices
from members.places import seats
from members.renewals import offering
from tests.conftest import make_organisation
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed, NotNow
from ukis.society.models import Society

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved_clock():
    with time_machine.travel('2026-11-10T10:00Z') as traveller:
        yield traveller.move_to


@pytest.fixture
def banded(society, author, moved_clock):
    """A membership with two places, to 31 March 2027, on 10 November 2026; the author is its main contact."""
    category = Category.objects.create(
        name='Band',
        holders='organisations',
        fee=1200,
        seats=2,
        extra_seat_fee=120,
        pro_rata=True,
        year='fixed',
    )
    organisation = make_organisation('Board of Bands', billing_address='1 Band Street')
    membership = joining.admit(organisation, by=None, category=category, joined_on=date(2026, 4, 1))
    renewing.add_term(membership, by=None, start=date(2026, 4, 1), end=date(2027, 3, 31), payment='paid')
    offices.appoint(organisation, by=None, person=author, role='main')
    Letter.objects.all().delete()
    return membership


def pay(invoice: Invoice) -> None:
    invoice.refresh_from_db()
    payments.record(
        invoice.membership,
        by=None,
        received_on=date(2026, 11, 10),
        amount=invoice.owed,
        to=[(invoice, invoice.owed)],
    )


def test_they_cost_the_months_that_are_left_and_can_be_used_while_promised(banded, author, moved_clock):
    extra = extra_seats.take(banded, by=author, number=3, taken=0, po_number='PO 7')

    invoice = extra.invoice
    assert (invoice.total, invoice.term, invoice.po_number) == (Decimal('150.00'), None, 'PO 7')
    assert [line.text for line in invoice.lines.all()] == ['3 more places, 10 November 2026 to 31 March 2027']
    assert [one.to for one in Letter.objects.filter(kind='invoice_issued')] == [author]
    assert seats.use(banded).cap == 5
    moved_clock('2026-12-11T10:00Z')  # the promise was for thirty days
    assert seats.use(banded).cap == 2
    pay(invoice)
    assert seats.use(banded).cap == 5


def test_what_becomes_of_them_is_nothing_to_the_term(banded, author):
    extra = extra_seats.take(banded, by=author, number=1, taken=0)
    pay(extra.invoice)

    crediting.credit(Invoice.objects.get(), by=None, reason='Not wanted after all')

    assert seats.use(banded).cap == 2
    assert banded.terms.get().payment == 'paid'
    assert str(ExtraSeats.objects.get().stands) == f'taken back with invoice {extra.invoice.number}'


def test_a_new_invoice_in_place_of_one_keeps_them(banded, author):
    extra = extra_seats.take(banded, by=author, number=1, taken=0)

    new = crediting.reissue(extra.invoice, by=None, reason='Another address')

    assert ExtraSeats.objects.get().invoice == new
    assert seats.use(banded).cap == 3


def test_a_second_tab_takes_none_twice(banded, author):
    extra_seats.take(banded, by=author, number=1, taken=0)

    with pytest.raises(NotNow, match='since you opened this page'):
        extra_seats.take(banded, by=author, number=1, taken=0)

    assert seats.use(banded).cap == 3


def test_the_next_term_is_offered_with_them(banded, author, moved_clock):
    extra_seats.take(banded, by=author, number=1, taken=0)
    pay(Invoice.objects.get())
    moved_clock('2027-02-10T10:00Z')
    renewal = offering.prepare(banded)
    assert (renewal.term.seats, renewal.term.fee) == (3, Decimal('1320.00'))

    extra_seats.take(banded, by=author, number=2, taken=1)

    renewal.term.refresh_from_db()
    assert (renewal.term.seats, renewal.term.fee) == (5, Decimal('1560.00'))


def test_what_is_taken_back_is_not_offered_again(banded, author, moved_clock):
    moved_clock('2027-02-10T10:00Z')
    renewal = offering.prepare(banded)
    extra = extra_seats.take(banded, by=author, number=2, taken=0)

    crediting.void(extra.invoice, by=None, why='Not wanted after all')

    renewal.term.refresh_from_db()
    assert (renewal.term.seats, renewal.term.fee) == (2, Decimal('1200.00'))


def offered(renewal) -> tuple[int, Decimal]:
    renewal.term.refresh_from_db()
    return renewal.term.seats, renewal.term.fee


def test_where_the_promise_runs_out_the_next_term_is_offered_without_them_until_they_are_paid(
    banded, author, moved_clock
):
    moved_clock('2027-02-10T10:00Z')
    renewal = offering.prepare(banded)
    extra = extra_seats.take(banded, by=author, number=2, taken=0)
    before, told = offered(renewal), []

    for day in ('2027-03-12', '2027-03-13', '2027-03-13'):  # promised until the twelfth
        moved_clock(f'{day}T10:00Z')
        extra_seats.follow_promises(timezone.now())
        told.append(offered(renewal))
    pay(extra.invoice)
    paid = offered(renewal)
    extra_seats.follow_promises(timezone.now())

    assert before == told[0] == paid == offered(renewal) == (4, Decimal('1440.00'))
    assert told[1:] == [(2, Decimal('1200.00'))] * 2


def test_once_somebody_has_answered_the_offer_stays_as_it_was_answered(banded, author, moved_clock):
    moved_clock('2027-02-10T10:00Z')
    renewal = offering.prepare(banded)
    extra_seats.take(banded, by=author, number=2, taken=0)
    offering.renew(renewal, by=author)

    moved_clock('2027-03-13T10:00Z')
    extra_seats.follow_promises(timezone.now())

    assert offered(renewal) == (4, Decimal('1440.00'))


def test_one_drawn_up_front_gives_way_to_one_with_them_and_to_one_without(banded, author, moved_clock):
    moved_clock('2027-02-10T10:00Z')
    renewal = offering.prepare(banded)
    first = billing.bill(renewal.term, by=None, up_front=True)

    extra = extra_seats.take(banded, by=author, number=2, taken=0)
    second = Invoice.objects.get(replaces=first)
    crediting.void(extra.invoice, by=None, why='Not wanted after all')
    third = Invoice.objects.get(replaces=second)

    assert [(one.total, one.is_unagreed) for one in (second, third)] == [(1440, True), (1200, True)]
    assert '4 places' in second.lines.get().text
    assert list(Invoice.objects.unagreed()) == [third]
    assert offered(renewal) == (2, Decimal('1200.00'))


@pytest.mark.parametrize('day', ['2027-02-10', '2027-04-10'])
@pytest.mark.parametrize('drawn', [True, False])
def test_another_category_offers_the_next_term_at_its_own_fee_and_places(banded, day, drawn, moved_clock):
    moved_clock('2027-02-10T10:00Z')
    renewal = offering.prepare(banded)
    first = billing.bill(renewal.term, by=None, up_front=True) if drawn else None
    wide = Category.objects.create(name='Wide', holders='organisations', fee=2000, seats=7, year='fixed')
    moved_clock(f'{day}T10:00Z')

    joining.correct(banded, by=None, category=wide)

    assert offered(renewal) == (7, Decimal('2000.00'))
    if drawn:
        [invoice] = Invoice.objects.unagreed()
        assert (invoice.replaces, invoice.total) == (first, 2000)
        assert 'Wide' in invoice.lines.get().text


def test_another_category_leaves_what_was_answered_as_it_was_answered(banded, author, moved_clock):
    moved_clock('2027-02-10T10:00Z')
    renewal = offering.prepare(banded)
    offering.renew(renewal, by=author)
    wide = Category.objects.create(name='Wide', holders='organisations', fee=2000, seats=7)

    joining.correct(banded, by=None, category=wide)

    assert offered(renewal) == (2, Decimal('1200.00'))


def test_an_offer_whose_invoice_was_credited_whole_is_made_with_them_again(banded, author, moved_clock):
    moved_clock('2027-02-10T10:00Z')
    renewal = offering.prepare(banded)
    billing.bill(renewal.term, by=None, up_front=True)
    offering.refuse(renewal, by=author)
    offering.reconsider(renewal, by=author)

    extra_seats.take(banded, by=author, number=2, taken=0)

    assert offered(renewal) == (4, Decimal('1440.00'))
    assert offering.renew(renewal, by=author).total == 1440


def test_places_that_the_category_gives_by_now_anyway_are_not_taken_off_its_own(banded, author, moved_clock):
    moved_clock('2027-02-10T10:00Z')
    extra_seats.take(banded, by=author, number=2, taken=0)
    Category.objects.update(seats=5)
    renewal = offering.prepare(banded)

    moved_clock('2027-03-13T10:00Z')
    extra_seats.follow_promises(timezone.now())

    assert offered(renewal) == (5, Decimal('1200.00'))


def test_what_was_credited_is_not_asked_for_anew(banded, author):
    extra = extra_seats.take(banded, by=author, number=2, taken=0)
    crediting.credit(extra.invoice, by=None, reason='One will do', amount=Decimal(50))

    new = crediting.reissue(Invoice.objects.get(), by=None, reason='Another address')

    assert (extra.invoice.total, new.total) == (Decimal('100.00'), Decimal('50.00'))


def test_where_none_can_be_had_a_sentence_says_why(banded, author, moved_clock, stranger, signed_in):
    with pytest.raises(NotAllowed):
        extra_seats.take(banded, by=stranger, number=1, taken=0)
    moved_clock('2027-04-10T10:00Z')
    with pytest.raises(NotNow, match='renew first'):
        extra_seats.take(banded, by=author, number=1, taken=0)
    Category.objects.update(extra_seat_fee=None)
    with pytest.raises(NotNow, match='no more places than come with it'):
        extra_seats.take(banded, by=author, number=1, taken=0)
    page = signed_in(author).get(reverse('seats_more', args=[banded.organisation_id]), follow=True)
    assert 'no more places than come with it' in page.content.decode()


def test_where_they_are_free_they_are_there_at_once(banded, author):
    Category.objects.update(extra_seat_fee=0)

    extra = extra_seats.take(banded, by=author, number=1, taken=0)

    assert (extra.invoice, extra.stands, seats.use(banded).cap) == (None, 'free, and there to be used', 3)


def test_a_main_contact_takes_some_on_the_page(banded, author, signed_in):
    client, page = signed_in(author), reverse('seats_more', args=[banded.organisation_id])
    assert 'Each costs £50 until 31 March 2027.' in client.get(page).content.decode()

    refused = client.post(page, {'number': '0', 'taken': '0'})
    answer = client.post(page, {'number': '2', 'taken': '0', 'po_number': 'A1'}, follow=True)

    assert refused.status_code == 422
    shown = answer.content.decode()
    assert '0 of 4</strong> places used' in shown
    assert '2 more places: there to be used until 10 December 2026' in shown


def test_what_each_costs_is_said_with_its_vat(banded, author, signed_in):
    Category.objects.update(vat='standard', vat_why='Benefits')
    Society.objects.update(vat_number='GB 123 4567 89', vat_rate=20)

    shown = signed_in(author).get(reverse('seats_more', args=[banded.organisation_id])).text

    assert 'Each costs £50 and £10 VAT: £60 in all until 31 March 2027.' in shown
    assert extra_seats.take(banded, by=author, number=1, taken=0).invoice.total == Decimal(60)


def test_staff_give_some_from_the_membership(banded, secretary, signed_in):
    client, term = signed_in(secretary), banded.terms.get()
    page = reverse('admin:money_move', args=['term', term.pk, 'more-seats'])
    seen = client.get(page).context['form'].stands

    client.post(page, {'number': '1', 'seen': seen})
    again = client.post(page, {'number': '1', 'seen': seen})

    assert again.status_code == 409
    assert seats.use(banded).cap == 3


def test_where_no_address_for_invoices_is_held_whoever_takes_places_writes_it(banded, author, signed_in):
    client, page = signed_in(author), reverse('seats_more', args=[banded.organisation_id])
    held = client.get(page).text
    Organisation.objects.update(billing_address='')

    asked = client.get(page).text
    without = client.post(page, {'number': '1', 'taken': '0'})
    taken = client.post(page, {'number': '1', 'taken': '0', 'address': '2 Band Street\r\nLeeds'})

    assert ('Address for invoices' in held, 'Address for invoices' in asked) == (False, True)
    assert (without.status_code, 'Write an address' in without.text) == (422, True)
    assert taken.status_code == 302
    assert Invoice.objects.get().payer_address == '2 Band Street\nLeeds'
    with pytest.raises(NotNow, match='Open this page again, and write it'):
        Organisation.objects.update(billing_address='')
        extra_seats.take(banded, by=author, number=1, taken=1)

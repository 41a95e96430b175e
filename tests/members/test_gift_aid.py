"""Gift Aid: declared in words that are kept, claimed once by the day of receipt, and given back where money went."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from members import joining
from members.models import Category, GiftAidClaim, GiftAidDeclaration, Invoice, Payment
from members.money import billing, crediting, gift_aid, payments, renewing
from tests.conftest import fill_in, make_person
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db
HOME = {
    'title': 'Dr',
    'given_names': 'Mia',
    'family_name': 'Ap-Rhys',
    'house': '12',
    'address': 'Quiet Lane, Cardiff',
    'postcode': 'cf101aa',
}


@pytest.fixture
def at():
    with time_machine.travel('2026-11-10T10:00Z') as traveller:
        yield traveller.move_to


@pytest.fixture
def mia(society, at):
    """A member of her own, who has been sent an invoice of £80."""
    person = make_person('Mia Ap-Rhys', postal_address='12 Quiet Lane')
    category = Category.objects.create(
        name='Individual',
        holders='people',
        fee=80,
        gift_aid=True,
        gift_aid_why='Buys no more than membership',
    )
    membership = joining.admit(person, by=None, category=category, joined_on=date(2026, 11, 1))
    term = renewing.add_term(membership, by=None, start=date(2026, 11, 1), end=date(2027, 10, 31))
    billing.bill(term, by=None)
    return person


def declared(person, **more) -> GiftAidDeclaration:
    given = {**HOME, 'postcode': gift_aid.postcode(HOME['postcode']), **more}
    return gift_aid.declare(person, by=person, form='online', **given)


def pay(person, amount: int, on: date, **more):
    invoice = person.memberships.get().invoices.get()
    return payments.record(
        invoice.membership,
        by=None,
        received_on=on,
        amount=Decimal(amount),
        to=[(invoice, Decimal(amount))],
        **{'own_money': True, **more},
    )


def claimed(secretary) -> list[list[str]]:
    claim = gift_aid.claim(by=secretary, seen=gift_aid.mark(gift_aid.claimable()))
    return list(gift_aid.schedule(gift_aid.lines_of(claim)))


def test_a_payment_is_claimed_once_in_the_columns_of_the_tax_office(mia, secretary):
    declared(mia)
    pay(mia, 50, date(2026, 11, 10))

    assert claimed(secretary) == [['Dr', 'Mia', 'Ap Rhys', '12', 'CF10 1AA', '', '', '10/11/26', '50.00']]
    with pytest.raises(NotNow, match='nothing to claim'):
        gift_aid.claim(by=secretary, seen=gift_aid.mark([]))


@pytest.mark.parametrize(
    ('why_not', 'on', 'own_money', 'covers_from'),
    [
        ('received before the declaration', date(2026, 11, 9), True, date(2026, 11, 10)),
        ('an employer paid it', date(2026, 11, 10), False, date(2026, 11, 10)),
        ('nobody has said whose it was', date(2026, 11, 10), None, date(2026, 11, 10)),
    ],
)
def test_what_is_not_claimed(mia, why_not, on, own_money, covers_from):
    declared(mia, covers_from=covers_from)
    pay(mia, 50, on, own_money=own_money)

    assert gift_aid.claimable() == []


@pytest.mark.parametrize(('typed', 'own', 'asked'), [(None, None, 1), ('own', True, 0), ('other', False, 0)])
def test_nothing_is_said_beforehand_of_whose_money_it_was(mia, secretary, signed_in, typed, own, asked):
    declared(mia)
    client = signed_in(secretary)
    at = reverse('admin:money_move', args=['invoice', Invoice.objects.get().pk, 'record'])
    said = {'own_money': typed} if typed else {}

    fill_in(client, at, received_on='10 November 2026', amount='80', method='transfer', **said)

    assert (Payment.objects.get().own_money, gift_aid.not_said().count()) == (own, asked)


def test_a_declaration_reaches_back_four_years_and_ends_on_the_day_it_is_cancelled(mia, at):
    with pytest.raises(NotNow, match='4 years'):
        declared(mia, covers_from=date(2022, 11, 9))
    declared(mia, covers_from=date(2022, 11, 10))
    pay(mia, 20, date(2026, 11, 9))
    at('2026-11-12T10:00Z')
    pay(mia, 20, date(2026, 11, 12))
    gift_aid.cancel(mia, by=mia)
    gift_aid.cancel(mia, by=mia)

    assert [row.payment.received_on for row in gift_aid.claimable()] == [date(2026, 11, 9)]


def test_what_went_back_after_a_claim_is_an_adjustment(mia, secretary):
    declared(mia)
    pay(mia, 80, date(2026, 11, 10))
    claimed(secretary)

    crediting.credit(mia.memberships.get().invoices.get(), by=None, reason='Too much', amount=Decimal(30))

    [row] = gift_aid.claimable()
    assert (row.amount, row.is_adjustment) == (Decimal('-30.00'), True)
    assert claimed(secretary) == []
    last = gift_aid.lines_of(GiftAidClaim.objects.get(number=2))
    assert list(gift_aid.adjustments(last)) == [[2, 'Mia Ap-Rhys', date(2026, 11, 10), Decimal('30.00')]]
    assert gift_aid.claimable() == []


def test_an_invoice_issued_anew_claims_nothing_twice(mia, secretary):
    declared(mia)
    pay(mia, 50, date(2026, 11, 10))
    claimed(secretary)

    crediting.reissue(mia.memberships.get().invoices.get(), by=None, reason='Another address')

    assert gift_aid.claimable() == []


def test_a_declaration_that_was_a_slip_covers_nothing(mia):
    declared(mia, covers_from=date(2022, 11, 10))
    declared(mia)
    pay(mia, 20, date(2026, 11, 9))

    assert gift_aid.claimable() == []


def test_a_payment_taken_back_goes_back_whole(mia, secretary):
    declared(mia)
    payment = pay(mia, 80, date(2026, 11, 10))
    claimed(secretary)

    payments.take_back(payment, by=None, why='Recalled')

    assert [row.amount for row in gift_aid.claimable()] == [Decimal('-80.00')]


def test_what_goes_back_more_than_four_years_after_it_came_is_an_adjustment_too(mia, secretary, at):
    declared(mia)
    payment, stays = pay(mia, 50, date(2026, 11, 10)), pay(mia, 30, date(2026, 11, 10))
    claimed(secretary)
    at('2031-01-10T10:00Z')

    payments.take_back(payment, by=None, why='Recalled')

    assert [(row.payment, row.amount) for row in gift_aid.claimable()] == [(payment, Decimal('-50.00'))]
    claimed(secretary)
    assert gift_aid.claimable() == []
    crediting.credit(mia.memberships.get().invoices.get(), by=None, reason='Too much', amount=Decimal(60))
    assert [(row.payment, row.amount) for row in gift_aid.claimable()] == [(stays, Decimal('-10.00'))]


def test_a_category_that_no_longer_qualifies_takes_nothing_back(mia, secretary):
    declared(mia)
    pay(mia, 40, date(2026, 11, 10))
    claimed(secretary)
    Category.objects.update(gift_aid=False)
    pay(mia, 40, date(2026, 11, 10))

    assert gift_aid.claimable() == []


def test_what_came_since_somebody_looked_is_looked_at_first(mia, secretary):
    declared(mia)
    pay(mia, 40, date(2026, 11, 10))
    seen = gift_aid.mark(gift_aid.claimable())
    pay(mia, 40, date(2026, 11, 10))

    with pytest.raises(NotNow, match='since you looked'):
        gift_aid.claim(by=secretary, seen=seen)


def test_other_payments_of_the_same_sum_are_not_what_somebody_saw(mia, secretary):
    declared(mia)
    first, second, _ = (pay(mia, 20, date(2026, 11, 10)) for _ in 'abc')
    payments.say_whose(second, by=None, own_money=False)
    seen = gift_aid.mark(gift_aid.claimable())

    payments.say_whose(first, by=None, own_money=False)
    payments.say_whose(second, by=None, own_money=True)

    with pytest.raises(NotNow, match='since you looked'):
        gift_aid.claim(by=secretary, seen=seen)


@pytest.mark.parametrize(
    ('typed', 'kept'), [('cf101aa', 'CF10 1AA'), (' eh1  1yz ', 'EH1 1YZ'), ('w1a0ax', 'W1A 0AX'), ('x', 'X')]
)
def test_a_postcode_stands_as_the_tax_office_wants_it(typed, kept):
    assert gift_aid.postcode(typed) == kept


def test_a_member_declares_and_cancels_on_a_page_of_their_own(mia, society, signed_in, stranger):
    client, page = signed_in(mia), reverse('gift_aid')
    assert signed_in(stranger).get(page).status_code == 403

    wrong = client.post(page, {**HOME, 'postcode': 'somewhere', 'since': 'past'})
    client.post(page, {**HOME, 'since': 'past', 'agrees': 'on'})
    kept = GiftAidDeclaration.objects.get()
    client.post(page, {'cancel': '1'})

    assert wrong.status_code == 422
    assert 'Write a postcode such as' in wrong.content.decode()
    assert (kept.postcode, kept.covers_from, kept.form) == ('CF10 1AA', date(2022, 11, 10), 'online')
    assert kept.wording.startswith(f'I want {society.name} to claim Gift Aid')
    assert GiftAidDeclaration.objects.get().cancelled_on == date(2026, 11, 10)


def test_staff_claim_on_a_page_and_take_the_table_away(mia, secretary, signed_in):
    client = signed_in(secretary)
    client.post(reverse('admin:gift_aid_paper', args=[mia.pk]), {**HOME, 'since': 'today', 'agrees': 'on'})
    pay(mia, 80, date(2026, 11, 10))
    page = client.get(reverse('admin:gift_aid'))

    twice = [client.post(reverse('admin:gift_aid'), {'seen': page.context['seen']}).status_code for _ in 'ab']
    table = b''.join(client.get(reverse('admin:gift_aid_table', args=[1, 'gifts']))).decode('utf-8-sig')

    assert twice == [302, 409]
    assert GiftAidDeclaration.objects.get().form == 'paper'
    assert table.splitlines()[1] == 'Dr,Mia,Ap Rhys,12,CF10 1AA,,,10/11/26,80.00'

"""Money for a renewal that nobody pressed: the invoice is drawn for it, in the same move, whoever records it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from members.models import (
    Allocation,
    BankImport,
    Category,
    CategoryPart,
    Invoice,
    Membership,
    Numbers,
    Payment,
    Renewal,
    Term,
)
from members.money import bank, copies, documents, invoicing, numbering, payments, renewing, taking_up
from members.money.bank import Choice
from members.renewals import offering
from tests.conftest import form_of, make_membership, make_organisation
from tests.members.test_renewal import ENDS, live_through, membership, moment, offered, page_of, sent  # noqa: F401  # fixtures
from tests.pdf_text import text_of
from ukis.letters.models import Letter
from ukis.refusals import NotNow
from ukis.society.models import Society

pytestmark = pytest.mark.django_db
DAY = date(2027, 2, 3)
RENEWS = 'renews Institute of Łódź (1001) to 31 March 2028, £450.00: draws an invoice'


@pytest.fixture
def waiting(offered):  # noqa: F811
    """The renewal of membership 1001 for £450, which nobody has answered, on 3 February 2027."""
    with time_machine.travel(moment(DAY)):
        yield offered


def taken(by, *lines: tuple[str, str], day: date = DAY) -> BankImport:
    written = ''.join(f'{day:%d/%m/%Y},{text},{amount}\n' for amount, text in lines)
    return bank.take(f'Date,Description,Amount\n{written}'.encode(), by=by, file_name='feb.csv')


def proposals(row: BankImport) -> list[bank.Proposal]:
    return bank.propose(list(row.lines.all()))


def as_proposed(row: BankImport) -> list[Choice]:
    return [
        Choice(one.line, [(put.to, put.amount) for put in one.puts], one.membership) for one in proposals(row)
    ]


def term_of(renewal: Renewal) -> Term:
    return Term.objects.get(pk=renewal.term_id)


@pytest.mark.parametrize(
    ('amount', 'text', 'found'),
    [
        ('450.00', 'INST OF LODZ 1001', ('ready', RENEWS, [Decimal(450)])),
        ('450.00', 'm0001001', ('ready', RENEWS, [Decimal(450)])),
        ('400.00', 'MEMBER 1001', ('proposed', RENEWS, [Decimal(400)])),
        ('460.00', '1001', ('proposed', RENEWS, [Decimal(450)])),
        ('450.00', 'INSTITUTE OF LODZ', ('proposed', RENEWS, [Decimal(450)])),
        ('450.00', 'WHO KNOWS', ('nobody’s', '', [])),
    ],
)
def test_number_and_fee_agree_or_a_person_decides(waiting, secretary, amount, text, found):
    [one] = proposals(taken(secretary, (amount, text)))

    assert (one.verdict, one.target, [put.amount for put in one.puts]) == found


def test_a_fee_in_parts_is_found_by_name_and_amount_and_long_past_offers_do_not_hide_it(
    waiting, secretary, monkeypatch
):
    Society.objects.update(vat_number='GB 123 4567 89')
    Category.objects.update(vat='split', vat_why='So the treasurer')
    for wording, amount, vat in (('membership', '333.33', 'exempt'), ('handbook', '116.67', 'standard')):
        CategoryPart.objects.create(category=Category.objects.get(), wording=wording, amount=amount, vat=vat)
    old = make_membership(make_organisation('Lapsed'), status='none')
    ago = date(2020, 4, 1)
    term = renewing.add_term(old, by=None, start=ago, end=date(2021, 3, 31), fee=Decimal(450))
    Renewal.objects.create(term=term, prepared_at=moment(DAY))
    monkeypatch.setattr('members.money.bank.targets.AT_MOST', 1)

    [one] = proposals(taken(secretary, ('473.33', 'INSTITUTE OF LODZ')))

    assert (one.verdict, [put.amount for put in one.puts]) == ('proposed', [Decimal('473.33')])


def test_a_number_that_may_be_a_year_or_another_invoice_is_for_a_person(waiting, secretary):
    Membership.objects.update(number=2027)
    row = taken(secretary, ('450', 'SUBSCRIPTION 2027'))
    [year] = proposals(row)
    Membership.objects.update(number=2500)
    number = offering.renew(waiting, by=None).number
    Membership.objects.update(number=number)
    [same] = proposals(taken(secretary, ('450', f'INV {number}')))

    assert (year.verdict, year.why) == (
        'proposed',
        'The number may be a year or a day as well; the amount agrees.',
    )
    assert (same.verdict, same.target) == ('ready', f'Invoice {number}, Institute of Łódź, £450.00 owed')
    assert [numbering.telling_from(one) for one in (1002, 1900, 10_001)] == [1002, 2100, 100_000]


def test_a_payment_by_the_banks_file_renews_and_ends_the_reminders(waiting, secretary):
    page, row = page_of(waiting), taken(secretary, ('450', 'INST OF LODZ 1001'), ('450', 'again 1001'))
    [_, second] = proposals(row)
    assert second.why.startswith('The renewal to 31 March 2028 is paid by line 2 of this file.')

    for _ in range(2):
        bank.confirm(row, by=secretary, choices=[as_proposed(row)[0]] if row.is_open else [])
        row.refresh_from_db()

    invoice = Invoice.objects.get()
    assert (invoice.term, invoice.owed, term_of(waiting).payment) == (waiting.term, 0, 'paid')
    assert [kind for kind, name in sent() if name == 'Bo Billing'] == ['renewal_offered', 'payment_in_full']
    assert (
        'By this payment the membership is renewed for 1 April 2027'
        in Letter.objects.get(kind='payment_in_full', to_name='Bo Billing').body
    )
    assert 'Nothing is owed for this term: it is paid.' in Client().get(page).text
    live_through(DAY + timedelta(days=1), ENDS + timedelta(days=30), every=5)
    assert [kind for kind, name in sent() if name == 'Mo Main'] == ['renewal_offered']


def test_a_part_of_the_fee_draws_the_invoice_too_and_the_rest_is_asked_for(waiting, secretary):
    row = taken(secretary, ('400', '1001'))

    bank.confirm(row, by=secretary, choices=as_proposed(row))

    invoice = Invoice.objects.get()
    assert (invoice.owed, term_of(waiting).payment) == (50, 'part-paid')
    assert [kind for kind, name in sent() if name == 'Bo Billing'][1:] == ['payment_in_part']
    assert offering.renew(waiting, by=None, po_number='PO-1') == invoice
    live_through(ENDS - timedelta(days=31), ENDS - timedelta(days=29))
    body = Letter.objects.get(kind='renewal_in_30_days', to_name='Mo Main').body
    assert 'You have renewed it; a part of the payment has not reached us yet.' in body
    assert f'Invoice {invoice.number}: £50.00 is owed' in body


def test_undoing_the_import_credits_what_was_drawn_and_the_renewal_waits_again(waiting, secretary, signed_in):
    row = taken(secretary, ('450', '1001'))
    bank.confirm(row, by=secretary, choices=as_proposed(row))
    invoice = Invoice.objects.get()

    shown = signed_in(secretary).get(reverse('admin:bank_undo', args=[row.pk])).text
    bank.undo(row, by=secretary, why='Another Society’s money.')

    invoice.refresh_from_db()
    assert f'What was drawn for this money is credited, unless somebody has renewed since: {invoice}' in shown
    assert (invoice.is_credited_whole, term_of(waiting).payment, Payment.objects.get().left) == (
        True,
        'unpaid',
        0,
    )
    live_through(ENDS - timedelta(days=31), ENDS - timedelta(days=29))
    assert [kind for kind, name in sent() if name == 'Mo Main'][-1] == 'renewal_in_30_days'
    [again] = proposals(taken(secretary, ('450', '1001')))
    assert (again.verdict, again.target) == ('ready', RENEWS)


def test_undoing_leaves_the_invoice_of_whoever_renewed_since_and_names_other_money(waiting, secretary):
    row = taken(secretary, ('200', '1001'))
    bank.confirm(row, by=secretary, choices=as_proposed(row))
    invoice = offering.renew(waiting, by=None)
    payments.record(
        invoice.membership, by=None, received_on=DAY, amount=Decimal(20), to=[(invoice, Decimal(20))]
    )

    with pytest.raises(
        NotNow, match=rf'{invoice}, .* was drawn for it, and £20.00 of other money is put to that'
    ):
        bank.undo(row, by=secretary, why='Wrong.')

    payments.take_back(Payment.objects.get(amount=20), by=None, why='Recalled.')
    bank.undo(row, by=secretary, why='Wrong.')
    invoice.refresh_from_db()
    assert (invoice.owed, term_of(waiting).payment) == (450, 'unpaid')


def test_money_that_came_when_the_membership_was_over_waits_for_staff(waiting, secretary):
    late = ENDS + timedelta(days=70)
    with time_machine.travel(moment(late)):
        row = taken(secretary, ('450', '1001'), day=late)
        [one] = proposals(row)
        bank.confirm(row, by=secretary, choices=as_proposed(row))

    assert one.why.startswith('On 9 June 2027 the membership was over already. Choose: the old days')
    assert (one.verdict, Invoice.objects.count(), Payment.objects.get().left) == ('proposed', 0, 450)


def test_without_an_address_nothing_is_drawn_and_the_preview_says_so(waiting, secretary):
    type(waiting.term.membership.organisation).objects.update(billing_address='')

    [one] = proposals(taken(secretary, ('450', '1001')))

    assert (one.verdict, one.puts) == ('proposed', [])
    assert one.why.startswith('Institute of Łódź has no address for invoices: write it on their page')


def test_a_membership_s_number_that_staff_type_renews_it(waiting, secretary, signed_in):
    client, row = signed_in(secretary), taken(secretary, ('450', 'WHO KNOWS'))
    page = client.get(reverse('admin:bank_import', args=[row.pk]))

    client.post(page.request['PATH_INFO'], form_of(page) | {f'other-{row.lines.get().pk}': '1001'})

    assert (Invoice.objects.get().owed, term_of(waiting).payment) == (0, 'paid')


def test_staff_who_record_a_payment_for_the_term_draw_its_invoice(waiting, secretary, signed_in):
    client, term = signed_in(secretary), waiting.term
    at = reverse('admin:money_move', args=['term', term.pk, 'record'])
    page = client.get(at)
    assert form_of(page)['amount'] == Decimal(450)

    typed = form_of(page) | {'received_on': '2 February 2027', 'amount': '470', 'method': 'transfer'}
    answer = client.post(at, typed, follow=True)
    again = client.post(at, typed)

    invoice = Invoice.objects.get()
    assert f'{invoice} is drawn, £450.00 is put to it' in answer.text
    assert '£20.00 stays the payer’s balance.' in answer.text
    assert (again.status_code, Payment.objects.count(), Allocation.objects.get().took_up) == (409, 1, True)


def test_a_refusal_after_the_money_and_money_after_a_refusal(waiting, secretary):
    row = taken(secretary, ('450', '1001'))
    choices = as_proposed(row)
    offering.refuse(waiting, by=None)

    with pytest.raises(NotNow, match=r'1001”: The term 1 April 2027 to 31 March 2028 is void'):
        bank.confirm(row, by=secretary, choices=choices)

    assert (Payment.objects.count(), Invoice.objects.count(), Numbers.objects.count()) == (0, 0, 0)
    offering.reconsider(waiting, by=None)
    bank.confirm(row, by=secretary, choices=choices)
    with pytest.raises(NotNow, match='Money was put to invoice'):
        offering.refuse(waiting, by=None)


def at_once(*acts):
    """Two threads, each with its connection; of each act '' or the refusal, in words."""

    def act(what) -> str:
        try:
            what()
        except NotNow as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ''

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize('other', ['renew', 'refuse', 'record'])
def test_two_at_once_draw_one_invoice_or_none(waiting, secretary, other):
    row = taken(secretary, ('450', '1001'))
    choices = as_proposed(row)
    acts = {
        'renew': lambda: offering.renew(waiting, by=None),
        'refuse': lambda: offering.refuse(waiting, by=None),
        'record': lambda: taking_up.record_for(
            waiting.term, by=secretary, amount=Decimal(450), received_on=DAY
        ),
    }

    by_file, beside = at_once(lambda: bank.confirm(row, by=secretary, choices=choices), acts[other])

    payment = term_of(waiting).payment
    assert Invoice.objects.count() == (0 if payment == 'void' else 1)
    match other:
        case 'renew':
            assert (by_file, payment, Payment.objects.count()) == ('', 'paid', 1)
        case 'refuse':
            assert bool(by_file) != bool(beside)
            assert (payment, Payment.objects.count()) == (('void', 0) if by_file else ('paid', 1))
        case 'record':
            assert (payment, Allocation.objects.count()) == ('paid', 1)
            assert Category.objects.count() == 1


def test_the_first_paper_of_one_that_money_drew_is_the_one_that_went_with_the_receipt(waiting):
    taking_up.record_for(term_of(waiting), by=None, amount=Decimal(400), received_on=DAY)
    went = documents.of_invoice(Invoice.objects.get())
    payments.record_for(Invoice.objects.get(), by=None, amount=Decimal(20), received_on=DAY)

    invoice = invoicing.complete(Invoice.objects.get(), by=None, po_number='PO-7', attention='')

    first, completed = copies.of(invoice)
    assert text_of(documents.of_copy(first.row)) == text_of(went)
    assert (first.row.paid, completed.row.paid) == (400, 420)

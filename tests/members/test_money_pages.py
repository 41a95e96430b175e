"""The treasurer's pages: each act is asked for, done once, told by letter; and the documents, for those whose they are."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse

from members.models import Category, CreditNote, Invoice, Office, Payment, Term
from members.money import billing, crediting, paper, payments, renewing
from tests.conftest import form_of, letters_leave, make_membership, make_organisation, make_person
from ukis import days
from ukis.letters.models import Letter

pytestmark = pytest.mark.usefixtures('society')


@pytest.fixture(scope='module', autouse=True)
def _type():
    """Made before any test: a database waits for nobody who does something else in a transaction."""
    import fpdf  # noqa: F401

    paper.bold()


@pytest.fixture
def term():
    Category.objects.create(name='Organisation', holders='organisations', fee=450, seats=10)
    organisation = make_organisation('Instytut Łódź', billing_address='1 High Street\nPerth')
    billing_contact = make_person('Bea Billing')
    Office.objects.create(organisation=organisation, person=billing_contact, role=Office.Role.BILLING)
    membership = make_membership(organisation, status='none')
    return renewing.add_term(membership, by=None, start=days.today(), end=days.today() + timedelta(days=364))


@pytest.fixture
def desk(secretary, signed_in):
    return signed_in(secretary)


def move(kind, row, name):
    return reverse('admin:money_move', args=[kind, row.pk, name])


def page_of(row):
    return reverse(f'admin:members_{row._meta.model_name}_change', args=[row.pk])


def test_a_treasurer_bills_records_two_parts_writes_off_and_credits(desk, term, django_assert_num_queries):
    assert move('term', term, 'bill') in desk.get(page_of(term.membership)).text
    sent = form_of(desk.get(move('term', term, 'bill'))) | {'po_number': 'PO-7'}
    answer = desk.post(move('term', term, 'bill'), sent, follow=True)
    invoice = Invoice.objects.get()
    assert 'Invoice 10001 for £450.00 is issued' in answer.text
    assert f'£450.00 of £450.00 is owed, due on {days.in_words(invoice.due_on)}.' in answer.text

    record = move('invoice', invoice, 'record')
    sent = form_of(desk.get(record)) | {
        'received_on': str(days.today()),
        'amount': '200',
        'method': 'transfer',
    }
    assert desk.post(record, sent).status_code == 302
    again = desk.post(record, sent)
    assert again.status_code == 409
    assert 'Somebody changed it since you opened this page.' in again.text
    assert Payment.objects.count() == 1

    sent = form_of(desk.get(record)) | {
        'received_on': str(days.today()),
        'amount': '248.50',
        'method': 'transfer',
    }
    desk.post(record, sent)
    off = move('invoice', invoice, 'write-off')
    answer = desk.post(off, form_of(desk.get(off)) | {'reason': 'The bank kept it'}, follow=True)
    assert 'Paid, settled on' in answer.text
    assert Term.objects.get().payment == 'paid'
    with django_assert_num_queries(19):
        desk.get(page_of(invoice))

    credit = move('invoice', invoice, 'credit')
    answer = desk.post(
        credit, form_of(desk.get(credit)) | {'amount': '100', 'reason': 'Fewer people'}, follow=True
    )
    assert 'Credit note 80001 for £100.00 is issued' in answer.text
    assert '£98.50 is put to no invoice.' in answer.text
    back = page_of(Payment.objects.order_by('pk').last())
    assert 'Record what was sent back' in desk.get(back).text


def test_each_letter_goes_to_who_looks_after_money_with_its_pdf(desk, term, secretary):
    invoice = billing.bill(term, by=secretary)
    letters_leave()
    payments.record(
        invoice.membership,
        by=secretary,
        received_on=days.today(),
        amount=Decimal(200),
        to=[(invoice, Decimal(200))],
    )
    letters_leave()
    payment = payments.record(
        invoice.membership,
        by=secretary,
        received_on=days.today(),
        amount=Decimal(300),
        to=[(invoice, Decimal(250))],
    )
    letters_leave()
    payments.take_back(payment, by=secretary, why='The bank recalled it')
    letters_leave()

    told = [(one.subject, one.to, [file.filename for file in one.attachments]) for one in mail.outbox]
    bea = ['Bea Billing <' + Office.objects.get().person.email + '>']
    pdf = ['invoice-10001.pdf']
    assert told[:4] == [
        ('Invoice 10001 from UK Implementation Society', bea, pdf),
        ('Invoice 10001: £250.00 is still due', bea, pdf),
        ('Thank you: invoice 10001 is paid', bea, pdf),
        ('A payment of £300.00 was taken back', bea, []),
    ]
    assert told[4][0] == 'Instytut Łódź: a payment of £300.00 was taken back'
    assert '£50.00 of what you sent is put to no invoice' in mail.outbox[2].body
    assert mail.outbox[0].attachments[0].content.startswith(b'%PDF')
    assert 'Awaiting payment' in mail.outbox[4].body
    assert '&' not in ''.join(one.subject for one in mail.outbox)


def test_money_for_a_lapsed_term_waits_with_two_choices(desk, term):
    invoice = billing.bill(term, by=None)
    long_ago = days.today() - timedelta(days=200)
    renewing.add_term(
        term.membership, by=None, payment='paid', start=long_ago - timedelta(days=364), end=long_ago
    )
    record = move('invoice', invoice, 'record')
    sent = form_of(desk.get(record)) | {
        'received_on': str(days.today()),
        'amount': '450',
        'method': 'transfer',
    }

    answer = desk.post(record, sent, follow=True)

    payment = Payment.objects.get()
    assert 'put to no invoice yet' in answer.text
    assert payment.left == 450
    for name in ('old-days', 'new-term'):
        assert move('payment', payment, name) in answer.text
    anew = move('payment', payment, 'new-term')
    answer = desk.post(anew, form_of(desk.get(anew)) | {'invoice': invoice.pk}, follow=True)
    assert 'Invoice 10002 is for a term from the day of the payment' in answer.text
    assert Term.objects.get(pk=term.pk).payment == 'void'


def test_money_for_a_void_term_whose_invoice_is_paid_stays_as_balance(desk, term, secretary):
    invoice = billing.bill(term, by=None)
    payments.record_for(invoice, by=secretary, amount=invoice.total, received_on=days.today())
    Term.objects.filter(pk=term.pk).update(payment=Term.Payment.VOID)
    at, today = move('term', term, 'record'), f'{days.today():%d/%m/%Y}'
    typed = form_of(desk.get(at)) | {'amount': '450', 'received_on': today, 'method': 'transfer'}

    answer = desk.post(at, typed, follow=True)

    assert f'Nothing is owed on {invoice} any more: the money stays as the payer’s balance.' in answer.text
    assert [(one.amount, one.left) for one in Payment.objects.order_by('pk')] == [(450, 0), (450, 450)]


def test_what_is_refused_keeps_what_was_typed(desk, term):
    invoice = billing.bill(term, by=None)
    off = move('invoice', invoice, 'write-off')

    answer = desk.post(off, form_of(desk.get(off)) | {'reason': 'Kindness to Łódź'})

    assert answer.status_code == 409
    assert '£450.00 is more than a small shortfall: up to £10.00' in answer.text
    assert 'Kindness to Łódź' in answer.text


def test_an_invoice_is_found_by_its_number_in_any_text_and_by_how_it_stands(desk, term):
    invoice = billing.bill(term, by=None, po_number='PO-7')
    listing = reverse('admin:members_invoice_changelist')
    shown = f'{invoice.number}</a>'

    for asked in (
        'q=BACS+ukis10001+MEMB',
        'q=PO-7',
        'q=instytut',
        'stands=owing',
        'stands=rubbish',
    ):
        assert shown in desk.get(f'{listing}?{asked}').text, asked
    for asked in ('q=10002', 'stands=overdue', 'stands=paid', 'stands=void', 'stands=credited_whole'):
        assert shown not in desk.get(f'{listing}?{asked}').text, asked
    Invoice.objects.update(due_on=days.today() - timedelta(days=8))
    assert '8 days late' in desk.get(f'{listing}?stands=overdue').text


LISTS = {'members_invoice': 9, 'members_payment': 8, 'members_creditnote': 8}


@pytest.mark.parametrize('model', LISTS)
def test_a_list_of_money_asks_as_much_for_five_rows_as_for_one(model, desk, term, django_assert_num_queries):
    def some_money(term):
        invoice = billing.bill(term, by=None)
        payments.record(
            invoice.membership,
            by=None,
            received_on=days.today(),
            amount=Decimal(60),
            to=[(invoice, Decimal(50))],
        )
        crediting.credit(invoice, by=None, reason='Fewer people', amount=Decimal(10))

    some_money(term)
    address = reverse(f'admin:{model}_changelist')
    desk.get(address)
    with django_assert_num_queries(LISTS[model]):
        desk.get(address)
    for _ in range(4):
        membership = make_membership(make_organisation(billing_address='Perth'), status='none')
        some_money(renewing.add_term(membership, by=None, start=days.today(), end=days.today()))

    with django_assert_num_queries(LISTS[model]):
        desk.get(address)


def test_documents_are_for_those_whose_money_it_is(desk, term, signed_in, client):
    invoice = billing.bill(term, by=None)
    office = Office.objects.get()
    address = reverse('invoice', args=[invoice.number])

    answer = signed_in(office.person).get(address)
    assert answer.headers['Content-Type'] == 'application/pdf'
    assert 'no-store' in answer.headers['Cache-Control']
    assert desk.get(address).status_code == 200
    assert signed_in(make_person()).get(address).status_code == 404
    assert client.get(address).status_code == 302
    office.since, office.until = days.today() - timedelta(days=9), days.today() - timedelta(days=1)
    office.save()
    assert signed_in(office.person).get(address).status_code == 404


def test_who_is_a_member_in_person_finds_their_invoices_on_their_page(signed_in):
    Category.objects.create(name='Individual', holders='people', fee=60)
    person, other = make_person(postal_address='1 High Street'), make_person(postal_address='2 High Street')
    start, end = days.today(), days.today() + timedelta(days=364)
    terms = (
        renewing.add_term(make_membership(one, status='none'), by=None, start=start, end=end)
        for one in (person, other)
    )
    mine, theirs = (billing.bill(term, by=None) for term in terms)

    page = signed_in(person).get(reverse('account')).content.decode()

    assert reverse('invoice', args=[mine.number]) in page
    assert '£60.00, due' in page
    assert reverse('invoice', args=[theirs.number]) not in page


def test_a_term_with_an_invoice_follows_it_and_nobody_types_that_one_is_paid(desk, term):
    page = page_of(term.membership)
    assert 'value="paid"' not in desk.get(page).text
    billing.bill(term, by=None)

    sent = form_of(desk.get(page))
    answer = desk.post(page, sent | {'terms-0-payment': 'free'})
    assert answer.status_code == 200
    assert Term.objects.get().payment == 'unpaid'
    answer = desk.post(page, sent | {'terms-0-fee': '10'})
    assert 'Its invoice asks for the fee as it was.' in answer.text
    assert not CreditNote.objects.exists()
    assert Letter.objects.count() == 1

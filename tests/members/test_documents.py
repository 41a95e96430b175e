"""The PDF of an invoice, a credit note and a receipt: what a finance officer looks for, in any script of ours."""

import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

import pytest
import time_machine
from django.urls import reverse

from members.models import Category, Invoice, InvoiceCopy, Person
from members.money import billing, copies, crediting, documents, invoicing, paper, payments, renewing
from members.organisations import offices
from tests.conftest import make_membership, make_organisation
from tests.pdf_text import text_of
from ukis import days
from ukis.society.models import Society

pytestmark = pytest.mark.django_db


@pytest.fixture(scope='module', autouse=True)
def _type():
    """Made before any test: a database waits for nobody who does something else in a transaction."""
    import fpdf  # noqa: F401

    paper.bold()


@pytest.fixture
def invoice():
    Society.objects.update_or_create(
        pk=1,
        defaults={
            'legal_name': 'UK Implementation Society Ltd', 'postal_address': '5 Long Row\nLondon N1 1AA',
            'registered_as': 'Registered charity in Scotland, SC012345', 'pay_to': 'Account 12345678\nSort code 01-02-03',
        },
    )  # fmt: skip
    Category.objects.create(name='Organisation', holders='organisations', fee=1450, seats=10)
    address = 'ul. Piotrkowska 1\n90-001 Łódź\nΩμέγα Tŷ ŵ'
    membership = make_membership(make_organisation('Instytut Łódź', billing_address=address), status='none')
    term = renewing.add_term(membership, by=None, start=date(2026, 4, 1), end=date(2027, 3, 31))
    return billing.bill(term, by=None, po_number='PO-7', attention='Zoë Öz')


def text(made):
    return ' '.join(text_of(made).split())


def test_an_invoice_says_all_that_its_payer_needs_and_nothing_of_vat(invoice):
    payments.record(
        invoice.membership,
        by=None,
        received_on=days.today(),
        amount=Decimal(1000),
        to=[(invoice, Decimal(1000))],
    )

    made = documents.of_invoice(Invoice.objects.get())

    found = text(made)
    due = days.in_words(invoice.due_on)
    for words in (
        'Invoice 10001', 'UK Implementation Society Ltd', '5 Long Row London N1 1AA', 'Registered charity in Scotland, SC012345',
        'Instytut Łódź For the attention of Zoë Öz ul. Piotrkowska 1 90-001 Łódź Ωμέγα Tŷ ŵ', 'PO-7',
        f'Date of issue {days.in_words(days.today())}', f'Due {due}', 'Total £1,450.00 Paid −£1,000.00 Still due £450.00',
        f'Please pay by {due} and quote the reference 10001.', 'Sort code 01-02-03',
    ):  # fmt: skip
        assert words in found, found
    assert '1 April 2026 to 31 March 2027' in found.replace('\n', ' ')
    assert 'VAT' not in found
    assert paper.MISSING not in found
    assert b'/Lang (en-GB)' in made
    assert b'pdfaid:part' in made


def test_a_letter_that_the_font_has_not_is_told(invoice):
    Invoice.objects.update(payer_name='中文 Institute', payer_address='a\u0301 Street')

    found = text(documents.of_invoice(Invoice.objects.get()))

    assert f'{paper.MISSING * 2} Institute' in found
    assert 'á Street' in found
    assert paper.NOT_PRINTED in found


def test_where_the_society_is_registered_every_line_says_its_vat(invoice):
    Society.objects.update(vat_number='GB 123 4567 89')
    Category.objects.update(vat='standard', vat_why='So the treasurer')
    standard = crediting.reissue(invoice, by=None, reason='We are registered now')
    Category.objects.update(vat='exempt')
    exempt = crediting.reissue(standard, by=None, reason='It is exempt')

    found = text(documents.of_invoice(standard))
    assert 'In place of invoice 10001 Our VAT number GB 123 4567 89' in found
    assert '£1,450.00 20% £290.00 £1,740.00' in found
    assert 'Net £1,450.00 VAT £290.00 Total £1,740.00' in found
    assert '£1,450.00 exempt £0.00 £1,450.00' in text(documents.of_invoice(exempt))

    note = text(documents.of_credit_note(standard.credit_notes.get()))
    issued = days.in_words(days.today())
    assert 'Credit note 80002 UK Implementation Society Ltd' in note
    assert f'For invoice 10002 of {issued}' in note
    assert 'Why It is exempt' in note
    assert 'Total credited £1,740.00' in note


def test_a_receipt_says_what_came_and_where_it_went_and_a_void_invoice_that_it_is_void(invoice):
    payment = payments.record(
        invoice.membership, by=None, received_on=date(2026, 5, 4), amount=Decimal(1500), to=[(invoice, invoice.total)],
        reference='INV10001 Łódź',
    )  # fmt: skip
    payments.refund(payment, Decimal(20), by=None, why='Too much', sent_on=days.today())

    found = text(documents.of_payment(payment))

    assert 'Receipt for £1,500.00' in found
    assert 'Received 4 May 2026 By bank transfer Your reference INV10001 Łódź' in found
    assert 'Put to invoice 10001 £1,450.00' in found
    assert f'Sent back on {days.in_words(days.today())} £20.00' in found
    assert 'Put to no invoice as yet: it stays to your credit £30.00' in found
    payments.take_back(payment, by=None, why='Recalled')
    back = text(documents.of_payment(payments._held(payment)))
    assert f'It counts no more since {days.in_words(days.today())}. Recalled.' in back
    crediting.void(invoice, by=None, why='Wrong')
    assert 'is void since' in text(documents.of_invoice(Invoice.objects.get()))


def test_a_receipt_of_money_that_is_put_to_nothing_has_its_payers_address_and_one_undone_says_by_what(
    invoice, secretary
):
    member = invoice.membership
    payment = payments.record(member, by=None, received_on=days.today(), amount=Decimal(20))

    found = text(documents.of_payment(payment))
    payments.take_back(
        payment, by=secretary, why='Recorded by mistake (Bank import 3): Another’s.', tell=False
    )
    undone = text(documents.of_payment(payments._held(payment)))

    assert f'{invoice.payer_name} {" ".join(invoice.payer_address.split())}' in found
    assert 'Recorded by mistake (Bank import 3): Another’s.' in undone
    assert 'bank took' not in undone


def test_a_completed_invoice_can_be_had_word_for_word_as_it_was_issued_and_as_completed(invoice):
    issued = text(documents.of_invoice(Invoice.objects.get()))
    invoicing.complete(invoice, by=None, po_number='PO-8', attention='')
    completed = text(documents.of_invoice(Invoice.objects.get()))

    invoicing.complete(invoice, by=None, po_number='PO-8', attention='')  # nothing new
    payments.record(
        invoice.membership, by=None, received_on=days.today(), amount=invoice.total, to=[(invoice, invoice.total)]
    )  # fmt: skip
    crediting.credit(invoice, by=None, reason='All of it')

    today = days.in_words(days.today())
    kept = copies.of(Invoice.objects.get())
    assert [one.words for one in kept] == [
        f'As first issued on {today}',
        f'As completed on {today}: order number PO-8',
    ]
    assert [text(documents.of_copy(one.row)) for one in kept] == [issued, completed]
    assert 'For the attention of Zoë Öz' in issued
    assert f'Completed {today}' in completed
    assert 'Still due £1,450.00' in issued


def test_of_one_that_replaces_a_paid_one_the_first_paper_says_what_was_paid_already(invoice):
    payments.record(
        invoice.membership, by=None, received_on=days.today(), amount=Decimal(1000), to=[(invoice, Decimal(1000))]
    )  # fmt: skip
    new = crediting.reissue(invoice, by=None, reason='Another address')
    issued = text(documents.of_invoice(new))

    invoicing.complete(new, by=None, po_number='PO-9', attention='')

    first, _ = copies.of(new)
    assert text(documents.of_copy(first.row)) == issued
    assert 'Paid −£1,000.00 Still due £450.00' in issued


def test_one_of_before_there_were_copies_is_kept_when_it_is_completed(invoice):
    InvoiceCopy.objects.all().delete()

    invoicing.complete(invoice, by=None, po_number='PO-7', attention='Finance')

    first, later = copies.of(invoice)
    assert (first.row.attention, later.row.attention) == ('Zoë Öz', 'Finance')
    assert first.row.at == invoice.at


def test_contact_and_staff_find_both_papers_where_they_have_the_invoice(
    invoice, secretary, author, stranger, signed_in
):
    offices.appoint(invoice.membership.organisation, by=None, person=author, role='billing')
    unlisted = signed_in(author).get(reverse('contacts', args=[invoice.membership.organisation_id]))
    invoicing.complete(invoice, by=secretary, po_number='PO-8', attention='')
    addresses = [reverse('invoice_copy', args=[invoice.number, row.pk]) for row in InvoiceCopy.objects.all()]

    theirs = signed_in(author).get(reverse('contacts', args=[invoice.membership.organisation_id]))
    desk = signed_in(secretary).get(reverse('admin:members_invoice_change', args=[invoice.pk]))

    assert 'As first issued' not in unlisted.text
    for page in (theirs, desk):
        assert [address in page.text for address in addresses] == [True, True]
        assert f'As first issued on {days.in_words(days.today())}' in page.text
    for client, answer in ((signed_in(author), 200), (signed_in(stranger), 404)):
        assert [client.get(address).status_code for address in addresses] == [answer, answer]


def test_contact_and_payer_find_each_credit_note_beside_the_invoice_that_it_credits(
    invoice, author, stranger, signed_in
):
    offices.appoint(invoice.membership.organisation, by=None, person=author, role='billing')
    Person.objects.filter(pk=stranger.pk).update(postal_address='1 High Street')
    own = make_membership(stranger, status='none')
    term = renewing.add_term(own, by=None, start=date(2026, 4, 1), end=date(2027, 3, 31), fee=30)
    notes = [
        crediting.credit(bill, by=None, reason='Too much', amount=Decimal(5))
        for bill in (invoice, invoice, billing.bill(term, by=None))
    ]
    at = [reverse('credit_note', args=[note.number]) for note in notes]
    clients = signed_in(author), signed_in(stranger)

    organisations = clients[0].get(reverse('contacts', args=[invoice.membership.organisation_id])).text
    mine = clients[1].get(reverse('account')).text

    said = f'of {days.in_words(days.today())}, £5.00 (PDF)</a>'
    for page, found in ((organisations, notes[:2]), (mine, notes[2:])):
        links = [
            f'<a href="{place}">Credit note {note.number} {said}'
            for place, note in zip(at, notes, strict=True)
        ]
        assert [link in page for link in links] == [note in found for note in notes]
    answers = [[client.get(place).status_code for place in at] for client in clients]
    assert answers == [[200, 200, 404], [404, 404, 200]]


def test_each_paper_is_the_same_to_the_byte_whenever_and_wherever_it_is_drawn(invoice):
    payment = payments.record(
        invoice.membership,
        by=None,
        received_on=days.today(),
        amount=Decimal(100),
        to=[(invoice, Decimal(100))],
    )
    invoicing.complete(invoice, by=None, po_number='PO-8', attention='')
    note = crediting.credit(invoice, by=None, reason='Too much', amount=Decimal(5))
    copy = InvoiceCopy.objects.first()
    drawn = []
    for year in (2027, 2031):
        paper.bold.cache_clear()  # as in another process
        with time_machine.travel(datetime(year, 5, 6, 7, 8, 9, tzinfo=UTC)):
            again = Invoice.objects.get(pk=invoice.pk)
            papers = (
                documents.of_invoice(again), documents.of_copy(copy), documents.of_credit_note(note),
                documents.of_payment(payment),
            )  # fmt: skip
            drawn.append([sha256(paper).hexdigest() for paper in papers])

    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) == 4


def test_the_web_has_a_document_drawn_by_a_child_as_it_draws_it_itself(invoice, monkeypatch, caplog):
    documents._bold.cache_clear()
    apart, here = documents.of_invoice(invoice, documents.apart), documents.of_invoice(invoice)
    monkeypatch.setattr(documents, 'PATIENCE', 0.001)
    without = documents.of_invoice(invoice, documents.apart)

    assert apart == here == without
    assert 'could not be drawn by a process of its own' in caplog.text


def test_no_page_of_the_site_reads_what_draws_documents():
    """It takes 45 MB of a web process, for good."""
    read = 'import ukis.wsgi, ukis.urls, sys; print([one for one in ("fpdf", "fontTools") if one in sys.modules])'
    child = subprocess.run([sys.executable, '-c', read], capture_output=True, text=True, check=True)

    assert child.stdout.strip() == '[]'

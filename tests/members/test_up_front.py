"""Invoices that the Society draws with the notice of a renewal: no debt before somebody agrees to them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from members import leaving, waiting
from members.models import Invoice, Membership, Organisation, Payment, Renewal, Term
from members.money import bank, books, copies, crediting, documents, invoicing, payments, up_front
from members.renewals import offering
from tests.members.test_paying_without_answering import as_proposed, at_once, proposals, taken
from tests.members.test_renewal import (  # noqa: F401  # fixture
    ENDS,
    file_reaches,
    live_through,
    membership,
    moment,
    page_of,
    sent,
)
from tests.pdf_text import text_of
from ukis.letters.models import Letter
from ukis.refusals import NotAllowed, NotNow
from ukis.society.models import Society

pytestmark = pytest.mark.django_db
DRAWN, DAY = ENDS - timedelta(days=58), date(2027, 2, 10)


@pytest.fixture
def invoice(membership):  # noqa: F811
    """Drawn with the notice of 1 February 2027, which nobody has answered by the 10th."""
    Society.objects.update(invoices_up_front=True)
    live_through(ENDS - timedelta(days=61), DRAWN)
    with time_machine.travel(moment(DAY)):
        yield Invoice.objects.get()


def again(row: Invoice) -> Invoice:
    return Invoice.objects.get(pk=row.pk)


def owed_and_asked(on: date = DAY) -> tuple[Decimal, Decimal]:
    found = books.of(DRAWN - timedelta(days=1), on)
    return found.owed_after, found.unagreed_after


def test_it_is_asked_and_not_owed_and_every_letter_and_list_says_so(invoice, secretary, signed_in):
    late = invoice.due_on + timedelta(days=5)

    assert (invoice.is_unagreed, owed_and_asked()) == (True, (0, 450))
    assert invoice.due_on == ENDS + timedelta(days=1), 'not before the term begins'
    assert invoice.sentence.startswith(
        '£450.00 of £450.00 is asked, and owed once somebody renews or pays, due on'
    )
    bodies = Letter.objects.filter(to_name='Bo Billing', kind__in=['invoice_issued', 'renewal_offered'])
    assert [('othing is owed on it before you renew or pay' in one.body) for one in bodies] == [True, True]
    assert 'and nothing is owed on it before you renew or pay: say that' in Client().get(page_of_offer()).text
    with time_machine.travel(moment(late)):
        found = {one.words: one.count for one in waiting.of_the_week(late, 5, unpaid_for=[0])}
        assert found['invoices drawn up front, past due and not agreed to'] == 1
        assert (found['invoices overdue'], Invoice.objects.overdue(late).count()) == (0, 0)
        [age] = [one for one in books.ages(late) if one.unagreed]
        assert (age.words, age.count, age.unagreed_count, age.unagreed) == ('1 to 30 days late', 0, 1, 450)
        page = signed_in(secretary).get(
            reverse('admin:books'), {'first': '1 April 2026', 'last': f'{late:%d %B %Y}'}
        )
        assert 'Drawn up front and agreed to by nobody yet' in page.text
        listing = (
            signed_in(secretary).get(reverse('admin:members_invoice_changelist') + '?stands=unagreed').text
        )
        assert '£450.00 once agreed to' in listing


def page_of_offer() -> str:
    return page_of(Renewal.objects.get())


def press(invoice: Invoice) -> None:
    offering.renew(Renewal.objects.get(), by=None)


def pay(invoice: Invoice) -> None:
    payments.record_for(invoice, by=None, amount=Decimal(10), received_on=DAY)


def promise(invoice: Invoice) -> None:
    payments.promise(invoice.term, by=None, until=date(2027, 4, 30))


def by_staff(invoice: Invoice) -> None:
    invoicing.agree(invoice, by=None)


@pytest.mark.parametrize(('way', 'left'), [(press, 450), (pay, 440), (promise, 450), (by_staff, 450)])
def test_whoever_agrees_makes_it_owed_as_any(invoice, way, left):
    way(invoice)

    assert (again(invoice).agreed_on, owed_and_asked()) == (DAY, (left, 0))
    assert owed_and_asked(DAY - timedelta(days=1)) == (0, 450)
    assert list(Invoice.objects.overdue(invoice.due_on + timedelta(days=1))) == [invoice]
    with pytest.raises(NotNow, match='is agreed to already'):
        invoicing.agree(invoice, by=None)


def test_staff_say_it_by_a_button_and_strangers_do_not(invoice, secretary, stranger, signed_in):
    at = reverse('admin:money_move', args=['invoice', invoice.pk, 'agree'])
    client = signed_in(secretary)
    assert 'They have agreed to it' in client.get(at).text

    with pytest.raises(NotAllowed):
        invoicing.agree(invoice, by=stranger)
    said = client.post(at, follow=True).text

    assert (f'{invoice} is owed from today.' in said, again(invoice).agreed_on) == (True, DAY)


def test_a_refusal_credits_it_in_the_same_move(invoice):
    offering.refuse(Renewal.objects.get(), by=None)

    assert (
        again(invoice).is_credited_whole,
        owed_and_asked(),
        Term.objects.get(pk=invoice.term_id).payment,
    ) == (
        True,
        (0, 0),
        'void',
    )
    assert [name for kind, name in sent() if kind == 'credit_note_issued'] == ['Bo Billing']
    offering.reconsider(Renewal.objects.get(), by=None)
    assert press(invoice) is None
    assert (Invoice.objects.count(), Invoice.objects.owing().get().total) == (2, 450)


@pytest.mark.parametrize(('on', 'credited'), [(DAY, 450), (ENDS, 450), (ENDS + timedelta(days=1), 0)])
def test_the_end_of_the_membership_before_the_term_credits_it_in_the_same_move(invoice, on, credited):
    leaving.end(invoice.membership, by=None, on=on, why='They close')

    assert (again(invoice).credited, owed_and_asked()) == (credited, (0, 450 - credited))
    assert [one.reason for one in invoice.credit_notes.all()] == [up_front.ENDS] * bool(credited)
    leaving.go_on(invoice.membership, by=None)
    press(invoice)
    assert Invoice.objects.owing().get().total == 450


def test_a_lapse_credits_it_by_the_clock_and_nothing_that_was_agreed_to(invoice):
    last_of_grace = ENDS + timedelta(days=60)
    found = []
    for on in (last_of_grace, last_of_grace + timedelta(days=1), last_of_grace + timedelta(days=1)):
        with time_machine.travel(moment(on)):
            up_front.credit_lapsed(moment(on))
            found.append((again(invoice).credited, invoice.credit_notes.count()))

    assert found == [(0, 0), (450, 1), (450, 1)]
    assert invoice.credit_notes.get().reason == up_front.LAPSED
    later = last_of_grace + timedelta(days=2)
    with time_machine.travel(moment(later)):
        assert owed_and_asked(later) == (0, 0)


@pytest.mark.parametrize('ended', [False, True])
def test_a_lapse_credits_nothing_before_the_banks_file_reaches_the_last_day(invoice, ended):
    last = ENDS + timedelta(days=59 if ended else 60)
    if ended:
        Membership.objects.update(ended_on=last, ended_why='They close')
    file_reaches(last - timedelta(days=1), 1)
    found = []
    for number, on in enumerate((last + timedelta(days=2), last + timedelta(days=5))):
        with time_machine.travel(moment(on)):
            up_front.credit_lapsed(moment(on))
            found.append(again(invoice).credited)
        file_reaches(last, number + 2)

    assert found == [0, 450]


def test_what_was_agreed_to_stays_owed_after_a_lapse(invoice):
    press(invoice)

    with time_machine.travel(moment(ENDS + timedelta(days=70))):
        up_front.credit_lapsed(moment(ENDS + timedelta(days=70)))

    assert again(invoice).owed == 450


def test_the_paper_asks_and_does_not_demand_before_somebody_agrees(invoice):
    nothing = 'Nothing is owed on this before you renew, on your page or by paying it'
    issued = paper(documents.of_invoice(invoice))
    assert (nothing in issued, 'Please pay by' in issued, 'Due if you renew £450.00' in issued) == (
        True,
        False,
        True,
    )

    with time_machine.travel(moment(invoice.issued_on, 15)):
        offering.renew(Renewal.objects.get(), by=None, po_number='PO-7')

    first, completed = [paper(documents.of_copy(one.row)) for one in copies.of(again(invoice))]
    assert first == issued
    assert (nothing in completed, 'Please pay by' in completed, 'Still due £450.00' in completed) == (
        False,
        True,
        True,
    )


def paper(made: bytes) -> str:
    return ' '.join(text_of(made).split())


@pytest.mark.parametrize(('agree', 'agreed_on', 'owed'), [(None, None, (0, 450)), (press, DAY, (450, 0))])
def test_one_issued_in_its_place_is_owed_by_nobody_before_they_agree_either(invoice, agree, agreed_on, owed):
    if agree:
        agree(invoice)

    new = crediting.reissue(again(invoice), by=None, reason='Another address')

    assert (new.drawn_ahead, new.agreed_on, owed_and_asked()) == (True, agreed_on, owed)
    letter = Letter.objects.filter(kind='invoice_issued', to_name='Bo Billing').latest('pk')
    assert ('nothing is owed on it before you renew or pay' in letter.body) == (agree is None)
    with time_machine.travel(moment(ENDS + timedelta(days=61))):
        up_front.credit_lapsed(moment(ENDS + timedelta(days=61)))
    assert again(new).is_credited_whole == (agree is None)


def test_the_banks_file_finds_it_by_the_membership_and_undoing_makes_it_what_it_was(invoice, secretary):
    row = taken(secretary, ('450', 'INST OF LODZ 1001'), day=DAY)
    [one] = proposals(row)
    assert (one.verdict, one.target) == (
        'ready',
        f'Invoice {invoice.number}, Institute of Łódź, £450.00 asked, which renews',
    )

    bank.confirm(row, by=secretary, choices=as_proposed(row))
    paid = again(invoice)
    bank.undo(row, by=secretary, why='Another’s.')

    assert (paid.owed, paid.agreed_on, Invoice.objects.count()) == (0, DAY, 1)
    assert (again(invoice).is_unagreed, owed_and_asked()) == (True, (0, 450))
    assert Term.objects.get(pk=invoice.term_id).payment == 'unpaid'


def test_an_import_undone_on_a_later_day_leaves_the_days_before_in_the_books_as_they_were(invoice, secretary):
    row = taken(secretary, ('450', 'INST OF LODZ 1001'), day=DAY)
    bank.confirm(row, by=secretary, choices=as_proposed(row))
    before = books.of(DRAWN, DAY)
    later = DAY + timedelta(days=40)

    with time_machine.travel(moment(later)):
        bank.undo(row, by=secretary, why='Another’s.')
        asked = owed_and_asked(later)

    after = books.of(DRAWN, DAY)
    assert (after.within, after.owed_after, after.balance_after) == (before.within, 0, before.balance_after)
    assert (again(invoice).is_credited_whole, asked) == (True, (0, 0))
    assert Term.objects.get(pk=invoice.term_id).payment == 'unpaid'


@pytest.mark.django_db(transaction=True)
def test_money_and_a_refusal_at_once_leave_it_paid_or_credited(invoice, secretary):
    renewal = Renewal.objects.get()

    _, refused = at_once(
        lambda: payments.record_for(invoice, by=secretary, amount=Decimal(450), received_on=DAY),
        lambda: offering.refuse(renewal, by=None),
    )

    row, payment = again(invoice), Payment.objects.get()
    if refused:
        assert (row.agreed_on, row.is_settled, payment.left) == (DAY, True, 0)
    else:
        assert (row.agreed_on, row.is_credited_whole, payment.left) == (None, True, 450)


def test_an_end_that_is_taken_back_leaves_the_renewal_asked_for(invoice):
    leaving.end(invoice.membership, by=None, on=ENDS, why='They close')
    leaving.go_on(invoice.membership, by=None)

    live_through(ENDS - timedelta(days=30), ENDS - timedelta(days=28))

    assert ('renewal_in_30_days', 'Mo Main') in sent()
    assert [one.total for one in Invoice.objects.unagreed()] == [450]


def test_an_end_within_the_grace_that_is_taken_back_leaves_the_renewal_asked_for(invoice):
    with time_machine.travel(moment(ENDS + timedelta(days=20))):
        leaving.end(invoice.membership, by=None, on=ENDS + timedelta(days=20), why='They close')
    with time_machine.travel(moment(ENDS + timedelta(days=22))):
        up_front.credit_lapsed(moment(ENDS + timedelta(days=22)))
        credited = again(invoice).credited
        leaving.go_on(Membership.objects.get(), by=None)

    live_through(ENDS + timedelta(days=29), ENDS + timedelta(days=33))

    assert credited == 450
    assert ('renewal_after_30_days', 'Mo Main') in sent()


def test_without_an_address_for_another_the_term_is_still_offered(invoice):
    Organisation.objects.update(billing_address='')

    up_front.draw_anew(again(invoice), invoice.term)

    assert (again(invoice).is_credited_whole, Term.objects.get(pk=invoice.term_id).payment) == (
        True,
        'unpaid',
    )

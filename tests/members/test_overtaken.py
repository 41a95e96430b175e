"""Reminders that waited in the outbox while something came in: what is true no more does not leave."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core import mail
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from members import leaving
from members.models import Category, Office, Term
from members.money import bank, billing, crediting, payments, renewing
from members.renewals import offering
from tests.conftest import letters_leave, make_membership, make_organisation, make_person
from tests.members.test_renewal import (  # noqa: F401  # fixtures
    ENDS,
    live_through,
    membership,
    moment,
    offered,
)
from ukis import letters
from ukis.clock.models import Reminded
from ukis.letters.models import Letter
from ukis.letters.wording import fate

pytestmark = pytest.mark.django_db
LATER = date(2027, 3, 4)  # the letters of thirty days before wait since the first


def pay(renewal, amount):
    invoice = billing.bill(renewal.term, by=None)
    payments.record(
        invoice.membership,
        by=None,
        received_on=LATER,
        amount=Decimal(amount),
        to=[(invoice, Decimal(amount))],
    )


def promise(renewal):
    term = Term.objects.get(pk=renewal.term_id)
    term.payment, term.promised_until = Term.Payment.PROMISED, date(2027, 4, 30)
    renewing.keep_terms(term.membership, by=None, terms=[term])


HAPPENS = {
    'paid': (lambda row: pay(row, 450), 'The term is paid.'),
    'paid in part': (lambda row: pay(row, 100), '£350.00 is owed now, and it names £450.00.'),
    'promised': (promise, 'They are to pay by 30 April 2027.'),
    'renewed': (lambda row: offering.renew(row, by=None), 'They have renewed since.'),
    'refused': (lambda row: offering.refuse(row, by=None), 'The term is void.'),
    'ended': (lambda row: leaving.end(row.term.membership, by=None, on=LATER), 'The membership ends.'),
    'suspended': (
        lambda row: leaving.suspend(row.term.membership, by=None, reason='A breach.'),
        'The membership is suspended.',
    ),
}


@pytest.mark.parametrize('happens', HAPPENS)
def test_a_reminder_that_waited_is_recalled_with_the_reason(offered, happens):  # noqa: F811
    verb, why = HAPPENS[happens]
    with time_machine.travel(moment(LATER - timedelta(days=4))):
        letters_leave()
    live_through(date(2027, 3, 1), date(2027, 3, 1))
    mail.outbox = []

    with time_machine.travel(moment(LATER)):
        verb(offered)
        letters_leave()

    waited = Letter.objects.filter(kind='renewal_in_30_days')
    [entry] = Reminded.objects.filter(step='-30')
    assert [(one.state, one.overtaken_why) for one in waited] == [('recalled', why)] * 2
    assert not [one.subject for one in mail.outbox if 'is covered until' in one.subject]
    assert fate(waited[0]) == f'Not sent, for it was no longer true: {why}'
    assert (entry.outcome, entry.why) == ('skipped', why)


def test_what_is_still_true_leaves_and_counts_as_told(offered):  # noqa: F811
    live_through(date(2027, 3, 1), date(2027, 3, 1))
    mail.outbox = []

    with time_machine.travel(moment(LATER)):
        Letter.objects.filter(kind='renewal_offered').delete()
        letters_leave()

    assert len(mail.outbox) == 2
    assert Reminded.objects.get(step='-30').outcome == 'sent'


def test_of_a_step_of_which_one_letter_had_left_the_ledger_says_that_it_was_told(offered):  # noqa: F811
    live_through(date(2027, 3, 1), date(2027, 3, 1))
    first = Letter.objects.filter(kind='renewal_in_30_days').first()
    Letter.objects.filter(pk=first.pk).update(state=Letter.State.SENT)

    with time_machine.travel(moment(LATER)):
        pay(offered, 450)
        letters_leave()

    assert Letter.objects.filter(kind='renewal_in_30_days', state='recalled').count() == 1
    assert Reminded.objects.get(step='-30').outcome == 'sent'


def test_after_weeks_without_a_mail_server_the_latest_step_alone_leaves(offered):  # noqa: F811
    live_through(date(2027, 3, 1), ENDS)
    mail.outbox = []

    with time_machine.travel(moment(ENDS, 15)):
        letters_leave()

    left = Letter.objects.filter(kind__startswith='renewal_', state='sent').values_list('kind', flat=True)
    assert set(left) == {'renewal_ends_today'}
    assert (len(mail.outbox), Reminded.objects.get(step='-7').why) == (2, 'A later reminder took its place.')


@pytest.mark.parametrize('credited', [True, False])
def test_a_reminder_of_a_first_invoice_is_recalled_when_nothing_is_owed(society, credited):
    Category.objects.create(name='Organisation', holders='organisations', fee=450, seats=10, year='rolling')
    organisation = make_organisation('Institute of Łódź', billing_address='1 High Street')
    Office.objects.create(
        organisation=organisation, person=make_person('Bo'), role='billing', since=date(2027, 1, 1)
    )
    with time_machine.travel(moment(date(2027, 1, 4))):
        joined = make_membership(organisation, status='none', joined_on=date(2027, 1, 4))
        term = renewing.add_term(joined, by=None, start=date(2027, 1, 4), end=date(2028, 1, 3))
        invoice = billing.bill(term, by=None)
        letters_leave()
    live_through(invoice.due_on, invoice.due_on + timedelta(days=4))

    with time_machine.travel(moment(invoice.due_on + timedelta(days=6))):
        if credited:
            crediting.credit(invoice, by=None, reason='Wrong band.')
        else:
            payments.record_for(invoice, by=None, amount=Decimal(450), received_on=invoice.due_on)
        letters_leave()

    [reminder] = Letter.objects.filter(kind='invoice_reminder')
    assert (reminder.state, reminder.overtaken_why) == ('recalled', 'Nothing is owed.')


def test_a_reminder_that_waited_leaves_on_no_holiday_of_its_readers(offered):  # noqa: F811
    friday, tuesday = (
        date(2027, 3, 26),
        date(2027, 3, 30),
    )  # Good Friday; Easter Monday is a holiday in England
    Letter.objects.all().delete()
    Office.objects.filter(role='billing').update(person=make_person('Enid England', nation='england'))
    live_through(date(2027, 3, 24), date(2027, 3, 24))

    left = {}
    for day in (friday, date(2027, 3, 28), date(2027, 3, 29), tuesday):
        with time_machine.travel(moment(day)):
            letters.send_due()
        left[day.day] = [message.to[0].partition(' <')[0] for message in mail.outbox]
        mail.outbox = []

    assert left == {26: [], 28: [], 29: ['Mo Main'], 30: ['Enid England']}


def test_a_reminder_that_waited_does_not_survive_a_renewal_after_a_lapse(offered):  # noqa: F811
    last = ENDS + timedelta(days=50)
    live_through(ENDS - timedelta(days=57), last - timedelta(days=1))
    Letter.objects.update(state=Letter.State.SENT)
    live_through(last, last + timedelta(days=4))

    with time_machine.travel(moment(ENDS + timedelta(days=90))):
        offering.renew(offered, by=None)
        letters_leave()

    waited = Letter.objects.filter(kind='renewal_last')
    assert {(one.state, one.overtaken_why) for one in waited} == {('recalled', 'It was renewed anew.')}


def test_words_that_staff_changed_do_not_make_it_another_reminder(offered):  # noqa: F811
    live_through(date(2027, 3, 1), date(2027, 3, 1))
    Letter.objects.update(body='Dear Mo, £1.00 would do.', key=Concat(Value('k'), Cast('pk', CharField())))

    with time_machine.travel(moment(LATER)):
        letters_leave()
        before = Letter.objects.filter(kind='renewal_in_30_days', state='sent').count()
        Letter.objects.update(state=Letter.State.WAITING)
        pay(offered, 100)
        letters_leave()

    waited = Letter.objects.filter(kind='renewal_in_30_days')
    why = '£350.00 is owed now, and it names £450.00.'
    assert (before, {one.overtaken_why for one in waited}) == (2, {why})


def refused_and_taken_back(renewal, secretary):
    offering.renew(renewal, by=None)
    offering.refuse(renewal, by=None)
    offering.reconsider(renewal, by=None)


def imported_and_undone(renewal, secretary):
    lines = b'Date,Description,Amount\n03/02/2027,INST OF LODZ 1001,450\n'
    row = bank.take(lines, by=secretary, file_name='feb.csv')
    [one] = bank.propose(list(row.lines.all()))
    puts = [(put.to, put.amount) for put in one.puts]
    bank.confirm(row, by=secretary, choices=[bank.Choice(one.line, puts, one.membership)])
    bank.undo(row, by=secretary, why='Of another account.')


@pytest.mark.parametrize('happened', [refused_and_taken_back, imported_and_undone])
def test_where_the_invoice_was_credited_whole_a_reminder_leaves_for_the_fee(offered, secretary, happened):  # noqa: F811
    with time_machine.travel(moment(date(2027, 2, 3))):
        happened(offered, secretary)
        letters_leave()
    live_through(date(2027, 3, 1), date(2027, 3, 1))

    with time_machine.travel(moment(LATER)):
        letters_leave()

    [entry] = Reminded.objects.filter(step='-30')
    waited = Letter.objects.filter(kind='renewal_in_30_days')
    assert [(one.state, one.overtaken_why) for one in waited] == [('sent', '')] * 2
    assert (entry.outcome, Term.objects.get(pk=offered.term_id).payment) == ('sent', 'unpaid')


def invoice_fates() -> list[tuple[str, str, str]]:
    letters_leave()
    of_invoices = Letter.objects.filter(content_type__model='invoice', to_name='Bo Billing').order_by('pk')
    return [(one.kind, one.state, one.overtaken_why) for one in of_invoices]


@pytest.mark.parametrize('voided', [True, False])
def test_an_invoice_that_was_taken_back_before_its_letter_left_asks_nobody_to_pay(offered, voided):  # noqa: F811
    with time_machine.travel(moment(LATER)):
        invoice = billing.bill(offered.term, by=None)
        Letter.objects.exclude(content_type__model='invoice').delete()
        if voided:
            type(invoice).objects.filter(pk=invoice.pk).update(voided_on=LATER, voided_why='Never left.')
        else:
            crediting.credit(invoice, by=None, reason='Wrong band.')
        found = invoice_fates()

    why = f'Invoice {invoice.number} is {"void" if voided else "credited whole"}.'
    assert found == [('invoice_issued', 'recalled', why)]
    assert not [one.subject for one in mail.outbox if one.subject.startswith('Invoice')]


def test_of_two_payments_whose_letters_wait_the_later_letter_alone_leaves_and_names_both(offered):  # noqa: F811
    with time_machine.travel(moment(LATER)):
        invoice = billing.bill(offered.term, by=None)
        for amount in (100, 50):
            payments.record_for(invoice, by=None, amount=Decimal(amount), received_on=LATER)
        found = invoice_fates()

    [last] = [one for one in mail.outbox if 'Bo Billing' in one.to[0] and 'still due' in one.subject]
    assert found == [
        ('invoice_issued', 'sent', ''),
        ('payment_in_part', 'recalled', 'A later letter tells of all that has come.'),
        ('payment_in_part', 'sent', ''),
    ]
    assert last.subject == f'Invoice {invoice.number}: £300.00 is still due'
    named = '£100.00 of 4 March 2027 and £50.00 of 4 March 2027 have arrived, £150.00 together.'
    assert named in ' '.join(last.body.split())


def paid_whole(invoice):
    payments.record_for(invoice, by=None, amount=invoice.owed, received_on=LATER)


def paid_and_let_go(invoice):
    payments.record_for(invoice, by=None, amount=Decimal('448.50'), received_on=LATER)
    payments.write_off(invoice, by=None, reason='The bank’s charges.')


def paid_and_taken_back(invoice):
    payment, _ = payments.record_for(invoice, by=None, amount=Decimal(450), received_on=LATER)
    payments.take_back(payment, by=None, why='Recalled by the bank.')


def paid_twice_and_once_taken_back(invoice):
    payments.record_for(invoice, by=None, amount=Decimal(100), received_on=LATER)
    payment, _ = payments.record_for(invoice, by=None, amount=Decimal(50), received_on=LATER)
    payments.take_back(payment, by=None, why='Recalled by the bank.')


def paid_too_much_and_sent_back(invoice):
    payment, _ = payments.record_for(invoice, by=None, amount=Decimal(460), received_on=LATER)
    payments.refund(payment, Decimal(10), by=None, why='Too much.', sent_on=LATER)


NOT_OWED = 'Nothing is owed on Invoice 1 any more.'
BEFORE_IT_LEFT = [
    (paid_whole, [('invoice_issued', NOT_OWED), ('payment_in_full', '')]),
    (
        paid_and_let_go,
        [
            ('invoice_issued', NOT_OWED),
            ('payment_in_part', '£0.00 is owed now, and it names £1.50.'),
            ('payment_in_full', ''),
        ],
    ),
    (
        paid_and_taken_back,
        [('invoice_issued', ''), ('payment_in_full', '£450.00 is owed now, and it names £0.00.')],
    ),
    (
        paid_twice_and_once_taken_back,
        [
            ('invoice_issued', ''),
            ('payment_in_part', 'A later letter tells of all that has come.'),
            ('payment_in_part', '£350.00 is owed now, and it names £300.00.'),
            ('payment_in_part', ''),
        ],
    ),
    (
        paid_too_much_and_sent_back,
        [
            ('invoice_issued', NOT_OWED),
            ('payment_in_full', '£0.00 is put to no invoice now, and it names £10.00.'),
            ('payment_in_full', ''),
        ],
    ),
]


@pytest.mark.parametrize(('happens', 'letters_of_it'), BEFORE_IT_LEFT)
def test_what_letters_about_an_invoice_say_is_so_when_they_leave(offered, happens, letters_of_it):  # noqa: F811
    with time_machine.travel(moment(LATER)):
        invoice = billing.bill(offered.term, by=None)
        happens(invoice)
        invoice_fates()
        found = invoice_fates()

    number = str(invoice.number)
    whys = [(kind, why.replace('Invoice 1 ', f'Invoice {number} ')) for kind, why in letters_of_it]
    assert found == [(kind, 'recalled' if why else 'sent', why) for kind, why in whys]


def test_of_what_a_reader_was_told_no_second_letter_tells(offered):  # noqa: F811
    with time_machine.travel(moment(LATER)):
        invoice = billing.bill(offered.term, by=None)
        payments.record_for(invoice, by=None, amount=Decimal(100), received_on=LATER)
        letters_leave()
        payment, _ = payments.record_for(invoice, by=None, amount=Decimal(50), received_on=LATER)
        payments.take_back(payment, by=None, why='Recalled by the bank.')
        invoice_fates()
        found = invoice_fates()

    assert [(kind, state) for kind, state, _ in found] == [
        ('invoice_issued', 'sent'),
        ('payment_in_part', 'sent'),
        ('payment_in_part', 'recalled'),
    ]


def test_an_invoice_in_place_of_a_paid_one_asks_for_nothing_until_the_payment_is_taken_back(offered):  # noqa: F811
    with time_machine.travel(moment(LATER)):
        invoice = billing.bill(offered.term, by=None)
        payment, _ = payments.record_for(invoice, by=None, amount=Decimal(450), received_on=LATER)
        letters_leave()
        new = crediting.reissue(invoice, by=None, reason='Another address')
        said = Letter.objects.filter(object_id=new.pk, kind='invoice_issued').first().body
        payments.take_back(payment, by=None, why='Recalled by the bank.')
        letters_leave()
        letters_leave()

    issued = Letter.objects.filter(object_id=new.pk, kind='invoice_issued', to_name='Bo Billing').order_by(
        'pk'
    )
    assert 'Please pay' not in said
    assert 'nothing is due on it: it is paid already.' in said
    assert [(one.state, 'Please pay by' in one.body) for one in issued] == [
        ('recalled', False),
        ('sent', True),
    ]

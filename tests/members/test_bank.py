"""Payments from a bank's file: matched, looked at, recorded as a whole and once, undone as a whole."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.models import BankFormat, BankImport, BankLine, Category, Invoice, Numbers, Payment, Term
from members.money import bank, billing, crediting, payments, renewing
from members.money.bank import Choice, Columns
from tests.conftest import form_of, make_membership, make_organisation
from ukis import days, keeping
from ukis.refusals import NotNow

pytestmark = pytest.mark.django_db
HEAD = 'Date,Description,Amount\n'
DAY = days.today() - timedelta(days=10)


def line(amount: str, text: str, day: date = DAY) -> str:
    return f'{day:%d/%m/%Y},{text},{amount}\n'


def file_of(*lines: str) -> bytes:
    return (HEAD + ''.join(lines)).encode()


@pytest.fixture
def invoice():
    """Invoice 10007 to Strathlorne University over £1,250."""
    Numbers.objects.create(kind=Numbers.Kind.INVOICE, last=10006)
    return make_invoice('Strathlorne University')


def make_invoice(name: str, fee: int = 1250) -> Invoice:
    Category.objects.get_or_create(name='Organisation', holders='organisations')
    organisation = make_organisation(name, billing_address='1 High Street')
    membership = make_membership(organisation, status='none', joined_on=days.today() - timedelta(days=60))
    start = days.today() - timedelta(days=30)
    term = renewing.add_term(
        membership, by=None, start=start, end=start + timedelta(days=364), fee=Decimal(fee)
    )
    return Invoice.objects.get(pk=billing.bill(term, by=None).pk)


def taken(by, *lines: str) -> BankImport:
    return bank.take(file_of(*lines), by=by, file_name='may.csv')


def proposed(row: BankImport) -> list[tuple[str, str, list]]:
    return [
        (
            one.verdict.value,
            one.target,
            [(getattr(put.to, 'number', put.key), put.amount) for put in one.puts],
        )
        for one in bank.propose(list(row.lines.all()))
    ]


def as_proposed(row: BankImport) -> list[Choice]:
    return [
        Choice(one.line, [(put.to, put.amount) for put in one.puts], one.membership)
        for one in bank.propose(list(row.lines.all()))
        if one.puts
    ]


UNI = 'Invoice 10007, Strathlorne University, £1,250.00 owed'


@pytest.mark.parametrize(
    ('amount', 'text', 'found'),
    [
        ('1250.00', 'STRATHLORNE UNI INV 10007', ('ready', UNI, [(10007, Decimal(1250))])),
        ('1250.00', 'inv0010007', ('ready', UNI, [(10007, Decimal(1250))])),
        ('500.00', 'INV 10007', ('proposed', UNI, [(10007, Decimal(500))])),
        ('1251.50', 'INV 10007', ('proposed', UNI, [(10007, Decimal(1250))])),
        ('1250.00', 'UK IMPLEM SOC INV 1000', ('proposed', UNI, [(10007, Decimal(1250))])),
        ('1250.00', 'STRATHLORNE UNI', ('proposed', UNI, [(10007, Decimal(1250))])),
        ('1250.00', 'WHO KNOWS', ('proposed', UNI, [(10007, Decimal(1250))])),
        ('1250.00', 'MEMBER 1001', ('proposed', UNI, [(10007, Decimal(1250))])),
        ('20.00', 'MEMBER 1001', ('proposed', 'the balance of Strathlorne University', [])),
        ('20.00', 'SALE OF A TABLE', ('nobody’s', '', [])),
    ],
)
def test_number_and_amount_agree_or_a_person_decides(invoice, secretary, amount, text, found):
    row = taken(secretary, line(amount, text))

    assert proposed(row) == [found]


@pytest.mark.parametrize('amount', ['1250.00', '20.00'])
def test_the_number_of_a_membership_that_ended_leads_to_the_one_that_goes_on(invoice, secretary, amount):
    """As after two entries of one holder were made one: those who pay have the old number in their books."""
    goes_on = invoice.membership
    ended_on = days.today() - timedelta(days=20)
    joined_on = days.today() - timedelta(days=400)
    old = make_membership(make_organisation('Strathlorne Univ.'), status='none', joined_on=joined_on)
    old.organisation.memberships.update(
        organisation=goes_on.organisation, ended_on=ended_on, ended_why='Here twice', beside=True
    )
    row = taken(secretary, line(amount, f'MEMBER {old.number}'))

    (found,) = bank.propose(list(row.lines.all()))

    assert (found.verdict.value, found.membership) == ('proposed', goes_on)
    assert [put.to.number for put in found.puts] == ([10007] if amount == '1250.00' else [])
    assert found.why.startswith(f'Membership {old.number} has ended, and {goes_on.number} goes on. ')


def test_the_number_of_a_membership_that_ended_leads_nowhere_else_while_it_is_owed_for(invoice, secretary):
    goes_on, old = invoice.membership, make_invoice('Strathlorne Univ.', fee=90)
    old.membership.organisation.memberships.update(
        organisation=goes_on.organisation, ended_on=days.today(), ended_why='Here twice', beside=True
    )
    row = taken(secretary, line('90.00', f'MEMBER {old.membership.number}'))

    (found,) = bank.propose(list(row.lines.all()))

    assert found.membership == old.membership


def test_several_numbers_or_candidates_are_for_a_person_to_split(invoice, secretary):
    second = make_invoice('Lorne College')
    row = taken(secretary, line('2000', '10007 and 10008'), line('1250', 'WHO KNOWS'))

    several, candidates = proposed(row)

    assert several == ('to be split', '', [(10007, Decimal(1250)), (10008, Decimal(750))])
    assert candidates == ('to be split', '', [(10007, 0), (10008, 0)])
    assert second.number == 10008


def test_what_is_paid_void_or_over_is_never_ready(invoice, secretary):
    row = taken(secretary, line('1250', 'INV 10007'), line('1250', 'again 10007'))
    assert [one[:2] for one in proposed(row)] == [
        ('ready', UNI),
        ('proposed', 'the balance of Strathlorne University'),
    ]
    # The term before it ended long ago, and so did its cover: the membership has lapsed.
    term = invoice.term
    Term.objects.filter(pk=term.pk).update(start=DAY - timedelta(days=20), end=DAY + timedelta(days=300))
    old = DAY - timedelta(days=500)
    renewing.add_term(
        term.membership, by=None, start=old - timedelta(days=364), end=old, payment=Term.Payment.PAID
    )

    [first, _] = bank.propose(list(row.lines.all()))

    assert (first.verdict, first.puts) == ('proposed', [])
    assert 'the membership was over already' in first.why


def test_money_for_a_void_term_is_never_ready_though_another_covers_the_membership(invoice, secretary):
    term = invoice.term
    Term.objects.filter(pk=term.pk).update(payment=Term.Payment.VOID)
    renewing.add_term(term.membership, by=None, start=term.start, end=term.end, payment=Term.Payment.PAID)

    [one] = bank.propose(list(taken(secretary, line('1250', 'INV 10007')).lines.all()))

    assert (one.verdict, one.puts) == ('proposed', [])
    assert 'that term is void' in one.why


def test_what_somebody_recorded_by_hand_is_never_ready_again(invoice, secretary):
    half, whose = Decimal(625), invoice.membership
    theirs = payments.record(whose, by=secretary, received_on=DAY, amount=half, to=[(invoice, half)])
    row = taken(secretary, line('625', 'INV 10007'), line('625', 'INV 10007', DAY + timedelta(days=1)))

    [same, next_day] = bank.propose(list(row.lines.all()))

    assert (same.verdict, next_day.verdict) == ('proposed', 'ready')
    assert same.why.startswith('A payment of this day and amount was recorded for them by hand already.')
    payments.take_back(theirs, by=secretary, why='Another’s')
    invoice.refresh_from_db()
    [same, _] = bank.propose(list(row.lines.all()))
    assert 'by hand' not in same.why


def test_it_is_said_in_words(invoice, secretary):
    [one] = bank.propose(list(taken(secretary, line('1250', 'UNI 10007', date(2026, 5, 12))).lines.all()))

    assert one.in_words == f'12 May 2026, £1,250.00 in, from “UNI 10007” → {UNI}: ready'


def test_as_many_lines_cost_as_many_questions_as_one(invoice, secretary):
    def asked(count: int) -> int:
        lines = [line(str(10 + number), f'INV {10007 + number}') for number in range(count)]
        found = list(taken(secretary, *lines).lines.all())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            bank.propose(found)
        return len(queries)

    assert (asked(1), asked(50)) == (9, 9)


def test_a_file_is_recorded_as_a_whole_and_once(invoice, secretary):
    row = taken(secretary, line('500', 'INV 10007'), line('7.50', 'SALE'), line('-3', 'PAPER', days.today()))
    assert (Payment.objects.count(), bank.known_until()) == (0, None)

    for _ in range(2):
        bank.confirm(row, by=secretary, choices=as_proposed(row))

    row.refresh_from_db()
    [payment] = Payment.objects.all()
    assert (row.number, row.content, bank.known_until()) == (1, None, days.today())
    assert (payment.received_on, payment.amount, payment.reference, payment.by) == (
        DAY,
        Decimal(500),
        'INV 10007',
        secretary,
    )
    assert [(one.text, one.recorded) for one in row.lines.all()] == [('INV 10007', True)]
    invoice.refresh_from_db()
    assert (invoice.paid, invoice.owed) == (500, 750)


def test_one_refusal_records_nothing_at_all(invoice, secretary):
    row = taken(secretary, line('500', 'INV 10007'), line('600', 'INV 10007'))
    choices = as_proposed(row)
    payments.record(
        invoice.membership, by=None, received_on=DAY, amount=Decimal(400), to=[(invoice, Decimal(400))]
    )

    with pytest.raises(NotNow, match=r'600\.00 in, from “INV 10007”: On Invoice 10007 £350\.00 is owed'):
        bank.confirm(row, by=secretary, choices=choices)

    row.refresh_from_db()
    assert (row.is_open, Payment.objects.count(), Numbers.objects.filter(kind='bank import').count()) == (
        True,
        1,
        0,
    )


def test_equal_lines_are_two_and_overlapping_files_add_only_what_is_new(invoice, secretary):
    twice = [line('100', 'INV 10007')] * 2
    first = taken(secretary, *twice)
    bank.confirm(first, by=secretary, choices=as_proposed(first))
    again = taken(secretary, *twice)
    assert [verdict for verdict, _, _ in proposed(again)] == ['recorded already'] * 2
    bank.confirm(again, by=secretary, choices=as_proposed(again))

    overlapping = taken(secretary, *twice, line('100', 'inv  10007'), line('50', 'INV 10007'))
    assert [verdict for verdict, _, _ in proposed(overlapping)] == ['recorded already'] * 2 + ['proposed'] * 2
    bank.confirm(overlapping, by=secretary, choices=as_proposed(overlapping))

    assert sorted(Payment.objects.values_list('amount', flat=True)) == [50, 100, 100, 100]
    assert BankImport.objects.standing().count() == 3


STATEMENT = f"""Date,Description,Notes,Amount,Balance
{DAY:%d/%m/%Y},INV 10007,,500.00,500.00
{DAY:%d/%m/%Y},INV 10007,June,500.00,1000.00
"""


def read_as(row: BankImport, by, *texts: int) -> BankImport:
    return bank.set_columns(row, by=by, columns=Columns.of_json(row.columns | {'texts': texts}))


def test_a_line_is_known_whatever_columns_were_chosen(invoice, secretary):
    row = read_as(bank.take(STATEMENT.encode(), by=secretary, file_name='may.csv'), secretary, 1)
    bank.confirm(row, by=secretary, choices=as_proposed(row))

    for texts in ((1,), (1, 2), (2,)):
        again = bank.take(STATEMENT.replace('1000.00', '1020.00').encode(), by=secretary, file_name='may.csv')
        found = proposed(read_as(again, secretary, *texts))
        assert [verdict for verdict, _, _ in found] == ['recorded already'] * 2


def test_a_line_that_was_recorded_by_its_words_alone_stays_known(invoice, secretary):
    row = read_as(bank.take(STATEMENT.encode(), by=secretary, file_name='may.csv'), secretary, 1)
    bank.confirm(row, by=secretary, choices=as_proposed(row)[:1])
    row.lines.update(fingerprint=F('former'), former='')

    for known in (1, 2, 2):
        again = read_as(bank.take(STATEMENT.encode(), by=secretary, file_name='may.csv'), secretary, 1)
        found = [verdict for verdict, _, _ in proposed(again)]
        assert found == ['recorded already'] * known + ['proposed'] * (2 - known)
        bank.confirm(again, by=secretary, choices=as_proposed(again))


def test_undoing_a_whole_import_lets_the_same_file_be_taken_again(invoice, secretary):
    lines = [line('1250', 'INV 10007'), line('20', 'member 1001')]
    row = taken(secretary, *lines)
    choices = [*as_proposed(row), Choice(row.lines.get(line=3), [], invoice.membership)]
    bank.confirm(row, by=secretary, choices=choices)
    invoice.refresh_from_db()
    assert invoice.is_settled
    assert invoice.term.payment == Term.Payment.PAID

    for _ in range(2):
        bank.undo(row, by=secretary, why='The wrong account.')

    invoice.refresh_from_db()
    invoice.term.refresh_from_db()
    assert (invoice.owed, invoice.term.payment, bank.known_until()) == (1250, Term.Payment.UNPAID, None)
    assert set(Payment.objects.values_list('reversed_why', flat=True)) == {
        'Recorded by mistake (Bank import 1): The wrong account.'
    }
    assert [one[0] for one in proposed(taken(secretary, *lines))] == ['ready', 'proposed']


def test_undoing_names_what_was_built_on_a_payment_since(invoice, secretary):
    row = taken(secretary, line('1300', 'INV 10007'))
    bank.confirm(row, by=secretary, choices=as_proposed(row))
    payments.refund(Payment.objects.get(), Decimal(50), by=None, why='Too much.', sent_on=days.today())

    with pytest.raises(NotNow, match=r'£50\.00 sent back'):
        bank.undo(row, by=secretary, why='Wrong.')

    assert Payment.objects.filter(reversed_on=None).count() == 1


@pytest.mark.parametrize('first', [0, 100])
def test_undoing_names_what_was_put_to_an_invoice_a_moment_later(invoice, secretary, first):
    row = taken(secretary, line('1250', 'INV 10007'))
    puts = [(invoice, Decimal(first))] if first else []
    bank.confirm(row, by=secretary, choices=[Choice(row.lines.get(), puts, invoice.membership)])
    payment = Payment.objects.get()
    payments.put_to(payment, invoice, Decimal(150), by=secretary)

    with pytest.raises(NotNow, match=rf'£150\.00 was put to Invoice {invoice.number} afterwards'):
        bank.undo(row, by=secretary, why='Wrong.')

    crediting.credit(invoice, by=secretary, reason='Too much was asked.', amount=Decimal(1250 - first))
    bank.undo(row, by=secretary, why='Wrong.')
    payment.refresh_from_db()
    assert payment.reversed_on == days.today()


def test_a_transfer_for_two_members_becomes_two_payments(invoice, secretary):
    other = make_invoice('Lorne College', 750)
    row = taken(secretary, line('2000', '10007/10008'))

    bank.confirm(row, by=secretary, choices=as_proposed(row))

    assert Counter(Payment.objects.values_list('membership', 'amount')) == Counter(
        [(invoice.membership_id, Decimal(1250)), (other.membership_id, Decimal(750))]
    )
    assert row.lines.get().payments.count() == 2
    short = taken(secretary, line('1', 'x'))
    with pytest.raises(NotNow, match='say whose money it is'):
        bank.confirm(short, by=secretary, choices=[Choice(short.lines.get(), [])])


def test_files_that_nobody_confirms_are_forgotten(invoice, secretary):
    _, new, done = (taken(secretary, line(str(amount), 'INV 10007')) for amount in (1, 2, 3))
    bank.confirm(done, by=secretary, choices=as_proposed(done))
    BankImport.objects.exclude(pk=new.pk).update(at=timezone.now() - timedelta(days=8))

    keeping.delete(bank.never_confirmed(timezone.now()))

    assert set(BankImport.objects.all()) == {new, done}
    assert BankLine.objects.count() == 2
    bank.let_go(new, by=secretary)
    bank.let_go(done, by=secretary)
    assert BankImport.objects.get() == done


def test_a_saved_format_reads_the_next_file_of_that_bank(secretary):
    text = b'Date,A,B,Amount\n12/05/2026,12/05/2026,UNI,5.00\n'
    row = bank.take(text, by=secretary, file_name='a.csv')
    columns = Columns.of_json(row.columns)
    bank.set_columns(
        row, by=secretary, columns=Columns.of_json(columns.as_json() | {'texts': [1, 2]}), name='Ours'
    )

    following = bank.take(text.replace(b',', b';'), by=secretary, file_name='b.csv')

    assert BankFormat.objects.get().imports.count() == 2
    assert [one.text for one in following.lines.all()] == ['12/05/2026 UNI']


@pytest.mark.django_db(transaction=True)
def test_two_staff_and_a_double_click_record_a_line_once(invoice, secretary, administrator):
    rows = [taken(by, line('100', 'INV 10007')) for by in (secretary, administrator)]
    choices = [as_proposed(row) for row in rows]

    def confirm(which: int) -> str:
        try:
            bank.confirm(rows[which], by=rows[which].by, choices=choices[which])
        except NotNow as refusal:
            return str(refusal)
        finally:
            connection.close()
        return 'done'

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(confirm, [0, 1, 0, 1]))

    assert Payment.objects.count() == 1
    assert BankLine.objects.recorded().count() == 1
    assert {one.rpartition(': ')[2] for one in said} <= {
        'done',
        'somebody recorded it meanwhile, from another file.',
    }
    assert 'done' in said


def upload(client, data: bytes, name: str = 'may.csv'):
    return client.post(reverse('admin:bank'), {'file': SimpleUploadedFile(name, data)}, follow=True)


def test_the_secretary_takes_a_file_looks_through_it_and_records_it(invoice, secretary, signed_in):
    make_invoice('Lorne College')
    client = signed_in(secretary)
    lines = [
        line('1250', 'STRATHLORNE UNI INV 10007'), line('500', 'INV 10008'), line('9', 'SALE'), line('-4', 'PAPER'),
    ]  # fmt: skip
    page = upload(client, file_of(*lines))
    text = page.content.decode()
    assert f'£1,250.00 in</strong>, from “STRATHLORNE UNI INV 10007” → {UNI}' in text
    assert 'Left out: 1 payment that went out and 1 line before the first payment.' in text
    row = BankImport.objects.get()
    ready, part, sale = row.lines.all()
    typed = form_of(page)
    assert [typed.get(f'take-{one.pk}', False) for one in (ready, part, sale)] == [True, False, False]

    wrong = client.post(page.request['PATH_INFO'], typed | {f'other-{sale.pk}': '77777'})
    assert 'There is no invoice and no membership 77777.' in wrong.content.decode()
    assert Payment.objects.count() == 0
    typed |= {f'take-{part.pk}': 'on', f'other-{sale.pk}': '10008'}
    answer = client.post(page.request['PATH_INFO'], typed, follow=True)

    assert 'Recorded as Bank import 1: 3 payments.' in answer.content.decode()
    assert Counter(Payment.objects.values_list('amount', flat=True)) == Counter([1250, 500, 9])
    again = client.post(page.request['PATH_INFO'], typed, follow=True).content.decode()
    assert 'It is recorded already, as Bank import 1. Nothing was recorded twice.' in again
    undone = client.post(
        reverse('admin:bank_undo', args=[row.pk]), {'why': 'Wrong.'}, follow=True
    ).content.decode()
    assert 'Bank import 1 is undone. The same file can be taken again.' in undone
    assert Invoice.objects.filter(paid__gt=0).count() == 0


def test_what_changed_since_somebody_looked_is_shown_again(invoice, secretary, signed_in):
    client = signed_in(secretary)
    page = upload(client, file_of(line('1250', 'INV 10007'), line('5', 'SALE')))
    payments.record(
        invoice.membership, by=None, received_on=DAY, amount=Decimal(50), to=[(invoice, Decimal(50))]
    )
    ready, sale = BankLine.objects.all()
    typed = form_of(page) | {f'other-{sale.pk}': '1001'}

    answer = client.post(page.request['PATH_INFO'], typed)

    text = answer.content.decode()
    assert 'This changed while you looked at it. Read it again, and tick it again.' in text
    assert (answer.context['form'][f'other-{sale.pk}'].value(), Payment.objects.count()) == ('1001', 1)
    BankLine.objects.filter(pk=ready.pk).delete()
    stale = client.post(page.request['PATH_INFO'], typed)
    assert (stale.status_code, Payment.objects.count()) == (409, 1)


def test_a_split_is_typed_and_never_more_than_came_in(invoice, secretary, signed_in):
    second, client = make_invoice('Lorne College'), signed_in(secretary)
    page = upload(client, file_of(line('2000', '10007 10008')))
    pk = BankLine.objects.get().pk
    typed = form_of(page) | {f'take-{pk}': 'on'}
    assert typed[f'put-{pk}-{second.pk}'] == Decimal(750)

    refused = client.post(page.request['PATH_INFO'], typed | {f'put-{pk}-{second.pk}': '751'})
    assert 'This is £1.00 more than came in.' in refused.content.decode()
    client.post(
        page.request['PATH_INFO'], typed | {f'put-{pk}-{invoice.pk}': '800', f'put-{pk}-{second.pk}': '1200'}
    )

    assert Counter(Payment.objects.values_list('membership', 'amount')) == Counter(
        [(invoice.membership_id, Decimal(800)), (second.membership_id, Decimal(1200))]
    )


def test_a_file_that_cannot_be_read_is_refused_kindly_or_its_columns_put_right(secretary, signed_in):
    client = signed_in(secretary)

    large = upload(client, b'a,b\n' * 600_000)
    book = upload(client, b'PK\x03\x04 a workbook')
    assert 'The file is larger than 2 MB. Ask the bank for a shorter span' in large.content.decode()
    assert 'Save it as CSV' in book.content.decode()
    assert BankImport.objects.count() == 0

    page = upload(client, b'When,Who,What\n12/05/2026,UNI,5.00\n13/05/2026,UNI,5 pounds\n', 'x.csv')
    assert 'Line 3: “5 pounds” is no amount' in page.content.decode()
    row = BankImport.objects.get()
    columns = form_of(page) | {'texts': ['1'], 'amount': '', 'paid_in': '', 'name': 'Ours'}
    refused = client.post(reverse('admin:bank_columns', args=[row.pk]), columns)
    assert 'Say which column is the amount' in refused.content.decode()
    gone = client.post(reverse('admin:bank_let_go', args=[row.pk]), follow=True)
    assert 'is let go: nothing of it was recorded' in gone.content.decode()
    assert BankImport.objects.count() == 0


def test_a_list_of_five_imports_and_a_preview_of_thirty_lines_cost_as_much_as_one(
    invoice, secretary, signed_in, django_assert_num_queries
):
    client = signed_in(secretary)
    for count in (1, 30):
        row = taken(secretary, *[line(str(10 + number), f'INV {10007 + number}') for number in range(count)])
        client.get(reverse('admin:bank_import', args=[row.pk]))
        with django_assert_num_queries(17):
            client.get(reverse('admin:bank_import', args=[row.pk]))
    for _ in range(2):
        with django_assert_num_queries(8):
            client.get(reverse('admin:bank'))
        for _ in range(3):
            taken(secretary, line('5', 'x'))

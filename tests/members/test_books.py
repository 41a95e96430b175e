"""The books add up to the penny, for any span, on the page and in its files."""

import random
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from members import joining
from members.models import Allocation, Category, CreditNote, Invoice, Payment, Refund, WriteOff
from members.money import billing, books, crediting, payments, renewing
from tests.conftest import make_membership, make_organisation, make_person
from ukis import days, plots

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures('society')]
TODAY = days.today()
REACH = 500  # days back


def ago(count: int):
    return TODAY - timedelta(days=count)


def noon(day):
    return datetime.combine(day, time(12), days.LONDON)


def pennies(chance: random.Random, least: int, most: int) -> Decimal:
    return Decimal(chance.randint(least, most)) / 100


@pytest.fixture
def dense():
    """Eighty invoices of two categories: paid in parts, early, late and from balance, credited, void, written off,
    taken back, refunded; each with pennies of its own."""
    chance = random.Random(7)
    Category.objects.create(name='Organisation', holders='organisations')
    Category.objects.create(name='Individual', holders='people')
    holders = [make_organisation(), make_organisation(), make_person('Ann One'), make_person('Bo Two')]
    members = [make_membership(one, status='none') for one in holders]
    for number in range(80):
        issued, total = chance.randint(0, REACH), pennies(chance, 5_000, 90_000)
        make_events(chance, members[number % 4], number, issued, total)


def make_events(chance: random.Random, membership, number: int, issued: int, total: Decimal) -> None:
    invoice = Invoice.objects.create(
        number=20_000 + number,
        membership=membership,
        category=membership.category,
        issued_on=ago(issued),
        due_on=ago(issued - 30),
        payer_name='P',
        sender='S',
        total=total,
        at=noon(ago(issued)),
        drawn_ahead=number % 3 == 0,
    )
    if invoice.drawn_ahead and chance.random() < 0.5:
        drop(chance, invoice, issued, total)
        return
    if invoice.drawn_ahead:
        invoice.agreed_on = ago(chance.randint(0, issued))
        invoice.save()
    if chance.random() < 0.1 and not invoice.drawn_ahead:
        invoice.voided_on, invoice.voided_why = ago(chance.randint(0, issued)), 'Twice.'
        invoice.save()
        return
    left = total
    if chance.random() < 0.3:
        credit = pennies(chance, 1, int(left * 50))
        day = ago(chance.randint(0, issued))
        CreditNote.objects.create(
            number=90_000 + number, invoice=invoice, issued_on=day, reason='R', total=credit, at=noon(day)
        )
        invoice.credited, left = credit, left - credit
    for _ in range(chance.randint(0, 2)):
        left -= pay(chance, invoice, issued, left)
    if left > 0 and chance.random() < 0.3:
        off = min(left, Decimal('1.37'))
        WriteOff.objects.create(
            invoice=invoice,
            amount=off,
            written_off_on=ago(chance.randint(0, issued)),
            reason='R',
            at=timezone.now(),
        )
        invoice.written_off = off
    invoice.save()


def drop(chance: random.Random, invoice: Invoice, issued: int, total: Decimal) -> None:
    """Nobody agreed to it: it waits, was credited or is void; or money was put to it and had been recorded wrongly."""
    came = ago(chance.randint(0, issued))
    match chance.randint(0, 3):
        case 1:
            CreditNote.objects.create(
                number=95_000 + invoice.number,
                invoice=invoice,
                issued_on=came,
                reason='R',
                total=total,
                at=noon(came),
            )
            invoice.credited = total
        case 2:
            invoice.voided_on, invoice.voided_why = came, 'Twice.'
        case 3:
            payment = Payment.objects.create(
                membership=invoice.membership, category=invoice.category, received_on=came, amount=total, at=noon(came), reversed_on=TODAY,
                reversed_why='Recorded by mistake.',
            )  # fmt: skip
            Allocation.objects.create(payment=payment, invoice=invoice, amount=total, at=noon(came))
    invoice.save()


def pay(chance: random.Random, invoice: Invoice, issued: int, left: Decimal) -> Decimal:
    """How much of it counts in the end. It may have come before the invoice, and be put to it days later."""
    put = pennies(chance, 1, max(int(left * 60), 1))
    came = min(issued + chance.choice([20, 0, -10]), REACH)
    came = max(came, 0)
    at = chance.randint(0, min(came, issued))  # put to it, days ago
    at = came if chance.random() < 0.5 and came <= issued else at
    more = chance.choice([Decimal(0), Decimal('12.34')])
    payment = Payment.objects.create(
        membership=invoice.membership,
        category=invoice.category,
        received_on=ago(came),
        amount=put + more,
        at=noon(ago(max(came - 3, at))),
    )
    Allocation.objects.create(payment=payment, invoice=invoice, amount=put, at=noon(ago(at)))
    if more and chance.random() < 0.5:
        Refund.objects.create(
            payment=payment,
            amount=Decimal('5.01'),
            sent_on=ago(chance.randint(0, came)),
            why='W',
            at=timezone.now(),
        )
    if chance.random() < 0.2:
        payment.reversed_on, payment.reversed_why = ago(chance.randint(0, min(at, came))), 'Recalled.'
        payment.save()
        if payment.refunds.exists():
            payment.refunds.all().delete()
        return Decimal(0)
    invoice.paid += put
    return put


@pytest.mark.usefixtures('dense')
def test_what_is_owed_at_the_end_follows_from_what_happened_for_any_span():
    chance = random.Random(11)
    for _ in range(12):
        first, last = sorted((ago(chance.randint(0, REACH)), ago(chance.randint(0, REACH))))
        found = books.of(first, last)
        before = books.of(ago(2 * REACH), first - timedelta(days=1))

        assert before.owed_after == found.owed_before
        assert before.balance_after == found.balance_before
        within = found.within
        assert found.owed_after == (
            found.owed_before
            + within['invoiced']
            - within['credited']
            - within['written_off']
            - within['paid']
        )
        assert before.unagreed_after == found.unagreed_before
        assert found.unagreed_after == (
            found.unagreed_before + within['ahead'] - within['agreed'] - within['dropped']
        )
        assert sum(age.owed for age in books.ages(last)) == found.owed_after, (first, last)
        assert sum(age.unagreed for age in books.ages(last)) == found.unagreed_after, (first, last)
        for kind in books.KINDS | books.UP_FRONT:
            assert sum((sums[kind] for _, sums in found.by_month()), Decimal(0)) == within[kind]
            assert sum((sums[kind] for _, sums in found.by_category()), Decimal(0)) == within[kind]


@pytest.mark.usefixtures('dense')
def test_today_they_say_what_the_invoices_and_payments_say():
    found = books.of(ago(REACH), TODAY)

    assert found.owed_before == found.balance_before == 0
    assert found.owed_after == sum(Invoice.objects.owing().values_list('owed', flat=True))
    assert found.unagreed_after == sum(Invoice.objects.unagreed().values_list('owed', flat=True)) > 0
    assert sum(age.unagreed for age in books.ages(TODAY)) == found.unagreed_after
    assert found.balance_after == sum(payment.left for payment in Payment.objects.all())
    assert sum(age.owed for age in books.ages(TODAY)) == found.owed_after
    assert min(found.within.values()) > 0
    late = Invoice.objects.overdue().filter(due_on__lt=ago(90))
    assert books.ages(TODAY)[-1].count == late.count()
    assert books.ages(ago(200)) != books.ages(TODAY)


def test_money_counts_by_the_banks_day_and_later_by_the_day_it_was_put():
    invoice_day, came, put = ago(100), ago(130), ago(40)
    membership = make_membership(make_organisation(), status='none')
    invoice = Invoice.objects.create(
        number=20_001, membership=membership, category=membership.category, issued_on=invoice_day, due_on=ago(70), payer_name='P', sender='S',
        total=100, paid=100, at=noon(invoice_day),
    )  # fmt: skip
    both = {'membership': membership, 'category': membership.category}
    early = Payment.objects.create(**both, received_on=came, amount=60, at=noon(came))
    Allocation.objects.create(payment=early, invoice=invoice, amount=60, at=noon(put))
    late = Payment.objects.create(**both, received_on=ago(80), amount=40, at=noon(ago(75)))
    Allocation.objects.create(payment=late, invoice=invoice, amount=40, at=noon(ago(75)))

    found = [
        (books.of(day, day).owed_after, books.of(day, day).balance_after)
        for day in (ago(101), invoice_day, ago(80), ago(41), put)
    ]

    assert found == [(0, 60), (100, 60), (60, 60), (60, 60), (0, 0)]


def figures(first, last):
    found = books.of(first, last)
    return (
        found.owed_after,
        found.balance_after,
        dict(found.within),
        dict(found.by_category()),
        books.ages(last),
    )


@pytest.mark.parametrize('let_go', [True, False])
def test_a_credit_is_of_its_own_day_and_leaves_the_months_before_as_they_were(society, let_go):
    Category.objects.create(name='Organisation', holders='organisations', fee=450)
    with time_machine.travel(noon(ago(70))):
        body = make_organisation('Body', billing_address='1 High Street')
        member = make_membership(body, status='none', joined_on=ago(70))
        term = renewing.add_term(member, by=None, start=ago(70), end=ago(-294))
        invoice = billing.bill(term, by=None)
        amount = Decimal(445) if let_go else Decimal(450)
        payments.record_for(invoice, by=None, amount=amount, received_on=ago(72))
        if let_go:
            payments.write_off(invoice, by=None, reason='The bank kept it')
    before = [figures(ago(80), ago(day)) for day in (71, 60, 1)]

    crediting.credit(invoice, by=None, reason='Two places less.', amount=Decimal(100))
    crediting.reissue(invoice, by=None, reason='Another address')

    assert [figures(ago(80), ago(day)) for day in (71, 60, 1)] == before
    found = books.of(ago(80), TODAY)
    assert found.owed_after == sum(Invoice.objects.owing().values_list('owed', flat=True))
    assert found.balance_after == sum(payment.left for payment in Payment.objects.all())
    assert sum(age.owed for age in books.ages(TODAY)) == found.owed_after


def test_what_is_put_to_an_invoice_later_of_the_same_payment_counts_from_that_day(society):
    Category.objects.create(name='Organisation', holders='organisations', fee=450)
    with time_machine.travel(noon(ago(70))):
        body = make_organisation('Body', billing_address='1 High Street')
        member = make_membership(body, status='none', joined_on=ago(70))
        term = renewing.add_term(member, by=None, start=ago(70), end=ago(-294))
        invoice = billing.bill(term, by=None)
        payment = payments.record(
            member, by=None, received_on=ago(72), amount=Decimal(450), to=[(invoice, Decimal(100))]
        )
    before = [figures(ago(80), ago(day)) for day in (71, 60, 1)]

    payments.put_to(payment, invoice, Decimal(350), by=None)

    assert [figures(ago(80), ago(day)) for day in (71, 60, 1)] == before
    assert (books.of(ago(80), TODAY).owed_after, books.of(ago(80), TODAY).balance_after) == (0, 0)


def test_another_category_moves_nothing_of_what_was_asked_and_came_before(society):
    one = Category.objects.create(name='One', holders='organisations', fee=450)
    two = Category.objects.create(name='Two', holders='organisations', fee=900)
    with time_machine.travel(noon(ago(70))):
        body = make_organisation('Body', billing_address='1 High Street')
        member = joining.admit(body, by=None, category=one, joined_on=ago(70))
        term = renewing.add_term(member, by=None, start=ago(70), end=ago(-294))
        invoice = billing.bill(term, by=None)
        payments.record_for(invoice, by=None, amount=Decimal(440), received_on=ago(72))
    before = figures(ago(80), ago(1))

    joining.correct(member, by=None, category=two)
    unmoved = figures(ago(80), ago(1))
    payments.record_for(invoice, by=None, amount=Decimal(3), received_on=TODAY)
    payments.write_off(invoice, by=None, reason='The bank kept it')
    payments.record(member, by=None, received_on=TODAY, amount=Decimal(7))
    later = renewing.add_term(member, by=None, start=ago(-295), end=ago(-660))
    billing.bill(later, by=None)

    assert before == unmoved
    found = books.of(ago(80), TODAY)
    assert dict(found.by_category()) == {
        'One': {'invoiced': 450, 'received': 443, 'paid': 443, 'written_off': 7},
        'Two': {'invoiced': 900, 'received': 7},
    }
    for kind, amount in found.within.items():
        assert sum(sums[kind] for _, sums in found.by_category()) == amount
    assert found.owed_after == sum(Invoice.objects.owing().values_list('owed', flat=True)) == 900
    assert [row[0] for row in books.table(found, 'categories')[1]] == ['One', 'Two']


@pytest.mark.parametrize(
    ('day', 'begins', 'first', 'last'),
    [
        ('2026-11-27', 4, '2026-04-01', '2027-03-31'),
        ('2026-03-31', 4, '2025-04-01', '2026-03-31'),
        ('2026-01-01', 1, '2026-01-01', '2026-12-31'),
        ('2028-02-29', 3, '2027-03-01', '2028-02-29'),
    ],
)
def test_the_financial_year_begins_with_its_month(day, begins, first, last):
    read = datetime.fromisoformat
    assert books.year_of(read(day).date(), begins) == (read(first).date(), read(last).date())


@pytest.mark.usefixtures('dense')
def test_the_page_and_its_files_show_the_same(secretary, editor, signed_in, django_assert_num_queries):
    client = signed_in(secretary)
    span = {'first': f'{ago(300):%-d %B %Y}', 'last': f'{ago(10):%-d %B %Y}'}
    client.get(reverse('admin:books'))

    with django_assert_num_queries(10):
        page = client.get(reverse('admin:books'), span)
    file = b''.join(client.get(reverse('admin:books_table', args=['categories']), span)).decode()

    found = books.of(ago(300), ago(10))
    text = page.content.decode()
    assert f'{found.owed_after:,.2f}' in text
    months = (ago(10).year - ago(300).year) * 12 + ago(10).month - ago(300).month + 1
    assert text.count('<rect') == len(found.months) == months
    assert file.startswith('\ufeffCategory,Invoiced,')
    assert [line.split(',')[:2] for line in file.splitlines()[1:]] == [
        [name, str(sums['invoiced'])] for name, sums in found.by_category()
    ]
    ages = b''.join(client.get(reverse('admin:books_table', args=['ages']), span)).decode()
    assert f'{ago(10).isoformat()},Not due yet,' in ages
    assert signed_in(editor).get(reverse('admin:books')).status_code == 403
    assert client.get(reverse('admin:books_table', args=['nothing'])).status_code == 404
    wrong = client.get(reverse('admin:books'), {'first': '1 May 2026', 'last': '1 May 2025'}).content.decode()
    assert 'The last day stands before the first.' in wrong


def test_a_plot_is_drawn_in_whole_numbers_up_and_down():
    drawn = plots.bars([('Apr', Decimal('1250.50')), ('May', Decimal(-300)), ('Jun', Decimal(0))])

    up, down, none = drawn.bars
    assert (up.y + up.height, down.y, down.is_below, none.height) == (drawn.zero, drawn.zero, True, 0)
    assert [mark.label for mark in drawn.marks] == ['−£500', '£0', '£500', '£1,000', '£1,500']
    assert plots.bars([]).marks[-1].label == '£1'

"""The books of a span of days: what was invoiced and what became of it, what came in and where it is, to the penny.

Each sum is dated by what it is of: an invoice by its issue, money by the bank's value date, and what is put to an
invoice later than it came by the day on which somebody did it. Nothing counts before its invoice was issued. So what
is owed at the end is what was owed at the beginning, and all that is listed between.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    DateField,
    DecimalField,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, TruncDate, TruncMonth

from members.models import Allocation, CreditNote, Invoice, Payment, Refund, WriteOff
from members.pennies import PENNY
from ukis import days

ZERO = Decimal('0.00')
# What is summed, in the words of the page.
KINDS = {
    'invoiced': 'Invoiced',
    'credited': 'Credited or void',
    'written_off': 'Written off',
    'paid': 'Put to invoices',
    'received': 'Received',
    'taken_back': 'Taken back',
    'refunded': 'Sent back',
}
# In words, and from how many days late to how many.
AGES: tuple[tuple[str, int | None, int | None], ...] = (
    ('Not due yet', None, 0),
    ('1 to 30 days late', 1, 30),
    ('31 to 60 days late', 31, 60),
    ('61 to 90 days late', 61, 90),
    ('More than 90 days late', 91, None),
)

_DAY = DateField()


def _london(moment: str) -> TruncDate:
    return TruncDate(moment, tzinfo=days.LONDON)


# Money put to an invoice when it was recorded counts by the bank's day, later by that day; never before the invoice.
PUT_ON = Greatest(
    Case(
        When(Q(day_put=F('day_recorded')), then=F('payment__received_on')),
        default=F('day_put'),
        output_field=_DAY,
    ),
    F('invoice__issued_on'),
    output_field=_DAY,
)


def _allocations() -> Any:
    dated = Allocation.objects.order_by().annotate(day_put=_london('at'), day_recorded=_london('payment__at'))
    return dated.annotate(put_on=PUT_ON)


def _sources() -> Iterator[tuple[str, int, Any, str, str]]:
    """Of everything that is summed: kind, sign, rows with their `day`, the amount's column, the way to the category."""
    of_invoice, of_payment = 'invoice__membership__category__name', 'payment__membership__category__name'
    invoices, void = Invoice.objects.order_by(), Invoice.objects.order_by().filter(voided_on__isnull=False)
    own = 'membership__category__name'
    yield 'invoiced', 1, invoices.annotate(day=F('issued_on')), 'total', own
    yield 'credited', 1, CreditNote.objects.order_by().annotate(day=F('issued_on')), 'total', of_invoice
    yield 'credited', 1, void.annotate(day=F('voided_on')), 'total', own
    yield (
        'written_off',
        1,
        WriteOff.objects.order_by().annotate(day=F('written_off_on')),
        'amount',
        of_invoice,
    )
    yield 'paid', 1, _allocations().annotate(day=F('put_on')), 'amount', of_invoice
    undone = _allocations().filter(payment__reversed_on__isnull=False)
    undone = undone.annotate(day=Greatest(F('payment__reversed_on'), F('put_on'), output_field=_DAY))
    yield 'paid', -1, undone, 'amount', of_invoice
    payments = Payment.objects.order_by()
    yield 'received', 1, payments.annotate(day=F('received_on')), 'amount', own
    back = payments.filter(reversed_on__isnull=False).annotate(day=F('reversed_on'))
    yield 'taken_back', 1, back, 'amount', own
    yield 'refunded', 1, Refund.objects.order_by().annotate(day=F('sent_on')), 'amount', of_payment


class Sums(dict[str, Decimal]):
    """By kind; what nothing happened in is nought."""

    def __missing__(self, kind: str) -> Decimal:
        if kind not in KINDS:
            raise KeyError(kind)
        return ZERO

    def add(self, kind: str, amount: Decimal) -> None:
        self[kind] = self[kind] + amount

    @property
    def owed(self) -> Decimal:
        return self['invoiced'] - self['credited'] - self['written_off'] - self['paid']

    @property
    def balance(self) -> Decimal:
        """What came in and is put to nothing."""
        return self['received'] - self['taken_back'] - self['refunded'] - self['paid']

    @property
    def income(self) -> Decimal:
        return self['received'] - self['taken_back'] - self['refunded']

    @property
    def cells(self) -> list[Decimal]:
        return [self[kind] for kind in KINDS]


@dataclass
class Books:
    first: date
    last: date
    opening: Sums = field(default_factory=Sums)
    within: Sums = field(default_factory=Sums)
    months: dict[date, Sums] = field(default_factory=dict)
    categories: dict[str, Sums] = field(default_factory=lambda: defaultdict(Sums))

    @property
    def owed_before(self) -> Decimal:
        return self.opening.owed

    @property
    def owed_after(self) -> Decimal:
        return self.opening.owed + self.within.owed

    @property
    def balance_before(self) -> Decimal:
        return self.opening.balance

    @property
    def balance_after(self) -> Decimal:
        return self.opening.balance + self.within.balance

    def by_category(self) -> list[tuple[str, Sums]]:
        return sorted(self.categories.items())

    def by_month(self) -> list[tuple[date, Sums]]:
        return sorted(self.months.items())


def of(first: date, last: date) -> Books:
    """One question for each thing that is summed: all before the span is one row, then one a month and category."""
    books = Books(first, last, months={month: Sums() for month in months_of(first, last)})
    for kind, sign, rows, amount, category in _sources():
        dated = rows.filter(day__lte=last).annotate(
            month=Case(
                When(day__lt=first, then=Value(None)),
                default=Cast(TruncMonth('day'), _DAY),
                output_field=_DAY,
            ),
            category=F(category),
        )
        for month, name, found in dated.values_list('month', 'category').annotate(sum=Sum(amount)):
            _add(books, kind, month, name, sign * found.quantize(PENNY))
    return books


def _add(books: Books, kind: str, month: date | None, category: str, amount: Decimal) -> None:
    if month is None:
        books.opening.add(kind, amount)
        return
    books.within.add(kind, amount)
    books.months[month].add(kind, amount)
    books.categories[category].add(kind, amount)


def months_of(first: date, last: date) -> Iterator[date]:
    """The first day of each month with a day in the span."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


@dataclass(frozen=True)
class Age:
    words: str
    count: int
    owed: Decimal


def ages(on: date) -> list[Age]:
    """What was owed at the end of that day, by how long it had been due."""
    rows = _owed_on(on).order_by()
    if on >= days.today():
        rows = Invoice.objects.open().annotate(then=F('owed')).order_by()
    asked: dict[str, Any] = {}
    for place, (_, least, most) in enumerate(AGES):
        late = Q()
        if least is not None:
            late &= Q(due_on__lte=days.before(on, least))
        if most is not None:
            late &= Q(due_on__gte=days.before(on, most))
        asked |= {f'sum{place}': Sum('then', filter=late), f'count{place}': Sum(Value(1), filter=late)}
    found = rows.aggregate(**asked)
    return [
        Age(words, found[f'count{place}'] or 0, (found[f'sum{place}'] or ZERO).quantize(PENNY))
        for place, (words, _, _) in enumerate(AGES)
    ]


def _owed_on(on: date) -> Any:
    """Invoices with `then`, what was owed on each at the end of a day that is past."""
    counted = _allocations().filter(put_on__lte=on)
    counted = counted.filter(Q(payment__reversed_on=None) | Q(payment__reversed_on__gt=on))
    gone = (
        (CreditNote.objects.filter(issued_on__lte=on), 'total'),
        (WriteOff.objects.filter(written_off_on__lte=on), 'amount'),
        (counted, 'amount'),
    )
    left: Any = F('total')
    for rows, amount in gone:
        left = left - _sum_of(rows, amount)
    stood = Invoice.objects.filter(issued_on__lte=on).filter(Q(voided_on=None) | Q(voided_on__gt=on))
    # SQLite reckons in binary: half a penny is nothing.
    return stood.annotate(then=left).filter(then__gt=Decimal('0.005'))


def _sum_of(rows: Any, amount: str) -> Coalesce:
    its = (
        rows.order_by()
        .filter(invoice=OuterRef('pk'))
        .values('invoice')
        .annotate(gone=Sum(amount))
        .values('gone')
    )
    money = DecimalField(max_digits=12, decimal_places=2)
    return Coalesce(Subquery(its, output_field=money), Value(ZERO), output_field=money)


def year_of(day: date, begins_in: int) -> tuple[date, date]:
    """First and last day of the financial year, which begins with a month, in which a day falls."""
    first = date(day.year - (day.month < begins_in), begins_in, 1)
    return first, days.before(days.years_after(first, 1), 1)


def table(books: Books, which: str) -> tuple[list[str], Sequence[Sequence[Any]]]:
    """Head and rows of one of its tables, as a file has them."""
    sums = list(KINDS.values())
    if which == 'ages':
        on = min(books.last, days.today())
        return ['Owed on', 'Due', 'Invoices', 'Owed'], [
            [on, age.words, age.count, age.owed] for age in ages(on)
        ]
    if which == 'categories':
        return ['Category', *sums], [[name, *found.cells] for name, found in books.by_category()]
    return ['Month', *sums], [[f'{month:%Y-%m}', *found.cells] for month, found in books.by_month()]


TABLES = ('months', 'categories', 'ages')

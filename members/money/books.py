"""The books of a span of days: what was invoiced and what became of it, what came in and where it is, to the penny.

Each sum is dated by what it is of: an invoice by its issue, money by the bank's value date, and what is put to an
invoice later than it came by the day on which somebody did it. Nothing counts before its invoice was issued. So what
is owed at the end is what was owed at the beginning, and all that is listed between.

An invoice that was drawn up front, with the notice of a renewal, is owed by nobody before somebody agrees to it. From
its issue to that day it is counted apart, and adds up by itself; from that day on it is as any.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    DecimalField,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncMonth

from members.models import CreditNote, Invoice, WriteOff
from members.money import book_entries
from members.money.pennies import PENNY
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
# Of invoices that were drawn up front, while nobody has agreed to them.
UP_FRONT = {
    'ahead': 'Drawn up front',
    'agreed': 'Of that agreed to',
    'dropped': 'Of that credited or void',
}
# In words, and from how many days late to how many.
AGES: tuple[tuple[str, int | None, int | None], ...] = (
    ('Not due yet', None, 0),
    ('1 to 30 days late', 1, 30),
    ('31 to 60 days late', 31, 60),
    ('61 to 90 days late', 61, 90),
    ('More than 90 days late', 91, None),
)


class Sums(dict[str, Decimal]):
    """By kind; what nothing happened in is nought."""

    def __missing__(self, kind: str) -> Decimal:
        if kind not in KINDS | UP_FRONT:
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
    def unagreed(self) -> Decimal:
        return self['ahead'] - self['agreed'] - self['dropped']

    @property
    def income(self) -> Decimal:
        return self['received'] - self['taken_back'] - self['refunded']

    @property
    def cells(self) -> list[Decimal]:
        return [self[kind] for kind in KINDS]

    @property
    def all_cells(self) -> list[Decimal]:
        return [*self.cells, *(self[kind] for kind in UP_FRONT)]


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
    def unagreed_before(self) -> Decimal:
        return self.opening.unagreed

    @property
    def unagreed_after(self) -> Decimal:
        return self.opening.unagreed + self.within.unagreed

    @property
    def has_up_front(self) -> bool:
        return any(sums[kind] for sums in (self.opening, self.within) for kind in UP_FRONT)

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
    """One question: of each thing that is summed all before the span is a row, then one a month and category."""
    books = Books(first, last, months={month: Sums() for month in months_of(first, last)})
    counted, summed = [], []
    for place, (kind, sign, rows, amount, category) in enumerate(book_entries.sources()):
        counted.append((kind, sign))
        dated = rows.filter(day__lte=last).annotate(
            place=Value(place),
            month=Case(
                When(day__lt=first, then=Value(None)),
                default=Cast(TruncMonth('day'), book_entries.DAY),
                output_field=book_entries.DAY,
            ),
            counted_by=F(category),
        )
        summed.append(dated.values_list('place', 'month', 'counted_by').annotate(sum=Sum(amount)))
    for place, month, name, found in summed[0].union(*summed[1:], all=True).order_by():
        kind, sign = counted[place]
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
    unagreed_count: int
    unagreed: Decimal


def ages(on: date) -> list[Age]:
    """What was owed at the end of that day, by how long it had been due; apart from it what nobody had agreed to."""
    if on >= days.today():
        now = {'then': F('owed')}
        owed, unagreed = Invoice.objects.owing().annotate(**now), Invoice.objects.unagreed().annotate(**now)
    else:
        owed, unagreed = _owed_on(on), _unagreed_on(on)
    found = zip(AGES, _by_age(owed, on), _by_age(unagreed, on), strict=True)
    return [Age(words, *of_owed, *of_unagreed) for (words, *_), of_owed, of_unagreed in found]


def _by_age(rows: Any, on: date) -> list[tuple[int, Decimal]]:
    asked: dict[str, Any] = {}
    for place, (_, least, most) in enumerate(AGES):
        late = Q()
        if least is not None:
            late &= Q(due_on__lte=days.before(on, least))
        if most is not None:
            late &= Q(due_on__gte=days.before(on, most))
        asked |= {f'sum{place}': Sum('then', filter=late), f'count{place}': Sum(Value(1), filter=late)}
    found = rows.order_by().aggregate(**asked)
    return [
        (found[f'count{place}'] or 0, (found[f'sum{place}'] or ZERO).quantize(PENNY))
        for place in range(len(AGES))
    ]


def _owed_on(on: date) -> Any:
    """Invoices with `then`, what was owed on each at the end of a day that is past."""
    counted = book_entries.allocations().filter(put_on__lte=on)
    counted = counted.filter(Q(payment__reversed_on=None) | Q(payment__reversed_on__gt=on))
    credited, let_go = (
        book_entries.of_agreed(rows).annotate(day=book_entries.from_agreed(day)).filter(day__lte=on)
        for rows, day in ((CreditNote, 'issued_on'), (WriteOff, 'written_off_on'))
    )
    released = book_entries.releases().filter(day__lte=on, gone__gt=on)
    gone = ((credited, 'total'), (let_go, 'amount'), (counted, 'amount'), (released, 'amount'))
    rows = Invoice.objects.agreed().annotate(day=Coalesce('agreed_on', 'issued_on')).filter(day__lte=on)
    return _less(rows, on, gone)


def _unagreed_on(on: date) -> Any:
    """The same of those to which nobody had agreed by then."""
    rows = Invoice.objects.filter(drawn_ahead=True, issued_on__lte=on)
    rows = rows.filter(Q(agreed_on=None) | Q(agreed_on__gt=on))
    return _less(rows, on, [(CreditNote.objects.filter(issued_on__lte=on), 'total')])


def _less(invoices: Any, on: date, gone: Iterable[tuple[Any, str]]) -> Any:
    left: Any = F('total')
    for rows, amount in gone:
        left = left - _sum_of(rows, amount)
    stood = invoices.filter(Q(voided_on=None) | Q(voided_on__gt=on))
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
    sums = [*KINDS.values(), *UP_FRONT.values()]
    if which == 'ages':
        on = min(books.last, days.today())
        head = ['Owed on', 'Due', 'Invoices', 'Owed', 'Not agreed to', 'Asked for those']
        return head, [
            [on, age.words, age.count, age.owed, age.unagreed_count, age.unagreed] for age in ages(on)
        ]
    if which == 'categories':
        return ['Category', *sums], [[name, *found.all_cells] for name, found in books.by_category()]
    return ['Month', *sums], [[f'{month:%Y-%m}', *found.all_cells] for month, found in books.by_month()]


TABLES = ('months', 'categories', 'ages')

"""VAT of a span of days, as its return asks: by treatment and rate, what was invoiced and what was taken back. Of
invoices issued while the Society was registered; each line as it was frozen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum, Value

from members.models import CreditNoteLine, InvoiceLine
from members.money.pennies import pennies

HEADS = (
    'VAT', 'Net invoiced', 'VAT invoiced', 'Net credited or void', 'VAT credited or void', 'Net left', 'VAT left',
)  # fmt: skip


@dataclass
class VatSums:
    """Of one treatment and rate."""

    words: str
    net: Decimal = Decimal(0)
    vat: Decimal = Decimal(0)
    net_back: Decimal = Decimal(0)
    vat_back: Decimal = Decimal(0)

    @property
    def cells(self) -> list[Decimal]:
        left = (self.net - self.net_back, self.vat - self.vat_back)
        return [pennies(sum_) for sum_ in (self.net, self.vat, self.net_back, self.vat_back, *left)]


def of(first: date, last: date) -> list[VatSums]:
    found: dict[tuple[str, Decimal], VatSums] = {}
    asked, *others = (
        rows.order_by()
        .annotate(is_back=Value(is_back))
        .values_list('is_back', 'vat', 'vat_rate')
        .annotate(net=Sum('net'), its=Sum('vat_amount'))
        for is_back, rows in _lines(first, last)
    )
    for is_back, treatment, rate, net, its in asked.union(*others, all=True).order_by():
        words = InvoiceLine(vat=treatment, vat_rate=rate).rate_in_words
        sums = found.setdefault((treatment, rate), VatSums(words))
        if is_back:
            sums.net_back, sums.vat_back = sums.net_back + net, sums.vat_back + its
        else:
            sums.net, sums.vat = sums.net + net, sums.vat + its
    return [found[one] for one in sorted(found, key=lambda one: (-one[1], one[0]))]


def _lines(first: date, last: date) -> Iterator[tuple[bool, QuerySet[Any]]]:
    span = (first, last)
    taxed = InvoiceLine.objects.exclude(invoice__vat_number='')
    credited = CreditNoteLine.objects.exclude(credit_note__invoice__vat_number='')
    yield False, taxed.filter(invoice__issued_on__range=span)
    yield True, taxed.filter(invoice__voided_on__range=span)
    yield True, credited.filter(credit_note__issued_on__range=span)


def table(first: date, last: date) -> tuple[Sequence[str], list[list[Any]]]:
    return HEADS, [[row.words, *row.cells] for row in of(first, last)]

"""Both papers of an invoice that was completed: as it was first issued, and with what was added."""

from dataclasses import dataclass
from datetime import datetime

from members.models import Invoice, InvoiceCopy
from ukis import days


@dataclass(frozen=True)
class KeptCopy:
    row: InvoiceCopy
    words: str


def keep(invoice: Invoice, *, at: datetime) -> InvoiceCopy:
    """As it reads now; who calls holds the invoice."""
    read = {
        name: getattr(invoice, name) for name in ('po_number', 'attention', 'paid', 'credited', 'written_off')
    }
    return InvoiceCopy.objects.create(invoice=invoice, at=at, **read)


def keep_first(before: Invoice) -> None:
    """Of one that was drawn for money, or before copies were kept: as it stands before it is completed."""
    if not before.copies.exists():
        keep(before, at=before.at)


def of(invoice: Invoice) -> list[KeptCopy]:
    """Where there are two or more, each with its day."""
    rows = list(invoice.copies.all())
    if len(rows) < 2:
        return []
    first = KeptCopy(rows[0], f'As first issued on {days.in_words(invoice.issued_on)}')
    return [first, *(KeptCopy(row, _completed(row)) for row in rows[1:])]


def _completed(row: InvoiceCopy) -> str:
    said = f'As completed on {days.in_words(days.london_day(row.at))}'
    return f'{said}: {row.added}' if row.added else said

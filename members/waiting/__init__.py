"""What waits for the membership secretary, oldest first: the admin's front page and Monday's letter say the same."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, QuerySet, Window
from django.urls import reverse

from members import bank
from members.models import Application, Erasure, Invoice, Membership
from members.status import Status
from members.waiting import kinds
from members.waiting.shown import NAMED, Waiting, WaitingRow, list_of, page_of
from ukis import days
from ukis.leafing import Leafing
from ukis.letters.models import SuppressedAddress

# A weekend: a file of the bank's that reaches less far may not have what was paid meanwhile.
BANK_IS_OLD = timedelta(days=3)
UNPAID = ('awaiting payment', 'in grace', 'invoices', 'leave')


def all_of_it(on: date | None = None, named: int = NAMED) -> list[Waiting]:
    """Every kind there is, also those of which nothing waits."""
    on = on or days.today()
    changes, claims, requests, wishes, unheard, without = kinds.waiting_of(kinds.all_of_them(on), named)
    return [
        _applications(on, named),
        *_memberships(on, named),
        overdue(on, named),
        changes,
        claims,
        requests,
        _erasures(on, named),
        wishes,
        unheard,
        without,
    ]


def with_the_bank(found: list[Waiting], on: date | None = None) -> list[Waiting]:
    """The same, said beside what is unpaid where the bank's file is old: perhaps they have paid."""
    unpaid = [one for one in found if one.count and one.words.startswith(UNPAID)]
    known = bank.known_until() if unpaid else None
    if known is None or known >= (on or days.today()) - BANK_IS_OLD:
        return found
    words = f'The bank’s file reaches to {days.in_words(known)} only: look at the account first.'
    return [replace(one, beside=words) if one in unpaid else one for one in found]


# Each with the day by which its rows are put in order: what comes first is named first.
STATUSES = {
    Status.DUE: ('cover_until', 'due'),
    Status.GRACE: ('grace_until', 'in grace'),
    Status.AWAITING_PAYMENT: ('joined_on', 'awaiting payment'),
}


def _memberships(on: date, named: int) -> list[Waiting]:
    """How many and which come first is one question for each: Django takes long to write it, and a database to answer
    it. What is shown of the first of all is one more."""
    found = {status: _of_status(status, on).order_by(day, 'number') for status, (day, _) in STATUSES.items()}
    leaves = {status: Leafing(rows, named) for status, rows in found.items()}
    shown = _in_words([key for one in leaves.values() for key in one.keys[:named]], on)
    return [
        _of_leaves(leaves[status], words, shown, named, list_of('membership', status=status.value))
        for status, (_, words) in STATUSES.items()
    ]


def leaving_the_page(on: date, named: int = NAMED) -> Waiting:
    """Whose days of grace run out within a week."""
    soon = _of_status(Status.GRACE, on).filter(grace_until__lt=on + timedelta(days=7))
    leaves = Leafing(soon.order_by('grace_until', 'number'), named)
    at = list_of('membership', status=Status.GRACE.value)
    shown = _in_words(leaves.keys[:named], on)
    return _of_leaves(leaves, 'leave the public page within a week', shown, named, at)


def _of_status(status: Status, on: date) -> Any:
    return Membership.objects.in_status(status, on)


def _in_words(keys: list[int], on: date) -> dict[int, Any]:
    rows: Any = Membership.objects.with_status(on).select_related('person', 'organisation')
    return rows.in_bulk(keys)


def _of_leaves(leaves: Leafing, words: str, shown: dict[int, Any], named: int, all_at: str) -> Waiting:
    first = [_membership(shown[key]) for key in leaves.keys[:named] if key in shown]
    return Waiting(words, leaves.count, leaves.how_many, first, all_at)


def overdue(on: date, named: int = NAMED, *, by: int = 0) -> Waiting:
    """Invoices that were due so many days ago, or longer."""
    rows = Invoice.objects.overdue(on - timedelta(days=by)).order_by('due_on', 'number')
    words = f'invoices unpaid for more than {by} days' if by else 'invoices overdue'
    return _waiting(words, rows, named, _invoice(on), list_of('invoice'))


def _applications(on: date, named: int) -> Waiting:
    rows = Application.objects.whole().waiting()
    return _waiting('applications', rows, named, _application, list_of('application'))


def _erasures(on: date, named: int) -> Waiting:
    """Asked for, and carried out with posts of which staff have to decide. The clock does the rest."""
    rows = (Erasure.objects.waiting() | Erasure.objects.to_settle()).order_by('due_at', 'pk')
    at = reverse('admin:erasures')
    return _waiting('requests to be forgotten', rows.select_related('person'), named, _erasure, at)


def bounced(on: date, named: int = NAMED) -> Waiting:
    rows = SuppressedAddress.objects.of_all_mail().order_by('-since', '-pk')
    address = reverse('admin:ukis_suppressedaddress_changelist') + '?lifted=no'
    return _waiting('addresses that refuse letters', rows, named, _suppressed, address)


def _waiting(
    words: str, rows: QuerySet[Any], named: int, row: Callable[[Any], WaitingRow], all_at: str
) -> Waiting:
    """How many there are and which come first, as one question."""
    found = list(rows.annotate(wait=Window(Count('pk')))[:named])
    count = found[0].wait if found else 0
    return Waiting(words, count, intcomma(count), list(map(row, found)), all_at)


def _membership(row: Any) -> WaitingRow:
    return WaitingRow(str(row.holder), page_of('membership', row.pk), row.sentence)


def _invoice(on: date) -> Callable[[Invoice], WaitingRow]:
    def row(invoice: Invoice) -> WaitingRow:
        says = f'£{invoice.owed} owed, {days.late_by(invoice.due_on, on)}'
        address = page_of('invoice', invoice.pk)
        return WaitingRow(f'{invoice}, {invoice.payer_name}', address, says)

    return row


def _application(row: Application) -> WaitingRow:
    return WaitingRow(str(row), page_of('application', row.pk), row.late)


def _erasure(row: Erasure) -> WaitingRow:
    says = f'on {days.in_words(days.london_day(row.due_at))}, by {days.in_words(row.answer_by)} at the latest'
    if row.done_at is not None:
        says = 'posts to be decided of'
    return WaitingRow(str(row.person), reverse('admin:erasures'), says)


def _suppressed(row: SuppressedAddress) -> WaitingRow:
    address = reverse('admin:ukis_suppressedaddress_change', args=[row.pk])
    return WaitingRow(row.address, address, row.reason[:200])

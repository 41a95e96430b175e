"""What waits for the membership secretary, oldest first: the admin's front page and Monday's letter say the same."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Exists, OuterRef, QuerySet, Window
from django.urls import reverse

from members import data_requests, domains, proposals, reminders
from members.models import (
    Application,
    ChangeProposal,
    DataRequest,
    Domain,
    Erasure,
    Invoice,
    Membership,
    Office,
    Organisation,
    Renewal,
)
from members.status import Status
from ukis import days
from ukis.clock.models import Reminded
from ukis.leafing import Leafing
from ukis.letters.models import SuppressedAddress

NAMED = 5


@dataclass(frozen=True)
class WaitingRow:
    words: str
    address: str
    says: str


# What waits, where there is one of it.
ONE = {
    'addresses': 'address',
    'applications': 'application',
    'changes': 'change',
    'domains': 'domain',
    'invoices': 'invoice',
    'leave': 'leaves',
    'organisations': 'organisation',
    'renewals': 'renewal',
    'requests': 'request',
    'wishes': 'wish',
}


@dataclass(frozen=True)
class Waiting:
    """One kind of thing that waits. `how_many` is the count in words, where there are too many to count."""

    words: str
    count: int
    how_many: str
    first: list[WaitingRow]
    all_at: str

    @property
    def more(self) -> bool:
        return self.count > len(self.first)

    @property
    def said(self) -> str:
        """As it stands after the number."""
        what, _, rest = self.words.partition(' ')
        return f'{ONE.get(what, what)} {rest}'.strip() if self.count == 1 else self.words


def all_of_it(on: date | None = None, named: int = NAMED) -> list[Waiting]:
    """Every kind there is, also those of which nothing waits."""
    on = on or days.today()
    first, *others = [kind(on, named) for kind in KINDS]
    return [first, *_memberships(on, named), *others]


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
        _of_leaves(leaves[status], words, shown, named, _list('membership', status=status.value))
        for status, (_, words) in STATUSES.items()
    ]


def leaving_the_page(on: date, named: int = NAMED) -> Waiting:
    """Whose days of grace run out within a week."""
    soon = _of_status(Status.GRACE, on).filter(grace_until__lt=on + timedelta(days=7))
    leaves = Leafing(soon.order_by('grace_until', 'number'), named)
    at = _list('membership', status=Status.GRACE.value)
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
    return _waiting(words, rows, named, _invoice(on), _list('invoice'))


def _applications(on: date, named: int) -> Waiting:
    rows = Application.objects.whole().waiting()
    return _waiting('applications', rows, named, _application, _list('application'))


def _proposals(on: date, named: int) -> Waiting:
    rows = proposals.waiting()
    return _waiting('changes that contacts propose', rows, named, _proposal, _list('changeproposal'))


def _domains(on: date, named: int) -> Waiting:
    rows = domains.waiting()
    return _waiting('domains to confirm', rows, named, _domain, _list('domain'))


def _data_requests(on: date, named: int) -> Waiting:
    rows = data_requests.waiting()
    return _waiting('requests about data', rows, named, _data_request, _list('datarequest', answered='no'))


def _erasures(on: date, named: int) -> Waiting:
    """Asked for, and carried out with posts of which staff have to decide. The clock does the rest."""
    rows = (Erasure.objects.waiting() | Erasure.objects.to_settle()).order_by('due_at', 'pk')
    at = reverse('admin:erasures')
    return _waiting('requests to be forgotten', rows.select_related('person'), named, _erasure, at)


def _wishes(on: date, named: int) -> Waiting:
    rows = Renewal.objects.filter(wishes_met_at=None).exclude(wishes='').order_by('pk')
    rows = rows.select_related('term__membership__person', 'term__membership__organisation')
    return _waiting('wishes before a renewal', rows, named, _wish, _list('membership'))


def without_a_main_contact(on: date, named: int = NAMED) -> Waiting:
    held = Office.objects.current(on).filter(organisation=OuterRef('pk'), role=Office.Role.MAIN)
    rows = Organisation.objects.members(on).filter(~Exists(held)).order_by('name', 'pk')
    return _waiting(
        'organisations without a main contact',
        rows,
        named,
        _organisation,
        _list('organisation'),
    )


def _unheard(on: date, named: int) -> Waiting:
    rows = reminders.unheard()
    at = reverse('admin:ukis_reminded_changelist') + '?outcome__exact=unheard'
    return _waiting('renewals that reached nobody', rows, named, _reminded, at)


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
    return WaitingRow(str(row.holder), _page('membership', row.pk), row.sentence)


def _invoice(on: date) -> Callable[[Invoice], WaitingRow]:
    def row(invoice: Invoice) -> WaitingRow:
        says = f'£{invoice.owed} owed, {days.late_by(invoice.due_on, on)}'
        address = _page('invoice', invoice.pk)
        return WaitingRow(f'{invoice}, {invoice.payer_name}', address, says)

    return row


def _application(row: Application) -> WaitingRow:
    return WaitingRow(str(row), _page('application', row.pk), row.late)


def _proposal(row: ChangeProposal) -> WaitingRow:
    return WaitingRow(str(row.organisation), _page('changeproposal', row.pk), row.get_field_display())


def _data_request(row: DataRequest) -> WaitingRow:
    says = row.late or f'to be answered by {days.in_words(row.due_on)}'
    return WaitingRow(str(row), _page('datarequest', row.pk), says)


def _domain(row: Domain) -> WaitingRow:
    return WaitingRow(str(row.organisation), _page('domain', row.pk), row.name)


def _erasure(row: Erasure) -> WaitingRow:
    says = f'on {days.in_words(days.london_day(row.due_at))}, by {days.in_words(row.answer_by)} at the latest'
    if row.done_at is not None:
        says = 'posts to be decided of'
    return WaitingRow(str(row.person), reverse('admin:erasures'), says)


def _wish(row: Renewal) -> WaitingRow:
    membership = row.term.membership
    address = _page('membership', membership.pk)
    return WaitingRow(str(membership.holder), address, row.wishes.rpartition('\n')[2][:200])


def _organisation(row: Organisation) -> WaitingRow:
    return WaitingRow(row.name, _page('organisation', row.pk), '')


def _reminded(row: Reminded) -> WaitingRow:
    says = f'the letter of {days.in_words(row.due_on)} did not arrive: ring them, and say so here'
    return WaitingRow(row.whom, reverse('admin:ukis_reminded_change', args=[row.pk]), says)


def _suppressed(row: SuppressedAddress) -> WaitingRow:
    address = reverse('admin:ukis_suppressedaddress_change', args=[row.pk])
    return WaitingRow(row.address, address, row.reason[:200])


def _page(model: str, key: int) -> str:
    return reverse(f'admin:members_{model}_change', args=[key])


def _list(model: str, **narrowed: str) -> str:
    query = f'?{urlencode(narrowed)}' if narrowed else ''
    return reverse(f'admin:members_{model}_changelist') + query


# What comes first stands before the memberships by status.
KINDS: tuple[Callable[[date, int], Waiting], ...] = (
    _applications,
    overdue,
    _proposals,
    _domains,
    _data_requests,
    _erasures,
    _wishes,
    _unheard,
    without_a_main_contact,
)

"""What waits for the membership secretary, oldest first: the admin's front page and Monday's letter say the same."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, DateField, Exists, F, OuterRef, QuerySet, TextField, Value, Window
from django.db.models.functions import Cast, Coalesce, Concat, RowNumber, Trim
from django.urls import reverse

from members import bank, data_requests, domains, proposals, reminders
from members.models import (
    Application,
    ChangeProposal,
    DataRequest,
    Erasure,
    Invoice,
    Membership,
    Office,
    Organisation,
    Renewal,
)
from members.status import Status
from ukis import days
from ukis.leafing import Leafing
from ukis.letters.models import SuppressedAddress

NAMED = 5
# A weekend: a file of the bank's that reaches less far may not have what was paid meanwhile.
BANK_IS_OLD = timedelta(days=3)
UNPAID = ('awaiting payment', 'in grace', 'invoices', 'leave')


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
    beside: str = ''  # what to think of before anything is done about it

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
    changes, claims, requests, wishes, unheard, without = _of_several(_told(on), named)
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


def _erasures(on: date, named: int) -> Waiting:
    """Asked for, and carried out with posts of which staff have to decide. The clock does the rest."""
    rows = (Erasure.objects.waiting() | Erasure.objects.to_settle()).order_by('due_at', 'pk')
    at = reverse('admin:erasures')
    return _waiting('requests to be forgotten', rows.select_related('person'), named, _erasure, at)


@dataclass(frozen=True)
class WaitingKind:
    """A kind of which a line is told by a few columns. `row` makes it of the key, the two texts and the day."""

    words: str
    rows: QuerySet[Any]
    row: Callable[[int, str, str, date], WaitingRow]
    all_at: str
    name: Any
    says: str = ''
    day: str = ''
    key: str = 'pk'


def _told(on: date) -> list[WaitingKind]:
    organisation, holder = 'organisation__name', 'term__membership__'
    person = Trim(Concat(f'{holder}person__title', Value(' '), f'{holder}person__name'))
    wishes = Renewal.objects.filter(wishes_met_at=None).exclude(wishes='').order_by('pk')
    return [
        WaitingKind(
            'changes that contacts propose', proposals.waiting(), _proposal, _list('changeproposal'),
            organisation, 'field',
        ),
        WaitingKind('domains to confirm', domains.waiting(), _domain, _list('domain'), organisation, 'name'),
        WaitingKind(
            'requests about data', data_requests.waiting(), _data_request,
            _list('datarequest', answered='no'), 'name', 'kind', 'due_on',
        ),
        WaitingKind(
            'wishes before a renewal', wishes, _wish, _list('membership'),
            Coalesce(f'{holder}organisation__name', person), 'wishes', key='term__membership',
        ),
        WaitingKind(
            'renewals that reached nobody', reminders.unheard(), _reminded,
            reverse('admin:ukis_reminded_changelist') + '?outcome__exact=unheard', 'whom', day='due_on',
        ),
        WaitingKind(
            'organisations without a main contact', _without_a_main_contact(on), _organisation,
            _list('organisation'), 'name',
        ),
    ]  # fmt: skip


def _of_several(kinds: list[WaitingKind], named: int) -> list[Waiting]:
    """How many there are of each and which come first, as one question for all of them."""
    first, *others = [_first_of(number, kind) for number, kind in enumerate(kinds)]
    found = list(first.union(*others, all=True).order_by('place')[: named * len(kinds)])
    waiting = []
    for number, kind in enumerate(kinds):
        rows = [row for row in found if row[0] == number][:named]
        count = rows[0][1] if rows else 0
        first_rows = [kind.row(*row[3:]) for row in rows]
        waiting.append(Waiting(kind.words, count, intcomma(count), first_rows, kind.all_at))
    return waiting


def _first_of(number: int, kind: WaitingKind) -> QuerySet[Any, Any]:
    """The first so many of each have the smallest places, wherever the others come."""
    order: Any = list(kind.rows.query.order_by)
    return (
        kind.rows.order_by()
        .annotate(
            number_of_kind=Value(number),
            wait=Window(Count('pk')),
            place=Window(RowNumber(), order_by=order),
            its_key=F(kind.key),
            its_name=Cast(kind.name, TextField()),
            its_says=Cast(kind.says or Value(''), TextField()),
            its_day=Cast(kind.day or Value(None), DateField()),
        )
        .values_list('number_of_kind', 'wait', 'place', 'its_key', 'its_name', 'its_says', 'its_day')
    )


def _without_a_main_contact(on: date) -> QuerySet[Organisation]:
    held = Office.objects.current(on).filter(organisation=OuterRef('pk'), role=Office.Role.MAIN)
    return Organisation.objects.members(on).filter(~Exists(held)).order_by('name', 'pk')


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


def _proposal(key: int, name: str, field: str, day: date) -> WaitingRow:
    return WaitingRow(name, _page('changeproposal', key), ChangeProposal(field=field).get_field_display())


def _domain(key: int, name: str, domain: str, day: date) -> WaitingRow:
    return WaitingRow(name, _page('domain', key), domain)


def _data_request(key: int, name: str, kind: str, due_on: date) -> WaitingRow:
    row = DataRequest(kind=kind, name=name, due_on=due_on)
    says = row.late or f'to be answered by {days.in_words(due_on)}'
    return WaitingRow(str(row), _page('datarequest', key), says)


def _wish(key: int, holder: str, wishes: str, day: date) -> WaitingRow:
    return WaitingRow(holder, _page('membership', key), wishes.rpartition('\n')[2][:200])


def _organisation(key: int, name: str, nothing: str, day: date) -> WaitingRow:
    return WaitingRow(name, _page('organisation', key), '')


def _reminded(key: int, whom: str, nothing: str, due_on: date) -> WaitingRow:
    says = f'the letter of {days.in_words(due_on)} did not arrive: ring them, and say so here'
    return WaitingRow(whom, reverse('admin:ukis_reminded_change', args=[key]), says)


def _erasure(row: Erasure) -> WaitingRow:
    says = f'on {days.in_words(days.london_day(row.due_at))}, by {days.in_words(row.answer_by)} at the latest'
    if row.done_at is not None:
        says = 'posts to be decided of'
    return WaitingRow(str(row.person), reverse('admin:erasures'), says)


def _suppressed(row: SuppressedAddress) -> WaitingRow:
    address = reverse('admin:ukis_suppressedaddress_change', args=[row.pk])
    return WaitingRow(row.address, address, row.reason[:200])


def _page(model: str, key: int) -> str:
    return reverse(f'admin:members_{model}_change', args=[key])


def _list(model: str, **narrowed: str) -> str:
    query = f'?{urlencode(narrowed)}' if narrowed else ''
    return reverse(f'admin:members_{model}_changelist') + query

"""Kinds of which a line is told by a few columns: how many wait of each, and which come first, is one question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, RowNumber, Trim, TruncDate
from django.urls import reverse

from members import contacts, data_requests
from members.models import (
    Application,
    ChangeProposal,
    DataRequest,
    Erasure,
    Invoice,
    Mailing,
    Payment,
    RenewalWish,
    Seat,
    Term,
)
from members.organisations import domains, proposals
from members.renewals import unheard
from members.waiting.shown import Waiting, WaitingRow, list_of, page_of
from ukis import days
from ukis.letters.models import SuppressedAddress


@dataclass(frozen=True)
class WaitingKind:
    """A kind of which a line is told by a few columns. `row` makes it of the key, the two texts and the day."""

    words: str
    rows: QuerySet[Any]
    row: Callable[[int, str, str, date], WaitingRow]
    all_at: str
    name: Any
    says: Any = ''
    day: Any = ''
    key: str = 'pk'


def all_of_them(on: date) -> list[WaitingKind]:
    organisation, holder = 'organisation__name', 'renewal__term__membership__'
    wishes = RenewalWish.objects.waiting().order_by('pk')
    return [
        WaitingKind(
            'applications', Application.objects.waiting(), _application, list_of('application'),
            _of_application(), day='due_on',
        ),
        overdue(on),
        WaitingKind(
            'payments for a term that is over', Payment.objects.filter(to_choose=True).order_by('received_on', 'pk'),
            _payment, list_of('payment', left='choose'),
            Coalesce('membership__organisation__name', _printed('membership__person')), 'amount', 'received_on',
        ),
        WaitingKind(
            'changes that contacts propose', proposals.waiting(), _proposal, list_of('changeproposal'),
            organisation, 'field',
        ),
        WaitingKind('domains to confirm', domains.waiting(), _domain, list_of('domain'), organisation, 'name'),
        WaitingKind(
            'requests about data', data_requests.waiting(), _data_request,
            list_of('datarequest', answered='no'), 'name', 'kind', 'due_on',
        ),
        _erasures(),
        WaitingKind(
            'wishes before a renewal', wishes, _wish, reverse('admin:wishes'),
            Coalesce(f'{holder}organisation__name', _printed(f'{holder}person')), 'words',
        ),
        WaitingKind(
            'renewals that reached nobody', unheard.renewals(), _reminded,
            reverse('admin:ukis_reminded_changelist') + '?outcome__exact=unheard', 'whom', day='due_on',
        ),
        WaitingKind(
            'letters to many that cannot be written', Mailing.in_trouble(), _mailing, reverse('admin:mailings'),
            'subject', 'trouble',
        ),
        WaitingKind(
            'promises overdue', _promises(on), _promise, list_of('membership'),
            Coalesce('membership__organisation__name', _printed('membership__person')),
            day='promised_until', key='membership',
        ),
        WaitingKind(
            'organisations without a main contact',
            contacts.without_main_contact(on).members(on).order_by('name', 'pk'), _organisation,
            list_of('organisation'), 'name',
        ),
        WaitingKind(
            'people for whom no place followed', Seat.objects.left_over(on).order_by('until', 'pk'), _left_over,
            list_of('seat', left='over'), _printed('person'), 'membership__organisation__name', 'until',
        ),
    ]  # fmt: skip


def overdue(on: date, *, by: int = 0) -> WaitingKind:
    """Invoices that were due so many days ago, or longer."""
    words = f'invoices unpaid for more than {by} days' if by else 'invoices overdue'
    return _of_invoices(words, Invoice.objects.overdue(on - timedelta(days=by)), on)


def unagreed(on: date) -> WaitingKind:
    """Drawn with the notice of a renewal: asked, and owed by nobody yet."""
    rows = Invoice.objects.unagreed().filter(due_on__lt=on)
    words = 'invoices drawn up front, past due and not agreed to'
    return _of_invoices(words, rows, on, stands='unagreed')


def _of_invoices(words: str, rows: QuerySet[Invoice], on: date, **narrowed: str) -> WaitingKind:
    says = Concat(
        Cast('number', TextField()), Value(' '), Cast('owed', TextField()), output_field=TextField()
    )
    at = list_of('invoice', **narrowed)
    return WaitingKind(
        words,
        rows.order_by('due_on', 'number'),
        _invoice(on, 'asked' if narrowed else 'owed'),
        at,
        'payer_name',
        says,
        'due_on',
    )


def bounced() -> WaitingKind:
    rows = SuppressedAddress.objects.of_all_mail().order_by('-since', '-pk')
    address = reverse('admin:ukis_suppressedaddress_changelist') + '?lifted=no'
    return WaitingKind('addresses that refuse letters', rows, _suppressed, address, 'address', 'reason')


def unwanted(on: date) -> WaitingKind:
    """Nothing is left to do: what can be refused goes there no more. Many of them speak of what we send."""
    since = datetime.combine(on - timedelta(days=7), time(), days.LONDON)
    standing = SuppressedAddress.objects.standing()
    rows = standing.filter(cause=SuppressedAddress.Cause.COMPLAINT, since__gte=since).order_by(
        '-since', '-pk'
    )
    address = reverse('admin:ukis_suppressedaddress_changelist') + '?lifted=no&cause__exact=complaint'
    words = 'addresses whose reader called a letter unwanted this week'
    return WaitingKind(words, rows, _suppressed, address, 'address', 'reason')


def _erasures() -> WaitingKind:
    """Asked for, and carried out with posts of which staff have to decide. The clock does the rest."""
    rows = (Erasure.objects.waiting() | Erasure.objects.to_settle()).order_by('due_at', 'pk')
    arrived = Case(
        When(done_at=None, then=Cast('arrived_on', TextField())), default=Value(''), output_field=TextField()
    )
    due_on = TruncDate('due_at', tzinfo=days.LONDON)
    at = reverse('admin:erasures')
    return WaitingKind('requests to be forgotten', rows, _erasure, at, _printed('person'), arrived, due_on)


def _promises(on: date) -> QuerySet[Term]:
    """Until they are paid, promised anew or let go, in whatever way they were given."""
    goes_on = Q(membership__ended_on=None) | Q(membership__ended_on__gte=on)
    ended = Term.objects.filter(goes_on, payment=Term.Payment.PROMISED, promised_until__lt=on)
    return ended.order_by('promised_until', 'pk')


def _printed(person: str) -> Trim:
    return Trim(Concat(f'{person}__title', Value(' '), f'{person}__name'))


def _of_application() -> Concat:
    whose = Coalesce(NullIf('organisation_name', Value('')), 'name')
    return Concat(whose, Value(' ('), 'category__name', Value(')'))


def waiting_of(kinds: Sequence[WaitingKind], named: int) -> list[Waiting]:
    return told(kinds, list(together(kinds, named)), named)


def together(kinds: Sequence[WaitingKind], named: int) -> QuerySet[Any, Any]:
    """How many there are of each and which come first, as one question for all of them."""
    first, *others = [_first_of(number, kind) for number, kind in enumerate(kinds)]
    return first.union(*others, all=True).order_by('its_place')[: named * len(kinds)]


def told(kinds: Sequence[WaitingKind], found: list[Any], named: int) -> list[Waiting]:
    """What was found by that question, in words."""
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
            its_wait=Window(Count('pk')),
            its_place=Window(RowNumber(), order_by=order),
            its_key=F(kind.key),
            its_name=Cast(kind.name, TextField()),
            its_says=Cast(kind.says or Value(''), TextField()),
            its_day=Cast(kind.day or Value(None), DateField()),
        )
        .values_list('number_of_kind', 'its_wait', 'its_place', 'its_key', 'its_name', 'its_says', 'its_day')
    )


def _application(key: int, name: str, nothing: str, due_on: date | None) -> WaitingRow:
    return WaitingRow(name, page_of('application', key), days.late_by(due_on) if due_on else '')


def _invoice(on: date, stands: str) -> Callable[[int, str, str, date], WaitingRow]:
    def row(key: int, payer: str, number_and_owed: str, due_on: date) -> WaitingRow:
        number, owed = number_and_owed.split()
        says = f'£{Decimal(owed):.2f} {stands}, {days.late_by(due_on, on)}'
        return WaitingRow(f'{Invoice(number=int(number))}, {payer}', page_of('invoice', key), says)

    return row


def _payment(key: int, holder: str, amount: str, received_on: date) -> WaitingRow:
    says = f'£{Decimal(amount):,.2f} came on {days.in_words(received_on)}: choose the old days or a new term'
    return WaitingRow(holder, page_of('payment', key), says)


def _proposal(key: int, name: str, field: str, day: date) -> WaitingRow:
    return WaitingRow(name, page_of('changeproposal', key), ChangeProposal(field=field).get_field_display())


def _domain(key: int, name: str, domain: str, day: date) -> WaitingRow:
    return WaitingRow(name, page_of('domain', key), domain)


def _data_request(key: int, name: str, kind: str, due_on: date) -> WaitingRow:
    row = DataRequest(kind=kind, name=name, due_on=due_on)
    says = row.late or f'to be answered by {days.in_words(due_on)}'
    return WaitingRow(str(row), page_of('datarequest', key), says)


def _wish(key: int, holder: str, words: str, day: date) -> WaitingRow:
    return WaitingRow(holder, f'{reverse("admin:wishes")}#wish-{key}', words.partition('\n')[0][:200])


def _promise(key: int, holder: str, nothing: str, until: date) -> WaitingRow:
    return WaitingRow(holder, page_of('membership', key), f'to be paid by {days.in_words(until)}')


def _organisation(key: int, name: str, nothing: str, day: date) -> WaitingRow:
    return WaitingRow(name, page_of('organisation', key), '')


def _left_over(key: int, name: str, organisation: str, until: date) -> WaitingRow:
    says = f'was in {organisation} until {days.in_words(until)}: give them a place, or say that nothing more follows'
    return WaitingRow(name, page_of('seat', key), says)


def _reminded(key: int, whom: str, nothing: str, due_on: date) -> WaitingRow:
    says = f'the letter of {days.in_words(due_on)} did not arrive: ring them, and say so here'
    return WaitingRow(whom, reverse('admin:ukis_reminded_change', args=[key]), says)


def _mailing(key: int, subject: str, trouble: str, day: date) -> WaitingRow:
    return WaitingRow(f'“{subject}”', reverse('admin:mailing', args=[key]), trouble)


def _erasure(key: int, name: str, arrived_on: str, due_on: date) -> WaitingRow:
    says = 'posts to be decided of'
    if arrived_on:
        answer_by = Erasure(arrived_on=date.fromisoformat(arrived_on)).answer_by
        says = f'on {days.in_words(due_on)}, by {days.in_words(answer_by)} at the latest'
    return WaitingRow(name, reverse('admin:erasures'), says)


def _suppressed(key: int, address: str, reason: str, day: date) -> WaitingRow:
    return WaitingRow(address, reverse('admin:ukis_suppressedaddress_change', args=[key]), reason[:200])

"""What an organisation's page shows to those who act for it, each by what their office or seat gives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.urls import NoReverseMatch, reverse

from members import contacts, status
from members.contacts import Powers
from members.models import (
    ChangeProposal,
    Domain,
    ExtraSeats,
    Invoice,
    Membership,
    Office,
    Organisation,
    Payment,
    Person,
    Seat,
)
from members.models.billing import InvoiceQuerySet, pounds
from members.money import copies, extra_seats
from members.organisations import domains, proposals
from members.places import placing, seats, staying
from members.renewals import grounds, renewable
from ukis import days

SHOWN, INVOICES = 200, 24


# What finds the latest posts that name an organisation: the room above appends it.
posts: list[Callable[[Organisation], Sequence[Any]]] = []


@dataclass(frozen=True)
class Bill:
    invoice: Invoice
    period: str
    pdf: str  # its address, where the site has one
    papers: list[tuple[str, str]]  # words and address of what stands beside it: its copies, what credits it


@dataclass(frozen=True)
class HeldOffice:
    office: Office
    may_end: bool  # by whoever looks


@dataclass(frozen=True)
class Proposed:
    row: ChangeProposal
    wanted: str


@dataclass
class Overview:
    organisation: Organisation
    powers: Powers
    membership: Any = None  # with its status
    sentence: str = ''  # of its status
    main_contacts: list[Person] = field(default_factory=list)
    use: seats.Use | None = None
    extra: list[ExtraSeats] = field(default_factory=list)
    may_take_more: bool = False
    fewer_places: staying.FewerPlaces | None = None
    people: list[Seat] = field(default_factory=list)
    more_people: int = 0
    invitations: list[Seat] = field(default_factory=list)
    asked: list[Seat] = field(default_factory=list)
    offices: list[HeldOffice] = field(default_factory=list)
    bills: list[Bill] = field(default_factory=list)
    credit: str = ''  # what was paid and is put to no invoice, in all
    domains: list[Domain] = field(default_factory=list)
    proposals: list[Proposed] = field(default_factory=list)
    in_print: list[Any] = field(default_factory=list)
    chances: list[renewable.Chance] = field(default_factory=list)
    is_public: bool = False  # whether everybody finds its listing

    @property
    def may_write(self) -> bool:
        """Whether a place gives the right to write today."""
        return bool(self.membership) and self.membership.status in status.MAY_SUBMIT


def of(organisation: Organisation, person: Person) -> Overview:
    powers = contacts.powers(person, organisation)
    shown = Overview(organisation, powers, main_contacts=contacts.main_contacts(organisation))
    shown.membership = _membership(organisation)
    if shown.membership:
        said = grounds.in_full if powers.sees_money else status.sentence
        shown.sentence = said(shown.membership)
    shown.in_print = [post for latest in posts for post in latest(organisation)]
    if powers.sees_term:
        held = organisation.offices.current().select_related('person')
        offices = held.order_by('role', 'since', 'pk')[:SHOWN]
        shown.offices = [
            HeldOffice(one, powers.keeps_people or one.person_id == person.pk) for one in offices
        ]
    if powers.keeps_listing:
        _add_listing(shown)
    if powers.keeps_people:
        shown.domains = domains.of(organisation, SHOWN)
    if shown.membership is None:
        return shown
    if powers.keeps_people:
        _add_people(shown)
    if powers.sees_money:
        shown.bills = _bills(Invoice.objects.filter(membership__organisation=organisation))
        shown.credit = _credit(Payment.objects.filter(membership__organisation=organisation))
        shown.chances = renewable.chances(person, of=organisation)
    return shown


def bills_of(person: Person) -> list[Bill]:
    """Those of their own memberships."""
    return _bills(Invoice.objects.filter(membership__person=person))


def credit_of(person: Person) -> str:
    """What they paid for their own memberships and is put to no invoice; nothing where there is none."""
    return _credit(Payment.objects.filter(membership__person=person))


def _credit(rows: Any) -> str:
    left = rows.balance()
    return pounds(left) if left else ''


def _bills(invoices: InvoiceQuerySet) -> list[Bill]:
    """Of these memberships, ended ones too: the last first, and whatever is still owed, however old."""
    last = invoices.order_by('-number').values('pk')[:INVOICES]
    listed = invoices.filter(Q(pk__in=last) | Q(pk__in=invoices.open().values('pk'))).order_by('-number')
    latest = list(listed.prefetch_related('copies')[:SHOWN])
    prefetch_related_objects([one for one in latest if one.credited], 'credit_notes')
    return [
        Bill(invoice, _period(invoice), _pdf('invoice', invoice.number), _papers(invoice))
        for invoice in latest
    ]


def _papers(invoice: Invoice) -> list[tuple[str, str]]:
    papers = [(one.words, _pdf('invoice_copy', invoice.number, one.row.pk)) for one in copies.of(invoice)]
    for note in invoice.credit_notes.all() if invoice.credited else ():
        words = f'{note} of {days.in_words(note.issued_on)}, {pounds(note.total)}'
        papers.append((words, _pdf('credit_note', note.number)))
    return papers


def _membership(organisation: Organisation) -> Any:
    """That of today, else the last one."""
    rows = Membership.objects.filter(organisation=organisation)
    today = placing.open_places(organisation) or rows.order_by('-joined_on').first()
    return today and Membership.objects.with_status().select_related('category', 'organisation').get(
        pk=today.pk
    )


def _add_people(shown: Overview) -> None:
    of_it = shown.membership.seats
    given = of_it.given().select_related('person').order_by('person__family_name', 'person__name', 'pk')
    shown.use = seats.use(shown.membership)
    shown.extra = extra_seats.of_today(shown.membership)
    shown.fewer_places = staying.fewer_places(shown.membership)
    shown.may_take_more = extra_seats.may_be_had(shown.membership)
    shown.people = list(given[:SHOWN])
    shown.more_people = given.count() - SHOWN if len(shown.people) == SHOWN else 0
    unanswered = of_it.unanswered().select_related('invited_by')
    shown.invitations = list(unanswered.order_by('-invited_on', '-pk')[:SHOWN])
    shown.asked = list(of_it.asked_for().select_related('person').order_by('pk')[:SHOWN])


def _add_listing(shown: Overview) -> None:
    """With what waits for staff, and what they decided last."""
    rows = shown.organisation.proposals.exclude(decision=ChangeProposal.Decision.WITHDRAWN)
    if not shown.powers.sees_money:
        rows = rows.exclude(field=ChangeProposal.Field.BILLING_ADDRESS)
    latest = rows.select_related('by').order_by('-at', '-pk')[:12]
    shown.proposals = [Proposed(row, proposals.in_words(row.field, row.wanted)) for row in latest]
    shown.is_public = Organisation.objects.listed().filter(pk=shown.organisation.pk).exists()


def _period(invoice: Invoice) -> str:
    if not invoice.period_start or not invoice.period_end:
        return ''
    return f'{days.in_words(invoice.period_start)} to {days.in_words(invoice.period_end)}'


def _pdf(view: str, *args: int) -> str:
    try:
        return reverse(view, args=args)
    except NoReverseMatch:
        return ''

"""Invoices of the demonstration: those of a year, paid as they came in; one paid with something left over, one paid in
part, one overdue, one credited and issued anew."""

from datetime import date, timedelta
from decimal import Decimal

from members.models import Invoice, Membership, Office, Organisation, Person, Term
from members.money import billing, crediting, payments, renewing
from members.status import Status
from ukis import days

PO_NUMBER = 'PO-40017'
STREETS = ('4 Example Street', 'Finance, 12 Invented Road', '1 Model Square', 'The Sample Works')


def stage_money(people: dict[str, Person]) -> None:
    """The demonstration's contact and secretary stand in for everybody who pays and records."""
    if Invoice.objects.filter(po_number=PO_NUMBER).exists():
        return
    by, contact = people['secretary'], people['contact']
    for place, organisation in enumerate(Organisation.objects.filter(billing_address='').order_by('pk')):
        street = STREETS[place % len(STREETS)]
        Organisation.objects.filter(pk=organisation.pk).update(
            billing_address=f'{street}\nInvented Town\nZZ99 {place % 10}ZZ'
        )
    theirs = contact.affiliations.get().organisation
    Office.objects.get_or_create(organisation=theirs, person=contact, role=Office.Role.MAIN, until=None)

    today = days.today()
    [overdue] = _of(Status.GRACE, 1)
    [part_paid] = _of(Status.DUE, 1)
    anew, *others = [row for row in _of(Status.ACTIVE, 12) if row.organisation_id != theirs.pk]
    _years_before(others, by)
    _issue(overdue, by, issued_on=today - timedelta(days=52))
    _pay(_issue(part_paid, by, issued_on=today - timedelta(days=20)), by, '200.00', today - timedelta(days=6))
    _pay(_issue(theirs.memberships.get(), by, current=True), by, '475.00', today - timedelta(days=1))
    wrong = _issue(anew, by, current=True)
    _pay(wrong, by, '450.00', today - timedelta(days=3))
    crediting.reissue(wrong, by=by, reason='It named an office that has moved', attention='Accounts payable')


def _years_before(memberships: list[Membership], by: Person) -> None:
    """They were members the year before, too, all but the last; this year's invoices went out and were paid one after
    the other."""
    for place, membership in enumerate(memberships):
        [term] = membership.terms.all()
        issued_on = term.start + timedelta(days=9 * place - 30)
        if membership != memberships[-1]:
            before = term.start - timedelta(days=1)
            start = days.years_after(term.start, -1)
            renewing.add_term(membership, by=None, start=start, end=before, payment=Term.Payment.PAID)
        invoice = _issue(membership, by, issued_on=issued_on, current=True, po_number='', tell=False)
        _pay(invoice, by, '450.00', issued_on + timedelta(days=13 + 4 * (place % 5)), tell=False)


def _of(status: Status, most: int) -> list[Membership]:
    rows = Membership.objects.in_status(status).filter(organisation__isnull=False)
    keys = list(rows.order_by('number').values_list('pk', flat=True)[:most])
    return list(Membership.objects.filter(pk__in=keys).order_by('number'))


def _issue(
    membership: Membership,
    by: Person,
    *,
    issued_on: date | None = None,
    current: bool = False,
    po_number: str = PO_NUMBER,
    tell: bool = True,
) -> Invoice:
    """For the next term, or for the one that runs; on a day that is past already if asked."""
    term = membership.terms.order_by('-end')[0]
    if current:
        term.payment = Term.Payment.UNPAID
        renewing.keep_terms(membership, by=None, terms=[term])
    else:
        start = term.end + timedelta(days=1)
        end = days.years_after(start, 1) - timedelta(days=1)
        term = renewing.add_term(membership, by=None, start=start, end=end)
    invoice = billing.bill(term, by=by, po_number=po_number if current else '', tell=tell)
    if issued_on:
        terms = invoice.due_on - invoice.issued_on
        Invoice.objects.filter(pk=invoice.pk).update(issued_on=issued_on, due_on=issued_on + terms)
    return Invoice.objects.get(pk=invoice.pk)


def _pay(invoice: Invoice, by: Person, amount: str, received_on: date, *, tell: bool = True) -> None:
    paid = Decimal(amount)
    payments.record(
        invoice.membership,
        by=by,
        received_on=received_on,
        amount=paid,
        reference=f'Membership {invoice.number}',
        to=[(invoice, min(paid, invoice.owed))],
        old_dates=True,
        tell=tell,
    )

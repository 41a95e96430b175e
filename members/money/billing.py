"""What the Society asks for: an invoice for a term, numbered and frozen in the transaction that issues it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from members import moving
from members.models import (
    Category,
    ExtraSeats,
    Invoice,
    InvoiceLine,
    Membership,
    Numbers,
    Organisation,
    Person,
    Term,
)
from members.models.billing import pounds
from members.models.categories import short_pounds
from members.money import cover, money_letters, numbering
from members.money.pennies import pennies, shared
from ukis import days, history
from ukis.refusals import NotNow
from ukis.society.models import Society

# To whoever may write one.
NO_ADDRESS = 'We hold no address for the invoice any more. Open this page again, and write it.'

# A line of an invoice, with what is not credited of its net and of its VAT.
type Left = tuple[InvoiceLine, Decimal, Decimal]


@transaction.atomic
def bill(
    term: Term,
    *,
    by: Person | None,
    po_number: str = '',
    attention: str = '',
    replaces: Invoice | None = None,
    tell: bool = True,
    up_front: bool = False,
    left: Sequence[Left] = (),
) -> Invoice:
    """The invoice of a term: its fee, and what follows from the category's VAT. NotNow where one stands, where there
    is nothing to pay, or where nobody's address is known to send it to. It goes to who looks after money, unless
    the caller tells them itself (`tell=False`). `up_front`: nobody has agreed to it, unless they promised to pay.
    `left`: of one in whose place it stands and of which some was credited. One that was taken back whole hands its
    order on."""
    membership = Membership.objects.locked(term.membership_id)
    term = membership.terms.get(pk=term.pk)
    if standing := cover.claim(term):
        raise NotNow(f'{standing} is for this term already. Credit it first, and issue another.')
    if not term.fee:
        raise NotNow('This term costs nothing: there is no invoice for it. Record it as free.')
    if term.payment in (Term.Payment.PAID, Term.Payment.FREE, Term.Payment.WAIVED, Term.Payment.VOID):
        raise NotNow(f'This term is {term.get_payment_display()}: there is no invoice for it.')
    if replaces is None and (before := cover.taken_back(term)):
        replaces = before
        po_number, attention = po_number or before.po_number, attention or before.attention
    seats = f', {term.seats} places' if membership.organisation_id else ''
    text = f'Membership, {membership.category}: {term.span}{seats}'
    invoice = _issue(
        membership,
        _as_left(lines_of(membership.category, text, term.fee), left),
        term=term,
        period=(term.start, term.end),
        by=by,
        po=po_number,
        attention=attention,
        replaces=replaces,
        drawn_ahead=up_front and not term.promised_until,
    )
    cover.follow(term)
    history.note(membership, by=by, lines=[f'{invoice} issued: {pounds(invoice.total)} for {term.span}'])
    history.note(invoice, by=by, lines=[f'Issued for {pounds(invoice.total)}'], added=True)
    if tell:
        money_letters.issued(invoice, by=by)
    return invoice


@transaction.atomic
def bill_seats(
    term: Term, *, number: int, each: Decimal, by: Person | None, po_number: str = '', attention: str = ''
) -> Invoice:
    """The invoice of more seats from today to the end of a term. It is for no term of its own: the term's cover hangs
    on the term's invoice alone. The caller tells of it."""
    membership = Membership.objects.locked(term.membership_id)
    first = max(days.today(), term.start)
    text = _more_places(number, first, term.end)
    invoice = _issue(
        membership,
        lines_of(membership.category, text, each * number, quantity=number),
        term=None,
        period=(first, term.end),
        by=by,
        po=po_number,
        attention=attention,
    )
    history.note(membership, by=by, lines=[f'{invoice} issued: {pounds(invoice.total)} for {text}'])
    history.note(invoice, by=by, lines=[f'Issued for {pounds(invoice.total)}'], added=True)
    return invoice


@transaction.atomic
def bill_again(
    invoice: Invoice,
    left: Sequence[Left],
    *,
    by: Person | None,
    po_number: str,
    attention: str,
    replaces: Invoice,
) -> Invoice:
    """What was left, or all of it, for the same places, as `crediting.reissue` wants it, with the VAT of today."""
    membership = Membership.objects.locked(invoice.membership_id)
    number, first, last = invoice.lines.all()[0].quantity, invoice.period_start, invoice.period_end
    assert first is not None
    assert last is not None
    net = sum((its for _, its, _ in left), Decimal(0)) if left else invoice.net
    lines = lines_of(membership.category, _more_places(number, first, last), net, quantity=number)
    new = _issue(
        membership,
        _as_left(lines, left),
        term=None,
        period=(first, last),
        by=by,
        po=po_number,
        attention=attention,
        replaces=replaces,
    )
    ExtraSeats.objects.filter(invoice=invoice).update(invoice=new)
    history.note(membership, by=by, lines=[f'{new} issued: {pounds(new.total)}, in place of {replaces}'])
    return new


def price_of(term: Term, society: Society | None = None) -> Decimal:
    """What its invoice would ask in all, were it drawn today."""
    lines = lines_of(term.membership.category, '', term.fee, society=society)
    return sum((line.gross for line in lines), Decimal(0))


@dataclass(frozen=True)
class PricedCategory:
    """A category as those read of it who might join: what is asked, with its VAT, and what it includes."""

    category: Category
    price: str
    today: str  # of a fixed year: what joining today costs, and until when
    includes: list[str]


def offer(category: Category, society: Society) -> PricedCategory:
    price = 'No fee' if category.is_free else price_in_words(category, category.fee, society, ' a year')
    further = price_in_words(category, category.extra_seat_fee or Decimal(0), society)
    today = first_term_in_words(category, society)
    return PricedCategory(category, price, today, category.given_in_words(further))


def first_term_in_words(category: Category, society: Society) -> str:
    """What who joins today pays, until when: of a fixed year, which is not told by a fee a year."""
    first, last = category.term_from(days.today())
    if category.is_free or category.year != Category.Year.FIXED:
        return ''
    price = price_in_words(category, category.fee_of(first, last), society)
    comma = ',' if ' VAT' in price else ''
    asked = f'Join today: {price}{comma} for the time to {days.in_words(last)}'
    if category.includes_next(first):
        return f'{asked}, the next year included.'
    from_day = category.rolls_over_in_words
    return f'{asked}. From {from_day} on the next year is included.' if from_day else f'{asked}.'


def price_in_words(category: Category, net: Decimal, society: Society, each: str = '') -> str:
    """'£60 a year and £12 VAT: £72 in all', or the sum alone where the Society has no VAT number."""
    said = f'{short_pounds(net)}{each}'
    if not society.vat_number or not net:
        return said
    try:
        lines = lines_of(category, '', net, society=society)
    except NotNow:  # its parts are still to be written
        return f'{said} and VAT'
    vat = sum((line.vat_amount for line in lines), Decimal(0))
    return (
        f'{said} and {short_pounds(vat)} VAT: {short_pounds(net + vat)} in all' if vat else f'{said}, no VAT'
    )


def _more_places(number: int, first: date, last: date) -> str:
    return f'{number} more place{"" if number == 1 else "s"}, {days.in_words(first)} to {days.in_words(last)}'


def lines_of(
    category: Category, text: str, net: Decimal, *, quantity: int = 1, society: Society | None = None
) -> list[InvoiceLine]:
    """So much with the VAT that its category brings: one line, or one for each part of the fee, which are `net`
    together. Without a VAT number there is none, and nothing to be told apart."""
    society = society or Society.get()
    if not category.is_split:
        return [_line(society, category.vat, text, net, quantity)]
    if not society.vat_number:
        return [_line(society, Category.Vat.OUTSIDE, text, net, quantity)]
    parts = list(category.parts.all())
    if not parts:
        raise NotNow(
            f'The VAT of {category} is split, and its fee has no parts. Write them on its page first.'
        )
    nets = shared(net, [part.amount for part in parts])
    return [
        _line(society, part.vat, f'{text} – {part.wording}', its, quantity)
        for part, its in zip(parts, nets, strict=True)
        if its
    ]


def _as_left(lines: list[InvoiceLine], left: Sequence[Left]) -> list[InvoiceLine]:
    """To the penny what was left of such lines, where their VAT is today's."""
    stood = [(line, net, vat) for line, net, vat in left if net + vat]
    if [(line.vat, line.vat_rate) for line in lines] == [(line.vat, line.vat_rate) for line, _, _ in stood]:
        for line, (_, net, vat) in zip(lines, stood, strict=True):
            line.net, line.vat_amount = net, vat
    return lines


def _line(society: Society, treatment: str, text: str, net: Decimal, quantity: int) -> InvoiceLine:
    taxed = bool(society.vat_number) and treatment == Category.Vat.STANDARD
    rate = society.vat_rate if taxed else Decimal(0)
    vat = pennies(net * rate / 100)
    return InvoiceLine(text=text, quantity=quantity, net=net, vat=treatment, vat_rate=rate, vat_amount=vat)


def _issue(
    membership: Membership,
    lines: list[InvoiceLine],
    *,
    term: Term | None,
    period: tuple[date | None, date | None],
    by: Person | None,
    po: str = '',
    attention: str = '',
    replaces: Invoice | None = None,
    drawn_ahead: bool = False,
) -> Invoice:
    """Number and day are had under one lock, last of all: the order of the numbers is that of the days."""
    society, (name, address) = Society.get(), payer_of(membership)
    number, at = numbering.draw(Numbers.Kind.INVOICE), timezone.now()
    today = days.london_day(at)
    due = today + timedelta(days=society.payment_days)
    if drawn_ahead and period[0]:
        due = max(due, period[0])  # nobody who agrees in time is late on that day
    invoice = Invoice(
        number=number,
        membership=membership,
        category=membership.category,
        term=term,
        issued_on=today,
        due_on=due,
        period_start=period[0],
        period_end=period[1],
        payer_name=name,
        payer_address=address,
        sender=sender_of(society),
        pay_to=society.pay_to,
        vat_number=society.vat_number,
        attention=attention,
        po_number=po,
        total=sum((line.gross for line in lines), Decimal(0)),
        replaces=replaces,
        drawn_ahead=drawn_ahead,
        by=by,
        at=at,
    )
    invoice.save(force_insert=True)
    for position, line in enumerate(lines):
        line.invoice, line.position = invoice, position
        line.save(force_insert=True)
    return invoice


def payer_of(membership: Membership) -> tuple[str, str]:
    """Name and address as they stand on an invoice. NotNow where there is no address: it would be sent back."""
    name, address = payer_as_held(membership)
    if not address:
        raise NotNow(
            f'{name} has no address for invoices. Write it on their page first, then issue this one.'
        )
    return name, address


def has_address(membership: Membership) -> bool:
    return bool(payer_as_held(membership)[1])


def payer_as_held(membership: Membership) -> tuple[str, str]:
    """The same, without an address where none is known."""
    organisation, person = membership.organisation, membership.person
    if organisation is not None:
        return organisation.name, organisation.billing_address.strip()
    return (person.printed_name, person.postal_address.strip()) if person else ('', '')


@transaction.atomic
def write_address(membership: Membership, address: str, *, by: Person | None) -> None:
    """By whoever has an invoice drawn, where none stands: an organisation's for its invoices, a person's postal one."""
    row: Organisation | Person
    if membership.organisation_id is not None:
        row, field = Organisation.objects.locked(membership.organisation_id), 'billing_address'
    else:
        assert membership.person is not None
        moving.lock(membership.person)
        row, field = Person.objects.get(pk=membership.person_id), 'postal_address'
    if getattr(row, field).strip():
        return
    setattr(row, field, address.strip())
    row.save(update_fields=[field])
    history.note(row, by=by, lines=['Address for invoices written, where none was'])


def sender_of(society: Society) -> str:
    """The Society as an invoice names it: legal name, address, registers."""
    charity = f'Registered charity {society.charity_number}' if society.charity_number else ''
    parts = [
        society.legal_name or society.name,
        society.postal_address.strip(),
        society.registered_as.strip() or charity,
    ]
    return '\n'.join(part for part in parts if part)

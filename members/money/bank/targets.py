"""What money can be for: an invoice on which something is owed, or an offered term whose invoice it would draw."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from members.models import Category, Invoice, Membership, Renewal, Term
from members.money import billing, cover, payments, taking_up
from members.money.pennies import PENNY, pennies
from ukis import days
from ukis.society.models import Society

ALONG = ('membership__person', 'membership__organisation', 'membership__category')
AT_MOST = 2_000  # of those whose amount a file names
LONG_AGO = timedelta(days=366)
NEAR = [PENNY * many for many in range(-3, 4)]
_Payment = Term.Payment
OPEN = (_Payment.UNPAID, _Payment.PART_PAID, _Payment.PROMISED, _Payment.CREDITED)


@dataclass(frozen=True)
class Target:
    """`row`: the invoice, or the term. `asks`: what is owed on it, or would be."""

    row: Invoice | Term
    asks: Decimal

    @property
    def key(self) -> str:
        return str(self.row.pk) if isinstance(self.row, Invoice) else f't{self.row.pk}'

    @property
    def membership(self) -> Membership:
        return self.row.membership

    @property
    def payer(self) -> str:
        return self.row.payer_name if isinstance(self.row, Invoice) else str(self.membership.holder)

    @property
    def called(self) -> str:
        if isinstance(self.row, Invoice):
            return str(self.row)
        return f'The renewal to {days.in_words(self.row.end)}'

    def in_words(self, owed: Decimal) -> str:
        """'Invoice 10007, Strathlorne University, £1,250.00 owed', or 'renews Strathlorne University (1001) to …'."""
        if isinstance(self.row, Invoice):
            stands = 'asked, which renews' if self.row.is_unagreed else 'owed'
            return f'{self.row}, {self.payer}, £{owed:,.2f} {stands}'
        until = days.in_words(self.row.end)
        return f'renews {self.payer} ({self.membership.number}) to {until}, £{owed:,.2f}: draws an invoice'

    def label(self, owed: Decimal) -> str:
        """Of the field in which somebody types how much goes there."""
        if isinstance(self.row, Invoice):
            return f'£ to {self.in_words(owed)}'
        until = days.in_words(self.row.end)
        return f'£ to a new invoice, which renews {self.payer} to {until}, £{owed:,.2f} asked'

    def against(self, on: date, *, is_over: bool) -> str:
        """Why money of that day cannot simply be put to it. `is_over`: whether its membership is, today."""
        if isinstance(self.row, Term):
            return taking_up.why_not(self.row, on, is_over=None if is_over else False)
        term = self.row.term
        is_void = term is not None and term.payment == Term.Payment.VOID
        return payments.why_over(self.row, on) if is_over or is_void else ''


def of_invoice(invoice: Invoice) -> Target:
    return Target(invoice, invoice.owed)


def named_by(numbers: Collection[int]) -> dict[int, Membership]:
    """By its number each membership; in place of one that has ended, and has nothing to be paid itself, that
    which goes on, where its holder has one."""
    along, today = ('person', 'organisation'), days.today()
    found = {row.number: row for row in Membership.objects.filter(number__in=numbers).select_related(*along)}
    over = {row.pk: row for row in found.values() if row.ended_on and row.ended_on <= today}
    if not over:
        return found
    waits = set(Invoice.objects.open().filter(membership__in=over).values_list('membership', flat=True))
    waits |= set(_offered().filter(membership__in=over).values_list('membership', flat=True))
    ended = [row for key, row in over.items() if key not in waits]
    of_them = Q(person__in=[row.person_id for row in ended if row.person_id])
    of_them |= Q(organisation__in=[row.organisation_id for row in ended if row.organisation_id])
    goes_on = Membership.objects.filter(of_them).running_between(today + timedelta(days=1), None)
    holding = {(row.person_id, row.organisation_id): row for row in goes_on.select_related(*along)}
    return found | {
        row.number: other for row in ended if (other := holding.get((row.person_id, row.organisation_id)))
    }


def offered_to(numbers: Collection[int]) -> dict[int, Target]:
    """By the number of a membership: the invoice of its offered term, else the term that would draw one."""
    society, rows = Society.get(), _offered().filter(membership__number__in=numbers)
    return {row.membership.number: target for row in rows if (target := _of_term(row, society))}


def in_place_of(invoices: Collection[Invoice]) -> dict[int, Target]:
    """By the key of an invoice that is void or was taken back whole: what its offered term is paid by now."""
    gone = [row for row in invoices if row.is_void or row.is_credited_whole]
    keys = {row.term_id: row.pk for row in gone if row.term_id is not None}
    if not keys:
        return {}
    society, rows = Society.get(), _offered().filter(pk__in=keys)
    return {keys[row.pk]: target for row in rows if (target := _of_term(row, society))}


def offered_for(amounts: Collection[Decimal]) -> list[Target]:
    """Terms that ask for one of these amounts and have no invoice as yet, the newest of them; none that began so long
    ago, or after the membership's end, that no money can simply draw its invoice."""
    society, today = Society.get(), days.today()
    rows = _offered().filter(_asks_for(amounts, society), start__gte=today - LONG_AGO)
    rows = rows.filter(Q(membership__ended_on=None) | Q(membership__ended_on__gte=F('start')))
    found = [_of_term(row, society) for row in rows.order_by('-start', '-pk')[:AT_MOST]]
    return [one for one in reversed(found) if one and isinstance(one.row, Term) and one.asks in amounts]


def _asks_for(amounts: Collection[Decimal], society: Society) -> Q:
    """By the fee: the amount itself, or what it is without VAT, of a fee in parts within the pennies of rounding."""
    rate = society.vat_rate
    asks = Q(fee__in={*amounts, *(pennies(amount * 100 / (100 + rate)) for amount in amounts)})
    for category in Category.objects.filter(vat=Category.SPLIT).prefetch_related('parts'):
        parts = list(category.parts.all())
        taxed = sum(part.amount for part in parts if part.vat == Category.Vat.STANDARD)
        if taxed:
            share = rate * taxed / sum(part.amount for part in parts)
            nets = [pennies(amount * 100 / (100 + share)) for amount in amounts]
            asks |= Q(membership__category=category, fee__in={net + near for net in nets for near in NEAR})
    return asks


def _offered() -> QuerySet[Term]:
    rows = Term.objects.filter(renewal__isnull=False, payment__in=OPEN)
    rows = rows.exclude(renewal__answer=Renewal.Answer.REFUSED)
    return (
        rows.select_related(*ALONG)
        .prefetch_related('invoices', 'membership__category__parts')
        .order_by('start', 'pk')
    )


def _of_term(term: Term, society: Society) -> Target | None:
    invoice = cover.claim(term)
    if invoice is None:
        return Target(term, billing.price_of(term, society))
    invoice.membership, invoice.term = term.membership, term
    return of_invoice(invoice) if invoice.owed else None

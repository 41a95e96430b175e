"""Money that came when the membership was over, or for a void term. It stands at staff, who choose: the term's old
days, with no gap, or a new term from the day of the payment; where no invoice stands for it, one is drawn."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.models import Invoice, Membership, Payment, Person, Renewal, Term
from members.models.billing import pounds
from members.money import billing, cover, crediting, money_letters, payments, renewing
from ukis import days, history
from ukis.refusals import NotNow

Standing = Term.Payment
OPEN = (Standing.UNPAID, Standing.PART_PAID, Standing.PROMISED, Standing.CREDITED, Standing.VOID)
OWED = (Standing.UNPAID, Standing.PART_PAID, Standing.PROMISED)
CHOSEN = 'There is nothing to choose any more: somebody said what this money is for, or sent it back.'


@dataclass(frozen=True)
class LateChoice:
    """`term`: the one that was offered, or is void, where there is one; `claim`: its invoice, where one stands."""

    payment: Payment
    term: Term | None
    claim: Invoice | None
    old: Term
    anew: Term

    @property
    def said(self) -> list[str]:
        payment, old, anew = self.payment, self.old, self.anew
        standing: Any = payment.membership.standing(payment.received_on)
        asked = self.claim.owed if self.claim else billing.price_of(old)
        gap = ''
        if standing.last_cover and standing.last_cover < days.day_before(anew.start):
            gap = f' Nothing covers the days from {days.in_words(standing.last_cover + timedelta(days=1))} to then.'
        return [
            f'How the membership stood on {days.in_words(payment.received_on)}: {standing.sentence}',
            f'The old days, with no gap: {old.span}, {pounds(asked)}.',
            f'A new term from the day of the payment: {anew.span}, {pounds(billing.price_of(anew))}.{gap}',
        ]


def choice_of(payment: Payment) -> LateChoice | None:
    """None where nothing is to be chosen: the money is put somewhere, or can simply be."""
    if not payment.left:
        return None
    membership, on = payment.membership, payment.received_on
    for invoice in membership.invoices.open().select_related('term').order_by('number'):
        invoice.membership = membership
        if payments.why_over(invoice, on):
            return _choice(payment, invoice.term, invoice)
    last = payments.last_term(membership)
    if last is None or (last.payment in OWED and cover.claim(last)):
        return None
    if not payments.came_late(membership, on):
        return None
    return _choice(payment, last if last.payment in OPEN else None, None)


def _choice(payment: Payment, term: Term | None, claim: Invoice | None) -> LateChoice:
    membership, last = payment.membership, term or payments.last_term(payment.membership)
    assert last is not None
    seats = last.seats
    old = term or _days(membership, last.end + timedelta(days=1), seats)
    old.membership = membership
    return LateChoice(payment, term, claim, old, _days(membership, payment.received_on, seats))


def _days(membership: Membership, first: date, seats: int) -> Term:
    """As for who comes back after a lapse."""
    category = membership.category
    start, end = category.term_from(first)
    fee = category.fee_with(seats, start, end)
    return Term(membership=membership, start=start, end=end, fee=fee, seats=seats)


@transaction.atomic
def keep_old_days(payment: Payment, *, by: Person | None) -> Invoice:
    """The money is put to the term with its old days."""
    choice = _held(payment, lambda found: found.old.start)
    term = choice.term
    if term is None:
        term = choice.old
        renewing.keep_terms(payment.membership, by=by, terms=[term])
    elif term.payment == Standing.VOID:
        payments.revive(term)
    return _put(choice.payment, choice.claim, term, by=by)


@transaction.atomic
def begin_new_term(payment: Payment, *, by: Person | None) -> Invoice:
    """The term that was offered moves to the day of the payment; where an invoice was drawn for it, that one is
    credited and another term begins in its place."""
    choice = _held(payment, lambda found: found.anew.start)
    term, anew = choice.term, choice.anew
    drawn = choice.claim or (term and cover.standing_invoice(term))
    if drawn:
        return crediting.begin_anew(choice.payment, drawn, by=by)
    if term is not None and term.payment != Standing.VOID:
        was = term.span
        term.start, term.end, term.fee = anew.start, anew.end, anew.fee
        said = f'Money came after the lapse: {was} is {term.span} now'
    else:
        term, said = anew, f'Money came after the lapse: a new term begins, {anew.span}'
    renewing.keep_terms(choice.payment.membership, by=by, terms=[term])
    Renewal.objects.update_or_create(
        term=term,
        defaults={'begins_anew': True},
        create_defaults={'begins_anew': True, 'prepared_at': timezone.now()},
    )
    history.note(choice.payment.membership, by=by, lines=[said])
    return _put(choice.payment, None, term, by=by)


def _held(payment: Payment, begins: Any) -> LateChoice:
    """Its membership held, then what there is to choose. NotNow where somebody chose meanwhile, or the membership ended
    before those days."""
    payment.membership = membership = Membership.objects.locked(payment.membership_id)
    row = Payment.objects.get(pk=payment.pk)
    row.membership = membership
    choice = choice_of(row)
    if choice is None:
        raise NotNow(CHOSEN)
    if membership.ended_on and membership.ended_on < begins(choice):
        ended = days.in_words(membership.ended_on)
        raise NotNow(
            f'The membership ended on {ended}. Let it go on, or begin another one; or send this money back.'
        )
    return choice


def _put(payment: Payment, claim: Invoice | None, term: Term, *, by: Person | None) -> Invoice:
    """One letter thanks them, and encloses the invoice that was drawn."""
    invoice = claim or billing.bill(term, by=by, tell=False)
    amount: Decimal = min(payment.left, invoice.owed)
    payments.put_to(payment, invoice, amount, by=by, old_dates=True, tell=False)
    if claim is None:
        payment.allocations.filter(invoice=invoice).update(took_up=True)
    money_letters.received(invoice, by=by)
    return Invoice.objects.get(pk=invoice.pk)

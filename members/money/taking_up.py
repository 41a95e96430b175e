"""Paying without answering: money that came for an offered term draws its invoice and is put to it, in one move."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from members.models import Invoice, Membership, Payment, Person, Renewal, Term
from members.money import billing, cover, crediting, money_letters, payments
from ukis import days, history
from ukis.refusals import NotNow

SETTLED = (Term.Payment.PAID, Term.Payment.FREE, Term.Payment.WAIVED)


def why_not(term: Term, on: date, *, is_over: bool | None = None) -> str:
    """Why money of that day cannot simply draw the term's invoice, or nothing. `is_over`: whether the membership was
    over on it, where that is known."""
    membership = term.membership
    if term.payment == Term.Payment.VOID:
        return f'The term {term.span} is void.'
    if term.payment in SETTLED:
        return f'Nothing is owed for {term.span}: the term is {term.get_payment_display()}.'
    if membership.ended_on and membership.ends_before(term.start):
        return f'The membership ends on {days.in_words(membership.ended_on)}.'
    if not billing.has_address(membership):
        return f'{membership.holder} has no address for invoices: write it on their page, and look again.'
    if is_over is None:
        is_over = membership.standing(on).status in payments.OVER  # type: ignore[attr-defined]
    return payments.over_already(term, on) if is_over else ''


@transaction.atomic
def record(
    membership: Membership,
    *,
    by: Person | None,
    received_on: date,
    to: Sequence[tuple[Invoice | Term, Decimal]],
    tell: bool = True,
    **given: Any,
) -> Payment:
    """`payments.record`, where some of it may be for a term without an invoice: that is drawn then, and no letter
    tells of it but the receipt, which encloses it. To one that was drawn meanwhile the money is put as it is."""
    row = Membership.objects.locked(membership.pk)
    puts, drawn = [], []
    for target, amount in to:
        if isinstance(target, Invoice):
            puts.append((target, amount))
            continue
        term = row.terms.get(pk=target.pk)
        term.membership = row
        invoice = cover.claim(term)
        if invoice is None:
            invoice = _draw(term, by=by, on=received_on)
            drawn.append(invoice.pk)
        puts.append((invoice, amount))
    payment = payments.record(row, by=by, received_on=received_on, to=puts, tell=False, **given)
    payment.allocations.filter(invoice__in=drawn).update(took_up=True)
    for invoice in dict.fromkeys(invoice for invoice, _ in puts if tell):
        money_letters.received(invoice, by=by)
    return payment


def _draw(term: Term, *, by: Person | None, on: date) -> Invoice:
    if why := why_not(term, on):
        raise NotNow(why)
    return billing.bill(term, by=by, tell=False)


@transaction.atomic
def record_for(
    term: Term, *, by: Person | None, amount: Decimal, received_on: date, **given: Any
) -> tuple[Payment, str]:
    """Money that came for one term without an invoice. Where none can be drawn for it, it is recorded all the same, as
    balance, and why is told with it."""
    row = Membership.objects.locked(term.membership_id)
    held = row.terms.get(pk=term.pk)
    held.membership = row
    if claim := cover.claim(held):
        payment, over = payments.record_for(claim, by=by, amount=amount, received_on=received_on, **given)
        put = payment.allocations.exists()
        is_paid = f'Nothing is owed on {claim} any more: the money stays as the payer’s balance.'
        return payment, str(over or ('' if put else is_paid))
    why = why_not(held, received_on)
    to = [] if why else [(held, min(amount, billing.price_of(held)))]
    return record(row, by=by, amount=amount, received_on=received_on, to=to, **given), why


def let_go(invoice: Invoice, *, by: Person | None, why: str) -> None:
    """The money for which it was drawn is not theirs: it is credited, unless they agreed to it otherwise since, and the
    term waits for their answer again. One that was drawn ahead is what it was before, on the day on which the money was
    recorded: afterwards the books have it as agreed to."""
    Membership.objects.locked(invoice.membership_id)
    row = Invoice.objects.locked(invoice.pk)
    term = row.term
    if term is None or row.is_void or row.is_credited_whole or _is_agreed(term):
        return
    recorded = row.allocations.filter(took_up=True).aggregate(last=Max('payment__at'))['last']
    if row.drawn_ahead and recorded and days.london_day(recorded) == days.today():
        row.agreed_on = None
        row.save(update_fields=['agreed_on'])
        history.note(row, by=by, lines=['Agreed to no more'])
        return
    crediting.credit_and_offer(row, by=by, reason=why)
    history.note(row.membership, by=by, lines=[f'Term {term.span}: offered as before'])


def _is_agreed(term: Term) -> bool:
    return (
        bool(term.promised_until) or Renewal.objects.filter(term=term, answer=Renewal.Answer.RENEWED).exists()
    )

"""The one place behind which paying by card can come. There is no provider here: whoever brings one registers it, adds
the pages that it needs, and calls these verbs when it says that money came or went."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from members.models import Invoice, Membership, Payment
from members.money import payments
from ukis.refusals import NotNow


@dataclass(frozen=True)
class CardProvider:
    """`begin` is given an invoice on which something is owed and the address to come back to, and answers with the
    address at which its payer pays."""

    name: str
    begin: Callable[[Invoice, str], str]


@dataclass(frozen=True)
class Settled:
    """What a provider says of money: under its own reference, in pounds, by the day on which the bank has it."""

    reference: str
    invoice_number: int
    amount: Decimal
    received_on: date


_providers: list[CardProvider] = []


def register(provider: CardProvider) -> None:
    _providers.append(provider)


def provider() -> CardProvider | None:
    """Which one takes cards here; none, and nothing is offered."""
    return _providers[-1] if _providers else None


@transaction.atomic
def settle(said: Settled) -> Payment:
    """Records the money once, however often it is told. NotNow for an invoice that there is not."""
    invoice = Invoice.objects.filter(number=said.invoice_number).first()
    if invoice is None:
        raise NotNow(f'There is no invoice {said.invoice_number}.')
    Membership.objects.locked(invoice.membership_id)
    known = _payment(said.reference)
    if known is not None:
        return known
    payment, _ = payments.record_for(
        invoice,
        by=None,
        amount=said.amount,
        received_on=said.received_on,
        method=Payment.Method.CARD,
        reference=said.reference,
    )
    return payment


@transaction.atomic
def take_back(reference: str, *, why: str) -> Payment:
    """The provider or the bank reversed it; told twice, it is taken back once."""
    payment = _payment(reference)
    if payment is None:
        raise NotNow(f'There is no card payment {reference}.')
    Membership.objects.locked(payment.membership_id)
    payment.refresh_from_db()
    return payment if payment.reversed_on else payments.take_back(payment, by=None, why=why)


def _payment(reference: str) -> Payment | None:
    return Payment.objects.filter(method=Payment.Method.CARD, reference=reference).first()

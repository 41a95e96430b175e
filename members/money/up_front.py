"""Where the Society draws a renewal's invoice with the notice: it is no debt before somebody agrees to it, by renewing,
paying or promising, or by what staff say. Until then it is counted apart, and credited by a refusal or a lapse."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from members.models import Invoice, Membership, Term
from members.money import bank, billing, crediting, payments
from ukis import days
from ukis.refusals import NotNow
from ukis.society.models import Society

LAPSED = 'Nobody agreed to it before the membership lapsed or ended'
ENDS = 'The membership ends before this term begins'
ANOTHER_OFFER = 'The next term is offered with other places, or at another fee'
AT_ONCE = 200


def draw(term: Term) -> Invoice | None:
    """For the notice, if the Society wants it so and there is an address to which it can go: the page asks for one."""
    if not Society.get().invoices_up_front:
        return None
    try:
        return billing.bill(term, by=None, up_front=True)
    except NotNow:
        return None


def draw_anew(drawn: Invoice, term: Term) -> None:
    """It gives way to one with the fee and seats of now; without an address the page of the renewal asks."""
    if term.fee and billing.has_address(drawn.membership):
        crediting.reissue(drawn, by=None, reason=ANOTHER_OFFER, fee=term.fee)
    else:
        crediting.credit_and_offer(drawn, by=None, reason=ANOTHER_OFFER)


def credit_beyond(membership: Membership, *, tell: bool = True) -> None:
    """By whoever ends it, and holds it: nobody will agree to a term that begins after the end."""
    if membership.ended_on:
        asked = Invoice.objects.unagreed().filter(membership=membership)
        for invoice in asked.filter(term__start__gt=membership.ended_on).order_by('pk'):
            crediting.credit_and_offer(invoice, by=None, reason=ENDS, tell=tell)


def credit_lapsed(now: datetime) -> None:
    """By the clock: those whose membership lapsed, or ended, without anybody's yes, once the bank's file reaches to its
    last day: who paid by then has agreed."""
    on = days.london_day(now)
    for membership in _over(on).order_by('pk')[:AT_ONCE]:
        with transaction.atomic():
            Membership.objects.locked(membership.pk)
            if _over(on).filter(pk=membership.pk).exists():
                for invoice in Invoice.objects.unagreed().filter(membership=membership).order_by('pk'):
                    # An end may be taken back within the grace: then they are asked again.
                    crediting.credit_and_offer(invoice, by=None, reason=LAPSED)


def _over(on: date) -> QuerySet[Membership]:
    asked = Invoice.objects.unagreed().values('membership')
    rows: Any = Membership.objects.filter(pk__in=asked).with_status(on)
    over = rows.filter(status__in=payments.OVER)
    known = bank.known_until()
    return over if known is None else over.filter(Q(grace_until__lte=known) | Q(ended_on__lte=known))

"""The sentence of a status with what stands behind it, for the holder and for staff: of one membership alone, for it
asks more than the row has."""

from collections.abc import Collection
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.db.models import Q

from members.models import Invoice, Membership, Term
from members.renewals import renewable
from members.status import Status, sentence
from ukis import days
from ukis.letters.models import Letter

# Letters about a term or its invoice that do more than offer it.
REMINDING = Q(kind='invoice_reminder') | Q(kind__startswith='renewal_') & ~Q(
    kind__in=['renewal_offered', 'renewal_wish']
)

# Where no invoice waits for its payment.
# What the holder reads, and what staff do.
NEXT = {
    Status.AWAITING_PAYMENT: ('', ''),
    Status.DUE: (' Renew it, or say that it is to end.', ' The member renews it, or says that it is to end.'),
    Status.SUSPENDED: (
        ' The Society’s office lifts it: write there if you have a question.',
        ' Staff lift it, on the membership’s page.',
    ),
}

RENEWED_LATE = (
    ' It can still be renewed: the new term begins on the day on which you do.',
    ' The member can still renew it, from the day on which they do.',
)
NOT_RENEWED_LATE = (
    ' To go on, write to the Society’s office.',
    ' The member cannot renew it: staff begin a new term for them.',
)
OVER = (Status.ENDED, Status.FORMER)
AGAIN = (' To come back, apply again, by “Join the Society”.', ' To come back, they apply again.')


def in_full(membership: Any, *, to_staff: bool = False) -> str:
    """Of a membership with its status: in grace with the unpaid invoice, and how many reminders have left; else with
    who acts next, and by when."""
    if membership.status == Status.GRACE:
        return sentence(membership, _unpaid(membership))
    if membership.status == Status.LAPSED and not membership.ended_on:
        return _late(membership, to_staff)
    if membership.status in OVER and _may_come_back(membership):
        return sentence(membership) + AGAIN[to_staff]
    if membership.ended_on or membership.status not in NEXT:
        return sentence(membership)
    owes = _to_be_paid(membership)
    return sentence(membership, owes) if owes else sentence(membership) + NEXT[membership.status][to_staff]


def _may_come_back(membership: Any) -> bool:
    """Not where another membership of theirs goes on, or something followed the organisation."""
    holder = membership.holder
    if holder.memberships.running_between(membership.today, None).exclude(pk=membership.pk).exists():
        return False
    return holder.erased_at is None if membership.person_id else not holder.successions.exists()


def _to_be_paid(membership: Any) -> str:
    invoice = membership.invoices.open().order_by('due_on', 'number').first()
    if invoice is None or invoice.is_unagreed:
        return ''
    return f', invoice {invoice.number} is to be paid by {days.in_words(invoice.due_on)}'


def said_of(place: Any, money_of: Collection[int]) -> str:
    """How the membership stands, for whoever has it or a place in it: the money of an organisation only where it is
    among those whose money they see."""
    return in_full(place) if place.person_id or place.organisation_id in money_of else place.sentence


def _late(membership: Any, to_staff: bool) -> str:
    """Of one that lapsed: as its holder may renew it, or has, with what is to be paid then."""
    terms = membership.terms.exclude(payment=Term.Payment.VOID).select_related('renewal')
    last = terms.order_by('-end').first()
    if renewable.begins(membership, last, membership.today):
        return sentence(membership) + RENEWED_LATE[to_staff]
    renewal = getattr(last, 'renewal', None)
    is_renewed = renewal is not None and renewal.begins_anew and renewal.is_renewed
    owes = _to_be_paid(membership) if is_renewed else ''
    return sentence(membership, owes) if owes else sentence(membership) + NOT_RENEWED_LATE[to_staff]


def _unpaid(membership: Any) -> str:
    """Of the term in which the day is."""
    term = (
        membership.terms.exclude(payment=Term.Payment.VOID)
        .filter(start__lte=membership.today, end__gte=membership.today)
        .first()
    )
    if term is None:
        return ''
    invoice = term.invoices.open().first()
    number = _reminders(membership, term, invoice)
    stands = 'agreed to by nobody yet' if invoice and invoice.is_unagreed else 'unpaid'
    parts = [
        f', invoice {invoice.number} is {stands}' if invoice else '',
        f', {apnumber(number)} reminder{"" if number == 1 else "s"} sent' if number else '',
    ]
    return ''.join(parts)


def _reminders(membership: Membership, term: Term, invoice: Invoice | None) -> int:
    """How many steps were handed over to somebody of theirs, and did not come back."""
    of_it = Q(key__startswith=f'renewal {term.pk} ')
    if invoice:
        of_it |= Q(key__startswith=f'invoice {invoice.pk} ')
    sent = Letter.objects.about(membership).filter(
        REMINDING, of_it, state=Letter.State.SENT, to__isnull=False
    )
    # The third word of such a key is its step: one step goes to several people.
    return len({tuple(key.split()[:3]) for key in sent.values_list('key', flat=True)})

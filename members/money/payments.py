"""What comes in, and what it is put to: each verb one transaction, which holds the membership first, then its invoices
by key. An invoice's kept sums are written with the rows that they add up, and its term's cover follows.

Money that is put to no invoice is its payer's balance: it is applied, or sent back, by somebody's explicit act.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from members import judging
from members.models import Allocation, Invoice, Membership, Payment, Person, Refund, Renewal, Term, WriteOff
from members.models.billing import pounds
from members.money import cover, invoicing, money_letters
from members.status import Status
from ukis import days, history
from ukis.refusals import NotNow

OVER = (Status.LAPSED, Status.FORMER, Status.ENDED)


class TermIsOver(NotNow):
    """Money for a term that lapsed or is void. It is kept as balance until staff choose: the term's old days
    (`old_dates=True`), or a new term from the day of the payment (`crediting.begin_anew`)."""


@transaction.atomic
def record(
    membership: Membership,
    *,
    by: Person | None,
    received_on: date,
    amount: Decimal,
    method: str = Payment.Method.TRANSFER,
    reference: str = '',
    own_money: bool | None = None,
    to: Sequence[tuple[Invoice, Decimal]] = (),
    old_dates: bool = False,
    tell: bool = True,
) -> Payment:
    """Money that came in, by the bank's value date, put to these invoices; the rest stays the payer's balance.

    `tell=False` where the caller tells of each invoice afterwards, once: `money_letters.received(invoice, by=…)`."""
    row = Membership.objects.locked(membership.pk)
    if received_on > days.today():
        raise NotNow(f'{days.in_words(received_on)} is still to come: record money when it is there.')
    payment = Payment(
        membership=row,
        category_id=_counted_by(row, [invoice for invoice, _ in to]),
        received_on=received_on,
        amount=amount,
        method=method,
        reference=reference,
        own_money=own_money,
        by=by,
        at=timezone.now(),
    )
    judging.check(payment)
    payment.save(force_insert=True)
    history.note(payment, by=by, lines=[f'Recorded: {payment}, {payment.get_method_display()}'], added=True)
    history.note(row, by=by, lines=[f'Payment recorded: {payment}'])
    for invoice, put in sorted(to, key=lambda one: one[0].pk):
        _put(payment, invoice, put, by=by, old_dates=old_dates)
    follow(payment)
    for invoice in dict.fromkeys(invoice for invoice, _ in to if tell):
        money_letters.received(invoice, by=by)
    return payment


def _counted_by(membership: Membership, invoices: Sequence[Invoice]) -> int:
    """Where all for which it came are of one category, that one: the membership may have another by now."""
    of_them = {invoice.category_id for invoice in invoices}
    return of_them.pop() if len(of_them) == 1 else membership.category_id


def follow(payment: Payment) -> None:
    """Writes whether staff are to choose what becomes of what is left of it, whenever that is other than it was."""
    waits = bool(payment.left) and came_late(payment.membership, payment.received_on)
    if waits != payment.to_choose:
        payment.to_choose = waits
        payment.save(update_fields=['to_choose'])


def follow_waiting(membership: Membership) -> None:
    """The same of each that waits for a choice, by whoever holds the membership and made it go on."""
    for payment in membership.payments.filter(to_choose=True).order_by('pk'):
        follow(payment)


def came_late(membership: Membership, on: date) -> bool:
    """Whether money of that day came when the membership was over, or its last term is void."""
    last = last_term(membership)
    if last is not None and last.payment == Term.Payment.VOID:
        return True
    return membership.standing(on).status in OVER  # type: ignore[attr-defined]


def last_term(membership: Membership) -> Term | None:
    return membership.terms.order_by('-end', '-pk').first()


@transaction.atomic
def record_for(
    invoice: Invoice, *, by: Person | None, amount: Decimal, **given: Any
) -> tuple[Payment, TermIsOver | None]:
    """Money that came for one invoice, put to it as far as it is owed. Where its term is over, it is recorded all the
    same and put to nothing, and why is told with it."""
    row = invoicing.PROCESS.lock(invoice)
    put = min(amount, row.owed)
    to = [(row, put)] if put and not row.is_void else []
    try:
        with transaction.atomic():
            return record(row.membership, by=by, amount=amount, to=to, **given), None
    except TermIsOver as over:
        return record(row.membership, by=by, amount=amount, **given), over


@transaction.atomic
def put_to(
    payment: Payment,
    invoice: Invoice,
    amount: Decimal,
    *,
    by: Person | None,
    old_dates: bool = False,
    tell: bool = True,
) -> Allocation:
    """Applies what is left of a payment. TermIsOver where the term lapsed before the money came, or is void."""
    held = _held(payment)
    allocation = _put(held, invoice, amount, by=by, old_dates=old_dates, afterwards=True)
    follow_waiting(held.membership)  # this one, or another whose membership goes on by it
    if tell:
        money_letters.received(invoice, by=by)
    return allocation


def _put(
    payment: Payment,
    invoice: Invoice,
    amount: Decimal,
    *,
    by: Person | None,
    old_dates: bool,
    afterwards: bool = False,
) -> Allocation:
    with invoicing.moving('pay', invoice, by=by) as made:
        row = made.invoice
        _may_be_put(payment, row, amount)
        if not old_dates and (over := why_over(row, payment.received_on)):
            raise TermIsOver(over)
        if row.term is not None and row.term.payment == Term.Payment.VOID:
            revive(row.term)
        allocation = payment.allocations.filter(invoice=row).first()
        if allocation is None:
            allocation = Allocation(payment=payment, invoice=row, amount=Decimal(0), at=made.at)
        elif days.london_day(allocation.at) != (today := days.london_day(made.at)):
            # Only what is added counts from today: the days until now had the rest.
            row.releases.create(
                payment=payment, amount=allocation.amount, since=allocation.since, until=today
            )
            allocation.at = made.at
        allocation.amount += amount
        if afterwards:
            allocation.afterwards += amount
        allocation.took_up = allocation.took_up or row.is_unagreed
        judging.check(allocation)
        allocation.save()
        made.said = [f'{pounds(amount)} put to it of the payment of {payment}']
    return allocation


def _may_be_put(payment: Payment, invoice: Invoice, amount: Decimal) -> None:
    if invoice.membership_id != payment.membership_id:
        raise NotNow(f'{invoice} is another membership’s: this payment is not for it.')
    if payment.reversed_on:
        raise NotNow('This payment was taken back: nothing of it is left.')
    if amount <= 0:
        raise NotNow('Write a sum above £0 to put to the invoice.')
    if amount > payment.left:
        raise NotNow(f'Of this payment {pounds(payment.left)} is left: no more can be put to an invoice.')
    if amount > invoice.owed:
        raise NotNow(f'On {invoice} {pounds(invoice.owed)} is owed. The rest stays the payer’s balance.')


def why_over(invoice: Invoice, on: date) -> str:
    """Why money of that day cannot simply be put to the invoice's term, or nothing."""
    term = invoice.term
    if term is None:
        return ''
    if term.payment == Term.Payment.VOID:
        return f'{invoice} is for {term.span}, and that term is void. Choose what becomes of the money.'
    status = invoice.membership.standing(on).status  # type: ignore[attr-defined]
    if status in OVER and not (status == Status.LAPSED and _begins_anew(term)):
        return over_already(term, on)
    return ''


def over_already(term: Term, on: date) -> str:
    return (
        f'On {days.in_words(on)} the membership was over already. Choose: the old days '
        f'({term.span}), with no gap; or a new term from the day of the payment.'
    )


def _begins_anew(term: Term) -> bool:
    """Whether they renewed after they had lapsed: then its days are none of those before."""
    return Renewal.objects.filter(term=term, begins_anew=True).exists()


def revive(term: Term) -> None:
    """A void term counts again, whoever refused it before; NotNow where another has its days by now."""
    others = term.membership.terms.exclude(pk=term.pk).exclude(payment=Term.Payment.VOID)
    if other := others.filter(start__lte=term.end, end__gte=term.start).first():
        raise NotNow(f'Another term has these days by now: {other}. Put the money to that one’s invoice.')
    term.payment = Term.Payment.UNPAID
    term.save(update_fields=['payment'])
    refused = Renewal.objects.filter(term=term, answer=Renewal.Answer.REFUSED)
    refused.update(answer='', answered_at=None, by=None, letter=None, why='')


@transaction.atomic
def take_back(payment: Payment, *, by: Person | None, why: str, tell: bool = True) -> Payment:
    """The bank reversed or recalled it: it counts for nothing any more, and neither does the cover it gave."""
    row = _held(payment)
    if row.reversed_on:
        raise NotNow(f'It was taken back on {days.in_words(row.reversed_on)} already.')
    row.reversed_on, row.reversed_why = days.today(), judging.reason(why)
    judging.check(row)
    row.to_choose = False
    row.save(update_fields=['reversed_on', 'reversed_why', 'to_choose'])
    history.note(row, by=by, lines=[f'Taken back: {row.reversed_why}'])
    history.note(row.membership, by=by, lines=[f'Payment taken back, {row}: {row.reversed_why}'])
    for allocation in row.allocations.select_related('invoice').order_by('invoice'):
        with invoicing.moving('take_back', allocation.invoice, by=by) as made:
            made.said, made.quietly = [f'The payment of {row} was taken back: {row.reversed_why}'], True
    if tell:
        money_letters.taken_back(row, by=by)
    return row


@transaction.atomic
def say_whose(payment: Payment, *, by: Person | None, own_money: bool) -> Payment:
    """Whether it was the member's own money: nothing else hangs on it than Gift Aid."""
    row = _held(payment)
    if row.own_money != own_money:
        row.own_money = own_money
        row.save(update_fields=['own_money'])
        said = 'The member’s own money' if own_money else 'Paid by somebody else than the member'
        history.note(row, by=by, lines=[said])
    return row


@transaction.atomic
def refund(payment: Payment, amount: Decimal, *, by: Person | None, why: str, sent_on: date) -> Refund:
    """Sends back some of what is put to no invoice."""
    row = _held(payment)
    if amount > row.left:
        raise NotNow(
            f'Of this payment {pounds(row.left)} is put to no invoice: no more than that can be sent back.'
        )
    if not row.received_on <= sent_on <= days.today():
        raise NotNow('It was sent back between the day on which it came and today.')
    given = Refund(
        payment=row, amount=amount, sent_on=sent_on, why=judging.reason(why), by=by, at=timezone.now()
    )
    judging.check(given)
    given.save(force_insert=True)
    follow(row)
    line = f'{given} on {days.in_words(sent_on)}: {given.why}'
    history.note(row, by=by, lines=[line])
    history.note(row.membership, by=by, lines=[f'Of the payment of {row}, {line}'])
    return given


def write_off(invoice: Invoice, *, by: Person | None, reason: str) -> WriteOff:
    """Lets a small shortfall go: the whole of what is owed."""
    with invoicing.moving('write_off', invoice, by=by, note=reason) as made:
        row = made.invoice
        let_go = WriteOff(
            invoice=row,
            amount=row.owed,
            written_off_on=days.london_day(made.at),
            reason=made.note,
            by=by,
            at=made.at,
        )
        judging.check(let_go)
        let_go.save(force_insert=True)
        made.said = [f'{let_go}: {let_go.reason}']
    return let_go


@transaction.atomic
def promise(term: Term, *, by: Person | None, until: date) -> Term:
    """It counts as covered to that day without payment. One before its start covers nothing, and puts off reminders."""
    row = _term_held(term)
    if row.payment not in (Term.Payment.UNPAID, Term.Payment.PART_PAID, Term.Payment.PROMISED):
        raise NotNow(f'This term is {row.get_payment_display()}: there is nothing to promise.')
    if until < days.today():
        raise NotNow('Choose a day that is still to come.')
    row.promised_until, row.payment = until, Term.Payment.PROMISED
    judging.check(row)
    row.save(update_fields=['promised_until', 'payment'])
    cover.agree_to(row)
    history.note(row.membership, by=by, lines=[f'Term {row.span}: promised until {days.in_words(until)}'])
    return row


def _held(payment: Payment) -> Payment:
    """Its membership held, then the payment as it stands."""
    membership = Membership.objects.locked(payment.membership_id)
    row = Payment.objects.get(pk=payment.pk)
    row.membership = membership
    return row


def _term_held(term: Term) -> Term:
    membership = Membership.objects.locked(term.membership_id)
    row = membership.terms.get(pk=term.pk)
    row.membership = membership
    return row

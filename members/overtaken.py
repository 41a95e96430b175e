"""Reminders and invoices that waited in the outbox, as while the mail server was away: what they say is asked again as
they leave, and what is true no more is recalled. The ledger has such a step as left out, not as one that reached
nobody."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from members import billing, cover, money_letters
from members.models import Invoice, Membership, Term
from members.models.billing import pounds
from members.money_letters import OF_PAYMENT
from members.reminders import ON_THEIR_WAY, nations, step_of
from ukis import days
from ukis.clock import ledger
from ukis.letters.models import Letter

MORNING = time(8)
ASKING = ('invoice_issued', 'payment_in_part')
GOING = (Letter.State.WAITING, Letter.State.SENDING, Letter.State.SENT)


def lock(letter: Letter) -> None:
    """Whoever pays, answers or ends holds the membership, and comes to its letters second."""
    Membership.objects.locked(letter.object_id)


def why(letter: Letter) -> str:
    """Why a reminder must not leave any more; '' for what is still true, and for every other letter."""
    of_step = step_of(letter)
    if of_step is None:
        return ''
    plan, row, step = of_step
    held, on = plan.lock(row), days.today()
    if ledger.is_followed(plan, held, step):
        return 'A later reminder took its place.'
    return plan.why_not(held, step, on) or _since(letter, held, on)


def lock_of_invoice(letter: Letter) -> None:
    Membership.objects.locked(Invoice.objects.values_list('membership', flat=True).get(pk=letter.object_id))


def why_of_invoice(letter: Letter) -> str:
    """Why a letter about an invoice must not leave any more: nobody is asked to pay what was taken back or paid, and
    of what has come the last letter alone tells, which names it all."""
    invoice = Invoice.objects.get(pk=letter.object_id)
    if letter.kind in ASKING and (invoice.is_void or invoice.is_credited_whole):
        return f'{invoice} is {"void" if invoice.is_void else "credited whole"}.'
    if _is_followed(letter):
        return 'A later letter tells of all that has come.'
    return _other_figures(letter, invoice)


def recalled_of_invoice(letter: Letter) -> None:
    """What it was to say is said as it is now, unless it may have arrived or another says it."""
    if letter.overtaken_why and not letter.in_doubt and not _is_followed(letter):
        money_letters.say_again(letter)


def _is_followed(letter: Letter) -> bool:
    if letter.kind not in OF_PAYMENT:
        return False
    same = Letter.objects.filter(content_type=letter.content_type_id, object_id=letter.object_id)
    later = same.filter(kind__in=OF_PAYMENT, to_address=letter.to_address, pk__gt=letter.pk)
    return later.filter(state__in=GOING).exists()


def _other_figures(letter: Letter, invoice: Invoice) -> str:
    named = {
        name: Decimal(letter.judged_by[name]) for name in ('owed', 'balance') if name in letter.judged_by
    }
    owed, balance = named.get('owed', invoice.owed), named.get('balance')
    if letter.kind == 'invoice_issued' and owed and not invoice.owed:
        return f'Nothing is owed on {invoice} any more.'
    # One that asks for the whole is followed by what tells of a part.
    asks_for_it_all = letter.kind == 'invoice_issued' and owed == invoice.total
    if owed != invoice.owed and not asks_for_it_all:
        return f'{pounds(invoice.owed)} is owed now, and it names {pounds(owed)}.'
    if balance is not None and balance != (now := invoice.membership.balance):
        return f'{pounds(now)} is put to no invoice now, and it names {pounds(balance)}.'
    return ''


def put_off(letter: Letter) -> datetime | None:
    """A reminder that comes to leave on a day on which its reader does not work waits for the morning of the next."""
    at, on = nations(letter.to), days.today()
    if step_of(letter) is None or ledger.works(on, at):
        return None
    return days.in_london(datetime.combine(ledger.next_day_of_work(on, at), MORNING))


def recalled(letter: Letter) -> None:
    """The step is left out once the last of its letters is overtaken, and none has left."""
    of_step = step_of(letter) if letter.overtaken_why and not letter.in_doubt else None
    if of_step is None:
        return
    plan, row, step = of_step
    others = Letter.objects.filter(content_type=letter.content_type_id, object_id=letter.object_id)
    of_it = others.filter(judged_by__plan=plan.key, judged_by__row=row.pk, judged_by__step=step.name).exclude(
        pk=letter.pk
    )
    if not of_it.filter(state__in=ON_THEIR_WAY).exists():
        ledger.overtaken(plan, row, step, letter.overtaken_why)


def _since(letter: Letter, row: Any, on: date) -> str:
    """What came in since it was written."""
    if not isinstance(row, Term):
        term = row.term
        if (
            term
            and term.payment == Term.Payment.PROMISED
            and term.promised_until
            and term.promised_until > on
        ):
            return f'They are to pay by {days.in_words(term.promised_until)}.'
        return _other_sum(letter, row.owed)
    if row.payment == Term.Payment.PROMISED and row.promised_until and row.promised_until >= on:
        return f'They are to pay by {days.in_words(row.promised_until)}.'
    answered = row.renewal.answered_at
    if answered and answered > letter.queued_at:
        return 'They have renewed since.'
    invoice = cover.claim(row)
    return _other_sum(letter, invoice.owed if invoice else billing.price_of(row))


def _other_sum(letter: Letter, owed: Decimal) -> str:
    named = letter.judged_by['owed']
    is_other = named is not None and Decimal(named) != owed
    return f'£{owed:.2f} is owed now, and it names £{named}.' if is_other else ''

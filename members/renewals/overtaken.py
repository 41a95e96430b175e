"""Reminders and invoices that waited in the outbox, as while the mail server was away: what they say is asked again as
they leave, and what is true no more is recalled. The ledger has such a step as left out, not as one that reached
nobody."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from members.meeting import courtesy
from members.models import CreditNote, Introduction, Invoice, Membership, Payment, Term
from members.models.billing import pounds
from members.money import billing, cover, money_letters
from members.money.money_letters import OF_PAYMENT
from members.renewals.reminders import ON_THEIR_WAY, nations, step_of
from ukis import days
from ukis.clock import ledger
from ukis.engine import locked
from ukis.letters.models import Letter

MORNING = time(8)
ASKING = ('invoice_issued', 'payment_in_part')
GOING = (Letter.State.WAITING, Letter.State.SENDING, Letter.State.SENT)


def lock(letter: Letter) -> None:
    """Whoever pays, answers or ends holds the membership, and comes to its letters second."""
    Membership.objects.locked(letter.object_id)


def why(letter: Letter) -> str:
    """Why a reminder, or thanks for renewing, must not leave any more; '' for what is still true, and for every other
    letter."""
    of_step = step_of(letter)
    if of_step is None:
        return _why_of_renewed(letter) if letter.kind == 'renewed' and letter.judged_by else ''
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


def lock_of_credit_note(letter: Letter) -> None:
    Membership.objects.locked(
        CreditNote.objects.values_list('invoice__membership', flat=True).get(pk=letter.object_id)
    )


def why_of_credit_note(letter: Letter) -> str:
    """Its sum is as it was; what is due beside it, and what is put to nothing, may be other sums by now."""
    named = letter.judged_by
    if letter.kind != 'credit_note_issued' or not named:
        return ''
    note = CreditNote.objects.select_related('invoice').get(pk=letter.object_id)
    now = money_letters.figures_of_credit(note)
    if now['newer'] != named['newer']:
        return f'Invoice {now["newer"]} stands in place of {note.invoice} now.'
    return (
        _other_sum_due(named, note.invoice)
        or _other_balance(named, Decimal(now['balance']))
        or _is_past(named, note.invoice)
    )


def lock_of_payment(letter: Letter) -> None:
    Membership.objects.locked(Payment.objects.values_list('membership', flat=True).get(pk=letter.object_id))


def why_of_payment(letter: Letter) -> str:
    """One that was taken back stays so, and what is due again may have been paid by now."""
    named = letter.judged_by.get('owed_on')
    if named is None or named == money_letters.owed_of(Payment.objects.get(pk=letter.object_id)):
        return ''
    return 'Other sums are due now than it names.'


def lock_of_introduction(letter: Letter) -> None:
    locked(Introduction(pk=letter.object_id))


def why_of_introduction(letter: Letter) -> str:
    """Addresses leave only while both still wish it, and a note only while it can be answered: not that of somebody
    who was erased since, or who is kept from asking."""
    row = Introduction.objects.select_related('asker').get(pk=letter.object_id)
    if letter.kind == 'introduction_accepted' and not row.is_accepted:
        return 'The introduction has ended.'
    if letter.kind != 'introduction_asked':
        return ''
    if not row.waits:
        return 'The note waits for no answer any more.'
    return 'Its sender is kept from asking.' if courtesy.stopped_by(row.asker) else ''


def recalled_of_money(letter: Letter) -> None:
    """What it was to say is said as it is now, unless it may have arrived or another says it."""
    if letter.overtaken_why and not letter.in_doubt and not _is_followed(letter):
        money_letters.say_again(letter)


def _why_of_renewed(letter: Letter) -> str:
    named = letter.judged_by
    invoice = Invoice.objects.get(pk=named['invoice'])
    stands = money_letters.standing_for(invoice)
    if stands is None:
        return f'Nobody is to pay {invoice} any more.'
    if stands != invoice:
        return f'{stands} stands in place of {invoice} now.'
    return _other_sum_due(named, invoice) or _is_past(named, invoice)


def _is_followed(letter: Letter) -> bool:
    if letter.kind not in OF_PAYMENT:
        return False
    same = Letter.objects.filter(content_type=letter.content_type_id, object_id=letter.object_id)
    later = same.filter(kind__in=OF_PAYMENT, to_address=letter.to_address, pk__gt=letter.pk)
    return later.filter(state__in=GOING).exists()


def _other_figures(letter: Letter, invoice: Invoice) -> str:
    named = letter.judged_by
    owed = Decimal(named['owed']) if 'owed' in named else invoice.owed
    if letter.kind == 'invoice_issued' and owed and not invoice.owed:
        return f'Nothing is owed on {invoice} any more.'
    # One that asks for the whole is followed by what tells of a part that was paid.
    asks_for_it_all = letter.kind == 'invoice_issued' and owed == invoice.total
    is_followed = asks_for_it_all and not (invoice.credited or invoice.written_off)
    if not is_followed and (why_not := _other_sum_due(named, invoice)):
        return why_not
    if 'balance' in named and (why_not := _other_balance(named, invoice.membership.balance)):
        return why_not
    return _is_past(named, invoice)


def _other_sum_due(named: dict[str, Any], invoice: Invoice) -> str:
    owed = Decimal(named.get('owed', invoice.owed))
    return '' if owed == invoice.owed else f'{pounds(invoice.owed)} is owed now, and it names {pounds(owed)}.'


def _other_balance(named: dict[str, Any], now: Decimal) -> str:
    balance = Decimal(named['balance'])
    return (
        '' if balance == now else f'{pounds(now)} is put to no invoice now, and it names {pounds(balance)}.'
    )


def _is_past(named: dict[str, Any], invoice: Invoice) -> str:
    due = date.fromisoformat(named['due']) if named.get('due') else None
    is_past = due is not None and invoice.owed and due < days.today()
    return f'It asks by {days.in_words(due)}, and that is past.' if due and is_past else ''


def put_off(letter: Letter) -> datetime | None:
    """A reminder that comes to leave on a day on which its reader does not work waits for the morning of the next."""
    at, on = nations(letter.to), days.today()
    if step_of(letter) is None or ledger.works(on, at):
        return None
    return days.in_london(datetime.combine(ledger.next_day_of_work(on, at), MORNING))


def recalled(letter: Letter) -> None:
    """The step is left out once the last of its letters is overtaken, and none has left."""
    if letter.kind == 'renewed':
        recalled_of_money(letter)
        return
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

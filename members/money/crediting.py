"""What is taken back of what was asked: credited, void, issued anew, waived. An invoice that was issued is never
changed; what is wrong with it is credited, with lines and VAT in proportion, and asked for by another."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from members import judging
from members.models import (
    Allocation,
    CreditNote,
    CreditNoteLine,
    Invoice,
    Membership,
    Numbers,
    Payment,
    Person,
    Release,
    Renewal,
    Term,
    WriteOff,
)
from members.models.billing import pounds
from members.money import billing, cover, extra_seats, invoicing, money_letters, numbering, payments, renewing
from members.money.pennies import pennies, shared
from ukis import days, history
from ukis.refusals import NotNow

Standing = Term.Payment
PROMISED_DAYS = 'The days that a promise covered; a new term begins with the payment.'
NEW_TERM = 'It was paid when the membership was over: a new term begins with the payment'


def credit(
    invoice: Invoice,
    *,
    by: Person | None,
    reason: str,
    amount: Decimal | None = None,
    in_place: bool = False,
    tell: bool = True,
) -> CreditNote:
    """Takes back some of an invoice, or all that is left of it. What was paid beyond the rest becomes balance again;
    the cover of a term whose invoice is credited whole ends. `in_place`: another is issued for the same."""
    with invoicing.moving('credit', invoice, by=by, note=reason) as made:
        row = made.invoice
        left = row.total - row.credited
        taken = left if amount is None else amount
        if not 0 < taken <= left:
            raise NotNow(f'Of {row} between £0.01 and {pounds(left)} can be credited.')
        freed = _make_room(row, taken, by=by)
        note = _issue(row, taken, by=by, why=made.note)
        made.said, made.in_place = [f'{note} issued: {pounds(taken)}: {note.reason}'], in_place
        if tell:
            made.letter = partial(money_letters.credited, note, by=by)
    for payment in freed:
        payments.follow(payment)
    return note


@transaction.atomic
def credit_and_offer(invoice: Invoice, *, by: Person | None, reason: str, tell: bool = True) -> None:
    """All of one to which nobody agreed, or does any more: its term waits for their answer."""
    credit(invoice, by=by, reason=reason, tell=tell)
    Term.objects.filter(invoices=invoice, payment=Standing.CREDITED).update(payment=Standing.UNPAID)


def _issue(invoice: Invoice, taken: Decimal, *, by: Person | None, why: str) -> CreditNote:
    """Number and day are had under one lock, as an invoice's are."""
    lines = shares(invoice, taken)
    note = CreditNote(invoice=invoice, reason=why, total=taken, by=by)
    note.number, note.at = numbering.draw(Numbers.Kind.CREDIT_NOTE), timezone.now()
    note.issued_on = days.london_day(note.at)
    judging.check(note)
    note.save(force_insert=True)
    for line in lines:
        line.credit_note = note
        line.save(force_insert=True)
    return note


def _make_room(invoice: Invoice, taken: Decimal, *, by: Person | None) -> list[Payment]:
    """What was let go and what was paid beyond what will still be asked is put to it no more, the last first. The
    payments of which some is balance again."""
    over, freed = taken - invoice.owed, []
    for written_off in invoice.write_offs.order_by('-pk'):
        if over > 0:
            over -= (less := min(over, written_off.amount))
            _release(invoice, less, since=written_off.written_off_on)
            _lessen(written_off, less)
            history.note(invoice, by=by, lines=[f'{pounds(less)} is written off no more'])
    counted = invoice.allocations.filter(payment__reversed_on=None).select_related('payment')
    for allocation in counted.order_by('-payment__received_on', '-pk'):
        if over > 0:
            over -= (less := min(over, allocation.amount))
            _release(invoice, less, since=allocation.since, payment=allocation.payment)
            allocation.afterwards = max(allocation.afterwards - less, Decimal(0))
            _lessen(allocation, less)
            line = f'{pounds(less)} of the payment of {allocation.payment} is balance again'
            history.note(invoice, by=by, lines=[line])
            freed.append(allocation.payment)
    return freed


def _release(invoice: Invoice, amount: Decimal, *, since: date, payment: Payment | None = None) -> None:
    """In the books it counts until today."""
    Release.objects.create(invoice=invoice, payment=payment, amount=amount, since=since, until=days.today())


def _lessen(row: Allocation | WriteOff, by: Decimal) -> None:
    row.amount -= by
    if row.amount:
        row.save()
    else:
        row.delete()


def shares(invoice: Invoice, taken: Decimal) -> list[CreditNoteLine]:
    """The lines of a credit note over so much: each line's part of what is not credited yet, to the penny."""
    rest = [(line, net, vat) for line, net, vat in _not_credited(invoice) if net + vat]
    parts = shared(taken, [net + vat for _, net, vat in rest])
    lines = []
    for part, (line, net, vat) in zip(parts, rest, strict=True):
        if not part:
            continue
        of_vat = pennies(part * vat / (net + vat))
        lines.append(
            CreditNoteLine(
                text=line.text,
                quantity=line.quantity,
                net=part - of_vat,
                vat=line.vat,
                vat_rate=line.vat_rate,
                vat_amount=of_vat,
                position=line.position,
            )
        )
    return lines


def _not_credited(invoice: Invoice) -> list[billing.Left]:
    gone: dict[int, list[CreditNoteLine]] = {}
    for line in CreditNoteLine.objects.filter(credit_note__invoice=invoice):
        gone.setdefault(line.position, []).append(line)
    return [
        (
            line,
            line.net - sum(one.net for one in gone.get(line.position, ())),
            line.vat_amount - sum(one.vat_amount for one in gone.get(line.position, ())),
        )
        for line in invoice.lines.all()
    ]


def void(invoice: Invoice, *, by: Person | None, why: str) -> Invoice:
    """Only one to which nothing has come, and of which nothing was taken back. Its number stays listed."""
    with invoicing.moving('void', invoice, by=by, note=why) as made:
        row = made.invoice
        row.voided_on, row.voided_why = days.london_day(made.at), made.note
        judging.check(row)
        row.save(update_fields=['voided_on', 'voided_why'])
        made.said = [f'Void: {made.note}']
    return row


def reissue(
    invoice: Invoice,
    *,
    by: Person | None,
    reason: str,
    fee: Decimal | None = None,
    po_number: str | None = None,
    attention: str | None = None,
) -> Invoice:
    """Credits all that is left of an invoice and issues another for the same, with the payer's name and address as
    they are today, for what was not credited before, or another fee. What was paid follows to the new one, what was let
    go stays let go on it, and one to which nobody has agreed is followed by another of that kind."""
    with invoicing.moving('reissue', invoice, by=by, note=reason) as made:
        row = made.invoice
        anew: dict[str, Any] = {
            'by': by,
            'po_number': row.po_number if po_number is None else po_number,
            'attention': row.attention if attention is None else attention,
            'replaces': row,
        }
        new = _in_place_of(row, why=made.note, fee=fee, **anew)
        made.said, made.quietly, made.in_place = [f'{new} stands in its place: {made.note}'], True, True
        made.letter = partial(money_letters.issued, new, by=by)
    return Invoice.objects.get(pk=new.pk)


def _in_place_of(row: Invoice, *, by: Person | None, why: str, fee: Decimal | None, **anew: Any) -> Invoice:
    counted = row.allocations.filter(payment__reversed_on=None).select_related('payment')
    carried, let_go = (
        list(counted.order_by('payment__received_on', 'pk')),
        list(row.write_offs.order_by('pk')),
    )
    # What was credited before is not asked for again.
    left = _not_credited(row) if 0 < row.credited < row.total else []
    if not row.is_void and not row.is_credited_whole:
        credit(row, by=by, reason=why, in_place=True)
    term = row.term
    if term is None:
        new = billing.bill_again(row, left, by=by, **anew)
    else:
        term = row.membership.terms.get(pk=term.pk)
        asked = fee or (sum((net for _, net, _ in left), Decimal(0)) if left else term.fee)
        if asked != term.fee:
            term.fee = asked
            renewing.keep_terms(row.membership, by=by, terms=[term])
        new = billing.bill(
            term, by=by, tell=False, up_front=row.drawn_ahead, left=[] if fee else left, **anew
        )
        if row.agreed_on and new.is_unagreed:
            cover.agree(new, row.agreed_on)
    _carry(carried, new, by=by)
    if let_go:
        _let_go_again(let_go, new, by=by)
    return new


def _carry(carried: list[Allocation], new: Invoice, *, by: Person | None) -> None:
    owed = new.total
    for allocation in carried:
        if amount := min(owed, allocation.amount):
            payments.put_to(allocation.payment, new, amount, by=by, old_dates=True, tell=False)
            owed -= amount


def _let_go_again(let_go: list[WriteOff], new: Invoice, *, by: Person | None) -> None:
    """Somebody has decided on it, for a reason that is as good for the new one: nobody is asked for it again."""
    row, at = Invoice.objects.locked(new.pk), timezone.now()
    for one in let_go:
        if amount := min(row.owed, one.amount):
            again = WriteOff(invoice=row, amount=amount, reason=one.reason, by=by, at=at)
            again.written_off_on = days.london_day(at)
            judging.check(again)
            again.save(force_insert=True)
            cover.add_up(row)
            history.note(row, by=by, lines=[f'{again}, as on {row.replaces}: {again.reason}'])
    extra_seats.follow(row, by=by)


@transaction.atomic
def begin_anew(payment: Payment, invoice: Invoice, *, by: Person | None) -> Invoice:
    """Money for a term that was over when it came: the old invoice is credited, its term is void, and a new term
    begins on the day of the payment, which is put to its invoice."""
    row = invoicing.PROCESS.lock(invoice)
    membership, term, first = row.membership, row.term, payment.received_on
    if term is None or row.membership_id != payment.membership_id:
        raise NotNow(f'{row} is for no term of this membership: there is none to begin anew.')
    if membership.ended_on and membership.ended_on < first:
        ended = days.in_words(membership.ended_on)
        raise NotNow(
            f'The membership ended on {ended}. Begin another one, and send this money back or keep it.'
        )
    if not row.is_void and not row.is_credited_whole:
        credit(row, by=by, reason=NEW_TERM)
    _leave_behind(membership, term, first, by=by)
    category = membership.category
    start, end = category.term_from(first)
    fee = category.fee_with(term.seats, start, end)  # as for who comes back after a lapse
    new_term = renewing.add_term(membership, by=by, start=start, end=end, fee=fee, seats=term.seats)
    Renewal.objects.create(term=new_term, prepared_at=timezone.now(), begins_anew=True)
    replaces = None if Invoice.objects.filter(replaces=row).exists() else row
    new = billing.bill(
        new_term, by=by, po_number=row.po_number, attention=row.attention, replaces=replaces, tell=False
    )
    payments.put_to(payment, new, min(payment.left, new.total), by=by, old_dates=True, tell=False)
    money_letters.issued(new, by=by)
    return Invoice.objects.get(pk=new.pk)


def _leave_behind(membership: Membership, term: Term, first: date, *, by: Person | None) -> None:
    """The old term is void; of one that a promise covered those days stay, for they were members then."""
    if term.payment == Standing.VOID:
        return
    span, promised = term.span, term.promised_until
    if promised and term.start <= promised < first:
        term.end, term.payment, term.waived_why = promised, Standing.WAIVED, PROMISED_DAYS
        said = f'Term {span} ends with its promised days: a new one begins with the payment'
    else:
        term.payment, said = Standing.VOID, f'Term {span} is void: a new one begins with the payment'
    term.save(update_fields=['end', 'payment', 'waived_why'])
    history.note(membership, by=by, lines=[said])


@transaction.atomic
def waive(term: Term, *, by: Person | None, why: str) -> Term:
    """Its fee, or what is still owed of it, is asked no more; it covers to its end."""
    membership = Membership.objects.locked(term.membership_id)
    row = membership.terms.get(pk=term.pk)
    if row.payment in (Standing.PAID, Standing.FREE, Standing.WAIVED, Standing.VOID):
        raise NotNow(f'This term is {row.get_payment_display()}: there is no fee to waive.')
    invoice = cover.standing_invoice(row)
    row.payment, row.waived_why = Standing.WAIVED, judging.reason(why)
    judging.check(row)
    row.save(update_fields=['payment', 'waived_why'])
    history.note(membership, by=by, lines=[f'Term {row.span}: fee waived: {row.waived_why}'])
    if invoice is not None and invoice.owed:
        credit(invoice, by=by, reason=f'Fee waived: {row.waived_why}'[:300], amount=invoice.owed)
    return membership.terms.get(pk=row.pk)

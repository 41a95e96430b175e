"""What payers hear of their money. Each letter names the figures of the moment and leads to the page on which they
always stand as they are; the PDF that goes with it is made when it leaves."""

from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType

from members import copies, letters, recipients
from members.models import CreditNote, Invoice, Membership, Payment, Person
from members.models.billing import pounds
from members.recipients import Addressee
from ukis import days
from ukis.letters.models import Letter


def issued(invoice: Invoice, *, by: Person | None) -> None:
    """And keeps it as it is then, with what was paid before already."""
    row = Invoice.objects.select_related('replaces').get(pk=invoice.pk)
    copies.keep(row, at=row.at)
    _tell_issued(row, recipients.of_money(row.membership), by=by, key=f'invoice {row.pk}')


def received(invoice: Invoice, *, by: Person | None) -> None:
    """One letter for all that has come for an invoice: what remains of it, or that nothing does."""
    row = Invoice.objects.select_related('term').get(pk=invoice.pk)
    copies.keep_first(row)  # one that was drawn for this money goes out with this letter first
    last = _put_to(row).last()
    key = f'invoice {row.pk} paid {row.paid} by {last.pk if last else 0}'
    _tell_received(row, recipients.of_money(row.membership), by=by, key=key)


def say_again(letter: Letter) -> None:
    """To whoever was to have one that waited until its figures were no more so: as they are now, where nothing else
    tells them."""
    row = Invoice.objects.select_related('term', 'replaces').get(pk=letter.object_id)
    if row.is_void or row.is_credited_whole:
        return
    whom = [recipients.of_letter(letter)]
    key = f'invoice {row.pk} in place of {letter.pk}'
    if letter.kind == 'invoice_issued':
        if row.owed:
            _tell_issued(row, whom, by=letter.by, key=key)
    elif set(_put_to(row).values_list('payment', flat=True)) - _told_of(letter):
        _tell_received(row, whom, by=letter.by, key=key)


def _told_of(letter: Letter) -> set[int]:
    """The payments of which its reader was told by those that left."""
    same = Letter.objects.filter(content_type=letter.content_type_id, object_id=letter.object_id)
    left = same.filter(kind__in=OF_PAYMENT, to_address=letter.to_address, state__in=LEFT)
    return {key for named in left.values_list('judged_by', flat=True) for key in named.get('payments', ())}


def credited(note: CreditNote, *, by: Person | None) -> None:
    invoice = note.invoice
    letters.tell(
        'credit_note_issued',
        recipients.of_money(invoice.membership),
        note,
        key=f'credit note {note.pk}',
        by=by,
        credit_note=note,
        invoice=invoice,
        credited=pounds(note.total),
        issued=days.in_words(invoice.issued_on),
        balance=_balance(invoice.membership),
        page=letters.address_of('credit_note', note.number),
    )


def taken_back(payment: Payment, *, by: Person | None) -> None:
    """To the payer; and to staff, for cover that it gave has ended."""
    membership = payment.membership
    invoices = Invoice.objects.open().filter(allocations__payment=payment).order_by('number').distinct()
    facts: dict[str, Any] = {
        'payment': payment,
        'amount': pounds(payment.amount),
        'received': days.in_words(payment.received_on),
        'owed': [{'number': one.number, 'amount': pounds(one.owed)} for one in invoices],
    }
    key = f'payment {payment.pk}'
    letters.tell('payment_taken_back', recipients.of_money(membership), payment, key=key, by=by, **facts)
    sent_back = sum((refund.amount for refund in payment.refunds.all()), Decimal(0))
    letters.tell(
        'payment_taken_back_staff',
        recipients.staff(),
        payment,
        key=key,
        by=by,
        holder=str(membership.holder),
        sent_back=pounds(sent_back) if sent_back else '',
        sentence=membership.standing().sentence,
        page=letters.address_of('admin:members_membership_change', membership.pk),
        **facts,
    )


def about(letter: Letter) -> Invoice | CreditNote | None:
    """The document that is enclosed with a letter, if any is."""
    if letter.kind not in ENCLOSING:
        return None
    kind = ContentType.objects.get_for_id(letter.content_type_id)
    return kind.get_object_for_this_type(pk=letter.object_id)  # type: ignore[return-value]


OF_PAYMENT = ('payment_in_part', 'payment_in_full')
ENCLOSING = ('invoice_issued', *OF_PAYMENT, 'credit_note_issued')
LEFT = (Letter.State.SENDING, Letter.State.SENT)


def _put_to(invoice: Invoice) -> Any:
    """What came and counts, in its order."""
    return invoice.allocations.filter(payment__reversed_on=None).select_related('payment').order_by('pk')


def _tell_issued(row: Invoice, whom: list[Addressee], *, by: Person | None, key: str) -> None:
    period = ''
    if row.period_start and row.period_end:
        period = f'{days.in_words(row.period_start)} to {days.in_words(row.period_end)}'
    facts = {'period': period, 'replaces': row.replaces, 'part_paid': row.owed != row.total}
    _tell('invoice_issued', row, whom, by=by, key=key, **facts)


def _tell_received(row: Invoice, whom: list[Addressee], *, by: Person | None, key: str) -> None:
    """Each payment is named where there are several: of letters that waited the last alone leaves."""
    put = list(_put_to(row))
    facts: dict[str, Any] = {
        'renews': row.term.span if row.term and put and put[-1].took_up else '',
        'came': [(pounds(one.amount), days.in_words(one.payment.received_on)) for one in put],
        'named': {'payments': [one.payment_id for one in put]},
    }
    _tell('payment_in_part' if row.owed else 'payment_in_full', row, whom, by=by, key=key, **facts)


def _tell(
    kind: str,
    invoice: Invoice,
    whom: list[Addressee],
    *,
    by: Person | None,
    key: str,
    named: dict[str, Any] | None = None,
    **facts: Any,
) -> None:
    left = invoice.membership.balance
    judged_by = {'owed': str(invoice.owed), **(named or {})}
    if kind == 'payment_in_full':
        judged_by['balance'] = str(left)
    letters.tell(
        kind,
        whom,
        invoice,
        key=key,
        by=by,
        invoice=invoice,
        total=pounds(invoice.total),
        paid=pounds(invoice.paid),
        owed=pounds(invoice.owed),
        due=days.in_words(invoice.due_on),
        balance=pounds(left) if left else '',
        page=letters.address_of('invoice', invoice.number),
        judged_by=judged_by,
        **facts,
    )


def _balance(membership: Membership) -> str:
    left = membership.balance
    return pounds(left) if left else ''

"""What payers hear of their money. Each letter names the figures of the moment and leads to the page on which they
always stand as they are; the PDF that goes with it is made when it leaves."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType

from members import letters
from members.letters import recipients
from members.letters.recipients import Addressee
from members.models import CreditNote, Invoice, Payment, Person
from members.models.billing import pounds
from members.money import copies, cover
from ukis import days
from ukis.letters.models import Letter


def issued(invoice: Invoice, *, by: Person | None, hold: timedelta = timedelta(0)) -> None:
    """And keeps it as it is then, with what was paid before already."""
    row = Invoice.objects.select_related('replaces').get(pk=invoice.pk)
    copies.keep(row, at=row.at)
    _tell_issued(row, recipients.of_money(row.membership), by=by, key=f'invoice {row.pk}', hold=hold)


def renewed(invoice: Invoice, *, by: Person | None) -> None:
    """Thanks for the answer, with what is to be paid of the invoice that stands for its term."""
    row = Invoice.objects.select_related('membership', 'term__renewal').get(pk=invoice.pk)
    assert row.term is not None
    key = f'renewal {row.term.renewal.pk} {row.number}'
    _tell_renewed(row, recipients.of_money(row.membership), by=by, key=key)


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
    again: dict[str, Any] = {'by': letter.by, 'key': f'in place of {letter.pk}'}
    whom = [recipients.of_letter(letter)]
    match letter.kind:
        case 'renewed':
            if invoice := standing_for(Invoice.objects.get(pk=letter.judged_by['invoice'])):
                _tell_renewed(invoice, whom, **again)
        case 'credit_note_issued':
            _tell_credited(CreditNote.objects.get(pk=letter.object_id), whom, **again)
        case 'payment_taken_back':
            _tell_taken_back(Payment.objects.get(pk=letter.object_id), whom, **again)
        case 'payment_taken_back_staff':
            _tell_staff(Payment.objects.get(pk=letter.object_id), whom, **again)
        case _:
            _say_again_of_invoice(letter, whom, again)


def _say_again_of_invoice(letter: Letter, whom: list[Addressee], again: dict[str, Any]) -> None:
    row = Invoice.objects.select_related('term', 'replaces').get(pk=letter.object_id)
    if row.is_void or row.is_credited_whole:
        return
    if letter.kind == 'invoice_issued':
        if row.owed:
            _tell_issued(row, whom, **again)
    elif set(_put_to(row).values_list('payment', flat=True)) - _told_of(letter):
        _tell_received(row, whom, **again)


def standing_for(invoice: Invoice) -> Invoice | None:
    """The invoice by which a term is renewed now, if one is; none where nobody is to pay for it any more."""
    row = Invoice.objects.select_related('term__renewal').get(pk=invoice.pk)
    stands = cover.claim(row.term) if row.term else None
    if stands is None or stands.is_void or not row.term.renewal.is_renewed:  # type: ignore[union-attr]
        return None
    return Invoice.objects.select_related('membership', 'term').get(pk=stands.pk)


def _told_of(letter: Letter) -> set[int]:
    """The payments of which its reader was told by those that left."""
    same = Letter.objects.filter(content_type=letter.content_type_id, object_id=letter.object_id)
    left = same.filter(kind__in=OF_PAYMENT, to_address=letter.to_address, state__in=LEFT)
    return {key for named in left.values_list('judged_by', flat=True) for key in named.get('payments', ())}


def credited(note: CreditNote, *, by: Person | None) -> None:
    whom = recipients.of_money(note.invoice.membership)
    _tell_credited(note, whom, by=by, key=f'credit note {note.pk}')


def taken_back(payment: Payment, *, by: Person | None) -> None:
    """To the payer; and to staff, for cover that it gave has ended."""
    key = f'payment {payment.pk}'
    _tell_taken_back(payment, recipients.of_money(payment.membership), by=by, key=key)
    _tell_staff(payment, recipients.staff(), by=by, key=key)


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


def figures_of_credit(note: CreditNote) -> dict[str, str]:
    """What a letter about it names beside itself, as it is now."""
    invoice = Invoice.objects.get(pk=note.invoice_id)
    newer = Invoice.objects.filter(replaces=invoice).first()
    balance = invoice.membership.balance
    return {'owed': f'{invoice.owed}', 'balance': f'{balance}', 'newer': str(newer.number if newer else '')}


def owed_of(payment: Payment) -> dict[str, str]:
    """By number, what is due on the invoices to which it was put, as it is now."""
    invoices = Invoice.objects.open().filter(allocations__payment=payment).order_by('number').distinct()
    return {str(one.number): f'{one.owed}' for one in invoices}


def _tell_renewed(row: Invoice, whom: list[Addressee], *, by: Person | None, key: str) -> None:
    letters.tell(
        'renewed',
        whom,
        row.membership,
        key=key,
        by=by,
        term=row.term,
        judged_by={'invoice': row.pk, 'owed': f'{row.owed}', 'due': due_to_come(row)},
        **figures(row),
    )


def _tell_credited(note: CreditNote, whom: list[Addressee], *, by: Person | None, key: str) -> None:
    invoice, now = Invoice.objects.get(pk=note.invoice_id), figures_of_credit(note)
    letters.tell(
        'credit_note_issued',
        whom,
        note,
        key=key,
        by=by,
        credit_note=note,
        credited=pounds(note.total),
        issued=days.in_words(invoice.issued_on),
        newer=now['newer'],
        judged_by={**now, 'due': due_to_come(invoice)},
        **{**figures(invoice), 'page': letters.address_of('credit_note', note.number)},
    )


def _of_taken_back(payment: Payment) -> dict[str, Any]:
    owed, sent_back = owed_of(payment), sum((one.amount for one in payment.refunds.all()), Decimal(0))
    return {
        'payment': payment,
        'amount': pounds(payment.amount),
        'received': days.in_words(payment.received_on),
        'sent_back': pounds(sent_back) if sent_back else '',
        'owed': [{'number': number, 'amount': pounds(Decimal(sum_))} for number, sum_ in owed.items()],
        'judged_by': {'owed_on': owed},
    }


def _tell_taken_back(payment: Payment, whom: list[Addressee], *, by: Person | None, key: str) -> None:
    letters.tell('payment_taken_back', whom, payment, key=key, by=by, **_of_taken_back(payment))


def _tell_staff(payment: Payment, whom: list[Addressee], *, by: Person | None, key: str) -> None:
    membership = payment.membership
    letters.tell(
        'payment_taken_back_staff',
        whom,
        payment,
        key=key,
        by=by,
        holder=str(membership.holder),
        sentence=membership.standing().sentence,
        page=letters.address_of('admin:members_membership_change', membership.pk),
        **_of_taken_back(payment),
    )


def _tell_issued(
    row: Invoice, whom: list[Addressee], *, by: Person | None, key: str, hold: timedelta = timedelta(0)
) -> None:
    period = ''
    if row.period_start and row.period_end:
        period = f'{days.in_words(row.period_start)} to {days.in_words(row.period_end)}'
    facts: dict[str, Any] = {'period': period, 'replaces': row.replaces, 'hold': hold}
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
    judged_by = {'owed': str(invoice.owed), 'due': due_to_come(invoice), **(named or {})}
    if kind == 'payment_in_full':
        judged_by['balance'] = str(invoice.membership.balance)
    letters.tell(kind, whom, invoice, key=key, by=by, judged_by=judged_by, **{**figures(invoice), **facts})


def figures(invoice: Invoice) -> dict[str, Any]:
    """An invoice as a letter names it, and what its payer paid and is put to none."""
    left = invoice.membership.balance
    return {
        'invoice': invoice,
        'total': pounds(invoice.total),
        'paid': pounds(invoice.paid),
        'owed': pounds(invoice.owed),
        'in_part': bool(invoice.owed) and invoice.owed != invoice.total,
        'due': days.in_words(invoice.due_on),
        'is_late': invoice.due_on < days.today(),
        'balance': pounds(left) if left else '',
        'page': letters.address_of('invoice', invoice.number),
    }


def due_to_come(invoice: Invoice) -> str:
    """The day by which it asks; none where that is past, or nothing is asked."""
    return f'{invoice.due_on}' if invoice.owed and invoice.due_on >= days.today() else ''

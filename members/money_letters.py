"""What payers hear of their money. Each letter names the figures of the moment and leads to the page on which they
always stand as they are; the PDF that goes with it is made when it leaves."""

from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType

from members import copies, letters, recipients
from members.models import CreditNote, Invoice, Membership, Payment, Person
from members.models.billing import pounds
from ukis import days
from ukis.letters.models import Letter


def issued(invoice: Invoice, *, by: Person | None) -> None:
    """And keeps it as it is then, with what was paid before already."""
    row = Invoice.objects.select_related('replaces').get(pk=invoice.pk)
    copies.keep(row, at=row.at)
    period = ''
    if row.period_start and row.period_end:
        period = f'{days.in_words(row.period_start)} to {days.in_words(row.period_end)}'
    _tell(
        'invoice_issued', row, by=by, key=f'invoice {row.pk}', period=period, replaces=row.replaces,
        part_paid=row.owed != row.total,
    )  # fmt: skip


def received(invoice: Invoice, *, by: Person | None) -> None:
    """One letter for all that has come for an invoice: what remains of it, or that nothing does."""
    row = Invoice.objects.select_related('term').get(pk=invoice.pk)
    copies.keep_first(row)  # one that was drawn for this money goes out with this letter first
    last = row.allocations.filter(payment__reversed_on=None).order_by('pk').last()
    kind = 'payment_in_part' if row.owed else 'payment_in_full'
    renews = row.term.span if row.term and last and last.took_up else ''
    _tell(
        kind, row, by=by, key=f'invoice {row.pk} paid {row.paid} by {last.pk if last else 0}', renews=renews
    )


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


ENCLOSING = ('invoice_issued', 'payment_in_full', 'payment_in_part', 'credit_note_issued')


def _tell(kind: str, invoice: Invoice, *, by: Person | None, key: str, **facts: Any) -> None:
    membership = invoice.membership
    letters.tell(
        kind,
        recipients.of_money(membership),
        invoice,
        key=key,
        by=by,
        invoice=invoice,
        total=pounds(invoice.total),
        paid=pounds(invoice.paid),
        owed=pounds(invoice.owed),
        due=days.in_words(invoice.due_on),
        balance=_balance(membership),
        page=letters.address_of('invoice', invoice.number),
        **facts,
    )


def _balance(membership: Membership) -> str:
    left = membership.balance
    return pounds(left) if left else ''

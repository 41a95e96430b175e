"""What a term's money says of its cover. It comes from money, a promise, a free term or a waiver, never from a credit
note; a term without an invoice keeps what staff said of it."""

from members.models import Invoice, Term

Payment = Term.Payment


def follow(term: Term) -> str:
    """Writes the term's `payment` as its invoices have it now, in the caller's transaction, which holds the
    membership. What it is."""
    invoice = standing_invoice(term)
    if invoice is not None and term.payment not in (Payment.FREE, Payment.WAIVED, Payment.VOID):
        term.payment = _of(invoice, term)
        term.save(update_fields=['payment'])
    return term.payment


def standing_invoice(term: Term) -> Invoice | None:
    """The one that counts: what was void or taken back whole gives way to what came after it."""
    return term.invoices.filter(voided_on=None).order_by('-number').first()


def _of(invoice: Invoice, term: Term) -> str:
    if invoice.is_credited_whole:
        return Payment.CREDITED
    if invoice.is_settled:
        return Payment.PAID
    if term.promised_until:
        return Payment.PROMISED
    return Payment.PART_PAID if invoice.paid else Payment.UNPAID

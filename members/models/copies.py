"""Invoices as they went out: what is frozen stands on the invoice, and here what may still be added to it."""

import copy

from django.db import models

from members.models.billing import Invoice, money
from ukis import days


class InvoiceCopy(models.Model):
    """How an invoice read from a moment on: when it was issued, and each time it was completed."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name='copies')
    at = models.DateTimeField()
    po_number = models.CharField(max_length=60, blank=True)
    attention = models.CharField(max_length=200, blank=True)
    paid = money(default=0)
    credited = money(default=0)
    written_off = money(default=0)

    class Meta:
        ordering = ['at', 'pk']

    def __str__(self) -> str:
        return str(self.invoice)

    @property
    def added(self) -> str:
        """'order number PO-8, for the attention of Finance'."""
        order = [f'order number {self.po_number}'] if self.po_number else []
        return ', '.join([*order, *([f'for the attention of {self.attention}'] if self.attention else [])])

    def as_it_read(self) -> Invoice:
        """The invoice as it was then: to be drawn, and not to be saved."""
        row = copy.copy(self.invoice)
        for name in ('po_number', 'attention', 'paid', 'credited', 'written_off'):
            setattr(row, name, getattr(self, name))
        row.owed, row.voided_on = row.total - row.paid - row.credited - row.written_off, None
        row.agreed_on = (row.agreed_on or row.issued_on) if self._was_agreed() else None
        return row

    def _was_agreed(self) -> bool:
        """The first paper of one that is drawn up front goes out before anybody agrees to it, be it the same day."""
        its = self.invoice
        if self.at == its.at:
            return bool(self.paid or (its.replaces and its.replaces.agreed_on))
        return its.agreed_on is not None and its.agreed_on <= days.london_day(self.at)

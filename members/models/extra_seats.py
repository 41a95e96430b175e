from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum

from members.models.billing import Invoice
from members.models.memberships import Term
from members.models.people import Person
from ukis import days

MOST = 200


class ExtraSeatsQuerySet(models.QuerySet['ExtraSeats']):
    def counting(self, on: date | None = None) -> 'ExtraSeatsQuerySet':
        """Those that are there to be used: free, paid, or promised to a day that has not passed."""
        stands = Q(invoice__voided_on=None, invoice__credited__lt=F('invoice__total'))
        paid = stands & Q(invoice__owed=0)
        promised = stands & Q(promised_until__gte=on or days.today())
        return self.filter(Q(invoice=None) | paid | promised)

    def in_all(self) -> int:
        return self.aggregate(sum=Sum('number'))['sum'] or 0


class ExtraSeats(models.Model):
    """More seats, taken in the middle of a term. They count from their own payment or promise, and what becomes of it
    is nothing to what the term itself covers."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name='extra_seats')
    number = models.PositiveIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST)])
    # None where they cost nothing.
    invoice = models.OneToOneField(
        Invoice, on_delete=models.PROTECT, null=True, related_name='extra_seats', editable=False
    )
    promised_until = models.DateField(null=True, editable=False)
    # The next term, where it is offered with them.
    offered_in = models.ForeignKey(
        Term, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False)
    at = models.DateTimeField(editable=False)

    objects = ExtraSeatsQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = 'extra places'
        ordering = ['pk']
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name='extra_seats_of_some_number',
                violation_error_message='Say how many more places.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.number} more place{"" if self.number == 1 else "s"}'

    @property
    def stands(self) -> str:
        """Whether they can be used, in words, for those whose money it is."""
        invoice = self.invoice
        if invoice is None:
            return 'free, and there to be used'
        if invoice.is_void or invoice.is_credited_whole:
            return f'taken back with invoice {invoice.number}'
        if not invoice.owed:
            return 'paid, and there to be used'
        if self.promised_until and self.promised_until >= days.today():
            until = days.in_words(self.promised_until)
            return f'there to be used until {until}, and on once invoice {invoice.number} is paid'
        return f'there to be used once invoice {invoice.number} is paid'

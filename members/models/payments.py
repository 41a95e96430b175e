"""What was paid: payments by the bank's day, what each was put to, what was given back, and what was let go."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from members.models.billing import Invoice, money, pounds, whose_money
from members.models.categories import Category
from members.models.memberships import Membership
from members.models.people import Person
from ukis import days


class PaymentQuerySet(models.QuerySet['Payment']):
    def visible_to(self, person: Person) -> 'PaymentQuerySet':
        if person.opens_the_admin and person.has_perm('members.view_payment'):
            return self
        return self.filter(whose_money(person))

    def with_left(self) -> 'PaymentQuerySet':
        """Each with `put` and `sent_back`, the sums of its rows."""

        def of(rows: type[models.Model]) -> Coalesce:
            found = rows._default_manager.filter(payment=OuterRef('pk')).order_by().values('payment')
            return Coalesce(
                Subquery(found.annotate(sum=Sum('amount')).values('sum')), Decimal(0), output_field=money()
            )

        return self.annotate(put=of(Allocation), sent_back=of(Refund))

    def with_a_balance(self) -> 'PaymentQuerySet':
        """Of which something is put to no invoice and was not sent back."""
        return self.with_left().filter(reversed_on=None, amount__gt=F('put') + F('sent_back'))

    def balance(self) -> Decimal:
        """What of them is put to no invoice and was not sent back, in all."""
        rows = self.filter(reversed_on=None).with_left()
        left = rows.aggregate(left=Sum(F('amount') - F('put') - F('sent_back')))['left']
        return left or Decimal(0)


class Payment(models.Model):
    """Money that came in for one membership, by the bank's value date. What is put to no invoice is the payer's
    balance. A reversed one counts for nothing any more, and stays."""

    class Method(models.TextChoices):
        TRANSFER = 'transfer', 'bank transfer'
        CARD = 'card', 'card'
        CHEQUE = 'cheque', 'cheque'
        CASH = 'cash', 'cash'

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name='payments')
    # The books count by it: that of the invoices for which it came, else as the membership had it that day.
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name='payments', editable=False)
    received_on = models.DateField('received on', help_text='The bank’s value date.')
    amount = money()
    method = models.CharField(max_length=8, choices=Method, default=Method.TRANSFER)
    reference = models.CharField(max_length=300, blank=True, help_text='What the payer wrote.')
    # None: nobody has said. Gift Aid is claimed for what is said to be a member's own alone.
    own_money = models.BooleanField('of the member’s own money', null=True, blank=True, default=None)
    # Some of it is put to no invoice, and it came when the membership was over, or for a void term.
    to_choose = models.BooleanField(default=False, editable=False)
    reversed_on = models.DateField(null=True, editable=False)
    reversed_why = models.CharField(max_length=300, blank=True, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False)
    at = models.DateTimeField(editable=False)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ['-received_on', '-pk']
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name='payment_of_something',
                violation_error_message='Write a sum above £0. Money that went back is a refund.',
            ),
            models.CheckConstraint(
                condition=Q(reversed_on=None) | ~Q(reversed_why=''),
                name='payment_reversed_with_a_reason',
                violation_error_message='Say why the payment is taken back.',
            ),
            models.UniqueConstraint(
                fields=['reference'],
                condition=Q(method='card') & ~Q(reference=''),
                name='one_payment_a_card_reference',
                violation_error_message='This card payment is recorded already.',
            ),
        ]
        indexes = [
            models.Index(fields=['received_on'], name='payment_by_day'),
            models.Index(fields=['received_on'], name='payment_to_choose', condition=Q(to_choose=True)),
        ]

    def __str__(self) -> str:
        return f'{pounds(self.amount)} on {days.in_words(self.received_on)}'

    @property
    def left(self) -> Decimal:
        """What of it is put to no invoice and was not given back."""
        if self.reversed_on:
            return Decimal(0)
        given = vars(self)
        if 'put' not in given:
            row = Payment.objects.with_left().get(pk=self.pk)
            return row.amount - row.put - row.sent_back  # type: ignore[attr-defined]
        return self.amount - given['put'] - given['sent_back']


class Allocation(models.Model):
    """What of a payment was put to an invoice. A reversed payment's are kept, and count no more."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name='allocations')
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name='allocations')
    amount = money()
    # What of it was put there once the payment had been recorded.
    afterwards = money(default=0, editable=False)
    # Its invoice was drawn for this money, or by it agreed to: nobody had renewed before.
    took_up = models.BooleanField(default=False, editable=False)
    at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ['pk']
        constraints = [
            models.UniqueConstraint(
                fields=['payment', 'invoice'],
                name='one_allocation_a_payment_and_invoice',
                violation_error_message='This payment is put to that invoice already.',
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name='allocation_of_something',
                violation_error_message='Write a sum above £0 to put to the invoice.',
            ),
        ]

    def __str__(self) -> str:
        return f'{pounds(self.amount)} to {self.invoice}'

    @property
    def since(self) -> date:
        """The day by which it counts: the bank's, or the one on which somebody put it there later."""
        put_on = days.london_day(self.at)
        return self.payment.received_on if put_on == days.london_day(self.payment.at) else put_on


class Refund(models.Model):
    """What of a payer's balance was sent back."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name='refunds')
    amount = money()
    sent_on = models.DateField()
    why = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False)
    at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ['pk']
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name='refund_of_something',
                violation_error_message='Write a sum above £0 to send back.',
            )
        ]

    def __str__(self) -> str:
        return f'{pounds(self.amount)} sent back'


class WriteOff(models.Model):
    """A small shortfall that staff let go. The term then counts as paid, and the books show it as what it is."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name='write_offs')
    amount = money()
    written_off_on = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False)
    at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ['pk']
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name='write_off_of_something',
                violation_error_message='Write a sum above £0 to write off.',
            ),
            models.CheckConstraint(
                condition=~Q(reason=''),
                name='write_off_with_a_reason',
                violation_error_message='Say why it is written off.',
            ),
        ]

    def __str__(self) -> str:
        return f'{pounds(self.amount)} written off'


class Release(models.Model):
    """What was put to an invoice of a payment, or let go on it, and is so no more from a day on. The books of the days
    before that day stay as they were."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name='releases')
    # None: it was written off.
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name='releases')
    amount = money()
    since = models.DateField()
    until = models.DateField()

    class Meta:
        ordering = ['pk']
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name='release_of_something',
                violation_error_message='Write a sum above £0.',
            ),
        ]

    def __str__(self) -> str:
        return f'{pounds(self.amount)} of {self.invoice} until {days.in_words(self.until)}'

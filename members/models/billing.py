"""What is owed: invoices, and the credit notes that take some of it back. Nothing here is ever deleted.

An invoice is a copy, frozen at issue, of who pays whom for what. What may still be added to one that is not paid is a
purchase-order number and for whose attention it is. Money is in pounds, as Decimal, to the penny.
"""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Case, F, Q, Value, When

from members.models.categories import Category
from members.models.memberships import Membership, Term
from members.models.offices import Office
from members.models.people import Person
from ukis import days


def money(**given) -> models.DecimalField:
    return models.DecimalField(max_digits=10, decimal_places=2, **given)


def pounds(amount: Decimal | int) -> str:
    """'£1,250.00', wherever money is said."""
    return f'£{amount:,.2f}'


class Numbers(models.Model):
    """The last number that was drawn of a kind. Whoever draws holds the row until the transaction that issues ends."""

    class Kind(models.TextChoices):
        INVOICE = 'invoice', 'invoice'
        CREDIT_NOTE = 'credit note', 'credit note'
        BANK_IMPORT = 'bank import', 'bank import'
        GIFT_AID_CLAIM = 'gift aid', 'Gift Aid claim'

    kind = models.CharField(max_length=12, choices=Kind, unique=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f'{self.kind}: {self.last}'


def whose_money(person: Person, on: date | None = None) -> Q:
    """Rows of a membership whose money is this person's to know: their own, and those of organisations whose money
    is theirs to know."""
    held = Office.objects.of_money(on).filter(person=person)
    return Q(membership__person=person) | Q(membership__organisation__in=held.values('organisation'))


class InvoiceState(models.TextChoices):
    """Where an invoice stands: its sums say it, nobody writes it. What may be done there: `members.money.invoicing`."""

    ISSUED = 'issued', 'issued'
    IN_PART = 'in part', 'in part'  # some was paid, credited or let go, and some is owed
    PAID = 'paid', 'paid'
    CREDITED = 'credited', 'credited whole'
    VOID = 'void', 'void'


class InvoiceQuerySet(models.QuerySet['Invoice']):
    def visible_to(self, person: Person) -> 'InvoiceQuerySet':
        if person.opens_the_admin and person.has_perm('members.view_invoice'):
            return self
        return self.filter(whose_money(person))

    def open(self) -> 'InvoiceQuerySet':
        """To which money can be put. Neither day is there then, and by that an index finds them."""
        return self.filter(owed__gt=0, settled_on=None, voided_on=None)

    def agreed(self) -> 'InvoiceQuerySet':
        return self.exclude(drawn_ahead=True, agreed_on=None)

    def unagreed(self) -> 'InvoiceQuerySet':
        """Drawn with the notice of a renewal, and no debt yet."""
        return self.open().filter(drawn_ahead=True, agreed_on=None)

    def owing(self) -> 'InvoiceQuerySet':
        return self.open().agreed()

    def overdue(self, on: date | None = None) -> 'InvoiceQuerySet':
        return self.owing().filter(due_on__lt=on or days.today())

    def paid(self) -> 'InvoiceQuerySet':
        return self.filter(owed=0, voided_on=None, credited__lt=F('total'))

    def credited_whole(self) -> 'InvoiceQuerySet':
        return self.filter(voided_on=None, total__gt=0, credited=F('total'))

    def void(self) -> 'InvoiceQuerySet':
        return self.exclude(voided_on=None)

    def locked(self, pk: int) -> 'Invoice':
        """The row, held until the transaction ends; it is read after that, and so is all that hangs on it."""
        list(self.filter(pk=pk).order_by().select_for_update(no_key=True).values_list('pk'))
        return self.select_related('membership', 'term').get(pk=pk)


class Invoice(models.Model):
    """Who owes what to the Society for which period. `paid`, `credited` and `written_off` are the sums of its
    allocations, credit notes and write-offs, written with them."""

    number = models.PositiveIntegerField(unique=True, editable=False)
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name='invoices', editable=False
    )
    # As the membership had it at issue: the books count by it.
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name='invoices', editable=False)
    # None where what it is for is no term of its own: more seats in the middle of one.
    term = models.ForeignKey(
        Term, on_delete=models.PROTECT, null=True, related_name='invoices', editable=False
    )
    issued_on = models.DateField(editable=False)
    due_on = models.DateField(editable=False)
    period_start = models.DateField(null=True, editable=False)
    period_end = models.DateField(null=True, editable=False)
    payer_name = models.CharField(max_length=200, editable=False)
    payer_address = models.TextField(blank=True, editable=False)
    # The Society as it was that day: its legal name, address and registers; how it is paid.
    sender = models.TextField(editable=False)
    pay_to = models.TextField(blank=True, editable=False)
    vat_number = models.CharField(max_length=20, blank=True, editable=False)
    attention = models.CharField('for the attention of', max_length=200, blank=True)
    po_number = models.CharField('purchase-order number', max_length=60, blank=True)
    total = money(editable=False)
    paid = money(default=0, editable=False)
    credited = money(default=0, editable=False)
    written_off = money(default=0, editable=False)
    # The bank's day of the payment by which nothing was owed any more.
    settled_on = models.DateField(null=True, editable=False)
    voided_on = models.DateField(null=True, editable=False)
    voided_why = models.CharField(max_length=300, blank=True, editable=False)
    # With the notice of a renewal, before anybody had agreed to it: it is owed from the day on which somebody did.
    drawn_ahead = models.BooleanField(default=False, editable=False)
    agreed_on = models.DateField(null=True, editable=False)
    replaces = models.OneToOneField(
        'self',
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='replaced_by',
        editable=False,
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False)
    at = models.DateTimeField(editable=False)
    owed = models.GeneratedField(
        expression=Case(
            When(voided_on__isnull=False, then=Value(Decimal(0))),
            default=F('total') - F('paid') - F('credited') - F('written_off'),
            output_field=money(),
        ),
        output_field=money(),
        db_persist=True,
    )

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        ordering = ['-number']
        indexes = [
            models.Index(
                fields=['due_on'], name='invoice_open_by_due', condition=Q(settled_on=None, voided_on=None)
            ),
            models.Index(fields=['issued_on'], name='invoice_by_issue'),
            models.Index(
                fields=['due_on'],
                name='invoice_unagreed_by_due',
                condition=Q(drawn_ahead=True, agreed_on=None, settled_on=None, voided_on=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(total__gte=0, paid__gte=0, credited__gte=0, written_off__gte=0),
                name='invoice_no_sum_below_nothing',
                violation_error_message='No sum of an invoice is below £0.',
            ),
            models.CheckConstraint(
                condition=Q(total__gte=F('paid') + F('credited') + F('written_off')),
                name='invoice_never_more_than_its_total',
                violation_error_message='More than the invoice asks for cannot be put to it.',
            ),
            models.CheckConstraint(
                condition=Q(voided_on=None) | Q(paid=0, credited=0, written_off=0),
                name='invoice_void_only_untouched',
                violation_error_message='Money was put to this invoice, or some of it was credited: credit the rest.',
            ),
            models.CheckConstraint(
                condition=Q(voided_on=None) | ~Q(voided_why=''),
                name='invoice_void_with_a_reason',
                violation_error_message='Say why the invoice is void.',
            ),
            # Of a term one invoice stands; those before it are void or wholly credited.
            models.UniqueConstraint(
                fields=['term'],
                condition=Q(voided_on=None, credited__lt=F('total')) | Q(voided_on=None, total=0),
                name='one_standing_invoice_a_term',
                violation_error_message='This term has an invoice that stands.',
            ),
        ]

    def __str__(self) -> str:
        return f'Invoice {self.number}'

    @property
    def is_void(self) -> bool:
        return self.voided_on is not None

    @property
    def is_unagreed(self) -> bool:
        return self.drawn_ahead and self.agreed_on is None

    @property
    def is_settled(self) -> bool:
        """Nothing is owed on it, and it was not taken back whole."""
        return not self.is_void and self.owed == 0 and self.credited < self.total

    @property
    def is_credited_whole(self) -> bool:
        return not self.is_void and self.total > 0 and self.credited == self.total

    @property
    def state(self) -> InvoiceState:
        if self.is_void:
            return InvoiceState.VOID
        if self.is_credited_whole:
            return InvoiceState.CREDITED
        if not self.owed:
            return InvoiceState.PAID
        touched = self.paid or self.credited or self.written_off
        return InvoiceState.IN_PART if touched else InvoiceState.ISSUED

    @property
    def sentence(self) -> str:
        """How it stands, for staff and payers alike."""
        if self.voided_on:
            return f'Void since {days.in_words(self.voided_on)}: {self.voided_why.rstrip(".")}.'
        if self.is_credited_whole:
            return 'Credited whole: nothing is owed.'
        beside = [
            f'{pounds(amount)} {word}'
            for amount, word in ((self.credited, 'credited'), (self.written_off, 'written off'))
            if amount
        ]
        also = f' ({", ".join(beside)})' if beside else ''
        if not self.owed:
            return f'Paid, settled on {days.in_words(self.settled_on or self.issued_on)}{also}.'
        late = days.late_by(self.due_on)
        stands = 'asked, and owed once somebody renews or pays' if self.is_unagreed else 'owed'
        of = f'{pounds(self.owed)} of {pounds(self.total)} is {stands}{also}'
        return f'{of}, due on {days.in_words(self.due_on)}{", " + late if late else ""}.'

    @property
    def net(self) -> Decimal:
        return sum((line.net for line in self.lines.all()), Decimal(0))


class DocumentLine(models.Model):
    """One line of a document: what for, how much, and the VAT on it."""

    text = models.CharField(max_length=300)
    quantity = models.PositiveIntegerField(default=1)
    net = money()
    vat = models.CharField('VAT', max_length=8, choices=Category.Vat, default=Category.Vat.OUTSIDE)
    vat_rate = models.DecimalField(max_digits=4, decimal_places=1, default=0)  # per cent
    vat_amount = money(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ['position', 'pk']

    def __str__(self) -> str:
        return self.text

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat_amount

    @property
    def rate_in_words(self) -> str:
        if self.vat in (Category.Vat.STANDARD, Category.Vat.ZERO):
            return f'{self.vat_rate.normalize():f}%'
        return 'exempt' if self.vat == Category.Vat.EXEMPT else 'outside scope'


class InvoiceLine(DocumentLine):
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name='lines')


class CreditNote(models.Model):
    """Takes back some of an invoice, or all of it. It names the invoice, its date and why."""

    number = models.PositiveIntegerField(unique=True, editable=False)
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name='credit_notes', editable=False
    )
    issued_on = models.DateField(editable=False)
    reason = models.CharField(max_length=300, editable=False)
    total = money(editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False)
    at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ['-number']
        constraints = [
            models.CheckConstraint(
                condition=Q(total__gt=0),
                name='credit_note_of_something',
                violation_error_message='Write a sum above £0 to credit.',
            ),
        ]

    def __str__(self) -> str:
        return f'Credit note {self.number}'


class CreditNoteLine(DocumentLine):
    credit_note = models.ForeignKey(CreditNote, on_delete=models.PROTECT, related_name='lines')

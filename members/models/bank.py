"""What the bank says came in: how each bank writes its file, the files that were taken, and the lines of theirs that
became payments. What belongs to no member is not kept beyond the import that showed it."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q, Sum

from members.models.billing import money
from members.models.payments import Payment
from members.models.people import Person
from ukis import days


class BankFormat(models.Model):
    """How one bank writes its file. `columns` is `members.money.bank.Columns` as JSON."""

    name = models.CharField(
        'name of the bank or account',
        max_length=80,
        unique=True,
        error_messages={'unique': 'Another format has this name.'},
    )
    columns = models.JSONField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ['name']

    def __str__(self) -> str:
        return self.name


class BankImportQuerySet(models.QuerySet['BankImport']):
    def open(self) -> 'BankImportQuerySet':
        """Looked at, and not yet confirmed."""
        return self.filter(confirmed_at=None)

    def standing(self) -> 'BankImportQuerySet':
        """Confirmed, and not undone since."""
        return self.filter(confirmed_at__isnull=False, undone_at=None)

    def newest_first(self) -> 'BankImportQuerySet':
        return self.order_by('-at', '-pk')


class BankImport(models.Model):
    """One file. It is kept itself only until somebody confirms the import, or lets it go."""

    # Drawn when it is confirmed: whoever confirms waits for the one before them.
    number = models.PositiveIntegerField(null=True, unique=True, editable=False)
    file_name = models.CharField(max_length=200, editable=False)
    content = models.BinaryField(null=True, editable=False)
    columns = models.JSONField(editable=False)
    format = models.ForeignKey(
        BankFormat, on_delete=models.PROTECT, null=True, related_name='imports', editable=False
    )
    # Why its lines cannot be read as they are, and what was left out of them, in sentences.
    unread = models.CharField(max_length=300, blank=True, editable=False)
    left_out = models.CharField(max_length=300, blank=True, editable=False)
    # First and last day of all its lines, what went out included.
    oldest = models.DateField(null=True, editable=False)
    newest = models.DateField(null=True, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name='+', editable=False)
    at = models.DateTimeField(editable=False)
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_why = models.CharField(max_length=300, blank=True, editable=False)

    objects = BankImportQuerySet.as_manager()

    class Meta:
        ordering = ['-at', '-pk']
        indexes = [
            models.Index(fields=['-at', '-id'], name='bank_import_newest_first'),
            models.Index(
                fields=['newest'],
                name='bank_import_known_until',
                condition=Q(confirmed_at__isnull=False, undone_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, number=None)
                | Q(confirmed_at__isnull=False, number__isnull=False),
                name='bank_import_numbered_when_confirmed',
                violation_error_message='A confirmed import has a number, and no other has.',
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(content=None),
                name='bank_import_file_not_kept',
                violation_error_message='The file of a confirmed import is not kept.',
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | (Q(confirmed_at__isnull=False) & ~Q(undone_why='')),
                name='bank_import_undone_with_a_reason',
                violation_error_message='Only a confirmed import is undone, and somebody says why.',
            ),
        ]

    def __str__(self) -> str:
        return f'Bank import {self.number}' if self.number else f'“{self.file_name}”'

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is None

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None

    @property
    def stands(self) -> bool:
        return not self.is_open and not self.is_undone

    @property
    def span(self) -> str:
        if self.oldest is None or self.newest is None:
            return ''
        if self.oldest == self.newest:
            return days.in_words(self.newest)
        return f'{days.in_words(self.oldest)} to {days.in_words(self.newest)}'


class BankLineQuerySet(models.QuerySet['BankLine']):
    def recorded(self) -> 'BankLineQuerySet':
        """Those whose money is in the account."""
        return self.filter(recorded=True)

    def sum(self) -> Decimal:
        return self.aggregate(sum=Sum('amount'))['sum'] or Decimal(0)


class BankLine(models.Model):
    """Money that came in, as the bank has it. The fingerprint is the same in every file that has the line; by `former`
    it is known where it was recorded when the chosen columns alone were looked at."""

    bank_import = models.ForeignKey(
        BankImport, on_delete=models.CASCADE, related_name='lines', editable=False
    )
    line = models.PositiveIntegerField(editable=False)
    value_date = models.DateField(editable=False)
    amount = money(editable=False)
    text = models.CharField(max_length=500, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    former = models.CharField(max_length=64, blank=True, editable=False)
    # Which of those that are equal: in its file, and once recorded in the account.
    occurrence = models.PositiveIntegerField(editable=False)
    recorded = models.BooleanField(default=False, editable=False)
    # One, or one a membership where a transfer pays for several.
    payments: Any = models.ManyToManyField(Payment, related_name='bank_lines', editable=False)

    objects = BankLineQuerySet.as_manager()

    class Meta:
        ordering = ['bank_import', 'line', 'pk']
        indexes = [models.Index(fields=['fingerprint'], name='bank_line_by_fingerprint')]
        constraints = [
            models.UniqueConstraint(
                fields=['fingerprint', 'occurrence'],
                condition=Q(recorded=True),
                name='one_recorded_bank_line_an_occurrence',
                violation_error_message='This line of the bank’s was recorded already.',
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name='bank_line_of_something',
                violation_error_message='Only money that came in is kept.',
            ),
        ]

    def __str__(self) -> str:
        return f'{days.in_words(self.value_date)}, £{self.amount:,.2f} in'

    @property
    def in_words(self) -> str:
        """'12 May 2026, £1,250.00 in, from “STRATHLORNE UNI INV 10007”'."""
        return f'{self}, from “{self.text}”' if self.text else str(self)

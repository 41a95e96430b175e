"""What is known of addresses: those that refuse letters, what came back, and what their owners said."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ukis.letters.models.letters import Letter
from ukis.letters.reports import Meaning


class SuppressionQuerySet(models.QuerySet['SuppressedAddress']):
    def standing(self) -> 'SuppressionQuerySet':
        return self.filter(lifted_at=None)

    def of_all_mail(self) -> 'SuppressionQuerySet':
        """Those at which nobody can be reached."""
        return self.standing().filter(scope=SuppressedAddress.Scope.ALL)


class SuppressedAddress(models.Model):
    """An address to which nothing is sent, or nothing that can be refused, until staff lift it and say why. The row
    stays."""

    class Cause(models.TextChoices):
        BOUNCED = 'bounced', 'it does not exist, or takes no letters of ours'
        BOUNCED_FOR_DAYS = 'bounced for days', 'letters came back for days'
        COMPLAINT = 'complaint', 'its reader called a letter of ours unwanted'
        UNSUBSCRIBED = 'unsubscribed', 'its reader wants none'
        DISOWNED = 'disowned', 'the organisation in whose domain it is ended its reader’s place'
        READ_AGAIN = 'read again', 'letters came back, and now somebody reads there of whom we know nothing'
        BY_HAND = 'by hand', 'staff wrote it down'

    class Scope(models.TextChoices):
        ALL = 'all', 'no letter at all'
        REFUSABLE = (
            'refusable',
            'none that can be refused; invoices, renewals, security and the like still go',
        )
        PASSWORDS = 'passwords', 'only links to set a password, until its owner confirms it anew'

    address = models.EmailField()
    cause = models.CharField(max_length=20, choices=Cause, default=Cause.BY_HAND, editable=False)
    scope = models.CharField('what is not sent', max_length=10, choices=Scope, default=Scope.ALL)
    reason = models.TextField(help_text='What the mail server said, or why staff wrote it down.')
    since = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='+',
        editable=False,
    )
    lifted_at = models.DateTimeField('lifted', null=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='+',
        editable=False,
    )
    lifted_why = models.CharField('why it was lifted', max_length=300, blank=True, editable=False)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name_plural = 'suppressed addresses'
        constraints = [
            models.UniqueConstraint(
                fields=['address', 'scope'],
                condition=Q(lifted_at=None),
                name='address_suppressed_once',
                violation_error_message='This address is in the list already.',
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_why='') | (Q(lifted_at__isnull=False) & ~Q(lifted_why='')),
                name='lifted_with_a_reason',
                violation_error_message='Say why it is lifted.',
            ),
        ]
        indexes = [models.Index(fields=['-since', '-id'], name='suppressed_newest')]

    def __str__(self) -> str:
        return self.address

    @property
    def is_lifted(self) -> bool:
        return self.lifted_at is not None


class Bounce(models.Model):
    """A letter of ours that a mail server sent back: what it said, and what that means for the address."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name='bounces', editable=False)
    address = models.EmailField(db_index=True, editable=False)
    verdict = models.CharField('what it means', max_length=10, choices=Meaning, editable=False)
    says = models.TextField('what the mail server said', editable=False)
    at = models.DateTimeField('when', default=timezone.now, editable=False)

    class Meta:
        verbose_name = 'letter that came back'
        verbose_name_plural = 'letters that came back'
        ordering = ['-at', '-pk']
        indexes = [models.Index(fields=['-at', '-id'], name='bounce_newest')]

    def __str__(self) -> str:
        return self.address


class Consent(models.Model):
    """What somebody said to a kind of letters, never changed: the last one holds."""

    address = models.EmailField(editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='consents',
        editable=False,
    )
    choice = models.CharField('letters', max_length=40, editable=False)
    agreed = models.BooleanField(editable=False)
    wording = models.CharField('the words beside it', max_length=400, editable=False)
    form = models.CharField('how', max_length=60, editable=False)
    source = models.CharField('where', max_length=200, blank=True, editable=False)
    at = models.DateTimeField('when', default=timezone.now, editable=False)

    class Meta:
        ordering = ['-at', '-pk']
        indexes = [
            models.Index(fields=['-at', '-id'], name='consent_newest'),
            models.Index(fields=['address', 'choice', '-at'], name='consent_of_address'),
        ]

    def __str__(self) -> str:
        return f'{self.address}: {self.choice}, {"yes" if self.agreed else "no"}'

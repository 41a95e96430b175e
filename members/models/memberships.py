from datetime import date, timedelta
from decimal import Decimal

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone

from members import status
from members.models.categories import Category
from members.models.organisations import Organisation
from members.models.people import Person
from ukis import days


class MembershipQuerySet(models.QuerySet['Membership']):
    def locked(self, pk: int) -> 'Membership':
        """The row, held until the transaction ends; it is read after that, and so is all that hangs on it."""
        list(self.filter(pk=pk).order_by().select_for_update(no_key=True).values_list('pk'))
        return self.select_related('category', 'person', 'organisation').get(pk=pk)

    def with_name(self) -> 'MembershipQuerySet':
        """With what it is called by."""
        return self.select_related('category', 'person', 'organisation')

    def of_holder_of(self, membership: 'Membership') -> 'MembershipQuerySet':
        """The others of whoever holds this one, but for what ran beside another when they were here twice."""
        held = (
            Q(person=membership.person_id)
            if membership.person_id
            else Q(organisation=membership.organisation_id)
        )
        return self.filter(held, beside=False).exclude(pk=membership.pk)

    def running_between(self, first: date, last: date | None) -> 'MembershipQuerySet':
        """Those with a day in common; `last=None` goes on for ever."""
        begun = self.filter(joined_on__lte=last) if last else self
        return begun.filter(Q(ended_on=None) | Q(ended_on__gte=first))

    def with_status(self, on: date | None = None) -> 'MembershipQuerySet':
        """Each row with `status` (one of `status.Status`), `cover_until` and what its sentence needs."""
        return status.annotate(self, on or days.today())

    def in_status(self, wanted: status.Status, on: date | None = None) -> 'MembershipQuerySet':
        """Those of one status, without asking all the others for theirs."""
        on = on or days.today()
        grace = Category.longest_grace() if wanted == status.Status.GRACE else 0
        near = status.narrow(self, wanted, on, timedelta(days=grace))
        rows = near if 'status' in near.query.annotations else near.with_status(on)
        return rows.filter(status=wanted)  # type: ignore[misc]  # the plugin does not see what with_status annotates


class Membership(models.Model):
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name='memberships')
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name='memberships'
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name='memberships'
    )
    number = models.PositiveIntegerField(
        unique=True,
        blank=True,
        validators=[MaxValueValidator(999_999_999)],
        error_messages={'unique': 'Another membership has this number.'},
    )
    joined_on = models.DateField(default=days.today)
    ended_on = models.DateField('ends on', null=True, blank=True, help_text='Its last day, past or to come.')
    ended_why = models.CharField('why it ended', max_length=300, blank=True)
    # Of a holder who was here twice: it ran beside another of theirs, which no other membership may.
    beside = models.BooleanField(default=False, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ['number']
        indexes = [
            models.Index(
                fields=['ended_on'], name='membership_with_an_end', condition=Q(ended_on__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, organisation__isnull=False)
                | Q(person__isnull=False, organisation=None),
                name='membership_has_exactly_one_holder',
                violation_error_message='A membership belongs to one person or to one organisation.',
            ),
            models.UniqueConstraint(
                fields=['organisation'],
                condition=Q(ended_on=None, organisation__isnull=False),
                name='one_open_membership_an_organisation',
                violation_error_message='This organisation has a membership that is open. End that one first.',
            ),
            models.UniqueConstraint(
                fields=['person'],
                condition=Q(ended_on=None, person__isnull=False),
                name='one_open_membership_a_person',
                violation_error_message='This person has a membership that is open. End that one first.',
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F('joined_on')),
                name='membership_ends_after_it_starts',
                violation_error_message='The end stands before the day of joining.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.holder} ({self.category})'

    @property
    def holder(self) -> Person | Organisation | None:
        return self.person or self.organisation

    @property
    def can_be_ended(self) -> bool:
        """By whoever may; what has ended has ended."""
        return self.ended_on is None or self.ended_on > days.today()

    @property
    def can_be_resigned(self) -> bool:
        """By the person whose own it is."""
        return self.person_id is not None and self.can_be_ended

    def ends_before(self, day: date) -> bool:
        """Whether nothing that begins on that day can be its own any more."""
        return self.ended_on is not None and self.ended_on < day

    @property
    def balance(self) -> Decimal:
        """What was paid and is put to no invoice. It is applied or sent back by somebody's explicit act."""
        return self.payments.all().balance()

    def standing(self, on: date | None = None) -> 'Membership':
        """This row read again with its status of that day."""
        return Membership.objects.with_status(on).get(pk=self.pk)

    @property
    def sentence(self) -> str:
        """Why it has the status it has; for rows that came through `with_status`."""
        return status.sentence(self)

    @property
    def may_renew(self) -> bool:
        """By its status, for rows that came through `with_status`."""
        return status.may_renew(self)


class Term(models.Model):
    """One period that is paid for. It covers to its end when paid, free or waived, to the promise's end when only
    promised, and not at all otherwise: a promise to pay before it begins covers nothing. Where it has an invoice,
    `payment` follows the money (`members.money.cover`)."""

    class Payment(models.TextChoices):
        PAID = 'paid', 'paid'
        FREE = 'free', 'free'
        WAIVED = 'waived', 'waived'
        PROMISED = 'promised', 'promised'
        UNPAID = 'unpaid', 'unpaid'
        PART_PAID = 'part-paid', 'paid in part'
        CREDITED = 'credited', 'credited'
        VOID = 'void', 'void'

    # What staff may say themselves; the rest follows from invoices.
    TYPED = (Payment.FREE, Payment.WAIVED, Payment.PROMISED, Payment.UNPAID, Payment.VOID)

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name='terms')
    start = models.DateField()
    end = models.DateField()
    fee = models.DecimalField(
        'fee (£)', max_digits=8, decimal_places=2, blank=True, help_text='Empty: the category’s.'
    )
    seats = models.PositiveIntegerField('places', blank=True, help_text='Empty: the category’s.')
    payment = models.CharField(max_length=10, choices=Payment, default=Payment.UNPAID)
    promised_until = models.DateField(
        null=True,
        blank=True,
        help_text='For a promised term: until when it covers without payment. Before its start: no reminder '
        'goes out until then, and it covers nothing.',
    )
    waived_why = models.CharField(
        'why it is waived',
        max_length=300,
        blank=True,
        help_text='For a waived term, which then covers to its end.',
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    # Until when the days of grace after it last at least: where no letter reached anybody, until staff say so.
    held_until = models.DateField(null=True, editable=False)
    cover_end = models.GeneratedField(
        expression=Case(
            When(payment__in=['paid', 'free', 'waived'], then=F('end')),
            When(payment='promised', promised_until__gte=F('start'), then=F('promised_until')),
            default=None,
            output_field=models.DateField(),
        ),
        output_field=models.DateField(null=True),
        db_persist=True,
    )

    class Meta:
        ordering = ['start']
        indexes = [
            models.Index(fields=['cover_end', 'membership'], name='term_by_cover_end'),
            models.Index(fields=['start'], name='term_by_start'),
            models.Index(fields=['end'], name='term_by_end'),
            models.Index(fields=['promised_until'], name='term_promised', condition=Q(payment='promised')),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=F('start')),
                name='term_ends_after_it_starts',
                violation_error_message='The end stands before the start.',
            ),
            models.CheckConstraint(
                # Days are counted from these, and no calendar goes on for ever.
                condition=Q(start__gte=date(1900, 1, 1), end__lte=date(2999, 12, 31)),
                name='term_within_reach',
                violation_error_message='Choose days between 1900 and 2999.',
            ),
            models.CheckConstraint(
                condition=~Q(payment='promised')
                | Q(promised_until__isnull=False, promised_until__lte=F('end')),
                name='promise_before_its_term_ends',
                violation_error_message='A promised term needs “promised until”, a day up to its end.',
            ),
            models.CheckConstraint(
                condition=~Q(payment='waived') | ~Q(waived_why=''),
                name='waived_with_a_reason',
                violation_error_message='Say why the fee is waived.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.span}, {self.get_payment_display()}'

    @property
    def span(self) -> str:
        return f'{days.in_words(self.start)} to {days.in_words(self.end)}'


class Override(models.Model):
    """A status set by hand for a while; today a suspension is the one kind."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name='overrides')
    status = models.CharField(max_length=12, choices=[('suspended', 'suspended')], default='suspended')
    reason = models.CharField(max_length=300)
    start = models.DateField('from', default=days.today)
    until = models.DateField(
        'to', null=True, blank=True, help_text='A suspension is ended by its last day, never deleted.'
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name='+', null=True, editable=False)

    class Meta:
        verbose_name = 'suspension'
        ordering = ['start', 'pk']
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F('start')),
                name='override_ends_after_it_starts',
                violation_error_message='The end stands before the start.',
            ),
        ]

    def __str__(self) -> str:
        until = f' to {days.in_words(self.until)}' if self.until else ''
        return f'from {days.in_words(self.start)}{until}: {self.reason}'

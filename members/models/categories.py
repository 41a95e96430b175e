"""Kinds of membership, as data: what each costs, gives and asks."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from ukis import days


class Category(models.Model):
    """A kind of membership: bands of organisations, individual, student, honorary."""

    class For(models.TextChoices):
        ORGANISATIONS = 'organisations', 'organisations'
        PEOPLE = 'people', 'people'

    class Year(models.TextChoices):
        ROLLING = 'rolling', 'twelve months from the day of joining'
        FIXED = 'fixed', 'the Society’s year, which begins on the day below'

    class Vat(models.TextChoices):
        """As the treasurer has it from the tax office. While the Society is not registered none of it is printed."""

        OUTSIDE = 'outside', 'outside the scope of VAT'
        EXEMPT = 'exempt', 'exempt from VAT'
        ZERO = 'zero', 'zero-rated'
        STANDARD = 'standard', 'standard-rated'

    SPLIT = 'split'

    name = models.CharField(max_length=120, unique=True)
    holders = models.CharField('for', max_length=14, choices=For)
    description = models.TextField(blank=True, help_text='Who it is for, in a sentence or two.')
    includes = models.TextField(
        'what it includes', blank=True, help_text='One thing a line, as /join/ shows it.'
    )
    fee = models.DecimalField(
        'fee a year (£)', max_digits=8, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    seats = models.PositiveIntegerField('places', default=1)
    extra_seat_fee = models.DecimalField(
        'fee a year for one more place (£)',
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text='Empty: there are no more places than these.',
    )
    year = models.CharField('its year', max_length=8, choices=Year, default=Year.ROLLING)
    year_begins_month = models.PositiveSmallIntegerField(
        'month in which the fixed year begins',
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    year_begins_day = models.PositiveSmallIntegerField(
        'day on which it begins', default=1, validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    rolls_over_day = models.PositiveSmallIntegerField(
        'from this day on, the next year is included',
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text='Only for a fixed year: whoever joins on this day or later pays one fee, and their first term goes '
        'on to the end of the next year. Empty: the term always ends with the year in which they join.',
    )
    rolls_over_month = models.PositiveSmallIntegerField(
        'month of that day',
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    pro_rata = models.BooleanField(
        'by the month for late joiners',
        default=False,
        help_text='Who joins in the middle of a fixed year, or takes one more place in the middle of a term, pays for '
        'the months that are left, the one that has begun included.',
    )
    grace_days = models.PositiveSmallIntegerField(
        default=60,
        validators=[MaxValueValidator(366)],
        help_text='Days after the last cover on which a member still counts as one.',
    )
    promise_days = models.PositiveSmallIntegerField(
        default=30,
        validators=[MaxValueValidator(366)],
        help_text='Days from approval on which a new member counts as one before the first payment. 0: none.',
    )
    vat = models.CharField(
        'VAT',
        max_length=8,
        choices=[*Vat.choices, (SPLIT, 'split: each part of the fee below has its own')],
        default=Vat.OUTSIDE,
        help_text='Split: write the parts at the end of this page, which add up to the fee. Every invoice then has a '
        'line for each, with its own VAT, in the same proportion also where less or more is asked. While the '
        'Society has no VAT number, invoices have one line and say nothing of VAT.',
    )
    vat_why = models.CharField(
        'why that treatment applies', max_length=300, blank=True, help_text='As the treasurer has it.'
    )
    gift_aid = models.BooleanField(
        'Gift Aid may be claimed',
        default=False,
        help_text='Only where the subscription buys no more than membership. Off until it is said why it qualifies.',
    )
    gift_aid_why = models.CharField('why it qualifies', max_length=300, blank=True)
    trusts_listing = models.BooleanField(
        'its members’ own changes to their listing show at once',
        default=False,
        help_text='Otherwise staff accept them first, field by field.',
    )
    open = models.BooleanField('open to new members', default=True)

    class Meta:
        verbose_name_plural = 'categories'
        ordering = ['holders', 'name']
        constraints = [
            models.CheckConstraint(
                condition=Q(vat='outside') | ~Q(vat_why=''),
                name='vat_with_a_reason',
                violation_error_message='Say why this VAT treatment applies.',
            ),
            models.CheckConstraint(
                condition=Q(gift_aid=False) | (Q(holders='people') & ~Q(gift_aid_why='')),
                name='gift_aid_of_people_with_a_reason',
                violation_error_message='Gift Aid is for people alone; say why this category qualifies.',
            ),
            models.CheckConstraint(
                condition=Q(rolls_over_day=None, rolls_over_month=None)
                | Q(rolls_over_day__isnull=False, rolls_over_month__isnull=False),
                name='rolls_over_on_a_day_of_a_month',
                violation_error_message='Write both the day and the month from which on the next year is included, or '
                'neither.',
            ),
            models.CheckConstraint(
                condition=Q(rolls_over_day=None) | Q(year='fixed'),
                name='rolls_over_a_fixed_year',
                violation_error_message='Only a fixed year can include the next one: choose the Society’s year, or '
                'leave the day from which on the next year is included empty.',
            ),
            models.CheckConstraint(
                condition=Q(rolls_over_day=None)
                | ~Q(rolls_over_day=F('year_begins_day'))
                | ~Q(rolls_over_month=F('year_begins_month')),
                name='rolls_over_after_the_year_begins',
                violation_error_message='On that day the year begins, and everybody would have the next one as well. '
                'Write a later day from which on the next year is included.',
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def longest_grace(cls) -> int:
        """In days, of all there are."""
        return cls.objects.aggregate(longest=models.Max('grace_days'))['longest'] or 0

    @property
    def is_for_people(self) -> bool:
        return self.holders == Category.For.PEOPLE

    @property
    def is_free(self) -> bool:
        return not self.fee

    @property
    def fee_in_words(self) -> str:
        """'£450 a year', 'free'."""
        if self.is_free:
            return 'No fee'
        return f'{short_pounds(self.fee)} a year'

    def given_in_words(self, further: str) -> list[str]:
        """What it includes, a line each, seats first. `further`: what one more of these costs."""
        lines = [line.strip() for line in self.includes.splitlines() if line.strip()]
        if self.is_for_people or not self.seats:
            return lines
        more = f', each further one {further}' if self.extra_seat_fee is not None else ''
        return [f'{self.seats} place{"" if self.seats == 1 else "s"} for your people{more}', *lines]

    @property
    def is_split(self) -> bool:
        return self.vat == self.SPLIT

    def wrong_parts(self, amounts: Sequence[Decimal]) -> str:
        """Why its fee cannot fall into these parts, in a sentence; nothing where it can."""
        if not self.is_split:
            if not amounts:
                return ''
            return (
                'The fee has parts, but its VAT is not split. Choose “split” under VAT, or delete the parts.'
            )
        if len(amounts) < 2:
            return 'Its VAT is split: write at least two parts of the fee, each with its amount.'
        if (whole := sum(amounts)) != self.fee:
            return (
                f'The parts add up to £{whole:,.2f}, and the fee is £{self.fee:,.2f}. Change the parts or the fee '
                'until they agree.'
            )
        return ''

    def term_from(self, first: date) -> tuple[date, date]:
        """First and last day of a term that begins on this day: twelve months, or to the end of the fixed year, and of
        the next one where that is included by then."""
        following = self._next_year(first) if self.year == Category.Year.FIXED else days.years_after(first, 1)
        if self.includes_next(first):
            following = days.years_after(following, 1)
        return first, following - timedelta(days=1)

    def _next_year(self, day: date) -> date:
        """On which day after this one the fixed year begins anew."""
        begins = date(day.year, self.year_begins_month, self.year_begins_day)
        return begins if begins > day else days.years_after(begins, 1)

    def includes_next(self, first: date) -> bool:
        """Whether a term that begins on this day takes in the year after its own."""
        if self.year != Category.Year.FIXED or not (self.rolls_over_day and self.rolls_over_month):
            return False
        following = self._next_year(first)
        from_day = date(following.year, self.rolls_over_month, self.rolls_over_day)
        if from_day >= following:
            from_day = from_day.replace(year=from_day.year - 1)
        return first >= from_day

    @property
    def rolls_over_in_words(self) -> str:
        """'1 January'; nothing where the next year is never included."""
        if not (self.rolls_over_day and self.rolls_over_month):
            return ''
        return f'{self.rolls_over_day} {date(2000, self.rolls_over_month, 1):%B}'

    def fee_of(self, first: date, last: date) -> Decimal:
        """For these days: the whole fee, or by the month where the category says so."""
        return self.share_of(self.fee, first, last)

    def fee_with(self, seats: int, first: date, last: date) -> Decimal:
        """The same with so many seats, of which those beyond its own cost more."""
        more = max(seats - self.seats, 0)
        return self.fee_of(first, last) + more * self.share_of(self.extra_seat_fee or Decimal(0), first, last)

    def asked_after(self, begins: date, given: int) -> tuple[date, date, Decimal, int]:
        """First and last day, fee and seats of a term that follows one which gave so many seats."""
        first, last = self.term_from(begins)
        more = max(given - self.seats, 0)
        number = self.seats + (more if self.extra_seat_fee is not None else 0)
        return first, last, self.fee_with(self.seats + more, first, last), number

    def share_of(self, yearly: Decimal, first: date, last: date) -> Decimal:
        months = days.months_begun(first, last)
        if not self.pro_rata or months >= 12:
            return yearly
        return (yearly * months / 12).quantize(Decimal('0.01'), ROUND_HALF_UP)


class CategoryPart(models.Model):
    """One part of a category's fee, where its VAT is split."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name='parts')
    wording = models.CharField(
        'what for', max_length=100, help_text='As its line of the invoice names it: “printed handbook”.'
    )
    amount = models.DecimalField(
        'part of the fee (£)',
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(Decimal('0.01'))],
        help_text='Before VAT. All parts together are the fee.',
    )
    vat = models.CharField('VAT', max_length=8, choices=Category.Vat)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = 'part of the fee'
        verbose_name_plural = 'parts of the fee, where its VAT is split'
        ordering = ['position', 'pk']
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name='part_of_more_than_nothing',
                violation_error_message='Write a sum above £0 for this part of the fee.',
            ),
        ]

    def __str__(self) -> str:
        return self.wording


def short_pounds(amount: Decimal) -> str:
    """'£450', '£450.50', where a fee is told."""
    return f'£{amount:,.2f}'.removesuffix('.00')

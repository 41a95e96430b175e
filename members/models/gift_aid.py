"""Gift Aid: what a person declared, and what was claimed of the tax office for their money."""

from datetime import date

from django.db import models
from django.db.models import Q

from members.models.billing import Invoice, money
from members.models.payments import Payment
from members.models.people import Person
from ukis import days

# As the tax office takes them.
TITLE, NAME, HOUSE = 4, 35, 40
ABROAD = 'X'


class GiftAidDeclarationQuerySet(models.QuerySet['GiftAidDeclaration']):
    def standing(self) -> 'GiftAidDeclarationQuerySet':
        return self.filter(cancelled_on=None)


class GiftAidDeclaration(models.Model):
    """That somebody pays tax on what they give, in the words they agreed to. It covers money received from
    `covers_from` on, up to the day before it was cancelled. The name and the address are those of the home, as the tax
    office wants them; nothing else of the site shows them."""

    class Form(models.TextChoices):
        ONLINE = 'online', 'on the site'
        PAPER = 'paper', 'on paper'

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name='gift_aid_declarations')
    title = models.CharField(max_length=TITLE, blank=True)
    given_names = models.CharField(max_length=NAME)
    family_name = models.CharField(max_length=NAME)
    house = models.CharField('house name or number', max_length=HOUSE)
    address = models.TextField('rest of the home address', max_length=500)
    postcode = models.CharField(max_length=8, help_text='X for an address outside the United Kingdom.')
    covers_from = models.DateField(help_text='Money received from this day on.')
    wording = models.TextField('what was agreed to', editable=False)
    form = models.CharField('how it was made', max_length=6, choices=Form, editable=False)
    made_at = models.DateTimeField(editable=False)
    cancelled_on = models.DateField(null=True, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False)

    objects = GiftAidDeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = 'Gift Aid declaration'
        ordering = ['-made_at', '-pk']
        constraints = [
            models.UniqueConstraint(
                fields=['person'],
                condition=Q(cancelled_on=None),
                name='one_declaration_a_person',
                violation_error_message='This person has a declaration that stands. Cancel that one first.',
            ),
        ]

    def __str__(self) -> str:
        return f'Gift Aid declaration of {self.person}'

    @property
    def sentence(self) -> str:
        made = f'Made {self.get_form_display()} on {days.in_words(days.london_day(self.made_at))}'
        if self.cancelled_on:
            return f'{made}, cancelled on {days.in_words(self.cancelled_on)}.'
        return f'{made}, for what is received from {days.in_words(self.covers_from)} on.'

    @property
    def is_abroad(self) -> bool:
        return self.postcode == ABROAD

    def covers(self, received_on: date) -> bool:
        return self.covers_from <= received_on and (
            self.cancelled_on is None or received_on < self.cancelled_on
        )


class GiftAidClaim(models.Model):
    """One list as it went to the tax office. What changes later is an adjustment in the next one."""

    number = models.PositiveIntegerField(unique=True, editable=False)
    made_at = models.DateTimeField(editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False)

    class Meta:
        verbose_name = 'Gift Aid claim'
        ordering = ['-number']

    def __str__(self) -> str:
        return f'Gift Aid claim {self.number}'


class GiftAidLine(models.Model):
    """What of a payment was claimed; less than nothing where some of what was claimed before went back. The donor's
    name and address are as they were declared."""

    claim = models.ForeignKey(GiftAidClaim, on_delete=models.PROTECT, related_name='lines')
    declaration = models.ForeignKey(GiftAidDeclaration, on_delete=models.PROTECT, related_name='claimed')
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name='claimed')
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name='+')
    received_on = models.DateField()
    amount = money()

    class Meta:
        ordering = ['received_on', 'pk']
        constraints = [
            models.UniqueConstraint(
                fields=['claim', 'payment', 'invoice'],
                name='one_line_a_payment_and_claim',
                violation_error_message='This payment is in the claim already.',
            ),
            models.CheckConstraint(
                condition=~Q(amount=0),
                name='claim_of_something',
                violation_error_message='A claim takes in sums above £0 alone.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.amount} of {self.payment}'

    @property
    def is_adjustment(self) -> bool:
        return self.amount < 0

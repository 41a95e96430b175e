"""The next term, prepared and offered: what its holder answered, and by which letter."""

from django.db import models
from django.db.models import Q

from members.models.memberships import Term
from members.models.people import Person
from ukis import days
from ukis.letters import naming


class Renewal(models.Model):
    """That a term was offered as the next one. Reminders go out about its term until it is paid or refused."""

    class Answer(models.TextChoices):
        RENEWED = 'renewed', 'renews'
        REFUSED = 'refused', 'does not renew'

    term = models.OneToOneField(Term, on_delete=models.PROTECT, related_name='renewal')
    prepared_at = models.DateTimeField(editable=False)
    # The membership had lapsed: the term begins on the day on which they renew, after a gap.
    begins_anew = models.BooleanField(default=False, editable=False)
    answer = models.CharField(max_length=8, choices=Answer, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    # Whoever was signed in, or to whom the letter went by which it was done.
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False)
    letter = models.ForeignKey(
        'ukis.Letter', on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    why = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ['term']
        constraints = [
            models.CheckConstraint(
                condition=Q(answer='', answered_at=None) | (~Q(answer='') & Q(answered_at__isnull=False)),
                name='renewal_answered_at_a_time',
                violation_error_message='Say on which day it was answered.',
            )
        ]

    def __str__(self) -> str:
        return f'Renewal for {self.term.span}'

    @property
    def is_renewed(self) -> bool:
        return self.answer == Renewal.Answer.RENEWED

    @property
    def is_refused(self) -> bool:
        return self.answer == Renewal.Answer.REFUSED


class RenewalWishQuerySet(models.QuerySet['RenewalWish']):
    def waiting(self) -> 'RenewalWishQuerySet':
        """For staff to see to."""
        return self.filter(met_at=None).exclude(words='')


class RenewalWish(models.Model):
    """What is to be changed before a renewal, in words; staff see to it. Of several who answer for a membership each
    has written their own."""

    renewal = models.ForeignKey(Renewal, on_delete=models.PROTECT, related_name='wishes')
    # Whoever was signed in, or to whom the letter went by which it was done; nobody where that was a shared address.
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False)
    letter = models.ForeignKey(
        'ukis.Letter', on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    at = models.DateTimeField(editable=False)
    # Empty once whoever wrote it is forgotten.
    words = models.TextField(blank=True, editable=False)
    met_at = models.DateTimeField(null=True, editable=False)

    objects = RenewalWishQuerySet.as_manager()

    class Meta:
        ordering = ['at', 'pk']
        indexes = [
            models.Index(
                fields=['renewal'], name='renewal_wish_waiting', condition=Q(met_at=None) & ~Q(words='')
            )
        ]

    def __str__(self) -> str:
        return f'Wish before {self.renewal}'

    @property
    def when(self) -> str:
        """And by which letter."""
        way = f', by {naming.named(self.letter)}' if self.letter else ''
        return f'{days.moment_in_words(self.at)}{way}'

    @property
    def said(self) -> str:
        return f'{self.when}: {self.words}'

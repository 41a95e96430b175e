"""The next term, prepared and offered: what its holder answered, and by which letter."""

from django.db import models
from django.db.models import Q

from members.models.memberships import Term
from members.models.people import Person


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
    # What is to be changed first, in their words; staff see to it.
    wishes = models.TextField(blank=True, editable=False)
    wishes_met_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ['term']
        constraints = [
            models.CheckConstraint(
                condition=Q(answer='', answered_at=None) | (~Q(answer='') & Q(answered_at__isnull=False)),
                name='renewal_answered_at_a_time',
                violation_error_message='Say on which day it was answered.',
            )
        ]
        indexes = [
            models.Index(
                fields=['term'],
                name='renewal_with_wishes',
                condition=Q(wishes_met_at=None) & ~Q(wishes=''),
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

"""When editors and readers are away, and who stands in for them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ukis import days


class AbsenceQuerySet(models.QuerySet['Absence']):
    def on(self, day: date) -> 'AbsenceQuerySet':
        return self.filter(first__lte=day, last__gte=day)

    def not_over(self, day: date) -> 'AbsenceQuerySet':
        return self.filter(last__gte=day)

    def meeting(self, first: date, last: date) -> 'AbsenceQuerySet':
        """Those that share a day with this time."""
        return self.filter(first__lte=last, last__gte=first)


class Absence(models.Model):
    """Somebody is away, both days included."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='away')
    first = models.DateField('away from')
    last = models.DateField('to')
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name='stands_in'
    )
    said_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ['first', 'pk']
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lte=F('last')),
                name='away_ends_after_it_begins',
                violation_error_message='The last day is not before the first.',
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=F('person')),
                name='away_with_another_as_deputy',
                violation_error_message='Somebody else stands in.',
            ),
        ]
        indexes = [models.Index(fields=['last', 'first'], name='away_when')]

    def __str__(self) -> str:
        return f'{days.in_words(self.first)} to {days.in_words(self.last)}'

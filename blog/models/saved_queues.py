from django.conf import settings
from django.db import models
from django.db.models import Q

MOST = 12


class SavedQueueQuerySet(models.QuerySet['SavedQueue']):
    def for_desk_of(self, person) -> 'SavedQueueQuerySet':
        """One's own, and those that other editors share; one's own first."""
        own = models.Case(models.When(person=person, then=0), default=1)
        others = Q(shared=True, person__is_active=True) if person.is_on_the_desk else Q(pk=None)
        found = self.filter(Q(person=person) | others)
        return found.select_related('person').order_by(own, 'name', 'pk')


class SavedQueue(models.Model):
    """A list of the desk that an editor keeps under a name: what was asked for, and never which rows that found."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='saved_queues', editable=False
    )
    name = models.CharField(max_length=60)
    asked = models.CharField(max_length=1000, editable=False, help_text='As it stood in the address.')
    shared = models.BooleanField('the other editors see it too', default=False)

    objects = SavedQueueQuerySet.as_manager()

    class Meta:
        verbose_name = 'saved queue'
        constraints = [
            models.UniqueConstraint(
                fields=['person', 'name'],
                name='saved_queue_once',
                violation_error_message='You have a queue of this name already.',
            )
        ]

    def __str__(self) -> str:
        return self.name

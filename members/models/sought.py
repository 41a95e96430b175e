"""What somebody would like to learn: tags of the one vocabulary beside those that they offer."""

from django.db import models

from members.models.people import Person
from ukis.tags.models import Tag


class Sought(models.Model):
    """A topic that somebody seeks people for."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name='sought')
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name='sought_by')

    class Meta:
        ordering = ['tag__name']
        constraints = [
            models.UniqueConstraint(
                fields=['person', 'tag'],
                name='sought_once',
                violation_error_message='This person seeks that topic already.',
            ),
        ]
        verbose_name_plural = 'topics sought'

    def __str__(self) -> str:
        return f'{self.person}: {self.tag}'

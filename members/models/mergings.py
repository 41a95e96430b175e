"""Which two rows turned out to be one, who said so, and how much moved. Written once, with the merging itself."""

from django.db import models

from members.models.people import Person


class MergeRecord(models.Model):
    class Kind(models.TextChoices):
        PERSON = 'person', 'person'
        ORGANISATION = 'organisation', 'organisation'

    kind = models.CharField(max_length=12, choices=Kind, editable=False)
    kept = models.PositiveBigIntegerField(editable=False)
    gone = models.PositiveBigIntegerField(editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name='+', editable=False)
    at = models.DateTimeField(editable=False)
    # Each table by its words: [moved, not moved].
    counts = models.JSONField(editable=False)
    # What was answered, as which of the two or by the number of a membership, and in no words of theirs.
    answers = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ['-at', '-pk']
        constraints = [
            models.UniqueConstraint(
                fields=['kind', 'gone'],
                name='merged_once',
                violation_error_message='This one was merged already.',
            ),
            models.CheckConstraint(
                condition=~models.Q(kept=models.F('gone')),
                name='merged_with_another',
                violation_error_message='Nothing is merged with itself. Choose two entries.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.get_kind_display()} {self.gone} merged into {self.kept}'

from django.conf import settings
from django.db import models
from django.utils import timezone

from blog.models.submissions import Submission
from blog.models.versions import Version
from blog.states import State


class Step(models.Model):
    """One row per move, written by the verb. Never edited, never deleted."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name='steps')
    from_state = models.CharField(max_length=20, choices=State, blank=True)
    to_state = models.CharField(max_length=20, choices=State)
    move = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+')
    by_name = models.CharField(max_length=300, default='system')
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    # Why it was fair to decide on writing of one's own organisation: for editors, and for no author.
    fair = models.TextField(blank=True)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name='+')

    class Meta:
        ordering = ['at', 'pk']

    def __str__(self) -> str:
        return f'{self.move} by {self.by_name}'

    @property
    def led_on(self) -> bool:
        return self.from_state != self.to_state


class Declaration(models.Model):
    """What an author agreed to, in the words it had then."""

    class Kind(models.TextChoices):
        RIGHTS = 'rights', 'Rights'
        INTERESTS = 'interests', 'Interests'
        VIEWS = 'views', 'Views'

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name='declarations')
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name='+')
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='+')
    kind = models.CharField(max_length=10, choices=Kind)
    sentence = models.TextField()
    answer = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ['at', 'pk']
        constraints = [
            models.UniqueConstraint(
                fields=['submission', 'version', 'person', 'kind'], name='declared_once_a_version'
            )
        ]

    def __str__(self) -> str:
        return f'{self.kind}: {self.answer}'

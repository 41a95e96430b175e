from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from blog.models.steps import Step
from blog.models.submissions import Submission


def told_to_authors() -> Q:
    """What whoever is named on the submission may read of its conversation, editor or not: what is not among editors,
    and whose letter has left, or waited for none."""
    return Q(audience=Message.Audience.AUTHORS, told_at__isnull=False)


class MessageQuerySet(models.QuerySet['Message']):
    def visible_to(self, person, submission: Submission) -> 'MessageQuerySet':
        """The editors' talk is not for anybody who is named on the submission, editor or not; what its writer took back
        is for nobody else."""
        messages = self.filter(Q(taken_back_at=None) | Q(by=person), submission=submission).select_related(
            'by', 'by_email__decided_by'
        )
        if any(row.person_id == person.pk for row in submission.authorships.all()):
            return messages.filter(told_to_authors())
        return messages


class Message(models.Model):
    class Audience(models.TextChoices):
        AUTHORS = 'authors', 'Author and editors'
        EDITORS = 'editors', 'Editors only'

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name='messages')
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='+')
    at = models.DateTimeField(default=timezone.now)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.AUTHORS)
    text = models.TextField()
    # Where it is the note of a move: the author sees it when its letter has left, and never where that was recalled.
    step = models.OneToOneField(
        Step, on_delete=models.PROTECT, null=True, blank=True, related_name='message', editable=False
    )
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    recalled_at = models.DateTimeField(null=True, blank=True, editable=False)
    # An answer to what only editors read is read by editors only.
    answers: 'models.ForeignKey[Message | None, Message]' = models.ForeignKey(  # type: ignore[misc]
        'self', on_delete=models.SET_NULL, null=True, blank=True, related_name='+', editable=False
    )
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ['at', 'pk']

    @property
    def is_among_editors(self) -> bool:
        """Whether nobody who is named on the submission reads it."""
        return self.audience == self.Audience.EDITORS

    def __str__(self) -> str:
        return f'{self.by}: {self.text[:60]}'


class ReadMark(models.Model):
    """Somebody has read a message: they said so, or it stood before them on an open page."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name='read_marks')
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='+')
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=['message', 'person'], name='message_read_once_by_each')
        ]

    def __str__(self) -> str:
        return f'{self.person_id} read message {self.message_id}'

"""What goes with a message: passages of the words that it quotes, and files. Chosen first, and sent with it: until
then they are their chooser's alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from blog.models.conversation import Message
from blog.models.submissions import Submission
from blog.models.versions import Version


class EnclosedQuerySet(models.QuerySet):
    def waiting_for(self, person, submission: Submission) -> 'EnclosedQuerySet':
        """What somebody chose here and has not sent."""
        return self.filter(submission=submission, by=person, message=None)

    def with_messages(self, messages: models.QuerySet[Message]) -> 'EnclosedQuerySet':
        """What went with messages: to be had by whoever reads those, and by nobody else."""
        return self.filter(message__in=messages)


class QuotedPassage(models.Model):
    """Words of one version, and where in it they stand. They are never looked for elsewhere."""

    class Part(models.TextChoices):
        TITLE = 'title', 'the title'
        STANDFIRST = 'standfirst', 'the standfirst'
        BODY = 'body', 'the text'
        REFERENCES = 'references', 'the references'

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name='passages')
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name='passages')
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='+')
    at = models.DateTimeField(default=timezone.now)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name='+')
    part = models.CharField(max_length=10, choices=Part)
    block = models.PositiveIntegerField()  # counted from 0 among those that hold words
    start = models.PositiveIntegerField()  # in its words on one line
    words = models.TextField()
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)

    objects = EnclosedQuerySet.as_manager()

    class Meta:
        ordering = ['pk']
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=''), name='passage_has_words', violation_error_message='Choose some words.'
            )
        ]
        indexes = [models.Index(fields=['at'], name='passage_not_sent', condition=Q(message=None))]

    def __str__(self) -> str:
        return f'“{self.words[:60]}”'


class Attachment(models.Model):
    """A file. Like Word documents it lies in the database, under no address of its own."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name='attachments')
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name='attachments')
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='+')
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    objects = EnclosedQuerySet.as_manager()

    class Meta:
        ordering = ['pk']
        indexes = [models.Index(fields=['at'], name='attachment_not_sent', condition=Q(message=None))]

    def __str__(self) -> str:
        return self.name

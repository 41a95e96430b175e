"""Word documents that authors sent: what came of them, and the file itself where its author wants it kept."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from blog.models.submissions import Submission


class WordFileQuerySet(models.QuerySet['WordFile']):
    def named_only(self) -> 'WordFileQuerySet':
        """Without the file and the long texts."""
        return self.only('pk', 'name', 'at', 'put', 'answered_at', 'submission_id')

    def waiting(self) -> 'WordFileQuerySet':
        return self.filter(answered_at=None)

    def kept(self) -> 'WordFileQuerySet':
        return self.exclude(answered_at=None).exclude(content=None)


class WordFile(models.Model):
    """The file lies here until its author answered whether it is to be kept, and afterwards only if it is. Like the
    files of applications it lies in the database, under no address."""

    class Put(models.TextChoices):
        FILLED = 'filled', 'put into the draft, which had no words'
        REPLACED = 'replaced', 'put in place of the words that were there'
        APPENDED = 'appended', 'put at the end'
        BESIDE = 'beside', 'kept beside the words that are there'
        LEFT = 'left', 'not taken over'

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name='word_files')
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='+')
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    title = models.TextField(blank=True)
    standfirst = models.TextField(blank=True)
    body = models.TextField(blank=True)
    references = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    told = models.JSONField(default=list)  # sentences: what of it did not come in, or came in changed
    held = models.JSONField(default=list)  # sentences: what the file itself still holds
    put = models.CharField(max_length=10, choices=Put, blank=True)
    answered_at = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)

    objects = WordFileQuerySet.as_manager()

    class Meta:
        ordering = ['-at', '-pk']
        indexes = [models.Index(fields=['at'], name='word_file_by_age')]

    def __str__(self) -> str:
        return self.name

    @property
    def is_kept(self) -> bool:
        return self.answered_at is not None and self.content is not None

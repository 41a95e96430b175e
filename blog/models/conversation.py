from django.conf import settings
from django.db import models
from django.utils import timezone

from blog.models.submissions import Authorship, Submission


class MessageQuerySet(models.QuerySet['Message']):
    def visible_to(self, person, submission: Submission) -> 'MessageQuerySet':
        """The editors' talk is not for anybody who is named on the submission, editor or not."""
        messages = self.filter(submission=submission).select_related('by')
        if Authorship.objects.filter(submission=submission, person=person).exists():
            return messages.filter(audience=Message.Audience.AUTHORS)
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

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ['at', 'pk']

    def __str__(self) -> str:
        return f'{self.by}: {self.text[:60]}'

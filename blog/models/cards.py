"""The card that is shown where somebody shares a post, as it lies in the store: drawn before the post is public."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from blog.models.versions import Version


class Card(models.Model):
    """Of one version. `mark` is that of what was drawn (`blog.cards`): where the post has another, it is drawn anew."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name='card')
    mark = models.CharField(max_length=16)
    file = models.CharField(max_length=200)
    # Until the version is in print it goes with the approval.
    printed = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=['id'], name='card_not_in_print', condition=Q(printed=False))]

    def __str__(self) -> str:
        return f'card of {self.version_id}'

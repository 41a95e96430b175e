"""Addresses that something had."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class OldAddress(models.Model):
    """A path that something had, and what now answers for it. Never given to something else."""

    path = models.CharField(max_length=300, unique=True, help_text='With both slashes: /blog/an-old-title/')
    view = models.CharField(
        max_length=60, blank=True, editable=False
    )  # whose page it was, of several of one row
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    now = GenericForeignKey('content_type', 'object_id')
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = 'old addresses'
        indexes = [models.Index(fields=['content_type', 'object_id'])]

    def __str__(self) -> str:
        return self.path

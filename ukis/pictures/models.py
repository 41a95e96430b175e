"""Pictures as they lie in the store."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Picture(models.Model):
    """A picture as it lies in the store. Alt text, caption and credit belong to its uses, not to it."""

    hash = models.CharField(max_length=64, unique=True, editable=False)
    file = models.FileField(editable=False, max_length=200)
    format = models.CharField(max_length=8, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    size = models.PositiveIntegerField('bytes', editable=False)
    # What must stay in sight where it is cut, as parts of its width and height from the left and the top.
    focal_x = models.FloatField(default=0.5, editable=False)
    focal_y = models.FloatField(default=0.5, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='+',
        editable=False,
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    # [{format, width, height, name, bytes}], smallest first; empty until the worker has made them.
    sizes = models.JSONField(default=list, editable=False)
    # [[name, since]]: files of an earlier recipe, which pages that somebody kept may still ask for.
    outdated = models.JSONField(default=list, editable=False)
    sized_at = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField('tries at its sizes', default=0, editable=False)
    try_again_at = models.DateTimeField(null=True, editable=False)
    last_error = models.CharField(max_length=500, blank=True, editable=False)
    unused_since = models.DateTimeField('shown nowhere since', null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=['id'], name='picture_unsized', condition=Q(sized_at=None)),
            models.Index(
                fields=['unused_since', 'id'], name='picture_unused', condition=Q(unused_since__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name='focal_point_within_picture',
                violation_error_message='What must stay in sight is a place within the picture.',
            )
        ]

    def __str__(self) -> str:
        return f'Picture {self.pk} ({self.width} × {self.height})'

    @property
    def url(self) -> str:
        return self.file.url

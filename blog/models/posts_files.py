"""Files of posts that were published elsewhere, as an Administrator gave them: looked at, then carried out."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

# For so long a file waits for somebody who confirms it, and the report of what came in is kept.
WAITS, KEPT = timedelta(days=7), timedelta(days=30)


class PostsFileQuerySet(models.QuerySet['PostsFile']):
    def long_over(self, now: datetime) -> 'PostsFileQuerySet':
        waiting = Q(stage__in=(PostsFile.Stage.READING, PostsFile.Stage.LOOKED), at__lt=now - WAITS)
        return self.defer('content').filter(waiting | Q(done_at__lt=now - KEPT))


class PostsFile(models.Model):
    """The file itself is kept only until it is carried out, or let go."""

    class Stage(models.TextChoices):
        READING = 'reading', 'being read'
        LOOKED = 'looked', 'to be looked at'
        CONFIRMED = 'confirmed', 'being brought in'
        DONE = 'done', 'brought in'

    name = models.CharField(max_length=200, editable=False)
    content = models.BinaryField(null=True, editable=False)
    zone = models.CharField(max_length=60, default='Europe/London', editable=False)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.READING, editable=False)
    report = models.TextField(blank=True, editable=False)
    new = models.PositiveIntegerField(default=0, editable=False)
    trouble = models.CharField(max_length=500, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='+', editable=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    done_at = models.DateTimeField(null=True, editable=False)

    objects = PostsFileQuerySet.as_manager()

    class Meta:
        ordering = ['-at', '-pk']
        indexes = [
            models.Index(fields=['-at', '-id'], name='posts_file_newest'),
            models.Index(
                fields=['stage'], name='posts_file_to_do', condition=Q(stage__in=['reading', 'confirmed'])
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage='done') | Q(content=None, done_at__isnull=False),
                name='posts_file_not_kept',
                violation_error_message='The file of what was brought in is not kept.',
            ),
            models.CheckConstraint(
                condition=~Q(stage='confirmed') | Q(confirmed_by__isnull=False),
                name='posts_file_confirmed_by_somebody',
                violation_error_message='Somebody says that it is to be brought in.',
            ),
        ]

    def __str__(self) -> str:
        return f'“{self.name}”'

    @property
    def is_working(self) -> bool:
        return self.stage in (self.Stage.READING, self.Stage.CONFIRMED)

    @property
    def is_looked_at(self) -> bool:
        return self.stage == self.Stage.LOOKED

    @property
    def is_done(self) -> bool:
        return self.stage == self.Stage.DONE

    @property
    def can_be_let_go(self) -> bool:
        return self.stage in (self.Stage.READING, self.Stage.LOOKED)

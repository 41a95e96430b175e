"""Links by which somebody outside reads words that are not published. Only the hash of each one's secret is kept."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from blog.models.submissions import Submission
from blog.models.versions import Version
from ukis import days


class PreviewLinkQuerySet(models.QuerySet['PreviewLink']):
    def running(self, now: datetime | None = None) -> 'PreviewLinkQuerySet':
        return self.filter(withdrawn_at=None, expires_at__gt=now or timezone.now())

    def to_be_listed(self) -> 'PreviewLinkQuerySet':
        """With who made and who withdrew each, and of the words no more than which they are."""
        heavy = ('body', 'references', 'byline', 'standfirst', 'tag_words')
        rows = self.select_related('made_by', 'withdrawn_by', 'version')
        return rows.defer(*(f'version__{name}' for name in heavy))


class PreviewLink(models.Model):
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name='previews')
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name='+')
    # A note, for whoever made it; it is not shown to who opens it.
    for_whom = models.CharField('for whom', max_length=200)
    # Whether somebody who writes it made it: an editor's is not shown to them.
    by_author = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='+')
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+'
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    visits = models.PositiveIntegerField(default=0)
    last_visit = models.DateTimeField(null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ['-made_at', '-pk']
        indexes = [models.Index(fields=['expires_at'], name='preview_by_end')]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F('made_at')),
                name='preview_ends_after_it_begins',
                violation_error_message='A link works for some time.',
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None) | Q(withdrawn_at__isnull=False),
                name='preview_withdrawn_at_a_time',
                violation_error_message='Whoever withdrew it did so at some time.',
            ),
            models.CheckConstraint(
                condition=Q(visits=0, last_visit=None) | Q(visits__gt=0, last_visit__isnull=False),
                name='preview_visited_at_a_time',
                violation_error_message='What was opened was opened at some time.',
            ),
        ]

    def __str__(self) -> str:
        return f'a link for {self.for_whom} to version {self.version.number}'

    @property
    def last_day(self) -> str:
        """The day at whose end it stops working."""
        return days.in_words(days.london_day(self.expires_at - timedelta(seconds=1)))

    @property
    def is_running(self) -> bool:
        return self.withdrawn_at is None and self.expires_at > timezone.now()

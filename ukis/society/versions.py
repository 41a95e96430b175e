"""What staff wrote of their pages: a version is written once and never changed; the newest is what they go on from."""

from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.utils import timezone

from ukis.markup.languages import LANGUAGES
from ukis.society.models import Page


class PageWords(NamedTuple):
    title: str
    language: str
    body: str


class PageVersion(models.Model):
    """The words of a page as one save left them."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name='versions', editable=False)
    number = models.PositiveIntegerField(editable=False)
    title = models.CharField(max_length=200, editable=False)
    language = models.CharField(max_length=10, choices=LANGUAGES, default='en-GB', editable=False)
    body = models.TextField(blank=True, editable=False)
    note = models.CharField(max_length=100, blank=True, editable=False)
    # Nobody's: words from before versions were kept.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    made_at = models.DateTimeField('when', default=timezone.now, editable=False)
    published_at = models.DateTimeField('published', null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )

    class Meta:
        verbose_name = 'version of a page'
        verbose_name_plural = 'versions of pages'
        ordering = ['page', '-number']
        constraints = [
            models.UniqueConstraint(
                fields=['page', 'number'],
                name='page_version_number_once',
                violation_error_message='Somebody else saved this page in the same moment.',
            )
        ]

    def __str__(self) -> str:
        return f'version {self.number} of “{self.title}”'

    @property
    def words(self) -> PageWords:
        return PageWords(self.title, self.language, self.body)


def words_of(page: Page) -> PageWords:
    """Those that readers have, where it is on the site."""
    return PageWords(page.title, page.language, page.body)


def newest(page: Page) -> PageVersion:
    """What staff go on from. Of a page that nobody has saved since versions are kept, its own words, unsaved."""
    kept = PageVersion.objects.filter(page=page).select_related('made_by', 'published_by').first()
    return kept or as_found(page)


def as_found(page: Page) -> PageVersion:
    at = page.changed_at
    return PageVersion(
        page=page,
        number=0,
        made_at=at,
        published_at=at if page.published else None,
        **words_of(page)._asdict(),
    )


def waits(page: Page) -> bool:
    """Whether something was saved that readers do not have."""
    return not page.published or newest(page).words != words_of(page)

"""The words. A version is written once and never changed."""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.utils import timezone

from blog.models.submissions import Submission
from blog.models.words import BOUND, WORDS, PrintedName, Words, in_a_row
from ukis import markup
from ukis.markup.languages import LANGUAGES


class VersionQuerySet(models.QuerySet['Version']):
    def to_choose_from(self) -> 'VersionQuerySet':
        """The newest first, with who made each, and none of the long texts."""
        return self.select_related('made_by').defer('body', 'references').order_by('-number')


class Version(models.Model):
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name='versions')
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    standfirst = models.TextField(blank=True)
    body = models.TextField(blank=True)
    references = models.TextField(blank=True)
    lead_picture = models.ForeignKey(
        'ukis.Picture', on_delete=models.PROTECT, null=True, blank=True, related_name='+'
    )
    lead_alt = models.CharField('what the picture shows', max_length=300, blank=True)
    lead_decorative = models.BooleanField('decorative', default=False)
    lead_caption = models.CharField('caption', max_length=300, blank=True)
    lead_credit = models.CharField('credit', max_length=200, blank=True)
    tag_words = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=10, choices=LANGUAGES, default='en-GB')
    # As it would be printed with these words: a list of `PrintedName`, as dicts.
    byline = models.JSONField(default=list)
    note = models.CharField(max_length=300, blank=True)
    typo = models.BooleanField('only typos put right', default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+'
    )
    made_at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=40, help_text='The move or the save that made it.')
    hash = models.CharField(max_length=64)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ['number']
        constraints = [models.UniqueConstraint(fields=['submission', 'number'], name='version_number_once')]

    def __str__(self) -> str:
        return f'version {self.number} of {self.submission_id}'

    def words(self) -> Words:
        return Words(**{name: getattr(self, name) for name in WORDS})

    def with_words(self, words: Words) -> 'Version':
        """What it would be with these, to be compared with it and never saved."""
        return Version(**vars(words), byline=self.byline)

    @property
    def printed_names(self) -> list[PrintedName]:
        return [PrintedName(**entry) for entry in self.byline]

    def fingerprint(self) -> str:
        """SHA-256 over what approval binds: the words, the lead picture with its texts, the byline."""
        bound = {name: getattr(self, name) for name in BOUND} | {'byline': self.byline}
        return hashlib.sha256(json.dumps(bound, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @property
    def word_count(self) -> int:
        return markup.count_words(self.body)

    @property
    def reading_minutes(self) -> int:
        return markup.minutes(markup.to_text(self.body))

    @property
    def authors_line(self) -> str:
        return in_a_row(one.name for one in self.printed_names)


class LastRead(models.Model):
    """What an editor last read of a submission, and what they had read before that: from there it changed."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name='reads')
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='+')
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name='+')
    before = models.ForeignKey(Version, on_delete=models.CASCADE, null=True, related_name='+')
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=['submission', 'person'], name='read_once_by_each')]

    def __str__(self) -> str:
        return f'{self.person_id} read version {self.version_id}'

"""What both apps stand on. Nothing here names an app: rows that point at a person do so by AUTH_USER_MODEL."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from taggit.models import GenericTaggedItemBase, TagBase


class Society(models.Model):
    """The Society itself, one row: pages, footers and letters read it and nothing else."""

    name = models.CharField(max_length=200, default='UK Implementation Society')
    short_name = models.CharField(max_length=40, default='UK-IS')
    strapline = models.CharField(max_length=200, blank=True)
    mission = models.TextField('what the Society is', blank=True, help_text='Shown on the home page.')
    postal_address = models.TextField(blank=True)
    office_address = models.EmailField('office e-mail', blank=True)
    contributions_address = models.EmailField(
        'contributions e-mail',
        blank=True,
        help_text='Where somebody writes who would like to contribute a blog.',
    )
    charity_number = models.CharField(max_length=40, blank=True)
    commissioning_editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='+',
        help_text='Who is Commissioning Editor for Blogs today.',
    )
    views_own = models.CharField(
        'line for the author’s own views',
        max_length=300,
        default='The views expressed are the author’s own and not those of the Society.',
    )
    views_organisation = models.CharField(
        'line for an organisation’s views',
        max_length=300,
        default='The views expressed are those of the author’s organisation and not those of the Society.',
    )
    views_society = models.CharField(
        'line for the Society’s views', max_length=300, default='This post gives the view of the Society.'
    )
    licence = models.CharField(
        max_length=300, blank=True, help_text='Said after the copyright line of every post, if anything is.'
    )
    rights_sentence = models.TextField(
        'what an author agrees to',
        default='I hold the rights in this text and its pictures, or have permission to use them, and I agree that '
        'the Society publishes them under its copyright line.',
    )

    class Meta:
        verbose_name_plural = 'society'
        constraints = [models.CheckConstraint(condition=Q(pk=1), name='one_society')]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def get(cls) -> 'Society':
        """The one row, with its editor; an unsaved one with the defaults before there is any."""
        return cls.objects.select_related('commissioning_editor').filter(pk=1).first() or cls(pk=1)

    def views_line(self, views: str) -> str:
        lines = {'own': self.views_own, 'organisation': self.views_organisation}
        return (lines | {'society': self.views_society})[views]


class PageQuerySet(models.QuerySet['Page']):
    def published(self) -> 'PageQuerySet':
        return self.filter(published=True)


class Page(models.Model):
    """A page of the staff's own: about, principles, privacy."""

    title = models.CharField(max_length=200)
    address = models.SlugField(
        max_length=100,
        unique=True,
        help_text='The page stands at /about/ for “about” and at /about/<address>/ for the rest.',
    )
    body = models.TextField()
    published = models.BooleanField(default=False)
    in_footer = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ['position', 'title']

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse('about') if self.address == 'about' else reverse('page', args=[self.address])


class Tag(TagBase):
    """One vocabulary for posts, people and organisations."""

    description = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        'self', on_delete=models.PROTECT, null=True, blank=True, related_name='merged'
    )

    class Meta:
        ordering = ['name']

    def get_absolute_url(self) -> str:
        return reverse('tag', args=[self.slug])


class TaggedItem(GenericTaggedItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name='items')

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=['tag', 'content_type', 'object_id'], name='tagged_once'),
        ]


class OldAddress(models.Model):
    """A path that something had, and what now answers for it. Never given to something else."""

    path = models.CharField(max_length=300, unique=True, help_text='With both slashes: /blog/an-old-title/')
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    now = GenericForeignKey('content_type', 'object_id')
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = 'old addresses'
        indexes = [models.Index(fields=['content_type', 'object_id'])]

    def __str__(self) -> str:
        return self.path


class Picture(models.Model):
    """A picture as it lies in the store. Alt text, caption and credit belong to its uses, not to it."""

    hash = models.CharField(max_length=64, unique=True, editable=False)
    file = models.FileField(editable=False, max_length=200)
    format = models.CharField(max_length=8, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    size = models.PositiveIntegerField('bytes', editable=False)
    focal_x = models.FloatField(default=0.5)
    focal_y = models.FloatField(default=0.5)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='+',
        editable=False,
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    # [{format, width, height, name, bytes}], smallest first; empty until the clock has made them.
    sizes = models.JSONField(default=list, editable=False)
    sized_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=['id'], name='picture_unsized', condition=Q(sized_at=None))]

    def __str__(self) -> str:
        return f'{self.hash[:12]} ({self.width} × {self.height})'

    @property
    def url(self) -> str:
        return self.file.url


class LetterQuerySet(models.QuerySet['Letter']):
    def due(self) -> 'LetterQuerySet':
        return self.filter(state=Letter.State.WAITING, send_after__lte=timezone.now())

    def about(self, row: models.Model) -> 'LetterQuerySet':
        return self.filter(content_type=ContentType.objects.get_for_model(row), object_id=row.pk)


class Letter(models.Model):
    """One letter in the outbox, queued in the transaction of what it tells of."""

    class State(models.TextChoices):
        WAITING = 'waiting', 'waiting to be sent'
        HELD = 'held', 'held by staff'
        SENDING = 'sending', 'being sent'
        SENT = 'sent', 'sent'
        FAILED = 'failed', 'could not be sent'
        RECALLED = 'recalled', 'recalled'
        SUPPRESSED = 'suppressed', 'not sent: the address refuses letters'

    key = models.CharField(max_length=200, unique=True, editable=False, help_text='Queued once for each key.')
    kind = models.CharField(max_length=60, editable=False)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='letters',
        editable=False,
    )
    to_name = models.CharField(max_length=200, blank=True)
    to_address = models.EmailField()
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=250)
    body = models.TextField(
        help_text='Where {{ link }} stands, a private link is put in when the letter is sent.'
    )
    # Where the private link leads: {view, purpose, days}; the token itself is made at sending.
    link = models.JSONField(null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='+',
        editable=False,
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, editable=False)
    object_id = models.PositiveBigIntegerField(editable=False)
    about = GenericForeignKey('content_type', 'object_id')

    state = models.CharField(max_length=12, choices=State, default=State.WAITING, editable=False)
    message_id = models.CharField(max_length=120, unique=True, editable=False)
    queued_at = models.DateTimeField(default=timezone.now, editable=False)
    send_after = models.DateTimeField(default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    in_doubt = models.BooleanField(
        default=False,
        editable=False,
        help_text='A worker died while sending it; it was sent again under the same Message-ID.',
    )
    # Recalled while a worker had it in hand: if that attempt fails there is no other.
    no_more = models.BooleanField(default=False, editable=False)
    last_error = models.TextField(blank=True, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ['-queued_at', '-pk']
        indexes = [
            models.Index(fields=['send_after'], name='letter_waiting', condition=Q(state='waiting')),
            models.Index(fields=['claimed_at'], name='letter_sending', condition=Q(state='sending')),
            models.Index(fields=['content_type', 'object_id']),
        ]

    def __str__(self) -> str:
        return f'{self.subject} → {self.to_address}'


class SuppressedAddress(models.Model):
    """An address that refuses or bounces: nothing is sent there until staff remove the row."""

    address = models.EmailField(unique=True)
    reason = models.TextField()
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = 'suppressed addresses'

    def __str__(self) -> str:
        return self.address


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class PrivateLink(models.Model):
    """A link that works for one purpose, on one thing, for a while. Only the token's hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    purpose = models.CharField(max_length=40)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    about = GenericForeignKey('content_type', 'object_id')
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, related_name='+')
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f'{self.purpose} until {self.expires_at:%d %B %Y}'

    @classmethod
    def make(cls, *, purpose: str, about: models.Model, days: int, letter: Letter | None = None) -> str:
        """A new token; it is returned once and kept nowhere."""
        token = secrets.token_urlsafe(24)
        cls.objects.create(
            token_hash=hashed(token),
            purpose=purpose,
            about=about,
            letter=letter,
            expires_at=timezone.now() + timedelta(days=days),
        )
        return token

    @classmethod
    def find(cls, token: str, purpose: str) -> 'PrivateLink | None':
        """The live link of this token and purpose, or None: whatever is wrong, a stranger learns nothing."""
        return cls.objects.filter(
            token_hash=hashed(token), purpose=purpose, expires_at__gt=timezone.now()
        ).first()


class ClockRun(models.Model):
    """One job of the clock: when it last began, and what went wrong if anything did."""

    name = models.CharField(max_length=100, unique=True, editable=False)
    # Also the claim: whoever moves it forward in one conditional UPDATE is the one that runs the job.
    last_run_at = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ['name']

    def __str__(self) -> str:
        return self.name

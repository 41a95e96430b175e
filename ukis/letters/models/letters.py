"""The outbox: what goes out, when, and what became of it."""

import re

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

# Where a private link and the note go in; and what is made anew each time the letter is sent.
LINK, NOTE, INSET = '{{ link }}', '{{ note }}', '{{ inset }}'
_PLACES = re.compile(f'{re.escape(LINK)}|{re.escape(NOTE)}')
_EVERY_PLACE = re.compile(f'{_PLACES.pattern}|{re.escape(INSET)}')


def without_places(text: str) -> str:
    """What somebody typed, so that nothing of it is taken for the place of a link or a note."""
    return _EVERY_PLACE.sub(lambda found: found[0].replace(' ', ''), text)


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
        BOUNCED = 'bounced', 'came back'

    key = models.CharField(max_length=500, unique=True, editable=False, help_text='Queued once for each key.')
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
    # Who reads what is answered by email, where a mailbox takes answers in: a key of `Subject.answered`.
    answers = models.CharField(max_length=10, blank=True, editable=False)
    subject = models.CharField(max_length=250)
    # Where LINK stands, a private link is put in when the letter is sent; where NOTE stands, the note.
    body = models.TextField('words')
    # What somebody wrote to this person, apart from the frame it stands in. Letters of one `note_key` carry
    # one note: it is changed in all of them or in none.
    note = models.TextField(
        blank=True,
        help_text='Somebody’s own words to the reader. They stand in the letter where {{ note }} is.',
    )
    note_key = models.CharField(max_length=200, blank=True, editable=False)
    # What of it is not English: the words by their language, as in {'cy': ['Newid gofalus']}.
    languages = models.JSONField(default=dict, blank=True, editable=False)
    # Where the private link leads: {view, purpose, days}; the token itself is made at sending.
    link = models.JSONField(null=True, blank=True, editable=False)
    # What its variables printed, by their names: for whoever looks how another text of this kind would read.
    filled_with = models.JSONField(default=dict, blank=True, editable=False)
    # What it was written from, for whoever asks as it leaves whether that is still so: its words are staff's to change.
    judged_by = models.JSONField(default=dict, blank=True, editable=False)
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
    first_tried_at = models.DateTimeField(null=True, blank=True, editable=False)
    in_doubt = models.BooleanField(
        'perhaps sent twice',
        default=False,
        editable=False,
        help_text='A worker died while sending it; it was sent again under the same Message-ID.',
    )
    # Recalled while a worker had it in hand: if that attempt fails there is no other.
    no_more = models.BooleanField(default=False, editable=False)
    last_error = models.TextField(blank=True, editable=False)
    # Why it was taken back by itself just before it would have left: what it says was true no more.
    overtaken_why = models.CharField(max_length=300, blank=True, editable=False)
    # What it is about has still to hear that it left; the worker tells it until it has heard.
    unheard = models.BooleanField(default=False, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ['-queued_at', '-pk']
        indexes = [
            models.Index(fields=['send_after'], name='letter_waiting', condition=Q(state='waiting')),
            models.Index(fields=['claimed_at'], name='letter_sending', condition=Q(state='sending')),
            models.Index(fields=['queued_at'], name='letter_failed', condition=Q(state='failed')),
            models.Index(fields=['unheard'], name='letter_unheard', condition=Q(unheard=True)),
            models.Index(fields=['note_key'], name='letter_note', condition=~Q(note_key='')),
            models.Index(fields=['content_type', 'object_id']),
            models.Index(fields=['-queued_at', '-id'], name='letter_newest'),
            models.Index(fields=['state', '-queued_at', '-id'], name='letter_of_state'),
            models.Index(fields=['kind', '-queued_at', '-id'], name='letter_of_kind'),
            models.Index(fields=['queued_at'], name='letter_in_doubt', condition=Q(in_doubt=True)),
            models.Index(fields=['queued_at'], name='letter_with_words', condition=~Q(body='')),
            models.Index(Lower('to_address'), name='letter_of_address'),
        ]

    def __str__(self) -> str:
        return f'{self.subject} → {self.to_address}'

    @property
    def is_sent(self) -> bool:
        return self.state == Letter.State.SENT

    @property
    def is_waiting(self) -> bool:
        return self.state == Letter.State.WAITING

    @property
    def can_be_changed(self) -> bool:
        """Whether staff may still change, hold or recall it."""
        return self.state in (Letter.State.WAITING, Letter.State.HELD)

    def text(self, link: str = LINK) -> str:
        """The body with the note in its place, and `link` in its own. What the note says is put in as it stands."""
        return _PLACES.sub(lambda found: {LINK: link, NOTE: self.note}[found[0]], self.body)

    def sharing_its_note(self) -> 'LetterQuerySet':
        """The others that carry the same note, in the order in which they are to be locked."""
        if not self.note_key:
            return Letter.objects.none()
        return Letter.objects.filter(note_key=self.note_key).exclude(pk=self.pk).order_by('pk')

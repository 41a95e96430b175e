"""What a second reader is asked, and what they advise. State and dates are written by the verbs of `blog.readings`."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from blog.models.conversation import Message
from blog.models.submissions import Submission
from blog.models.versions import Version
from blog.states import BEGINNING, GIVEN_UP, UNDECIDED
from blog.states.reading_states import OPEN, ReadingRow, ReadingState, row_of
from ukis import days


class ReadingQuerySet(models.QuerySet['Reading']):
    def whole(self) -> 'ReadingQuerySet':
        """With what its page and its sentences name."""
        return self.select_related(
            'reader', 'asked_by', 'submission__editor', 'version__lead_picture', 'shared'
        )

    def with_sentences(self) -> 'ReadingQuerySet':
        """With what its sentences name, and none of the long texts."""
        return self.select_related('submission', 'asked_by', 'version').defer(
            'version__body', 'version__references', 'version__byline'
        )

    def open(self) -> 'ReadingQuerySet':
        """Without advice that is still hoped for, the editor not having decided."""
        return self.filter(state__in=OPEN, submission__state__in=UNDECIDED)


class Reading(models.Model):
    class Reason(models.TextChoices):
        """Why somebody says no: from a short list, and in their own words beside it."""

        TIME = 'time', 'No time just now'
        SUBJECT = 'subject', 'Not my subject'
        NEAR = 'near', 'I am too near to it, or to who wrote it'
        OTHER = 'other', 'Something else'

    class Recommendation(models.TextChoices):
        AS_IT_IS = 'as it is', 'Publish it as it is'
        SMALL = 'small', 'Publish it after small changes'
        LARGE = 'large', 'It needs larger changes first'
        NO = 'no', 'Do not publish it'
        NONE = 'none', 'I would rather not say'

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name='readings')
    # What is read, fixed when it is asked for; none once the words are gone with their author.
    version = models.ForeignKey(Version, on_delete=models.SET_NULL, null=True, related_name='+')
    # A person already known, or only a name and an address.
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name='readings'
    )
    name = models.CharField('their name', max_length=200)
    email = models.EmailField('their email address')
    question = models.TextField(
        'what you ask them',
        max_length=5_000,
        help_text='What you would like to hear of them. It stands in the letter, and above the words.',
    )
    due_on = models.DateField('advice by')
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    asked_at = models.DateTimeField('asked', default=timezone.now, editable=False)
    state = models.CharField(max_length=10, choices=ReadingState, default=ReadingState.ASKED, editable=False)
    held_since = models.DateTimeField(default=timezone.now, editable=False)

    # What they answered.
    reason = models.CharField(max_length=10, choices=Reason, blank=True, editable=False)
    answer = models.TextField('in their words', blank=True, editable=False)
    other_name = models.CharField('whom they name instead', max_length=200, blank=True, editable=False)
    other_email = models.EmailField('at this address', blank=True, editable=False)
    # What they advise. Until it is sent these are notes, which nobody reads but whoever holds the link.
    recommendation = models.CharField(max_length=10, choices=Recommendation, blank=True, editable=False)
    for_editor = models.TextField('for the editor alone', blank=True, editable=False)
    for_author = models.TextField('for the author', blank=True, editable=False)
    may_name = models.BooleanField('the author may learn their name', null=True, editable=False)
    returned_at = models.DateTimeField('advised', null=True, editable=False)
    # What the author was shown of it, shortened or whole.
    shared = models.OneToOneField(
        Message, on_delete=models.SET_NULL, null=True, related_name='reading', editable=False
    )
    shared_at = models.DateTimeField('shared with the author', null=True, editable=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ['asked_at', 'pk']
        indexes = [
            models.Index(fields=['state', 'due_on'], name='reading_by_due_day'),
            models.Index(fields=['email'], name='reading_by_email'),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower('email')),
                name='reading_email_in_lower_case',
                violation_error_message='Write the email address in small letters.',
            ),
            models.CheckConstraint(
                condition=~Q(state=ReadingState.RETURNED)
                | Q(returned_at__isnull=False, may_name__isnull=False),
                name='reading_returned_says_whether_its_reader_is_named',
                violation_error_message='Say whether the author may learn the name.',
            ),
            models.UniqueConstraint(
                fields=['submission', 'email'],
                condition=Q(state__in=OPEN),
                name='reading_asked_once_of_an_address',
                violation_error_message='They are asked already, under the same address.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.submission} ({self.name})'

    @property
    def row(self) -> ReadingRow:
        return row_of(self.state)

    @property
    def is_open(self) -> bool:
        return self.row.open

    @property
    def is_returned(self) -> bool:
        return self.state == ReadingState.RETURNED

    @property
    def is_taken_back(self) -> bool:
        return self.state == ReadingState.TAKEN_BACK

    @property
    def is_decided(self) -> bool:
        """Whether the editor has decided, and did not wait or waits no more."""
        return self.submission.state not in UNDECIDED

    @property
    def title(self) -> str:
        version = self.version
        return (version.title if version else '') or self.submission.working_title

    @property
    def kind(self) -> str:
        """The shape beside the reader's words."""
        return 'off' if self.is_open and self.is_decided else self.row.kind

    @property
    def desk_kind(self) -> str:
        """The shape beside the editor's words."""
        if self.late:
            return 'late'
        return {'you': 'them'}.get(self.kind, self.kind)

    @property
    def late(self) -> str:
        """'3 days late', while somebody waits for it."""
        return days.late_by(self.due_on) if self.is_open and not self.is_decided else ''

    @property
    def reader_sentence(self) -> str:
        row = self.row
        return self._said((self.is_decided and row.reader_decided) or row.reader)

    @property
    def editor_sentence(self) -> str:
        row = self.row
        decided = self.is_decided and row.editor_decided
        return self._said(decided or (self.late and row.editor_late) or row.editor)

    def _said(self, words: str) -> str:
        gone = self.submission.state in (BEGINNING, GIVEN_UP)
        return words.format(
            name=self.name,
            due=days.in_words(self.due_on),
            since=days.in_words(days.london_day(self.held_since)),
            meanwhile='Its author has taken it back' if gone else 'The editor has decided',
        )

    @property
    def advised_late(self) -> bool:
        return self.returned_at is not None and days.london_day(self.returned_at) > self.due_on

    @property
    def named_to_author(self) -> str:
        """How the author reads who it was."""
        return self.name if self.may_name else 'A second reader'

    @property
    def notes(self) -> tuple[str, str, str, bool | None]:
        return self.recommendation, self.for_editor, self.for_author, self.may_name

    @property
    def has_notes(self) -> bool:
        return bool(self.for_editor or self.for_author)

    @property
    def notes_seen(self) -> str:
        """Says of a page which notes it showed."""
        return hashlib.sha256(repr(self.notes).encode()).hexdigest()


class ReadingStep(models.Model):
    """One move of a reading: its history, written by the verbs alone. No author ever reads it."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name='steps')
    move = models.CharField(max_length=20)
    from_state = models.CharField(max_length=10, choices=ReadingState, blank=True)
    to_state = models.CharField(max_length=10, choices=ReadingState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+')
    by_name = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ['at', 'pk']

    def __str__(self) -> str:
        return f'{self.move} of {self.reading_id}'

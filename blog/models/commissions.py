"""An invitation to write, and what became of it. State and dates are written by the verbs of `blog.commissioning`."""

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from blog.models.authorships import Authorship
from blog.models.series import Series, looked_after_by
from blog.states import row_of as row_of_words
from blog.states.commission_states import CommissionRow, CommissionState, Waits, row_of, where
from ukis import days

if TYPE_CHECKING:
    from blog.models.submissions import Submission


def _whose_words_name(person) -> models.QuerySet[Authorship, Any]:
    named = Authorship.objects.filter(person=person, submission__commission__isnull=False)
    return named.order_by().values('submission__commission')


class CommissionQuerySet(models.QuerySet['Commission']):
    def own_of(self, person) -> 'CommissionQuerySet':
        """Those that ask this person, and those on whose words they are named."""
        return self.filter(Q(invitee=person) | Q(pk__in=_whose_words_name(person)))

    def on_the_desk_of(self, person) -> 'CommissionQuerySet':
        """All but one's own: there one has the invitee's page, or the author's, and no other. Of guest editors those of
        their series."""
        found = self.exclude(invitee=person).exclude(pk__in=_whose_words_name(person))
        return found.filter(series__in=looked_after_by(person)) if person.is_guest_editor else found

    def whole(self) -> 'CommissionQuerySet':
        """With what its page and its sentences name."""
        return self.select_related('invitee', 'editor', 'follows', 'series').prefetch_related('submissions')

    def open(self) -> 'CommissionQuerySet':
        return self.filter(state__in=where(lambda row: row.open))


class Commission(models.Model):
    class Reason(models.TextChoices):
        """Why somebody says no: from a short list, and in their own words beside it."""

        TIME = 'time', 'No time just now'
        SUBJECT = 'subject', 'Not my subject'
        EMPLOYER = 'employer', 'My employer would rather not'
        HEALTH = 'private', 'Private reasons'
        OTHER = 'other', 'Something else'

    working_title = models.CharField(max_length=200)
    brief = models.TextField(
        max_length=5_000,
        help_text='What it is to be about, for whom, and why now. It stands in the invitation, and beside the page '
        'on which it is written.',
    )
    angle = models.TextField(max_length=1_000, blank=True, help_text='What is to be new in it.')
    words_from = models.PositiveIntegerField('words, from', null=True, blank=True)
    words_to = models.PositiveIntegerField('words, to', null=True, blank=True)
    tag_words = models.JSONField('tags', default=list, blank=True)
    answer_by = models.DateField('answer by')
    deadline = models.DateField()
    window_from = models.DateField('to be published from', null=True, blank=True)
    window_to = models.DateField('to be published until', null=True, blank=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name='commissions_edited'
    )

    series = models.ForeignKey(
        Series,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='commissions',
        help_text='The invitation says so, and what is written belongs to it.',
    )

    # A person already known, or only a name and an address.
    invitee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name='commissions',
    )
    name = models.CharField('their name', max_length=200)
    email = models.EmailField('their email address')
    letter = models.TextField(
        'your words to them',
        max_length=5_000,
        blank=True,
        help_text='They stand first in the invitation. The brief, the dates and the link follow by themselves.',
    )
    # Whom the invitee of this one named instead, or what it was copied from after a no.
    follows = models.ForeignKey(
        'self', on_delete=models.SET_NULL, null=True, blank=True, related_name='followed_by', editable=False
    )

    state = models.CharField(
        max_length=10, choices=CommissionState, default=CommissionState.DRAFT, editable=False
    )
    held_since = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField('asked', null=True, editable=False)

    # What they answered.
    proposed_on = models.DateField('proposed instead', null=True, editable=False)
    reason = models.CharField(max_length=10, choices=Reason, blank=True, editable=False)
    answer = models.TextField('in their words', blank=True, editable=False)
    ask_after = models.DateField('ask again after', null=True, editable=False)
    # The first words of somebody without an account, until the code proves whose they are.
    first_title = models.CharField(max_length=200, blank=True, editable=False)
    first_words = models.TextField(blank=True, editable=False)

    objects = CommissionQuerySet.as_manager()

    class Meta:
        ordering = ['-held_since', '-pk']
        indexes = [
            models.Index(fields=['state', '-held_since', '-id'], name='commission_by_state'),
            models.Index(fields=['state', 'answer_by'], name='commission_to_answer'),
            models.Index(fields=['email'], name='commission_by_email'),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_by__lte=F('deadline')),
                name='commission_answered_before_its_deadline',
                violation_error_message='The day to answer by is not after the deadline.',
            ),
            models.CheckConstraint(
                condition=Q(words_from=None) | Q(words_to=None) | Q(words_from__lte=F('words_to')),
                name='commission_of_so_many_words',
                violation_error_message='“From” is not more words than “to”.',
            ),
            models.CheckConstraint(
                condition=Q(window_from=None) | Q(window_to=None) | Q(window_from__lte=F('window_to')),
                name='commission_published_within_a_window',
                violation_error_message='“From” is not after “until”.',
            ),
            models.CheckConstraint(
                condition=Q(email=Lower('email')),
                name='commission_email_in_lower_case',
                violation_error_message='Write the email address in small letters.',
            ),
            models.CheckConstraint(
                condition=Q(state=CommissionState.DRAFT) | Q(sent_at__isnull=False),
                name='commission_sent_once_asked',
                violation_error_message='A commission that is no draft was sent once.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.working_title} ({self.name})'

    @property
    def row(self) -> CommissionRow:
        return row_of(self.state)

    @property
    def kind(self) -> str:
        """The shape beside the invitee's words."""
        if self.is_promised and not self.is_wanted:
            return 'off'
        answers = self.row.kind == 'you' and (self.proposed_on or self._is_handed_in(told=True))
        return 'them' if answers else self.row.kind

    @property
    def state_words(self) -> str:
        """As an editor reads it on the desk."""
        return (self.proposed_on and self.row.desk_proposed) or self.get_state_display()

    @property
    def desk_kind(self) -> str:
        """The shape beside the editor's words: you, them, done, late or off."""
        if self.late:
            return 'late'
        waits = self.row.waits == Waits.EDITOR or self.proposed_on or self.came_to_nothing
        return 'you' if waits else {'you': 'them'}.get(self.row.kind, self.row.kind)

    @property
    def is_draft(self) -> bool:
        return self.state == CommissionState.DRAFT

    @property
    def is_promised(self) -> bool:
        return self.state == CommissionState.ACCEPTED

    @property
    def begun(self) -> 'Submission | None':
        """What whoever is asked has begun for it: of several the latest."""
        theirs = self.submissions.filter(started_by__isnull=False, started_by=self.invitee_id)
        return theirs.order_by('-pk').first()

    @property
    def first_words_seen(self) -> str:
        """Says of a page which first words it showed."""
        return hashlib.sha256(f'{self.first_title}\n{self.first_words}'.encode()).hexdigest()

    @property
    def is_open(self) -> bool:
        return self.row.open

    @property
    def invitee_sentence(self) -> str:
        row = self.row
        soon = self.answer_by >= days.today() and row.invitee_proposed_soon
        proposed = self.proposed_on and (soon or row.invitee_proposed)
        sent = self._is_handed_in(told=True) and row.invitee_sent
        over = not self.is_wanted and row.invitee_over
        named = row.invitee_named if row.invitee_named and self._named_somebody() else ''
        return self._said(proposed or sent or over or named or row.invitee)

    def _named_somebody(self) -> bool:
        return self.followed_by.filter(made_by=None).exists()

    @property
    def is_answered(self) -> bool:
        return self.row.answered or self.proposed_on is not None

    @property
    def editor_sentence(self) -> str:
        row, late = self.row, self.answer_by < days.today()
        asked_again = self.ask_after and row.editor_asked_again
        proposed = self.proposed_on and row.editor_proposed
        sent = self.is_handed_in and row.editor_sent
        over = self.came_to_nothing and row.editor_over
        return self._said(proposed or asked_again or sent or over or (late and row.editor_late) or row.editor)

    def _said(self, words: str) -> str:
        def day(on: date | None) -> str:
            return days.in_words(on) if on else ''

        return words.format(
            name=self.name,
            answer_by=day(self.answer_by),
            deadline=day(self.wanted_by),
            proposed=day(self.proposed_on),
            again=day(self.ask_after),
            since=day(days.london_day(self.held_since)),
        )

    @property
    def length_in_words(self) -> str:
        """'800 to 1,200 words', or nothing."""
        low, high = self.words_from, self.words_to
        if low and high:
            return f'{low:,} words' if low == high else f'{low:,} to {high:,} words'
        if high:
            return f'up to {high:,} words'
        return f'{low:,} words or more' if low else ''

    @property
    def window_in_words(self) -> str:
        start = f'from {days.in_words(self.window_from)}' if self.window_from else ''
        end = f'until {days.in_words(self.window_to)}' if self.window_to else ''
        return ' '.join(filter(None, (start, end)))

    @property
    def late(self) -> str:
        """Who was to answer, or to write, and has not: '3 days late'. Who proposed another date has answered."""
        if self.proposed_on or self.came_to_nothing:
            return ''
        if self.state == CommissionState.SENT:
            return days.late_by(self.answer_by)
        return days.late_by(self.wanted_by) if self.is_promised and not self.is_handed_in else ''

    def _promised_words(self, *, told: bool = False) -> 'Submission | None':
        """What they write it in: of what came to nothing, none. `told`: as its writer knows it, who reads of a decision
        by its letter."""
        words = self.submissions.all() if self.is_promised else ()
        states = ((one, (told and one.told_state) or one.state) for one in words)
        return next((one for one, state in states if not row_of_words(state).closed), None)

    @property
    def came_to_nothing(self) -> bool:
        """Whether what was begun for the promise is closed."""
        return self.is_promised and bool(self.submissions.all()) and self._promised_words() is None

    @property
    def is_wanted(self) -> bool:
        """Whether whoever promised it is to write still, as they know it."""
        return self.is_promised and not (self.submissions.all() and self._promised_words(told=True) is None)

    @property
    def is_handed_in(self) -> bool:
        return self._is_handed_in()

    def _is_handed_in(self, *, told: bool = False) -> bool:
        words = self._promised_words(told=told)
        return words is not None and words.first_submitted_at is not None

    @property
    def wanted_by(self) -> date:
        """Once it is being written, the day is moved there."""
        words = self._promised_words()
        moved = words.due_on if words is not None and not words.first_submitted_at else None
        return moved or self.deadline


class CommissionStep(models.Model):
    """One move of a commission: its history, written by the verbs alone."""

    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, related_name='steps')
    move = models.CharField(max_length=20)
    from_state = models.CharField(max_length=10, choices=CommissionState, blank=True)
    to_state = models.CharField(max_length=10, choices=CommissionState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+')
    by_name = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ['at', 'pk']

    def __str__(self) -> str:
        return f'{self.move} of {self.commission_id}'

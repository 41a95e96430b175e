"""Letters that came in by email in answer to ours: taken into the conversation, or held for an editor."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from blog.models.commissions import Commission
from blog.models.conversation import Message
from blog.models.readings import Reading
from blog.models.submissions import Submission
from ukis.letters.models import Letter


class IncomingLetterQuerySet(models.QuerySet['IncomingLetter']):
    def held(self) -> 'IncomingLetterQuerySet':
        return self.filter(state=IncomingLetter.State.HELD)

    def of_machines(self) -> 'IncomingLetterQuerySet':
        return self.filter(state=IncomingLetter.State.MACHINE)

    def by_people(self) -> 'IncomingLetterQuerySet':
        """As far as that can be told: but for machines' and what an editor put aside."""
        return self.exclude(state__in=(IncomingLetter.State.MACHINE, IncomingLetter.State.ASIDE))

    def on_the_desk_of(self, person) -> 'IncomingLetterQuerySet':
        """Those about what is on this person's desk, and those about nothing that is known."""
        theirs = Submission.objects.on_the_desk_of(person)
        asked = Commission.objects.on_the_desk_of(person)
        return self.filter(
            Q(submission=None, commission=None)
            | Q(submission__in=theirs.values('pk'))
            | Q(commission__in=asked.values('pk'))
        )


class IncomingLetter(models.Model):
    class State(models.TextChoices):
        ENTERED = 'entered', 'taken into the conversation'
        HELD = 'held', 'held for an editor'
        NOTED = 'noted', 'written down with the commission'
        ASIDE = 'aside', 'put aside'
        MACHINE = 'machine', 'a machine’s'

    state = models.CharField(max_length=8, choices=State)
    why = models.CharField('why it is held', max_length=300, blank=True)
    at = models.DateTimeField('came in', default=timezone.now)
    # That of its writer's mail program: it comes in once.
    mail_id = models.CharField(max_length=250, unique=True)
    # Whose answer it would be, by the address it came to; None where that leads nowhere.
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, null=True, related_name='incoming')
    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, null=True, related_name='incoming')
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+'
    )
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, null=True, related_name='incoming')
    # Our letter that it answers.
    answered = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name='+')
    # Of somebody whom we asked at this address and who has no part in the conversation: as we know them.
    guest = models.CharField(max_length=200, blank=True)
    audience = models.CharField(max_length=8, choices=Message.Audience, blank=True)
    from_name = models.CharField(max_length=200, blank=True)
    from_address = models.CharField(max_length=254, blank=True, db_index=True)
    subject = models.CharField(max_length=250, blank=True)
    # The letter as it came, apart from what is attached; and what of it is its writer's.
    whole = models.TextField(blank=True)
    words = models.TextField(blank=True)
    left_out = models.PositiveIntegerField('lines left out', default=0)
    attachments = models.JSONField(default=list)
    shortened = models.BooleanField(default=False)
    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, null=True, related_name='by_email', editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name='+'
    )
    decided_at = models.DateTimeField(null=True)

    objects = IncomingLetterQuerySet.as_manager()

    class Meta:
        ordering = ['-at', '-pk']
        indexes = [models.Index(fields=['state', '-at', '-id'], name='incoming_by_state')]
        constraints = [
            models.CheckConstraint(
                condition=Q(state='entered', message__isnull=False) | (~Q(state='entered') & Q(message=None)),
                name='incoming_entered_as_a_message',
                violation_error_message='What was taken in is a message, and what was not is none.',
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(decided_at__isnull=False),
                name='incoming_decided_at_a_time',
                violation_error_message='Whoever decided did so at some time.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.subject or "no subject"}, from {self.from_address or "nobody"}'

    @property
    def about(self) -> 'Submission | Commission | Reading | None':
        """What the letter was about that it answers."""
        return self.commission or self.reading or self.submission

    @property
    def is_of_named(self) -> bool:
        """Whether it comes from somebody who is named and has no part in the conversation."""
        return bool(self.guest and self.submission_id and not self.reading_id)

    @property
    def is_for_editors_alone(self) -> bool:
        return self.audience == Message.Audience.EDITORS

    @property
    def is_whole(self) -> bool:
        """Whether the message says all that the letter said."""
        return self.whole == self.words

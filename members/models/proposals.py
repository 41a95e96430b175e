"""What contacts want changed of their organisation, field by field, until staff have looked at it: of its listing,
or by the page of a renewal."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models.organisations import Organisation
from members.models.people import Person


class ChangeProposal(models.Model):
    class Field(models.TextChoices):
        NAME = 'name', 'name'
        SHORT_NAME = 'short_name', 'short name'
        WEBSITE = 'website', 'website'
        LINKS = 'links', 'further links'
        DESCRIPTION = 'description', 'description'
        NATIONS = 'nations', 'nations'
        TOPICS = 'topics', 'topics'
        LOGO = 'logo', 'logo'
        BILLING_ADDRESS = 'billing_address', 'billing address'

    class Decision(models.TextChoices):
        WAITING = 'waiting', 'waiting'
        ACCEPTED = 'accepted', 'accepted'
        DECLINED = 'declined', 'declined'
        WITHDRAWN = 'withdrawn', 'taken back'

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name='proposals', editable=False
    )
    field = models.CharField(max_length=20, choices=Field, editable=False)
    # As `members.organisations.proposals.standing` gives them: text, a list, or of a logo its picture's key and words.
    was = models.JSONField(editable=False)
    wanted = models.JSONField(editable=False)
    picture = models.ForeignKey(
        'ukis.Picture', on_delete=models.SET_NULL, null=True, related_name='+', editable=False
    )
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name='+', verbose_name='proposed by', editable=False
    )
    at = models.DateTimeField('proposed', default=timezone.now, editable=False)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.WAITING, editable=False)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    why = models.CharField('why', max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ['at', 'pk']
        verbose_name = 'proposed change'
        constraints = [
            models.UniqueConstraint(
                fields=['organisation', 'field'],
                condition=Q(decision='waiting'),
                name='one_waiting_proposal_a_field',
                violation_error_message='A change of this field waits already.',
            ),
            models.CheckConstraint(
                condition=~Q(decision='declined') | ~Q(why=''),
                name='proposal_declined_with_a_reason',
                violation_error_message='Say why it is not taken over.',
            ),
        ]
        indexes = [
            models.Index(fields=['at'], name='proposal_waiting', condition=Q(decision='waiting')),
        ]

    def __str__(self) -> str:
        return f'{self.organisation}: {self.get_field_display()}'

    @property
    def waits(self) -> bool:
        return self.decision == ChangeProposal.Decision.WAITING

    @property
    def is_of_listing(self) -> bool:
        """Whether contacts change it on the page of their listing; the rest only by a renewal's."""
        return self.field not in (ChangeProposal.Field.NAME, ChangeProposal.Field.BILLING_ADDRESS)

    @property
    def stands(self) -> str:
        """What became of it, in words."""
        if self.waits:
            return 'waits for staff'
        return f'{self.get_decision_display()}: {self.why}' if self.why else str(self.get_decision_display())

    def said(self, value: Any) -> str:
        """A value of this field, as a person reads it."""
        if isinstance(value, dict):
            return value.get('words') or ('a logo' if value.get('picture') else 'no logo')
        if isinstance(value, list):
            return ', '.join(value) or 'empty'
        return value or 'empty'

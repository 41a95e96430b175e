"""What somebody asks of the Society about their data, or complains of: with the day by which it is answered."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models.people import Person
from ukis import days


class DataRequest(models.Model):
    """Acknowledged as it comes in, answered once; the answer is kept with it."""

    class Kind(models.TextChoices):
        COMPLAINT = 'complaint', 'A complaint about how my data is handled'
        ACCESS = 'access', 'What you hold about me'
        ERASURE = 'erasure', 'Erase what you hold about me'
        CORRECTION = 'correction', 'Something about me is wrong'

    kind = models.CharField('what it is', max_length=10, choices=Kind, editable=False)
    # Who was signed in; anybody else is known by an address that they typed.
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name='data_requests', editable=False
    )
    name = models.CharField(max_length=200, editable=False)
    email = models.EmailField('email address', editable=False)
    words = models.TextField('what they write', max_length=4000, editable=False)
    at = models.DateTimeField('when it came', default=timezone.now, editable=False)
    due_on = models.DateField('to be answered by', editable=False)
    answer = models.TextField(max_length=4000, blank=True, editable=False)
    answered_at = models.DateTimeField('answered', null=True, editable=False)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name='+', editable=False
    )

    class Meta:
        verbose_name = 'request about data'
        verbose_name_plural = 'requests and complaints about data'
        ordering = ['-at', '-pk']
        indexes = [
            models.Index(fields=['-at', '-id'], name='data_request_newest'),
            models.Index(fields=['due_on', 'id'], name='data_request_open', condition=Q(answered_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer='') | (Q(answered_at__isnull=False) & ~Q(answer='')),
                name='data_request_answered_in_words',
                violation_error_message='Write the answer.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.get_kind_display()}: {self.name}'

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def is_complaint(self) -> bool:
        return self.kind == self.Kind.COMPLAINT

    @property
    def late(self) -> str:
        return '' if self.is_answered else days.late_by(self.due_on)

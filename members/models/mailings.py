"""A letter of the Society's to many: who wrote what to whom, and when it went."""

from django.db import models

from members.models.people import Person


class Mailing(models.Model):
    """What staff write to the contacts of several, or to several people. It goes once."""

    class Chosen(models.TextChoices):
        MEMBERSHIPS = 'membership', 'memberships'
        ORGANISATIONS = 'organisation', 'organisations'
        PEOPLE = 'person', 'people'

    class Kind(models.TextChoices):
        REFUSABLE = 'mailing', 'news and offers: who refuses such letters gets none'
        SERVICE = (
            'mailing_service',
            'a service letter that a member must have, without appeal or advertisement',
        )

    of = models.CharField(max_length=12, choices=Chosen, editable=False)
    keys = models.JSONField(default=list, editable=False)
    offices = models.JSONField('to whom', default=list, blank=True)
    kind = models.CharField('what it is', max_length=20, choices=Kind, default=Kind.REFUSABLE)
    subject = models.CharField(max_length=200, blank=True)
    words = models.TextField(max_length=10_000, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name='+', editable=False)
    at = models.DateTimeField(editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False)
    letters = models.PositiveIntegerField(default=0, editable=False)
    # The keys of those whose letters are still to be written, and how many they are.
    left = models.JSONField(default=list, editable=False)
    to_write = models.PositiveIntegerField(default=0, editable=False)
    # Whose letter could not be written, and what went wrong; it is tried again, behind all others.
    trouble = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ['-at', '-pk']
        indexes = [
            models.Index(fields=['-at', '-id'], name='mailing_newest'),
            models.Index(fields=['sent_at'], name='mailing_to_write', condition=models.Q(to_write__gt=0)),
        ]

    def __str__(self) -> str:
        return f'“{self.subject}”' if self.subject else 'A letter without a subject yet'

    @classmethod
    def in_trouble(cls) -> models.QuerySet['Mailing']:
        return cls.objects.filter(to_write__gt=0).exclude(trouble='').order_by('sent_at', 'pk')

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None

    @property
    def is_of_people(self) -> bool:
        return self.of == self.Chosen.PEOPLE

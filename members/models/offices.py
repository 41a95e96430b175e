"""Who speaks for an organisation, in which office, from when to when."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from members.models.organisations import Organisation
from members.models.people import Person
from ukis import days
from ukis.letters.models import SuppressedAddress


def can_be_asked() -> Q:
    """Of offices: whoever holds it may sign in, and letters reach them."""
    gone = SuppressedAddress.objects.of_all_mail().filter(address=OuterRef('person__email'))
    return Q(~Exists(gone), person__is_active=True, person__email__isnull=False)


class OfficeQuerySet(models.QuerySet['Office']):
    def current(self, on: date | None = None) -> 'OfficeQuerySet':
        on = on or days.today()
        return self.filter(since__lte=on).filter(Q(until=None) | Q(until__gte=on))

    def of_role(self, role: str) -> 'OfficeQuerySet':
        return self.filter(role=role)

    def of_money(self, on: date | None = None) -> 'OfficeQuerySet':
        """Today's who know the organisation's money: billing and main contacts; where none of them can be asked,
        whoever votes, to whom its invoices go then."""
        roles = (Office.Role.BILLING, Office.Role.MAIN)
        others = Office.objects.current(on).filter(can_be_asked(), role__in=roles)
        stands_in = ~Exists(others.filter(organisation=OuterRef('organisation')))
        return self.current(on).filter(Q(role__in=roles) | Q(stands_in, role=Office.Role.VOTING))


class Office(models.Model):
    """A person's office in an organisation: it gives power over its page here, and letters come to it."""

    class Role(models.TextChoices):
        MAIN = 'main', 'main contact'
        BILLING = 'billing', 'billing contact'
        VOTING = 'voting', 'voting representative'
        COMMUNICATIONS = 'communications', 'communications contact'

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name='offices')
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name='offices')
    role = models.CharField(max_length=14, choices=Role)
    since = models.DateField('from', default=days.today)
    until = models.DateField('to', null=True, blank=True)
    # Of the last main contact: when staff were told that nobody is left, until somebody can be asked again.
    vacant_told_at = models.DateTimeField(null=True, editable=False)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ['organisation', 'role', 'since']
        constraints = [
            models.UniqueConstraint(
                fields=['organisation', 'person', 'role'],
                condition=Q(until=None),
                name='one_open_office_of_a_role_a_person',
                violation_error_message='This person holds that office already.',
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F('since')),
                name='office_ends_after_it_starts',
                violation_error_message='The end stands before the start.',
            ),
        ]
        indexes = [
            models.Index(
                fields=['vacant_told_at'],
                name='office_told_vacant',
                condition=Q(vacant_told_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f'{self.person}, {self.get_role_display()} of {self.organisation}'

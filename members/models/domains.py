"""The email domains of an organisation: whoever has an address there may take, or ask for, one of its places."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models.organisations import Organisation
from members.models.people import Person


class Domain(models.Model):
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name='domains', editable=False
    )
    name = models.CharField('domain', max_length=253, editable=False)  # as addresses have it: small, in ASCII
    why_by_asking = ''  # where places are only asked for, as `members.organisations.domains.of` finds it

    automatic = models.BooleanField(
        'places are taken without asking',
        default=False,
        help_text='Otherwise a main contact says yes to each.',
    )
    claimed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name='+', editable=False)
    claimed_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name='+', editable=False
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ['name', 'pk']
        constraints = [
            models.UniqueConstraint(
                fields=['organisation', 'name'],
                name='one_claim_of_a_domain',
                violation_error_message='Your organisation has claimed this domain already.',
            ),
            models.UniqueConstraint(
                fields=['name'],
                condition=Q(automatic=True, confirmed_at__isnull=False),
                name='one_automatic_owner_a_domain',
                violation_error_message='People with an address there join another organisation by themselves.',
            ),
        ]

    def __str__(self) -> str:
        return f'{self.name} of {self.organisation}'

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
